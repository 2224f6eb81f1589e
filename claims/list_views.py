"""Lists with the status of claims."""

from django.views.generic import TemplateView

from articles.list_views import ArticleListView, TagView


class ArticleListWithStatus(ArticleListView): ...


class TagPageWithStatus(TagView): ...


class ClaimListView(TemplateView): ...


class SourceView(TemplateView): ...


class RatingsView(TemplateView): ...
