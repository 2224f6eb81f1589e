"""The article page, without claims."""

from django.views.generic import TemplateView


class ArticleDetailView(TemplateView):
    template_name = "articles/article_detail.html"


def to_full_address(request, number): ...


def picture(request, uid, extension): ...
