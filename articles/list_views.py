"""Lists of articles."""

from django.views.generic import TemplateView


class ArticleListView(TemplateView): ...


class TagView(TemplateView): ...
