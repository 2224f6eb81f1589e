"""Articles at the desk once more, with the claims in them."""

from django.contrib import admin
from django.db.models import Count
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin import ArticleAdmin, ListOfArticles
from articles.models import Article

from . import flagging
from .admin_flag import FlagsWords
from .admin_marks import MarksOfArticle
from .admin_panels import claims_panel
from .admin_preview import ArticlePreview
from .models import Appearance
from .statuses import statuses_for


class ListWithClaims(ListOfArticles):
    """One page of articles, each with what readers are told of it and how many claims the desk flagged: two queries."""

    def get_results(self, request):
        super().get_results(request)
        articles = self.result_list
        statuses = statuses_for(articles)
        places = Appearance.objects.filter(article__in=[article.pk for article in articles])
        counts = places.order_by().values_list("article").annotate(Count("claim", distinct=True))
        flagged = dict(counts)
        for article in articles:
            article.status = statuses[article.pk]
            article.flagged = flagged.get(article.pk, 0)


admin.site.unregister(Article)


@admin.register(Article)
class CheckedArticleAdmin(MarksOfArticle, FlagsWords, ArticlePreview, ArticleAdmin):
    """Articles with what stands beside them."""

    list_display = [*ArticleAdmin.list_display, "checked"]

    def get_changelist(self, request, **kwargs):
        return ListWithClaims

    @admin.display(description=gettext_lazy("claims"))
    def checked(self, article: Article) -> str:
        if not article.flagged:
            return self.flag_link(article, _("none flagged"))
        said = "; ".join(" ".join(filter(None, [each.word, each.more])) for each in article.status.says)
        flagged = self.flag_link(article, _("%(count)d flagged") % {"count": article.flagged})
        return format_html("{}. {}", flagged, _("Readers see: %(said)s") % {"said": said or _("nothing")})

    def flag_link(self, article: Article, words: str) -> str:
        return format_html('<a href="{}">{}</a>', self.flag_address(article), words)

    def panels(self, request, obj):
        flagging_at = self.flag_address(obj) if flagging.may_flag(request.user) else ""
        return [claims_panel(obj, flagging_at), *super().panels(request, obj)]
