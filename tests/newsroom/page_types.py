"""Every public page type, with an address of each in the archive of tests/newsroom/archive.py.

Adding a public page? Add it here: the leak test, the HTML checker and axe read this list, and the test of all
addresses fails until every named address stands in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse

from articles.models import Article, Correction, ReportReader, Tag
from claims.models import Claim, Source

from .archive import ANSWERED, BANNED, CANARY, CONVOY, GONE, REPORTED, SIX, SIXTH, TAKEN_BACK, URDU

LONG_AGO = "2000-01-01T00-00-00-000000Z.1"  # a place in a list beyond everything that stands in it


@dataclass(frozen=True)
class Page:
    """One address: its type's name, the URL name it shows, and the status it answers with."""

    name: str
    url_name: str
    url: str
    status: int = 200
    html: bool = True


def article(headline: str) -> str:
    return Article.objects.get(
        latest_version__isnull=False, versions__headline=headline, versions__number=1
    ).get_absolute_url()


def claim(statement: str) -> str:
    return Claim.objects.get(statement=statement).get_absolute_url()


def correction(why: str) -> str:
    return Correction.objects.get(why=why).get_absolute_url()


def receipt(wrong: str) -> str:
    return ReportReader.objects.get(wrong=wrong).report.get_absolute_url()


def source(name: str) -> str:
    return Source.objects.get(name=name).get_absolute_url()


def tag(name: str) -> str:
    return Tag.objects.get(name=name).get_absolute_url()


def pages() -> list[Page]:
    """One page of every type and of every answer that a type can give."""
    sixth = Article.objects.get(slug__startswith="coalition-hands-over")
    changed = article("Troops leave in spring")
    listing, claims, search = reverse("articles:list"), reverse("claims:list"), reverse("search")
    corrections = reverse("articles:corrections")
    withdrawn = reverse("articles:withdrawn")
    return [
        Page("front", "front", reverse("front")),
        Page("article", "articles:detail", sixth.get_absolute_url()),
        Page("article with READ MORE", "articles:detail", article(CONVOY)),
        Page("article with changed words", "articles:detail", article("Troops leave in spring")),
        Page("article in Urdu", "articles:detail", article(URDU)),
        Page("article under another slug", "articles:detail", f"/articles/{sixth.number}-other/", 301),
        Page("article by number", "articles:by-number", f"/articles/{sixth.number}/", 301),
        Page("article withdrawn", "articles:detail", article(GONE), 410),
        Page("article withdrawn by law", "articles:detail", article(BANNED), 451),
        Page("no such article", "articles:detail", "/articles/1000000000-nothing/", 404),
        Page("history", "articles:history", f"{changed}history/"),
        Page("history of one version", "articles:history", f"{sixth.get_absolute_url()}history/"),
        Page("history withdrawn", "articles:history", f"{article(GONE)}history/", 410),
        Page("earlier version", "articles:version", f"{changed}v/1/"),
        Page("version readers see", "articles:version", f"{changed}v/2/"),
        Page("version in Urdu", "articles:version", f"{article(URDU)}v/1/"),
        Page("version that is not public", "articles:version", f"{changed}v/3/", 404),
        Page("version withdrawn by law", "articles:version", f"{article(BANNED)}v/1/", 451),
        Page("text of a version", "articles:version-text", f"{changed}v/1.txt", html=False),
        Page("no such text", "articles:version-text", f"{changed}v/3.txt", 404),
        Page("two versions compared", "articles:history", f"{changed}history/?old=1&new=2"),
        Page("nothing changed since", "articles:history", f"{changed}history/?since=2"),
        Page("history, bad day", "articles:history", f"{changed}history/?since=yesterday", 400),
        Page("history, version that is not public", "articles:history", f"{changed}history/?old=3", 400),
        Page("timegate", "articles:timegate", f"{changed}timegate/", 302),
        Page("timemap", "articles:timemap", f"{changed}timemap/", html=False),
        Page("articles", "articles:list", listing),
        Page(
            "articles filtered", "articles:list", f"{listing}?outlet=nawaiwaqt&rating=contradicted&tag=iraq"
        ),
        Page("articles, none found", "articles:list", f"{listing}?rating=half-true"),
        Page("articles, bad filter", "articles:list", f"{listing}?from=yesterday", 400),
        Page("articles, unknown filter", "articles:list", f"{listing}?colour=red", 400),
        Page("articles, bad cursor", "articles:list", f"{listing}?after=x", 400),
        Page("withdrawn articles", "articles:withdrawn", withdrawn),
        Page("withdrawn articles, unknown filter", "articles:withdrawn", f"{withdrawn}?q=x", 400),
        Page("withdrawn articles, bad cursor", "articles:withdrawn", f"{withdrawn}?after=x", 400),
        Page(
            "withdrawn articles, beyond the end",
            "articles:withdrawn",
            f"{withdrawn}?after={LONG_AGO}",
        ),
        Page("tag", "articles:tag", tag("Iraq")),
        Page("tag in Urdu", "articles:tag", tag("عراق")),
        Page("tag by another name", "articles:tag", tag("Irak"), 301),
        Page("no such tag", "articles:tag", "/tags/nothing/", 404),
        Page("article corrected", "articles:detail", article("Seven bases are left")),
        Page("article corrected beside its words", "articles:detail", article("اڈے")),
        Page("corrections", "articles:corrections", corrections),
        Page("corrections filtered", "articles:corrections", f"{corrections}?kind=correction&year=2020"),
        Page("corrections, none found", "articles:corrections", f"{corrections}?kind=retraction"),
        Page("corrections, bad filter", "articles:corrections", f"{corrections}?kind=error", 400),
        Page("corrections, unknown filter", "articles:corrections", f"{corrections}?colour=red", 400),
        Page("corrections, bad cursor", "articles:corrections", f"{corrections}?after=x", 400),
        Page("correction", "articles:correction", correction(SIX)),
        Page("correction of a withdrawn article", "articles:correction", correction(TAKEN_BACK), 410),
        Page("no such correction", "articles:correction", "/corrections/1000000000/", 404),
        Page(
            "corrections in Atom",
            "articles:corrections-atom",
            reverse("articles:corrections-atom"),
            html=False,
        ),
        Page(
            "corrections in RSS", "articles:corrections-rss", reverse("articles:corrections-rss"), html=False
        ),
        Page("report an error", "articles:report", f"{sixth.get_absolute_url()}report/"),
        Page("report an error in an earlier version", "articles:report", f"{changed}report/?v=1"),
        Page(
            "report a passage",
            "articles:report",
            f"{sixth.get_absolute_url()}report/?v=1&field=headline&start=15&end=40",
        ),
        Page(
            "report an error in Urdu", "articles:report", f"{article(URDU)}report/?field=body&start=0&end=6"
        ),
        Page("report on a version that is not public", "articles:report", f"{changed}report/?v=3", 400),
        Page("report on no words", "articles:report", f"{changed}report/?field=body&start=5", 400),
        Page("report on a withdrawn article", "articles:report", f"{article(GONE)}report/", 410),
        Page("receipt", "articles:receipt", receipt(REPORTED)),
        Page("receipt with an answer", "articles:receipt", receipt(ANSWERED)),
        Page("no such receipt", "articles:receipt", "/reports/2222-2222-2222-2222/", 404),
        Page("claims", "claims:list", claims),
        Page("claims filtered", "claims:list", f"{claims}?rating=contradicted"),
        Page("claims, bad filter", "claims:list", f"{claims}?rating=nonsense", 400),
        Page("claim contradicted", "claims:detail", claim(SIXTH)),
        Page("claim mostly true", "claims:detail", claim("The convoy was large.")),
        Page("claim being checked", "claims:detail", claim("No group claimed the attacks.")),
        Page("claim under review", "claims:detail", claim("Six bases were handed over.")),
        Page(
            "claim with a verdict taken back", "claims:detail", claim("The base at Ain al-Asad closed."), 404
        ),
        Page(
            "claim by number",
            "claims:by-number",
            f"/claims/{Claim.objects.get(statement=SIXTH).number}/",
            301,
        ),
        Page("no such claim", "claims:detail", "/claims/1000000000-nothing/", 404),
        Page("source", "claims:source", source("Rudaw")),
        Page("source not named", "claims:source", source("a military source")),
        Page("no such source", "claims:source", "/sources/1000000000-nothing/", 404),
        Page("ratings", "claims:ratings", reverse("claims:ratings")),
        Page("no such picture", "articles:picture", "/media/00000000-0000-4000-8000-000000000000.png", 404),
        Page("search", "search", search),
        Page("search, found", "search", f"{search}?q=base"),
        Page("search, claims", "search", f"{search}?q=base&kind=claim"),
        Page("search, sources", "search", f"{search}?q=rudaw&kind=source"),
        Page("search, a phrase", "search", f"{search}?q=%22sixth+Iraqi+base%22+-convoy"),
        Page("search by beginnings and dates", "search", f"{search}?q=(tro*+OR+convoy)+after:2020-04"),
        Page("search by a tag and a paper", "search", f"{search}?q=tag:iraq+outlet:nawaiwaqt"),
        Page("search in Urdu", "search", f"{search}?q={quote('چھٹا اڈا')}"),
        Page("search for what is hidden", "search", f"{search}?q={CANARY}"),
        Page("search without what is hidden", "search", f"{search}?q=base+-{CANARY}"),
        Page("search, the form sent", "search", f"{search}?q=base&outlet=nawaiwaqt&printed_to=", 302),
        Page("search, bad query", "search", f"{search}?q=%22base", 400),
        Page("search, unknown parameter", "search", f"{search}?q=base&colour=red", 400),
        Page("search, bad cursor", "search", f"{search}?q=base&after=x", 400),
        Page("search, beyond the end", "search", f"{search}?q=base&after=0-0"),
        Page("robots", "robots", reverse("robots"), html=False),
        Page("no such page", "404", "/nothing-here/", 404),
        *in_urdu(
            [
                reverse("front"),
                sixth.get_absolute_url(),
                f"{changed}history/",
                f"{changed}v/1/",
                listing,
                withdrawn,
                claims,
                claim(SIXTH),
                reverse("claims:ratings"),
                corrections,
                correction(SIX),
                f"{sixth.get_absolute_url()}report/",
                receipt(REPORTED),
                receipt(ANSWERED),
                article("Seven bases are left"),
                search,
                f"{search}?q=base",
                f"{search}?q=%22base",
            ]
        ),
    ]


def in_urdu(urls: list[str]) -> Iterator[Page]:
    """The same pages with the interface in Urdu."""
    for url in urls:
        status = 400 if "%22base" in url else 200
        yield Page(f"Urdu interface {quote(url, safe='/')[:30]}", "i18n", f"/ur{url}", status)
