"""Articles at the desk once more, with the claims in them."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin import ArticleAdmin
from articles.models import Article

from .admin_panels import claims_panel
from .models import Appearance
from .statuses import statuses_for


class ListWithClaims(ChangeList):
    """One page of articles, each with what readers are told of it and how many claims the desk flagged: two queries."""

    def get_results(self, request):
        super().get_results(request)
        articles = list(self.result_list)
        statuses = statuses_for(articles)
        places = Appearance.objects.filter(article__in=[article.pk for article in articles])
        counts = places.order_by().values_list("article").annotate(Count("claim", distinct=True))
        flagged = dict(counts)
        for article in articles:
            article.status = statuses[article.pk]
            article.flagged = flagged.get(article.pk, 0)
        self.result_list = articles


admin.site.unregister(Article)


@admin.register(Article)
class CheckedArticleAdmin(ArticleAdmin):
    """Articles with what stands beside them."""

    list_display = [*ArticleAdmin.list_display, "checked"]

    def get_changelist(self, request, **kwargs):
        return ListWithClaims

    @admin.display(description=gettext_lazy("claims"))
    def checked(self, article: Article) -> str:
        if not article.flagged:
            return _("none flagged")
        said = "; ".join(" ".join(filter(None, [each.word, each.more])) for each in article.status.says)
        return _("%(count)d flagged. Readers see: %(said)s") % {
            "count": article.flagged,
            "said": said or _("nothing"),
        }

    def panels(self, request, obj):
        return [claims_panel(obj, request.user.has_perm("claims.add_claim")), *super().panels(request, obj)]
