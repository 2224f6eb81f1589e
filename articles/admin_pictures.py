"""Pictures at the desk: uploaded from within the editor by the checks of their own page, chosen, and looked at."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import modelform_factory
from django.http import FileResponse, Http404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from newsroom.core.hygiene import fold_key

from .forms import MediaForm
from .images import CONTENT_TYPES
from .models import Media
from .pictures import figure_line

PICTURES_OFFERED = 12
LOOKED_THROUGH = 500
ASKED = ["file", "alt", "credit", "rights", "released"]


class ServesFiles:
    """Mixed into the admin of pictures: whoever may see the record sees the picture, released or not."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.file_view)
        return [path("<int:key>/file/", view, name="articles_media_file"), *super().get_urls()]

    def file_view(self, request, key: int) -> FileResponse:
        media = self.get_object(request, str(key))
        if media is None or media.extension not in CONTENT_TYPES:
            raise Http404
        if not self.has_view_permission(request, media):
            raise PermissionDenied(_("Your role does not allow this."))
        try:
            file = media.file.open()
        except FileNotFoundError:
            raise Http404 from None
        response = FileResponse(file, content_type=CONTENT_TYPES[media.extension])
        response["X-Content-Type-Options"] = "nosniff"
        return response

    def shown(self, media: Media) -> str:
        """The picture itself, for its page."""
        return format_html('<img class="picture" src="{}" alt="{}">', file_address(media), media.alt)


def file_address(media: Media) -> str:
    return reverse("admin:articles_media_file", args=[media.pk])


def upload_picture(media_admin, request) -> tuple[Media | None, dict[str, list[str]]]:
    """Keep the picture posted, or say at each field what is wrong. Raise PermissionDenied for whoever may not."""
    if not media_admin.has_add_permission(request):
        raise PermissionDenied(_("Your role does not allow this."))
    form = modelform_factory(Media, form=MediaForm, fields=ASKED)(request.POST, request.FILES)
    if not form.is_valid():
        return None, {name: [str(each) for each in errors] for name, errors in form.errors.items()}
    with transaction.atomic():
        media = form.save(commit=False)
        media_admin.save_model(request, media, form, change=False)
        media_admin.log_addition(request, media, {})
    return media, {}


def recent_pictures(media_admin, request) -> list[dict]:
    """The newest pictures, or those among the newest 500 that show what was asked for, each with its line."""
    wanted = fold_key(request.GET.get("q", "")[:100]).split()
    rows = media_admin.get_queryset(request).order_by("-id")
    looked_at = rows[:LOOKED_THROUGH] if wanted else rows[:PICTURES_OFFERED]
    found = [media for media in looked_at if shows(media, wanted)]
    return [
        {
            "alt": media.alt,
            "credit": media.credit,
            "src": file_address(media),
            "released": media.released and media.rights == Media.Rights.FULL,
            "markdown": figure_line(media),
        }
        for media in found[:PICTURES_OFFERED]
    ]


def shows(media: Media, wanted: list[str]) -> bool:
    """Whether all of the folded words begin words of what the picture shows or of its credit."""
    words = fold_key(f"{media.alt} {media.credit}").split()
    return all(any(word.startswith(begins) for word in words) for begins in wanted)
