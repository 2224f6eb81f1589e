"""Places and previews at the desk: somebody without the right would judge, or what is not public would get out."""

from ..fault import Fault

PAGE = "claims/admin_places_page.py"
PREVIEW = "claims/admin_preview.py"
ENDPOINT = "tests.claims.test_places.EndpointTests"
PREVIEWED = "tests.claims.test_preview.ArticlePreviewTests"

FAULTS = (
    Fault(
        name="reporter-confirms-a-place",
        promise="permission",
        breaks="A reporter says that words make a claim, and a public verdict stands beside them.",
        file=PAGE,
        old='Barred by a rule of conduct."""\n    if not reading.may:\n',
        new='Barred by a rule of conduct."""\n    if False:\n',
        tests=(f"{ENDPOINT}.test_who_may_judge_and_who_is_refused",),
    ),
    Fault(
        name="author-judges-own-place",
        promise="permission",
        breaks="Whoever wrote the article says that its words make another claim, before anybody confirmed them.",
        file="claims/access.py",
        old='    return own_article() if wrote_the_article(user, appearance.article) else ""\n',
        new='    return ""\n',
        tests=("tests.claims.test_places.OwnArticleTests",),
    ),
    Fault(
        name="confirms-what-was-not-seen",
        promise="stale edit",
        breaks="Words that changed while the page was open are confirmed as the same claim.",
        file="claims/placing.py",
        old="    if seen(row, places) != begins:\n",
        new="    if False:\n",
        tests=(
            "tests.claims.test_places.ActsTests."
            "test_whoever_comes_second_writes_nothing_whatever_the_first_one_did",
        ),
    ),
    Fault(
        name="role-without-a-line",
        promise="ledger",
        breaks="A denial is called an assertion, and nobody can say who did it.",
        file="claims/workflow.py",
        old='    ledger.record("appearance.role", appearance, by=by, before=before, after=role)\n',
        new="",
        tests=("tests.claims.test_places.ActsTests.test_every_role_is_set_and_put_back",),
    ),
    Fault(
        name="same-words-unreviewed",
        promise="permission",
        breaks="Places that were unticked, or never shown, are confirmed with the others.",
        file=PAGE,
        old='        for ticked in request.POST.getlist("place"):\n',
        new='        for ticked in [f"{row.appearance.pk} {row.seen}" for row in reading.alike]:\n',
        tests=("tests.claims.test_places.SameWordsTests",),
    ),
    Fault(
        name="preview-is-kept",
        promise="leak",
        breaks="A cache keeps the page of a draft and gives it to the next who asks.",
        file=PREVIEW,
        old='        response["Cache-Control"] = "no-store, private"\n',
        new='        response["Cache-Control"] = "public, max-age=60"\n',
        tests=(f"{PREVIEWED}.test_it_reads_and_writes_nothing_and_is_kept_nowhere",),
    ),
    Fault(
        name="preview-signed-out",
        promise="leak",
        breaks="Whoever guesses the address reads a draft without an account.",
        file=PREVIEW,
        old="        view = self.admin_site.admin_view(self.preview_view, cacheable=True)\n        return [\n",
        new="        view = self.preview_view\n        return [\n",
        tests=(f"{PREVIEWED}.test_who_sees_it",),
    ),
    Fault(
        name="preview-without-the-right",
        promise="leak",
        breaks="Everybody with an account reads drafts.",
        file=PREVIEW,
        old="        if not self.has_view_permission(request, article):\n",
        new="        if False:\n",
        tests=(f"{PREVIEWED}.test_who_sees_it",),
    ),
    Fault(
        name="proposed-by-default",
        promise="leak",
        breaks="The plain preview shows verdicts that nobody approved as if they were public.",
        file=PREVIEW,
        old='        proposed = bool(request.GET.get("proposed"))\n',
        new="        proposed = True\n",
        tests=(f"{PREVIEWED}.test_proposed_verdicts_show_only_where_they_are_asked_for",),
    ),
)
