"""Outlets, sections, contributors, tags and pictures at the desk."""

import taggit.admin
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.core.admin_base import DeskAdmin, person

from .admin_pictures import ServesFiles
from .forms import MediaForm, SluggedForm, TagForm
from .models import Contributor, Media, Outlet, Section, Tag

# taggit's own tags are not used here: ours fold.
admin.site.unregister(taggit.admin.Tag)


class NamedAdmin(DeskAdmin):
    """Outlets and sections: a name, and the words of it in addresses."""

    form = SluggedForm
    prepopulated_fields = {"slug": ["name"]}
    search_fields = ["name"]


@admin.register(Outlet)
class OutletAdmin(NamedAdmin):
    list_display = ["name", "country", "language", "is_ours", "site"]
    list_filter = ["is_ours", "language", "country"]
    fields = ["name", "slug", "site", ("country", "language"), "is_ours"]
    verbs = {"outlet.add": gettext_lazy("Entered"), "outlet.change": gettext_lazy("Changed")}


@admin.register(Section)
class SectionAdmin(NamedAdmin):
    list_display = ["name", "slug"]
    fields = ["name", "slug"]
    verbs = {"section.add": gettext_lazy("Entered"), "section.change": gettext_lazy("Changed")}


@admin.register(Contributor)
class ContributorAdmin(DeskAdmin):
    list_display = ["name", "signs_in_as"]
    list_select_related = ["user"]
    signs_in_as = person("user", gettext_lazy("signs in as"))
    page_related = ("user",)
    search_fields = ["name"]
    fields = ["name", "user"]
    verbs = {"contributor.add": gettext_lazy("Entered"), "contributor.change": gettext_lazy("Changed")}


@admin.register(Tag)
class TagAdmin(NamedAdmin):
    form = TagForm
    list_display = ["name", "slug", "parent", "alias_of", "retired"]
    list_filter = ["retired"]
    list_select_related = ["parent", "alias_of"]
    page_related = ("parent", "alias_of")
    autocomplete_fields = ["parent", "alias_of"]
    fields = ["name", "slug", "parent", "alias_of", ("scheme", "uri"), "retired"]
    verbs = {"tag.add": gettext_lazy("Entered"), "tag.change": gettext_lazy("Changed")}

    def public_address(self, obj):
        return obj.get_absolute_url()


@admin.register(Media)
class MediaAdmin(ServesFiles, DeskAdmin):
    form = MediaForm
    list_display = ["alt", "credit", "extension", "rights", "released"]
    list_filter = ["released", "rights"]
    search_fields = ["alt", "credit"]
    fields = ["file", "alt", "credit", "rights", "released", "sha256"]
    verbs = {"media.add": gettext_lazy("Entered"), "media.change": gettext_lazy("Changed")}

    def get_readonly_fields(self, request, obj=None):
        """A picture keeps its file: articles name it by its uid. Another file is another picture."""
        return ["sha256", "file_kept"] if obj else ["sha256"]

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return ["file_kept", *fields[1:]] if obj else fields[:-1]

    @admin.display(description=gettext_lazy("file"))
    def file_kept(self, media: Media) -> str:
        said = _("%(type)s, kept as it was uploaded. To show another picture, add another.")
        return format_html("{}<p>{}</p>", self.shown(media), said % {"type": media.extension.upper()})
