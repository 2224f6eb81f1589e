"""What flagging asks: which words, whose claim, in which sentence; everything typed survives every refusal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.forms import TagWords
from articles.models import Article
from newsroom.core.admin_forms import ActForm
from newsroom.core.moments import Precision

from .flag_finding import Spot, as_sentence, spot_of
from .flag_passages import Passages
from .flag_sheet import role_in
from .flag_sources import called, offered
from .flagging import NewSource, survivor
from .models import Appearance, Claim, Source

Role = Appearance.Role
LOOK, SAVE = "look", "save"
# What often stays the same from one flag to the next.
KEPT = ("claimant", "chosen_because", "said_on", "said_precision", "said_as", "tags")
LONGEST = 2000


def line(**attrs) -> forms.TextInput:
    return forms.TextInput(attrs={"dir": "auto", **attrs})


class FlagForm(ActForm):
    """One flag. `look` finds the words and draws the rest; saving asks for a statement, or for `attach`, a claim's key.

    After `is_valid`: `passages.chosen` are the words, `passages.version` their version, `attach_to` the known claim or
    None, `claimant` a source, one to be entered, or None.
    """

    version = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("The words, as printed"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Copied from the article."),
    )
    found_for = forms.CharField(required=False, widget=forms.HiddenInput)
    known = forms.CharField(
        label=_("Look for other words"), max_length=300, required=False, widget=line(type="search")
    )
    statement = forms.CharField(
        label=_("Or a new claim, in one sentence"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    prefilled = forms.CharField(required=False, widget=forms.HiddenInput)
    role = forms.ChoiceField(label=_("The article"), choices=Role.choices, required=False)
    claimant = forms.CharField(
        label=_("Said by"),
        max_length=200,
        required=False,
        widget=line(autocomplete="off", list="flag-sources"),
        help_text=_("Empty where nobody is named."),
    )
    source = forms.CharField(required=False, widget=forms.HiddenInput)
    claimant_kind = forms.ChoiceField(
        label=_("What the new source is"), choices=[("", "–"), *Source.Kind.choices], required=False
    )
    claimant_why = forms.CharField(
        label=_("Why it is not named"),
        max_length=300,
        required=False,
        widget=line(),
        help_text=_("The reason given in print. Never the identity itself."),
    )
    chosen_because = forms.CharField(
        label=_("Why we check it"),
        max_length=300,
        required=False,
        widget=line(),
        help_text=_("Readers see this once the claim is public."),
    )
    said_on = forms.DateField(
        label=_("Said on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    said_precision = forms.ChoiceField(label=_("Precise to"), choices=Precision.choices, required=False)
    said_as = forms.CharField(
        label=_("Date as printed"),
        max_length=80,
        required=False,
        widget=line(),
        help_text=_("Word for word, such as “on Jan. 3”."),
    )
    tags = TagWords(label=_("Topics"), required=False, widget=line(), help_text=_("Split by commas."))

    def __init__(self, article: Article, data=None, *, mode: str = LOOK, attach: str = "", **kwargs):
        super().__init__(data, **kwargs)
        self.article, self.mode, self.attach = article, mode, attach
        self.passages: Passages | None = None
        self.attach_to: Claim | None = None
        self.claimant: Source | NewSource | None = None
        self.near: list[Source] = []
        for name in ("words", "statement"):
            self.fields[name].widget.attrs["lang"] = article.language

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self.find_words(given)
        if self.mode == LOOK:
            return given
        if self.attach:
            self.find_claim()
            return given
        if not given.get("statement") and "statement" not in self.errors:
            self.add_error("statement", _("Write the claim in one sentence."))
        self.check_date(given)
        self.find_claimant(given)
        return given

    # the words

    def find_words(self, given: dict) -> None:
        """Which words are meant. A refusal stands at the field of the words."""
        if not {"version", "words"} <= given.keys():
            return
        words = given["words"]
        # Whoever pasted other words since the places were found means these.
        kept = not words or words.split() == given.get("found_for", "").split()
        self.passages = Passages(self.article, str(given["version"]), self.posted() if kept else [], words)
        if self.passages.refusal:
            self.add_error("words", self.passages.refusal)

    def posted(self) -> list[Spot]:
        """The places that were chosen. What is no place is passed over: the words are asked for again."""
        values = self.data.getlist("place") if hasattr(self.data, "getlist") else self.data.get("place", [])
        return [spot for spot in map(spot_of, values) if spot]

    # the claim

    def find_claim(self) -> None:
        key = self.attach
        found = None
        if key.isascii() and key.isdecimal() and len(key) < 19:
            found = Claim.objects.filter(pk=int(key)).select_related("merged_into").first()
        if found is None:
            self.add_error(None, _("This claim is not kept here. Choose another, or write a new one."))
        else:
            self.attach_to = survivor(found)

    def check_date(self, given: dict) -> None:
        on, precision = given.get("said_on"), given.get("said_precision") or Precision.UNKNOWN
        if "said_on" in self.errors:
            return
        if on and precision == Precision.UNKNOWN:
            precision = Precision.DAY
        if not on and precision != Precision.UNKNOWN:
            self.add_error("said_on", _("Give the date too, or leave its precision at “Not known”."))
        given["said_precision"] = precision

    def find_claimant(self, given: dict) -> None:
        """The source of that name; where there is none, one to be entered; where there are several, a question."""
        name, kind = given.get("claimant", ""), given.get("claimant_kind", "")
        if not name:
            return
        named = called(name)
        picked = [source for source in named if str(source.pk) == given.get("source")]
        if len(picked or named) == 1:
            self.claimant = (picked or named)[0]
        elif named:
            self.near = named
            self.add_error("claimant", _("Several sources have this name. Choose one."))
        elif not kind:
            self.near = offered(name.split()[0])
            self.add_error(
                "claimant_kind", _("No source of this name is kept yet. Say what it is to enter it.")
            )
        elif kind == Source.Kind.ANONYMOUS and not given.get("claimant_why"):
            self.add_error("claimant_why", _("Say why the source is not named, as far as it was printed."))
        else:
            self.claimant = NewSource(name, kind, given.get("claimant_why", ""))

    # what the panel shows

    @property
    def asks_kind(self) -> bool:
        """Whether the fields of a new source stand open."""
        return bool(self["claimant_kind"].value() or {"claimant_kind", "claimant_why"} & self.errors.keys())

    @property
    def asks_more(self) -> bool:
        """Whether the rarer fields stand open."""
        rare = ("said_on", "said_as", "tags")
        return any(self[name].value() or name in self.errors for name in rare)

    @property
    def kept(self) -> list:
        """What is carried from the flag before, unseen until words are chosen."""
        return [self[name].as_hidden() for name in KEPT if self[name].value()]

    @property
    def choices(self):
        return self.passages.choices if self.passages else []

    @property
    def seen(self) -> str:
        """The words that are meant, for what is offered as similar."""
        checked = [choice.spot.exact for choice in self.choices if choice.checked]
        return " ".join(checked) or (self.choices[0].spot.exact if self.choices else "")

    @property
    def seen_known(self) -> str:
        """What claims are compared with: the words that somebody looks for, else the words that are meant."""
        return self["known"].value() if self["known"].value() and not self["known"].errors else self.seen

    def prefill(self) -> None:
        """After looking: the statement from the words, unless somebody wrote their own; the role the text suggests."""
        data = self.data = self.data.copy()
        data.setdefault("said_precision", Precision.UNKNOWN)
        checked = [choice.spot for choice in self.choices if choice.checked]
        if self.passages:
            data["version"] = str(self.passages.version.uid)
            data["words"] = self.passages.words
            data["found_for"] = self.passages.words
        if not checked or self.mode != LOOK:
            return
        if data.get("statement", "").strip() in ("", data.get("prefilled", "").strip()):
            data["statement"] = data["prefilled"] = as_sentence(checked[0].exact)
        if data.get("role", Role.ASSERTS) in ("", Role.ASSERTS):
            data["role"] = role_in(self.passages.version, checked[0].field, checked[0].start)

    def details(self) -> dict[str, Any]:
        """The columns of the new claim."""
        given = self.cleaned_data
        names = ("said_on", "said_precision", "said_as", "chosen_because")
        return {**{name: given[name] for name in names}, "language": self.article.language}
