"""What the article's editor asks the server while somebody writes: the words drawn, a paste cleaned, tags, pictures."""

import re
from dataclasses import dataclass, field
from functools import wraps

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from newsroom.core.hygiene import TextRefused, fold_key
from newsroom.core.languages import direction

from .admin_pictures import recent_pictures, upload_picture
from .counting import LONG_HEADLINE, length_of, words_in
from .forms import line_of, same_words
from .markdown import MarkdownError, from_markdown
from .minor import is_minor
from .models import Article, ArticleVersion, Media, Tag
from .pasting import MAX_HTML_BYTES, PasteRefused, read_html
from .pictures import figure_line, figures_in, unknown_pictures
from .text import MAX_HEADLINE, BodyError, clean_headline, clean_standfirst, render_blocks
from .words import Words, clean_dateline

SCRIPTS = [
    f"newsroom/editor{part}.js"
    for part in ("", "_text", "_draw", "_paste", "_picture", "_draft", "_tags", "_page")
]
TAGS_OFFERED = 8
LIVE_LIMIT = 200_000  # characters up to which the text is drawn while it is typed
DRAFT_NAME = re.compile(r"[a-z0-9]{8,40}")
SAVED_COOKIE = "saved_drafts"
SAVED_KEPT = 8
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass
class Drawn:
    """The words as readers would see them, and what keeps them from being stored.

    `minor` says whether they differ from the version they were made from in form alone; None where nothing differs.
    """

    html: str = ""
    problems: list[dict] = field(default_factory=list)
    notices: list[dict] = field(default_factory=list)
    words: int = 0
    minor: bool | None = None


def posted(view):
    """A view that is only ever posted to; anything else is 405."""

    @wraps(view)
    def only_posted(self, request, *args, **kwargs):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return view(self, request, *args, **kwargs)

    return only_posted


class EditorMixin:
    """Mixed into the article's admin: the addresses that the editor asks, and what its page is told."""

    def get_urls(self):
        views = {"draw": self.draw_view, "paste": self.paste_view, "picture": self.picture_view}
        views["tags"] = self.tags_view
        return [
            path(f"{name}/", self.admin_site.admin_view(view), name=f"articles_article_{name}")
            for name, view in views.items()
        ] + super().get_urls()

    def writes(self, request) -> Article | None:
        """The article being written, None for a new one. Raise PermissionDenied for whoever may not write it."""
        key = request.GET.get("article", "")
        article = self.get_object(request, key) if key else None
        if key and article is None:
            raise Http404
        allowed = (
            self.has_change_permission(request, article) if article else self.has_add_permission(request)
        )
        if not allowed:
            raise PermissionDenied(_("Your role does not allow this."))
        return article

    # The words drawn

    @posted
    def draw_view(self, request) -> HttpResponse:
        """The words of the form as readers would see them: for a script in JSON, else as a page."""
        article = self.writes(request)
        drawn = draw(request.POST, article, language_of(request.POST, article))
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse(drawn.__dict__)
        context = {
            **self.admin_site.each_context(request),
            "title": _("As readers will see it"),
            "drawn": drawn,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/articles/drawn.html", context)

    # A paste cleaned

    @posted
    def paste_view(self, request) -> JsonResponse:
        """HTML from the clipboard as Markdown, with what was left out."""
        self.writes(request)
        try:
            pasted = read_html(request.POST.get("html", ""))
        except PasteRefused as refusal:
            return JsonResponse({"refused": str(refusal)}, status=400)
        return JsonResponse(pasted.__dict__)

    # Pictures

    def picture_view(self, request) -> HttpResponse:
        """GET: the dialog, or with `q` the pictures found. POST: a new one, by the checks of the pictures' own page."""
        self.writes(request)
        media_admin = self.admin_site._registry[Media]
        if request.method == "POST":
            media, errors = upload_picture(media_admin, request)
            if errors:
                return JsonResponse({"errors": errors}, status=400)
            return JsonResponse({"markdown": figure_line(media), "released": media.released})
        if not media_admin.has_view_permission(request):
            raise PermissionDenied(_("Your role does not allow this."))
        if "q" in request.GET:
            return JsonResponse({"pictures": recent_pictures(media_admin, request)})
        return JsonResponse({"dialog": render_to_string("admin/articles/_picture_dialog.html")})

    # Tags

    def tags_view(self, request) -> JsonResponse:
        """Tags that begin with the letters typed, then those that hold them; written as the form writes them."""
        self.writes(request)
        key = fold_key(request.GET.get("q", "")[:100])
        if not key:
            return JsonResponse({"tags": []})
        known = Tag.objects.filter(retired=False, alias_of=None)
        found = list(known.filter(key__startswith=key).order_by("key")[:TAGS_OFFERED])
        if len(found) < TAGS_OFFERED:
            more = known.filter(key__contains=key).exclude(key__startswith=key).order_by("key")
            found += more[: TAGS_OFFERED - len(found)]
        return JsonResponse({"tags": [line_of([tag]) for tag in found]})

    # The page

    def editor_context(self, request, form, article: Article | None) -> dict:
        """What the page of the editor prints beside the form's own fields."""
        asks = f"?article={article.pk}" if article and article.pk else ""
        address = {
            name: reverse(f"admin:articles_article_{name}") + asks
            for name in ("draw", "paste", "picture", "tags")
        }
        source = form["body"].value() or ""
        language = language_of(form.data or {}, article)
        return {
            "addresses": address,
            "words": words_in(source),
            "length": length_of(form["headline"].value() or ""),
            "longest": MAX_HEADLINE,
            "long": LONG_HEADLINE,
            "live_limit": LIVE_LIMIT,
            "paste_limit": MAX_HTML_BYTES,
            "scripts": SCRIPTS,
            "language": language,
            "direction": direction(language),
            "notices": undescribed(source),
            "draft": f"{request.user.pk}.{article.pk if article and article.pk else 'new'}",
            "base": form["base"].value() if "base" in form.fields else "",
            "unsaved": form.is_bound,
            "may_upload": self.admin_site._registry[Media].has_add_permission(request),
        }

    def response_add(self, request, obj, post_url_continue=None):
        return tell_saved(request, super().response_add(request, obj, post_url_continue))

    def response_change(self, request, obj):
        return tell_saved(request, super().response_change(request, obj))


def tell_saved(request, response: HttpResponse) -> HttpResponse:
    """Tell the browser which of the copies it keeps of unsaved words is saved now, so that it throws it away."""
    name = request.POST.get("draft", "")
    if DRAFT_NAME.fullmatch(name):
        known = [
            each for each in request.COOKIES.get(SAVED_COOKIE, "").split(".") if DRAFT_NAME.fullmatch(each)
        ]
        response.set_cookie(
            SAVED_COOKIE,
            ".".join([*known, name][-SAVED_KEPT:]),
            max_age=7 * 24 * 3600,
            path=settings.SESSION_COOKIE_PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Strict",
        )
    return response


def language_of(given, article: Article | None) -> str:
    """The language that the words are drawn in: the one chosen in the form, else the article's."""
    language = given.get("language", "")
    if LANGUAGE.fullmatch(language) and len(language) <= 35:
        return language
    return article.language if article and article.pk else "en"


def draw(given, article: Article | None, language: str) -> Drawn:
    """The words given as readers would see them, with what is wrong with them. Nothing is written."""
    drawn = Drawn()
    lines = {
        "headline": _line(drawn, given, "headline", clean_headline),
        "standfirst": _line(drawn, given, "standfirst", clean_standfirst),
        "dateline": _line(drawn, given, "dateline", clean_dateline),
    }
    source = given.get("body", "").replace("\r\n", "\n")
    drawn.words = words_in(source)
    version = base_version(article, given.get("base", ""))
    base = version.body if version else None
    try:
        body = from_markdown(source, base)
    except (MarkdownError, TextRefused, BodyError) as refusal:
        line = getattr(refusal, "line", None) or refusal.params.get("line")
        drawn.problems.append({"field": "body", "line": line, "message": str(refusal)})
        return drawn
    drawn.problems += [
        {"field": "body", "line": line, "message": words}
        for line, words in unknown_pictures(body, base, source)
    ]
    drawn.notices = undescribed(source) + unreleased(body)
    drawn.minor = minor_since(version, Words(**lines, body=body))
    context = {**lines, "language": language, "direction": direction(language), "rows": rows_of(body)}
    drawn.html = render_to_string("admin/articles/_drawn.html", context)
    return drawn


def _line(drawn: Drawn, given, name: str, clean) -> str:
    typed = given.get(name, "").replace("\r\n", "\n")
    if not typed.strip():
        return ""
    try:
        return clean(typed)
    except TextRefused as refusal:
        drawn.problems.append({"field": name, "line": None, "message": str(refusal)})
        return ""


def base_version(article: Article | None, number: str) -> ArticleVersion | None:
    """The version that the words were made from; the newest where the number names none."""
    if article is None:
        return None
    newest = article.latest_version
    if not (number.isascii() and number.isdecimal() and len(number) < 9) or int(number) == newest.number:
        return newest
    return article.versions.filter(number=int(number)).first() or newest


def minor_since(version: ArticleVersion | None, words: Words) -> bool | None:
    """Whether the words differ from the version in form alone; None where they do not, or there is no version."""
    if version is None or same_words(words, version):
        return None
    return is_minor(version, words)


def rows_of(body: dict) -> list[dict]:
    """The blocks as the sheet draws them; a figure with its picture, released or not: the desk may see it."""
    blocks = render_blocks(body)
    known = {str(media.uid): media for media in Media.objects.filter(uid__in=figures_in(body))}
    return [{"block": block, "media": known.get(block.attrs.get("media"))} for block in blocks]


def undescribed(source: str) -> list[dict]:
    """Pictures that nobody described, by their line in the source."""
    said = _("Line %(line)d: nobody described this picture. Write between the brackets what it shows.")
    return [
        {"line": number, "message": said % {"line": number}}
        for number, line in enumerate(source.replace("\r\n", "\n").split("\n"), start=1)
        if re.match(r"!\[\s*\]\(media:", line)
    ]


def unreleased(body: dict) -> list[dict]:
    """Pictures that readers will not see because nobody released them."""
    waiting = Media.objects.filter(uid__in=figures_in(body)).exclude(released=True, rights=Media.Rights.FULL)
    said = _("Readers do not see the picture “%(alt)s” yet: it is not released.")
    return [{"line": None, "message": said % {"alt": media}} for media in waiting]
