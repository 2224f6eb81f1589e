"""Forms of the archive's admin: an article's words as Markdown source, its details, and the acts upon it."""

from datetime import datetime

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from taggit.utils import parse_tags

from newsroom.core.admin_forms import ActForm, DeskForm
from newsroom.core.hygiene import TextRefused, clean_text, fold_key, is_blank
from newsroom.core.languages import direction

from .editing import NOT_MINOR, StaleEdit, slug_for
from .markdown import MarkdownError, from_markdown, to_markdown
from .merging import LINES, Became, Merged, merge_words
from .minor import is_minor
from .models import Article, ArticleVersion, Outlet, Tag
from .pictures import unknown_pictures
from .text import BodyError, clean_headline, clean_standfirst
from .words import Words, clean_dateline


class WordsField(forms.CharField):
    """Words of an article, exactly as typed: articles.text and articles.markdown say what is stored of them."""

    own_hygiene = True

    def __init__(self, **kwargs):
        super().__init__(strip=False, **kwargs)
        # Django refuses a null without saying where it stands; our own hygiene says it.
        self.validators = [
            check for check in self.validators if not isinstance(check, ProhibitNullCharactersValidator)
        ]


def tags_in(line: str) -> list[str]:
    """The names in a line of tags. Commas alone part them: a tag of two words is one tag, and quotes keep a comma."""
    return parse_tags(f"{line},") if line.strip() else []


def line_of(tags) -> str:
    """Tags as the line that `tags_in` reads."""
    names = sorted(tag.name for tag in tags)
    return ", ".join(f'"{name}"' if "," in name else name for name in names)


class TagWords(forms.CharField):
    """Subjects split by commas, in any order."""

    def prepare_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return line_of(getattr(each, "tag", each) for each in value)

    def clean(self, value):
        return [self.clean_tag(name) for name in tags_in(super().clean(value))]

    def clean_tag(self, name: str) -> str:
        try:
            name = clean_text(name, multiline=False).strip()
        except TextRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        if len(name) > 100 or not fold_key(name):
            raise forms.ValidationError(
                _("“%(tag)s” is no tag: give it 1 to 100 letters.") % {"tag": name[:40]}
            )
        return name

    def has_changed(self, initial, data):
        return set(tags_in(self.prepare_value(initial) or "")) != set(tags_in(data or ""))


class TaggedForm(DeskForm):
    """A form with tags. What two editors do to the tags at once is added up."""

    tags = TagWords(
        label=_("Tags"),
        required=False,
        widget=forms.TextInput(attrs={"class": "vLargeTextField", "dir": "auto"}),
        help_text=_("Subjects, split by commas. A tag that reads the same is found, not made again."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None and "tags" in self.fields:
            known = self.initial.get("tags")
            self.initial["tags"] = self.fields["tags"].prepare_value(
                self.instance.tags.all() if known is None else known
            )
            self.carry_read_value("tags")

    def _save_m2m(self) -> None:
        if "tags" in self.changed_data:
            read = (
                self.read_value("tags")
                if self.fields["tags"].show_hidden_initial
                else self.initial.get("tags")
            )
            before, wanted = set(tags_in(read or "")), set(self.cleaned_data["tags"])
            self.instance.tags.add(*sorted(wanted - before))
            self.instance.tags.remove(*sorted(before - wanted))


REMOVED_SINCE = _(
    "Words were removed from this version by order after you loaded the page, and saving would bring them back. "
    "Load the page again and enter your changes anew."
)
SOURCE = forms.Textarea(attrs={"rows": 28, "class": "source", "spellcheck": "true", "dir": "auto"})
PRINTED_LINE = forms.Textarea(attrs={"rows": 1, "class": "vLargeTextField", "dir": "auto"})
LINE = forms.TextInput(attrs={"class": "vLargeTextField", "dir": "auto"})


OUTLETS_OFFERED = 50


class ArticleForm(TaggedForm):
    """One article: the words of its newest version, and the details that are not words.

    `base` is the number of the version that the words were read from. After `is_valid`, `words` holds the words in
    canonical form and `words_changed` says whether they differ from that version.
    """

    headline = WordsField(
        label=_("Headline"),
        widget=PRINTED_LINE,
        help_text=_("As printed, on one line of at most 300 characters."),
    )
    standfirst = WordsField(
        label=_("Standfirst"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField", "dir": "auto"}),
        help_text=_("The lines between headline and text, where the paper printed any."),
    )
    body = WordsField(
        label=_("Text"),
        required=False,
        widget=SOURCE,
        help_text=_(
            "Markdown: an empty line parts paragraphs, ## begins a subhead, > a quotation, *words* are set in italics. "
            "A line in double braces stands for what Markdown cannot write: move it or delete it, but do not change it."
        ),
    )
    dateline = WordsField(
        label=_("Dateline as printed"),
        required=False,
        widget=LINE,
        help_text=_("Such as BAGHDAD. Readers see it before the text."),
    )
    reason = forms.CharField(
        label=_("Why the words change"),
        required=False,
        max_length=300,
        widget=LINE,
        help_text=_("Required once the article is public. Readers see it in the article's history."),
    )
    minor = forms.BooleanField(
        label=_("Minor"),
        required=False,
        help_text=_("White space, quotes, dashes or dateline only: readers see no “changed” note."),
    )
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    base_content = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)

    class Meta:
        model = Article
        fields = "__all__"

    newest: ArticleVersion | None = None
    merged: Merged | None = None
    words: Words | None = None
    words_changed = False
    proposes_minor = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        self.say_language()
        if self.instance.pk is None:
            self.initial["slug"] = ""
            for name in ("reason", "minor"):
                self.fields.pop(name, None)
            self.offer_outlets()
        else:
            self.read_newest()

    def offer_outlets(self) -> None:
        """Whoever has no script cannot search for an outlet: the first of them can be chosen as they are."""
        if "outlet" in self.fields:
            widget = self.fields["outlet"].widget
            first = Outlet.objects.order_by("name").values_list("pk", "name")[:OUTLETS_OFFERED]
            getattr(widget, "widget", widget).offered = lambda: first

    def say_language(self) -> None:
        """Words are typed in the direction of the article's language; of a new article by their own letters."""
        language = self.instance.language
        if self.instance.pk is not None and isinstance(language, str):
            for name in ("headline", "standfirst", "body", "dateline"):
                if name in self.fields:
                    self.fields[name].widget.attrs |= {"lang": language, "dir": direction(language)}

    def read_newest(self) -> None:
        """Begin from the newest version: its words, its number."""
        newest = self.instance.latest_version
        self.initial |= {
            "headline": newest.headline,
            "standfirst": newest.standfirst,
            "body": to_markdown(newest.body),
            "dateline": newest.dateline,
            "base": newest.number,
            "base_content": newest.content_sha256,
        }

    def base_version(self) -> ArticleVersion | None:
        """The version that the editor read; None for a new article and for a number that never was."""
        if self.instance.pk is None:
            return None
        number, newest = self.cleaned_data.get("base"), self.instance.latest_version
        if number == newest.number:
            return newest
        return self.instance.versions.filter(number=number).first()

    def clean(self):
        super().clean()
        base = self.base_version()
        if self.instance.pk is not None and base is None:
            self.add_error(None, _("This page is incomplete. Load it again and enter the changes anew."))
            return
        if base is not None and self.lost_words_since(base):
            self.add_error(None, REMOVED_SINCE)
            return
        self.words = self.read_words(base)
        self.words_changed = self.words is not None and not same_words(self.words, base)
        self.check_reason()
        self.check_minor(base)
        if self.words and not self.cleaned_data.get("slug"):
            self.cleaned_data["slug"] = slug_for(self.words.headline)

    def lost_words_since(self, base: ArticleVersion) -> bool:
        """Whether an order took words out of the version after the editor read it: saving would bring them back."""
        given = self.cleaned_data.get("base_content")
        return base.content_sha256 != given if given else base.redactions.exists()

    def read_words(self, base: ArticleVersion | None) -> Words | None:
        """The words typed, in canonical form; every refusal stands at its field."""
        given = {
            "headline": self.read("headline", clean_headline),
            "standfirst": self.read("standfirst", clean_standfirst),
            "dateline": self.read("dateline", clean_dateline),
            "body": self.read("body", lambda source: from_markdown(source, base.body if base else None)),
        }
        self.check_pictures(given["body"], base)
        return None if any(value is None for value in given.values()) else Words(**given)

    def check_pictures(self, body: dict | None, base: ArticleVersion | None) -> None:
        """A picture that is put in must be one that was uploaded here."""
        if body is not None:
            missing = unknown_pictures(body, base.body if base else None, self.cleaned_data.get("body", ""))
            for _line, words in missing:
                self.add_error("body", words)

    def read(self, name: str, clean):
        if name not in self.cleaned_data:
            return None
        try:
            return clean(self.cleaned_data[name])
        except (TextRefused, BodyError, MarkdownError) as refusal:
            self.add_error(name, str(refusal))
            return None

    def check_reason(self) -> None:
        public_once = self.instance.pk is not None and self.instance.state != Article.State.DRAFT
        if self.words_changed and public_once and is_blank(self.cleaned_data.get("reason", "")):
            self.add_error("reason", _("This article is public. Say why its words change."))

    def check_minor(self, base: ArticleVersion | None) -> None:
        """Refuse a tick for a change of substance; propose one where the form comes back without it."""
        if self.words_changed and base is not None:
            minor, ticked = is_minor(base, self.words), self.cleaned_data.get("minor")
            self.proposes_minor = minor and not ticked
            if ticked and not minor:
                self.add_error("minor", NOT_MINOR)

    def show_refusal(self, refusal: Exception) -> None:
        """After somebody was faster both editors' words stand in the form, to be saved against the newest version."""
        super().show_refusal(refusal)
        base = self.base_version()
        if isinstance(refusal, StaleEdit) and base and self.words:
            self.newest = refusal.newest
            self.merged = merge_words(base, self.newest, self.words)
            self.fill_in_merged()
            self.mark_clashes()

    def fill_in_merged(self) -> None:
        self.data = self.data.copy()
        for name in LINES:
            self.data[name] = self.merged.line(name)
        self.data["body"] = to_markdown(self.merged.body, previous=self.newest.body)
        self.data["base"] = str(self.newest.number)
        self.data["base_content"] = self.newest.content_sha256

    def mark_clashes(self) -> None:
        """Say at its field what both editors changed. Nothing is written into the words themselves."""
        for name, part in self.merged.lines.items():
            if part.became == Became.CLASH:
                said = _("Both of you changed this. Yours stands here; version %(number)s says “%(theirs)s”.")
                theirs = part.theirs[0] or gettext("empty")
                self.add_error(name, said % {"number": self.newest.number, "theirs": theirs})
        if count := self.merged.clashes():
            said = ngettext(
                "Both of you changed %(count)d passage. Above you see where: decide what stands.",
                "Both of you changed %(count)d passages. Above you see where: decide what stands.",
                count,
            )
            self.add_error("body", said % {"count": count})


def same_words(words: Words, version: ArticleVersion | None) -> bool:
    """Whether the words are the version's own, whatever its hashes say."""
    return version is not None and all(
        getattr(words, name) == getattr(version, name)
        for name in ("headline", "standfirst", "body", "dateline")
    )


class SeenForm(ActForm):
    """An act on words: it carries the number of the version that the editor looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PublishForm(SeenForm):
    """When readers may see an article."""

    when = forms.ChoiceField(
        label=_("When"),
        choices=[("now", _("Now")), ("later", _("From a time on"))],
        initial="now",
        widget=forms.RadioSelect,
    )
    public_from = forms.DateTimeField(
        label=_("Public from"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["public_from"].help_text = _(
            "Only for “From a time on”. The desk's time zone is %(zone)s."
        ) % {"zone": timezone.get_current_timezone_name()}

    def clean(self):
        given = super().clean()
        if given.get("when") == "later" and "public_from" not in self.errors:
            self.check_time(given.get("public_from"))
        return given

    def check_time(self, time: datetime | None) -> None:
        if time is None:
            self.add_error("public_from", _("Give the day and the hour from which readers may see it."))
        elif time <= timezone.now():
            self.add_error("public_from", _("That time has passed. Choose “Now”, or a time to come."))

    def time(self) -> datetime | None:
        return self.cleaned_data["public_from"] if self.cleaned_data["when"] == "later" else None


class WithdrawForm(ActForm):
    """Why an article is taken back."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=LINE,
        help_text=_(
            "Readers who open the article's address see this sentence and the date, and nothing else."
        ),
    )
    by_law = forms.BooleanField(
        label=_("By order of a court or authority"),
        required=False,
        help_text=_("The address then says that the law made us withdraw it."),
    )


class MediaForm(DeskForm):
    """A picture on its way in; its file is given once, and words must stand for it."""

    def clean_alt(self) -> str:
        """Invisible characters describe nothing."""
        if is_blank(self.cleaned_data["alt"]):
            raise forms.ValidationError(_("Say what the picture shows."))
        return self.cleaned_data["alt"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].widget = forms.FileInput(
                attrs={"accept": "image/jpeg,image/png,image/gif,image/webp"}
            )


class SluggedForm(DeskForm):
    """A form whose address words follow from the name where none are given."""

    slug_from = "name"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            if self.instance.pk is None:
                self.initial["slug"] = ""

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or slug_for(self.data.get(self.add_prefix(self.slug_from), ""))


class TagForm(SluggedForm):
    """A tag. Two spellings that read the same are one tag."""

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        same = Tag.objects.filter(key=fold_key(name)).exclude(pk=self.instance.pk).first()
        if same:
            raise forms.ValidationError(
                _("“%(tag)s” reads the same and exists already. Use that one.") % {"tag": same.name}
            )
        return name
