"""Articles at the desk. Versions and the lists beside them have files of their own."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.core import ledger
from newsroom.core.admin_base import DeskAdmin
from newsroom.core.admin_forms import is_key
from newsroom.core.admin_panels import Panel, short

from . import admin_lists, admin_redactions, admin_reports, editing, presence  # noqa: F401  they register their tables
from .admin_acts import NewestGoesLive, Publish, Withdraw
from .admin_correction_acts import CorrectArticle
from .admin_corrections import corrections_panel
from .admin_editor import EditorMixin
from .admin_presence import TellsWhoElse
from .admin_rows import BylineRows, LinkRows
from .admin_versions import WIDE, sheet
from .comparing import rows_of
from .forms import ArticleForm
from .models import Article, ArticleVersion, Outlet, Presence

VERSIONS_SHOWN = 10


def time_in_words(time) -> str:
    """A time as lists of the desk show it."""
    return date_format(timezone.localtime(time), "DATETIME_FORMAT") if time else ""


def version_seen(request, article: Article) -> int:
    """The version that the row of a list showed. Raise EditingRefused where the post names none."""
    number = request.POST.get(f"seen_{article.pk}", "")
    if not (is_key(number) and int(number)):
        raise editing.EditingRefused(_("This page is incomplete. Load it again and choose anew."))
    return int(number)


class LanguageFilter(admin.SimpleListFilter):
    """By language: those that outlets print in, so that the long table is not asked what it holds."""

    title = gettext_lazy("language")
    parameter_name = "language"

    def lookups(self, request, model_admin):
        languages = Outlet.objects.order_by("language").values_list("language", flat=True).distinct()
        return [(code, code) for code in languages]

    def queryset(self, request, queryset):
        return queryset.filter(language=self.value()) if self.value() else queryset


class LiveFilter(admin.SimpleListFilter):
    """Articles with a version that waits to go live."""

    title = gettext_lazy("newest version")
    parameter_name = "waiting"

    def lookups(self, request, model_admin):
        return [("yes", _("Waits to go live")), ("no", _("Is live"))]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.filter(state="published").exclude(live_version=F("latest_version"))
        if self.value() == "no":
            return queryset.filter(live_version=F("latest_version"))
        return queryset


class ListOfArticles(ChangeList):
    """One page of articles, each with the names of those who have it open: one query."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        names = presence.open_in(self.result_list, request.user)
        for article in self.result_list:
            article.open_with = names.get(article.pk, [])


@admin.register(Article)
class ArticleAdmin(EditorMixin, TellsWhoElse, DeskAdmin):
    """Articles. The words are edited as Markdown; every change of them is a new version."""

    form = ArticleForm
    acts = (NewestGoesLive, Publish, CorrectArticle, Withdraw)
    refusals = (editing.EditingRefused,)
    actions = ["publish_now", "make_live"]
    change_form_template = "admin/articles/article_form.html"
    list_display = ["title", "outlet", "printed", "readers_see"]
    list_filter = ["state", LiveFilter, "outlet", "section", LanguageFilter, "rights"]
    list_select_related = ["outlet", "live_version", "latest_version"]
    page_related = ("outlet", "section", "live_version", "latest_version__author")
    search_fields = ["headline"]
    search_help_text = gettext_lazy(
        "Words of the article, “phrases”, -without, by: tag: outlet: after: before:, or the ten digits of its address."
    )
    autocomplete_fields = ["outlet", "section"]
    exclude = ["headline"]
    inlines = [BylineRows, LinkRows]
    verbs = {
        "article.create": gettext_lazy("Entered"),
        "article.revise": gettext_lazy("New version"),
        "article.details": gettext_lazy("Details changed"),
        "article.go-live": gettext_lazy("Version made live"),
        "article.publish": gettext_lazy("Published"),
        "article.withdraw": gettext_lazy("Withdrawn"),
        "article.redact": gettext_lazy("Words removed by order"),
    }
    DETAILS = (
        gettext_lazy("Details"),
        {
            "fields": [
                "outlet",
                "section",
                "tags",
                ("language", "rights"),
                "original_url",
                "slug",
            ],
            "description": gettext_lazy("Changing these makes no new version."),
        },
    )
    PRINTED = (
        gettext_lazy("When it was printed"),
        {
            "fields": [("printed_date", "printed_precision"), ("printed_as", "printed_obtained")],
            "description": gettext_lazy(
                "Readers see the date as it was printed. A year that was not printed is never added."
            ),
        },
    )
    WORDS = ["headline", "standfirst", "dateline", "body"]

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [(None, {"fields": self.WORDS}), self.DETAILS, self.PRINTED]
        if not self.has_change_permission(request, obj):
            return [(None, {"fields": ["text_shown"]}), self.DETAILS, self.PRINTED]
        words = [*self.WORDS, ("reason", "minor"), "base", "base_content"]
        return [(None, {"fields": words}), self.DETAILS, self.PRINTED]

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name.endswith("_changelist"):
            wide = [f"{name}__{column}" for name in ("live_version", "latest_version") for column in WIDE]
            return queryset.defer(*wide)
        return queryset

    def get_changelist(self, request, **kwargs):
        return ListOfArticles

    # Columns

    def action_checkbox(self, article: Article) -> str:
        """The box of a row carries the version that the row shows: an action is about that one."""
        box, number = super().action_checkbox(article), article.latest_version.number
        return format_html('{}<input type="hidden" name="seen_{}" value="{}">', box, article.pk, number)

    @admin.display(description=gettext_lazy("headline"), ordering="headline")
    def title(self, article: Article) -> str:
        headline = format_html('<bdi lang="{}">{}</bdi>', article.language, article.headline)
        if not (names := getattr(article, "open_with", None)):
            return headline
        said = _("Open now: %(names)s") % {"names": get_text_list(names, _("and"))}
        return format_html('{} <span class="help open-now">{}</span>', headline, said)

    @admin.display(description=gettext_lazy("printed"), ordering="sort_date")
    def printed(self, article: Article) -> str:
        if article.printed_as or not article.printed_date:
            return article.printed_as or _("not known")
        formats = {"day": "DATE_FORMAT", "month": "YEAR_MONTH_FORMAT", "year": "Y"}
        return date_format(article.printed_date, formats[article.printed_precision])

    @admin.display(description=gettext_lazy("readers see"), ordering="state")
    def readers_see(self, article: Article) -> str:
        if article.state == Article.State.WITHDRAWN:
            return _("Withdrawn: %(reason)s") % {"reason": article.withdrawn_reason}
        if article.state == Article.State.DRAFT:
            return _("Nothing: a draft")
        if not article.is_public():
            return _("Nothing until %(time)s") % {"time": time_in_words(article.public_from)}
        numbers = {"live": article.live_version.number, "newest": article.latest_version.number}
        if article.live_version_id != article.latest_version_id:
            return _("Version %(live)s; version %(newest)s is not live yet") % numbers
        return _("Version %(live)s") % numbers

    @admin.display(description=gettext_lazy("text"))
    def text_shown(self, article: Article) -> str:
        return sheet(article.latest_version)

    # Saving

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
            self.save_words(request, obj, form)
        else:
            details = {name: form.cleaned_data[name] for name in form.details()}
            made = editing.create_article(form.words, by=request.user, **details)
            obj.pk, obj._state.adding = made.pk, False
            obj.refresh_from_db()

    def keep(self, request, fresh, changed):
        editing.set_details(fresh, by=request.user, changed=changed)

    def save_words(self, request, obj, form) -> None:
        if not form.words_changed:
            return
        given = form.cleaned_data
        article = Article.objects.get(pk=obj.pk)
        version = editing.save_version(
            article,
            form.words,
            by=request.user,
            base=given["base"],
            reason=given["reason"],
            minor=given["minor"],
        )
        if version and article.state == Article.State.PUBLISHED:
            said = _("Version %(new)s is kept. Readers see version %(live)s until the new one is made live.")
            numbers = {"new": version.number, "live": article.live_version.number}
            self.message_user(request, said % numbers, messages.WARNING)

    def log_addition(self, request, obj, message):
        """The act of entering wrote its line."""

    def log_change(self, request, obj, message):
        """Acts write their own lines; what hangs on the article is told here."""
        fields = ["tags"] if "tags" in message.pop("fields", []) else []
        if fields or message:
            ledger.record("article.details", obj, by=request.user, fields=fields, **message)

    # The page

    def public_address(self, obj):
        return obj.get_absolute_url() if obj.is_public() else None

    def panels(self, request, obj):
        rows, more = short(
            obj.versions.without_text()
            .select_related("author")
            .prefetch_related("publications")
            .order_by("-number"),
            lambda version: self.version_line(obj, version),
            most=VERSIONS_SHOWN,
        )
        listing = f"{reverse('admin:articles_articleversion_changelist')}?article__id__exact={obj.pk}"
        return [
            Panel(
                title=_("Versions"),
                explains=_("Every version stays as it was saved. Readers see the live one."),
                columns=[_("Version"), _("Entered"), _("By"), _("Why"), _("Readers")],
                rows=rows,
                more=(_("All versions"), listing) if more else None,
            ),
            corrections_panel(obj),
        ]

    def version_line(self, article: Article, version: ArticleVersion) -> list:
        address = reverse("admin:articles_articleversion_change", args=[version.pk])
        return [
            (str(_("Version %(number)s") % {"number": version.number}), address),
            time_in_words(version.created_at),
            version.author or _("a program"),
            version.reason or (_("first version") if version.number == 1 else ""),
            self.seen_since(article, version),
        ]

    def seen_since(self, article: Article, version: ArticleVersion) -> str:
        """What readers see, or saw, of a version, and since when."""
        times = [row.public_from for row in version.publications.all()]
        if not times:
            return ""
        live = version.pk == article.live_version_id and article.is_public()
        said = _("see it since %(time)s") if live else _("public from %(time)s")
        return said % {"time": time_in_words(min(times))}

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        if self.has_change_permission(request, obj) if change else self.has_add_permission(request):
            context["editor"] = self.editor_context(request, form, obj)
        if getattr(form, "merged", None):
            context |= {"newest": form.newest, "comparison": rows_of(form.merged)}
        if obj is not None:
            base = form["base"].value() if "base" in form.fields else obj.latest_version.number
            page = Presence.Page.EDIT
            context["present"] = self.presence_on(request, obj, page, base=base, writing=form.is_bound)
        return super().render_change_form(request, context, add, change, form_url, obj)

    # Actions on lists

    def has_publish_permission(self, request) -> bool:
        return request.user.has_perm("articles.publish_article")

    @admin.action(description=gettext_lazy("Publish now"), permissions=["publish"])
    def publish_now(self, request, queryset):
        self.do_each(
            request,
            queryset,
            lambda article: editing.publish(article, by=request.user, seen=version_seen(request, article)),
            _("%(count)d articles are public now."),
        )

    @admin.action(description=gettext_lazy("Make the newest version live"), permissions=["publish"])
    def make_live(self, request, queryset):
        def go_live(article):
            NewestGoesLive(self, request, article).run({"seen": version_seen(request, article)})

        self.do_each(request, queryset, go_live, _("%(count)d newest versions are live now."))
