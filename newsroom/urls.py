"""Every address of the site. Readers' pages carry the interface language as a prefix; the site's own has none."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, register_converter

import articles.urls
import claims.urls
from claims.list_views import ArticleListWithStatus, TagPageWithStatus
from claims.views import ArticleHistoryView, ArticleReadingView, CorrectionOfVerdictView, VersionReadingView

from . import converters, desk_language, search_views, views

register_converter(converters.NumberConverter, "number")
register_converter(converters.VersionConverter, "version")
register_converter(converters.ReceiptConverter, "receipt")
register_converter(converters.UnicodeSlugConverter, "words")

articles_urls = articles.urls.patterns(
    detail=ArticleReadingView.as_view(),
    listing=ArticleListWithStatus.as_view(),
    tag=TagPageWithStatus.as_view(),
    history=ArticleHistoryView.as_view(),
    version=VersionReadingView.as_view(),
    correction=CorrectionOfVerdictView.as_view(),
)

urlpatterns = [
    path("admin/language/", desk_language.choose, name="desk-language"),
    path("admin/", admin.site.urls),
    path("robots.txt", views.robots, name="robots"),
    *i18n_patterns(
        path("", views.FrontView.as_view(), name="front"),
        path("search/", search_views.SearchView.as_view(), name="search"),
        path("", include((articles_urls, "articles"))),
        path("", include((claims.urls.patterns(), "claims"))),
        prefix_default_language=False,
    ),
]

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error
