"""A small archive in which every public page type has something to show, built in steps that others may go between."""

from collections.abc import Callable

from articles import correcting, editing, reporting
from articles.models import Article, ArticleVersion, Tag
from claims import workflow
from claims.models import Appearance, Claim, Rating
from tests.desk import person
from tests.factories import (
    HEADLINE,
    clock,
    make_article,
    make_claim,
    make_correction,
    make_evidence,
    make_redaction,
    make_report,
    make_source,
    make_verdict,
    place,
    revise,
    teaser,
    time_at,
)

CONVOY = "Convoy crosses into Syria"
GONE = "A story that the agency took back"
BANNED = "A story that a court had taken down"
SIXTH = "The coalition left its sixth Iraqi base within one week."
SIX, TAKEN_BACK = "We counted one twice.", "We took all of it back."
REPORTED, ANSWERED = "It took three weeks.", "Six, not seven."
URDU = "عراق میں چھٹا اڈا خالی"


def nothing() -> None:
    """What goes between two steps of a plain archive."""


def build(between: Callable[[], None] = nothing) -> None:
    """Make the archive; `between` is called before the first step, between any two, and after the last."""
    with clock("2020-04-12 09:00"):
        for step in STEPS:
            between()
            step()
        between()


def sixth_base() -> None:
    """The founding example: a headline that its own body contradicts."""
    military = make_source("a military source", "anonymous")
    article = make_article(tags=["Iraq", "Military bases"], section="World", dateline="BAGHDAD, Tuesday")
    claim = make_claim(
        SIXTH, article=article, words="sixth Iraqi base in one week", tags=["Iraq"], claimant=military
    )
    make_evidence(claim)
    make_evidence(claim, "The article's own second paragraph", url="", version=article.live_version)
    make_verdict(
        claim,
        "contradicted",
        qualifier="by its own text",
        finding="The six handovers ran for three weeks.",
        clash_words="in one week",
        clash_against="in the past few weeks",
        clash_version=article.live_version,
    )


def read_more() -> None:
    """The same claim printed a second time, in a READ MORE line."""
    article = make_article(
        CONVOY, ["A convoy crossed on Monday.", teaser(HEADLINE), "It was large."], tags=["Syria"]
    )
    sixth = Claim.objects.get(statement=SIXTH)
    place(sixth, article, "sixth Iraqi base in one week", field="body", role=Appearance.Role.TEASER)
    make_verdict(make_claim("The convoy was large.", article=article, words="It was large"), "mostly-true")


def being_checked() -> None:
    """A claim that an editor chose to show, and one under review."""
    article = Article.objects.get(headline=HEADLINE)
    make_claim("No group claimed the attacks.", article=article, words="No group has claimed", checking=True)
    reviewed = make_claim("Six bases were handed over.", article=article, words="Six bases were handed over")
    make_verdict(reviewed, "true")
    workflow.reopen(reviewed, by=person("sana"), reason="A new count came in.", shown=True)


def words_changed() -> None:
    """A passage that no longer reads as it did when it was checked."""
    article = make_article("Troops leave in spring", ["Every base came under fire.", "Nobody was hurt."])
    make_verdict(make_claim("Every base came under fire.", article=article, words="Every base"), "false")
    revise(article, paragraphs=["Several bases came under fire.", "Nobody was hurt."])


def taken_back() -> None:
    """One article withdrawn by the paper, one by law, and a verdict taken back."""
    for headline, by_law in ((GONE, False), (BANNED, True)):
        article = make_article(headline, ["It was wrong."])
        editing.withdraw(article, by=person("noor"), reason="It was wrong.", by_law=by_law)
    claim = make_claim("The base at Ain al-Asad closed.")
    verdict = make_verdict(claim, "unproven")
    workflow.retract(verdict, by=person("rashid"), reason="A source was mistaken.")


def urdu() -> None:
    """An article in Urdu, with a tag in Urdu and a name that is another tag's alias."""
    make_article(
        URDU, ["اتحادی افواج نے چھٹا اڈا خالی کر دیا۔"], language="ur", tags=["عراق"], printed_date=None
    )
    Tag.objects.create(name="Irak", alias_of=Tag.objects.get(name="Iraq"))


def corrected() -> None:
    """A change that a correction told of, a note on an article in Urdu, and a correction of what was taken back."""
    article = make_article("Seven bases are left", ["Seven bases are left in Iraq.", "Nobody was hurt."])
    revise(article, live=False, paragraphs=["Six bases are left in Iraq.", "Nobody was hurt."])
    make_correction(
        article, "Seven bases are left in Iraq", "Six bases are left in Iraq", goes_live=True, why=SIX
    )
    note = make_article("اڈے", ["سات اڈے۔"], language="ur", rights="quotes")
    make_correction(note, "سات", why="چھ", kind="clarification", spot="inline")
    gone = make_article("A story that was wrong from end to end", ["It was wrong."])
    make_correction(gone, "It was wrong", why=TAKEN_BACK)
    editing.withdraw(gone, by=person("noor"), reason="It was wrong.")


def reported() -> None:
    """Two reports of readers: one that waits, and one on an article in Urdu that was answered with a correction."""
    article = Article.objects.get(headline=HEADLINE)
    make_report(article, "in the past few weeks", REPORTED, name="Amna Tariq", email="amna@example.org")
    answered = make_report(Article.objects.get(headline="اڈے"), wrong=ANSWERED)
    correction = answered.article.corrections.get(why="چھ")
    given = {"by": person("noor"), "outcome": "corrected", "words": "چھ"}
    reporting.answer(answered, correction=correction, **given)


STEPS = [sixth_base, read_more, being_checked, words_changed, taken_back, urdu, corrected, reported]

CANARY = "Zanzibar"


class HiddenThings:
    """Everything that no reader may ever find, a little more of it at each call. Each carries the canary word."""

    def __init__(self) -> None:
        self.turn = 0

    def __call__(self) -> None:
        self.turn += 1
        self.drafts()
        self.on_public_articles()
        self.on_public_claims()

    def name(self, thing: str) -> str:
        return f"{CANARY} {thing} {self.turn}"

    def drafts(self) -> None:
        """Articles nobody may read yet, with outlets, sections and tags of their own and of others."""
        hidden = {
            "tags": ["Iraq", self.name("tag")],
            "section": self.name("section"),
            "outlet": self.name("outlet"),
        }
        draft = make_article(self.name("draft"), [f"{CANARY} in the text."], published=False, **hidden)
        embargo = {"public_from": time_at("2099-01-01")}
        make_article(self.name("embargo"), **embargo, tags=["Syria"], section="World")
        late = make_article(
            self.name("embargo that was public once"), [f"{CANARY} again."], outlet=hidden["outlet"]
        )
        make_correction(late, CANARY, why=self.name("correction of an embargo"))
        Article.objects.filter(pk=late.pk).update(**embargo, first_published_at=embargo["public_from"])
        make_article(self.name("leads to a public one"), ["Text.", teaser(HEADLINE)], published=False)
        claim = make_claim(
            self.name("claim in a draft"), article=draft, words=CANARY, tags=[self.name("topic")]
        )
        make_verdict(claim, "false", published=False)

    def on_public_articles(self) -> None:
        """Flags, unpublished verdicts and unconfirmed matches on words that everybody reads."""
        for article in Article.objects.public():
            flagged = make_claim(
                self.name(f"flag on {article.number}"), claimant=make_source(self.name("source"), "person")
            )
            place(flagged, article, article.headline[:6], field="headline")
            proposed = make_claim(self.name(f"proposal on {article.number}"))
            place(proposed, article, article.headline[:4], field="headline")
            make_verdict(proposed, "false", published=False, finding=self.name("finding"))
            ruled = Claim.objects.ruled().first()
            if ruled:
                for match in ("suggested", "different", "unsure"):
                    place(ruled, article, article.headline[:5], field="headline", match=match)
            new = revise(article, live=False, headline=self.name("draft version"))
            self.corrections(article, new)
            self.reports(article)
        if article := Article.objects.public().order_by("pk").first():
            self.removals(article)

    def removals(self, article: Article) -> None:
        """Removals of words that nobody has approved."""
        for step in ("draft", "proposed"):
            make_redaction(
                article.live_version,
                article.headline[:5],
                step=step,
                order=self.name("order"),
                reason=f"{CANARY} reason",
            )

    def corrections(self, article: Article, new: ArticleVersion) -> None:
        """Nobody but the desk knows of them: drafts, proposals, declined ones, and what is to be told later."""
        for name in ("drafted", "proposed", "declined"):
            why = self.name(f"correction {name} of {article.number}")
            columns = {"why": why, "goes_live": True, "proposed": name != "drafted", "published": False}
            told = make_correction(article, article.headline[:5], CANARY, **columns)
            if name == "declined":
                correcting.decline(told, by=person("rashid"), reason=CANARY)

    def reports(self, article: Article) -> None:
        """What readers reported, and who they are; one of them led to a correction that nobody approved yet."""
        given = {"name": self.name("reader"), "email": f"{CANARY}@example.org"}
        report = make_report(article, wrong=self.name(f"report on {article.number}"), **given)
        reporting.begin_correction(report, by=person("bilal"))
        make_report(article, article.headline[:5], self.name(f"second on {article.number}"), **given)

    def on_public_claims(self) -> None:
        """Places in articles nobody may read yet; evidence and verdicts that no second person has approved."""
        waiting = make_article(
            self.name("embargo repeats it"), [f"{CANARY} again."], public_from=time_at("2099-01-01")
        )
        draft = make_article(self.name("draft repeats it"), [f"{CANARY} again."], published=False)
        for claim in Claim.objects.public():
            for article in (waiting, draft):
                place(claim, article, CANARY, field="body")
        for claim in Claim.objects.public():
            source = make_source(self.name("witness"), "person")
            make_evidence(claim, self.name("evidence"), source=source, quote=CANARY)
            if not claim.verdicts.filter(publication_state__in=["draft", "proposed"]).exists():
                workflow.draft_verdict(
                    claim,
                    by=person("sana"),
                    rating=Rating.objects.get(slug="false"),
                    finding=self.name("second finding"),
                    as_of=time_at("2020-04-12").date(),
                )
