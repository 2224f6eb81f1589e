"""The article page with its claims, and the page of one claim."""

from django.views.generic import TemplateView

from articles.views import ArticleDetailView


class ArticleReadingView(ArticleDetailView): ...


class ClaimDetailView(TemplateView): ...


def to_full_address(request, number): ...
