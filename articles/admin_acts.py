"""Acts on articles and versions, as the admin offers them: publish, make a version live, withdraw."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.core.admin_acts import Act

from . import correcting, editing
from .compared import DeskComparison
from .forms import PublishForm, SeenForm, WithdrawForm
from .forms_corrections import UpdateNoteForm
from .models import Article, ArticleVersion, Correction


class Publish(Act):
    """Make a draft, or a withdrawn article, public."""

    name = "publish"
    label = gettext_lazy("Publish")
    permission = "articles.publish_article"
    form_class = PublishForm
    explains = gettext_lazy(
        "Everybody can then read the newest version of this article. It cannot be made a draft again: a published "
        "article is withdrawn, and its address says so."
    )

    def why_not(self) -> str:
        if self.obj.state == Article.State.PUBLISHED:
            return _("This article is published already.")
        return ""

    def form(self, data=None):
        self.asked = self.form_class(data, initial={"seen": self.obj.latest_version.number})
        return self.asked

    def run(self, given) -> str:
        time = self.asked.time()
        editing.publish(self.obj, by=self.user, public_from=time, seen=given["seen"])
        if time:
            return _("“%(article)s” is public from %(time)s on.") % {"article": self.obj, "time": time}
        return _("“%(article)s” is public now.") % {"article": self.obj}


class GoLiveAct(Act):
    """What making a version live means, from the article's page and from the version's."""

    name = "go-live"
    permission = "articles.publish_article"
    template = "admin/articles/go_live.html"
    explains = gettext_lazy(
        "Readers of the article see this version from now on. Older versions stay in its history."
    )

    def version(self) -> ArticleVersion:
        raise NotImplementedError

    def why_not(self) -> str:
        article = self.version().article
        if article.state != Article.State.PUBLISHED:
            return _("This article is not public: publish it, and its newest version goes live with it.")
        if article.live_version_id == self.version().pk:
            return _("Readers see this version already.")
        if self.version().number < article.live_version.number:
            return _("An older version never goes live again. Save its words as a new version.")
        return ""

    def must_be_told(self) -> bool:
        """Whether readers must be told of it: more than signs and spaces changes in what they read."""
        return not self.why_not() and correcting.must_be_told(self.version().article, self.version())

    def form(self, data=None):
        version, told = self.version(), self.must_be_told()
        if told:
            self.label = _("Publish with this update note")
        form_class = UpdateNoteForm if told else SeenForm
        return form_class(data, initial={"seen": version.number, "note": version.reason})

    def context(self):
        version = self.version()
        told = self.must_be_told()
        return {
            "version": version,
            "live": version.article.live_version,
            "must_be_told": told,
            "waiting": waiting_with(version) if told else None,
            "correct": self.way_to_correct() if told else "",
            "comparison": None if self.why_not() else self.changes(),
        }

    def changes(self) -> DeskComparison:
        """What readers see now beside what would go live."""
        article = self.version().article
        return DeskComparison(article, article.live_version, self.version())

    def way_to_correct(self) -> str:
        """Where a correction is proposed instead; empty where the person may not."""
        if not self.user.has_perm("articles.propose_correction"):
            return ""
        return reverse("admin:articles_article_act", args=[self.version().article_id, "correct"])

    def run(self, given) -> str:
        if why_not := self.why_not():
            raise editing.EditingRefused(why_not)
        correcting.make_live(self.version(), by=self.user, note=given.get("note", ""))
        return _("Readers see version %(number)s now.") % {"number": self.version().number}


def waiting_with(version: ArticleVersion) -> Correction | None:
    """The proposed correction with which the version would go live."""
    return Correction.objects.filter(version=version, state=Correction.State.PROPOSED).first()


class NewestGoesLive(GoLiveAct):
    """Make the newest version of an article live."""

    label = gettext_lazy("Make the newest version live")

    def version(self) -> ArticleVersion:
        newest = self.obj.latest_version
        newest.article = self.obj  # read already, with the version that readers see
        return newest

    def run(self, given) -> str:
        editing.check_seen(self.version(), given["seen"])
        return super().run(given)


class VersionGoesLive(GoLiveAct):
    """Make this version live."""

    label = gettext_lazy("Make this version live")

    def version(self) -> ArticleVersion:
        return self.obj


class Withdraw(Act):
    """Take a published article back, for a reason that readers see."""

    name = "withdraw"
    label = gettext_lazy("Withdraw")
    permission = "articles.withdraw_article"
    form_class = WithdrawForm
    explains = gettext_lazy(
        "The article leaves every list. Its address answers with the date and the reason, for ever. Nothing is deleted."
    )

    def why_not(self) -> str:
        if self.obj.state != Article.State.PUBLISHED:
            return _("Only a published article can be withdrawn.")
        return ""

    def run(self, given) -> str:
        editing.withdraw(self.obj, by=self.user, reason=given["reason"], by_law=given["by_law"])
        return _("“%(article)s” is withdrawn.") % {"article": self.obj}
