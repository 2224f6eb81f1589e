"""Search pages: a word that somebody looks for would tell them what nobody has approved for them."""

from ..fault import Fault

PAGE = "tests.newsroom.test_search_page"
DESK = "tests.newsroom.test_search_page_desk"
LINES = "newsroom/search_lines.py"
HIDDEN = f"{PAGE}.HiddenHitsTests"

FAULTS = (
    Fault(
        name="search-counts-what-is-hidden",
        promise="leak",
        breaks="The search page counts drafts and flags, so that any word can be tried on them.",
        file="newsroom/search_page.py",
        old='    face: ClassVar[Face] = "readers"\n',
        new='    face: ClassVar[Face] = "desk"\n',
        tests=("tests.newsroom.test_leaks.SearchTests",),
    ),
    Fault(
        name="found-draft-printed",
        promise="leak",
        breaks="A draft is printed among the results as soon as the index has it.",
        file=LINES,
        old="Article.objects.public(at).for_lists()",
        new="Article.objects.for_lists()",
        tests=(HIDDEN,),
    ),
    Fault(
        name="found-flag-printed",
        promise="leak",
        breaks="A claim that was only flagged is printed among the results as soon as the index has it.",
        file=LINES,
        old="with_rulings(Claim.objects.public()).in_bulk(found)",
        new="with_rulings(Claim.objects.all()).in_bulk(found)",
        tests=(HIDDEN,),
    ),
    Fault(
        name="found-source-printed",
        promise="leak",
        breaks="A source that no public claim names is printed among the results as soon as the index has it.",
        file=LINES,
        old="Source.objects.public(at).annotate",
        new="Source.objects.annotate",
        tests=(HIDDEN,),
    ),
    Fault(
        name="passage-without-rights",
        promise="leak",
        breaks="The results print passages of a text that is not ours to show.",
        file=LINES,
        old=" for article in articles if article.rights == Article.Rights.FULL]",
        new=" for article in articles]",
        tests=(f"{PAGE}.WhatIsFoundTests",),
    ),
    Fault(
        name="hidden-papers-offered",
        promise="leak",
        breaks="The form beside the results names papers of which nothing is public.",
        file="newsroom/search_forms.py",
        old='        rows=lambda: with_public_articles(Outlet, "outlet"),\n',
        new="        rows=Outlet.objects.all,\n",
        tests=(f"{PAGE}.NarrowedTests",),
    ),
    Fault(
        name="desk-search-for-everybody",
        promise="permission",
        breaks="Whoever may sign in finds every draft, whatever their role.",
        file="newsroom/search_desk.py",
        old="        if model in registry and registry[model].has_view_or_change_permission(request)\n",
        new="        if model in registry\n",
        tests=(f"{DESK}.DeskSearchTests",),
    ),
    Fault(
        name="found-words-as-html",
        promise="rendering",
        breaks="Words of a headline run as HTML on the search page.",
        file="newsroom/templatetags/found.py",
        old="if is_hit else visible(said)\n",
        new="if is_hit else SafeString(visible(said))\n",
        tests=(f"{PAGE}.WhatIsFoundTests",),
    ),
    Fault(
        name="bad-query-finds-everything",
        promise="found",
        breaks="A list of the desk shows every row where its search could not be read.",
        file="newsroom/core/admin_search.py",
        old="        return rows.none()\n    if capped:",
        new="        return rows\n    if capped:",
        tests=(f"{DESK}.ListTests",),
    ),
)
