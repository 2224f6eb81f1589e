"""Columns that several lists of the archive's desk share."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy


class NamesItsArticle:
    """Mixed into the admin of rows that belong to an article: a column that leads to it."""

    @admin.display(description=gettext_lazy("article"))
    def article_title(self, row) -> str:
        address = reverse("admin:articles_article_change", args=[row.article_id])
        return format_html(
            '<a href="{}"><bdi lang="{}">{}</bdi></a>', address, row.article.language, row.article
        )
