"""Versions at the desk: the words as they stood once, with their hashes; and from when on readers saw them."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.core.admin_base import ReadOnlyAdmin, person

from . import editing
from .admin_acts import VersionGoesLive
from .admin_redaction_acts import RemoveWords
from .models import ArticleVersion, Publication
from .text import render_blocks

WIDE = ("body", "body_text", "standfirst", "furniture")


def sheet(version: ArticleVersion) -> str:
    """The words of a version as readers see them, for the desk."""
    context = {"version": version, "article": version.article, "blocks": render_blocks(version.body)}
    return render_to_string("admin/articles/_sheet.html", context)


@admin.register(ArticleVersion)
class ArticleVersionAdmin(ReadOnlyAdmin):
    """The words as they stood once, with their hashes. Nothing here can be changed."""

    acts = (VersionGoesLive, RemoveWords)
    refusals = (editing.EditingRefused,)
    list_display = ["title", "article_title", "created_at", "entered_by", "why", "minor", "live"]
    list_filter = ["minor"]
    list_select_related = ["article", "author"]
    page_related = ("article__live_version", "author")
    search_fields = ["article__headline"]
    search_help_text = gettext_lazy("Words of the article as it stands now.")
    ordering = ["-id"]
    fields = [
        "article_title",
        "live",
        "text_shown",
        "created_at",
        "entered_by",
        "why",
        "minor",
        "text_sha256",
        "content_sha256",
        "furniture",
        "origin_name",
        "origin_sha256",
    ]

    entered_by = person("author", gettext_lazy("entered by"))

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        page = request.resolver_match and request.resolver_match.url_name.endswith(("_change", "_act"))
        return queryset if page else queryset.defer(*WIDE)

    @admin.display(description=gettext_lazy("version"), ordering="number")
    def title(self, version: ArticleVersion) -> str:
        return _("Version %(number)s: %(headline)s") % {
            "number": version.number,
            "headline": version.headline,
        }

    @admin.display(description=gettext_lazy("article"))
    def article_title(self, version: ArticleVersion) -> str:
        address = reverse("admin:articles_article_change", args=[version.article_id])
        return format_html('<a href="{}">{}</a>', address, version.article)

    @admin.display(description=gettext_lazy("why"))
    def why(self, version: ArticleVersion) -> str:
        return version.reason or (_("first version") if version.number == 1 else "")

    @admin.display(description=gettext_lazy("readers see it"), boolean=True)
    def live(self, version: ArticleVersion) -> bool:
        return version.article.live_version_id == version.pk

    @admin.display(description=gettext_lazy("as readers see it"))
    def text_shown(self, version: ArticleVersion) -> str:
        return sheet(version)


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    """From when on readers see which version. Written when an article is published or a version goes live."""

    list_display = ["title", "article_title", "public_from", "made_public_by"]
    list_select_related = ["article", "version", "by"]
    page_related = ("article", "version", "by")
    search_fields = ["article__headline"]
    search_help_text = gettext_lazy("Words of the article as it stands now.")
    ordering = ["-id"]
    fields = ["version_title", "article_title", "public_from", "made_public_by", "created_at"]

    made_public_by = person("by", gettext_lazy("made public by"))

    def get_queryset(self, request):
        return super().get_queryset(request).defer(*(f"version__{column}" for column in WIDE))

    @admin.display(description=gettext_lazy("version"))
    def title(self, publication: Publication) -> str:
        version = publication.version
        return _("Version %(number)s: %(headline)s") % {
            "number": version.number,
            "headline": version.headline,
        }

    @admin.display(description=gettext_lazy("version"))
    def version_title(self, publication: Publication) -> str:
        address = reverse("admin:articles_articleversion_change", args=[publication.version_id])
        return format_html('<a href="{}">{}</a>', address, self.title(publication))

    @admin.display(description=gettext_lazy("article"))
    def article_title(self, publication: Publication) -> str:
        address = reverse("admin:articles_article_change", args=[publication.article_id])
        return format_html('<a href="{}">{}</a>', address, publication.article)
