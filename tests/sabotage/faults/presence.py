"""Who has an article open: an editor would not be told of another, or be told of somebody long gone."""

from ..fault import Fault

SEEN = "tests.articles.test_presence"

FAULTS = (
    Fault(
        name="open-article-untold",
        promise="two editors",
        breaks="Two people work on one article and neither is told.",
        file="articles/admin_presence.py",
        old="        if works:\n            presence.arrive",
        new="        if False:\n            presence.arrive",
        tests=(f"{SEEN}.OnThePageTests",),
    ),
    Fault(
        name="presence-for-ever",
        promise="two editors",
        breaks="Somebody who left yesterday still keeps others from the article.",
        file="articles/presence.py",
        old="filter(article=article, until__gt=moment())",
        new="filter(article=article)",
        tests=(f"{SEEN}.TimeTests",),
    ),
    Fault(
        name="presence-of-readers",
        promise="permission",
        breaks="Who may only read an article is told of as somebody who works on it.",
        file="articles/admin_presence.py",
        old="        if not self.may_work_on(request, article, page):\n",
        new="        if False:\n",
        tests=(f"{SEEN}.HeardTests", "tests.newsroom.test_desk_roles.ActTests"),
    ),
)
