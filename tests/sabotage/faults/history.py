"""The public past: readers would meet words that were never public, or words that are not ours to show."""

from ..fault import Fault

VIEWS = "articles/history_views.py"
COMPARED = "articles/compared.py"
TESTS = "tests.articles.test_history"

FAULTS = (
    Fault(
        name="version-never-public-is-readable",
        promise="leak",
        breaks="A version that readers never saw has a page, a text and a line in the history.",
        file="articles/querysets.py",
        old="            .annotate(public_since=Subquery(since))\n",
        new='            .annotate(public_since=models.F("created_at"))\n',
        tests=(f"{TESTS}.AddressTests", f"{TESTS}.HistoryPageTests"),
    ),
    Fault(
        name="draft-words-in-a-comparison",
        promise="leak",
        breaks="What readers see now is compared with what only the desk has.",
        file=COMPARED,
        old="        rows = ArticleVersion.objects.in_bulk([old.version.pk, new.version.pk])\n",
        new="        rows = ArticleVersion.objects.in_bulk([old.version.pk, new.version.pk])\n"
        "        rows[new.version.pk] = article.latest_version\n",
        tests=(f"{TESTS}.HistoryPageTests",),
    ),
    Fault(
        name="reason-of-a-draft-is-told",
        promise="leak",
        breaks="Why words were changed before anybody read them is told to readers.",
        file="templates/articles/_editions.html",
        old='{% if edition.is_first %}{% translate "First published" %}{% else %}',
        new='{% if edition.is_first %}{% translate "First published" %} {% endif %}{% if edition.number %}',
        tests=(f"{TESTS}.HistoryPageTests",),
    ),
    Fault(
        name="names-without-the-setting",
        promise="leak",
        breaks="Readers are told who entered a version though the paper did not choose it.",
        file=VIEWS,
        old="names=settings.NAMES_IN_HISTORY and self.names",
        new="names=self.names",
        tests=(f"{TESTS}.HistoryPageTests",),
    ),
    Fault(
        name="text-compared-whatever-the-rights",
        promise="leak",
        breaks="Text that belongs to the paper is shown where two versions are compared.",
        file=COMPARED,
        old="        return self.article.rights == Article.Rights.FULL\n",
        new="        return True\n",
        tests=(f"{TESTS}.HistoryPageTests", "tests.claims.test_history.FateTests"),
    ),
    Fault(
        name="text-file-whatever-the-rights",
        promise="leak",
        breaks="Text that belongs to the paper is handed out as a file.",
        file=VIEWS,
        old="        if article.rights != Article.Rights.FULL:\n            raise Http404\n",
        new="",
        tests=(f"{TESTS}.TextTests",),
    ),
    Fault(
        name="digest-of-another-text",
        promise="immutability",
        breaks="The digest beside a version's text is the one of what readers see now.",
        file=VIEWS,
        old="        digest = sha256(text)\n",
        new="        digest = sha256(article.live_version.body_text.encode())\n",
        tests=(f"{TESTS}.TextTests",),
    ),
    Fault(
        name="marks-of-another-version",
        promise="anchor",
        breaks="An earlier version carries the verdicts given for the words of the current one.",
        file="claims/reading.py",
        old="        own = [place for place in places if place.version == self.version.pk]\n",
        new="        own = [\n"
        "            place for place in self.places_read({self.article.live_version_id})\n"
        "        ]\n",
        tests=("tests.claims.test_history.FateTests",),
    ),
    Fault(
        name="marks-of-the-other-side",
        promise="anchor",
        breaks="Where two versions are compared, one carries the marks of both.",
        file="claims/compared.py",
        old="            for place in self.places[version.pk]\n",
        new="            for place in [each for places in self.places.values() for each in places]\n",
        tests=("tests.claims.test_history.FateTests",),
    ),
    Fault(
        name="words-lost-between-two-versions",
        promise="anchor",
        breaks="Of a changed paragraph a comparison shows only what stayed.",
        file="articles/differences.py",
        old="    return tuple(Run(part[side], part[2]) for part in parts if part[side])\n",
        new="    return tuple(Run(part[side], part[2]) for part in parts if part[side] and not part[2])\n",
        tests=("tests.articles.test_differences.WordTests",),
    ),
)
