"""The archive's addresses. The site may answer them with pages that know more, such as the claims beside the text."""

from django.urls import URLPattern, path

from . import list_views, views


def patterns(detail=None, listing=None, tag=None) -> list[URLPattern]:
    """The addresses, answered by this app's own views where no other is given."""
    return [
        path("articles/", listing or list_views.ArticleListView.as_view(), name="list"),
        path("articles/withdrawn/", list_views.WithdrawnListView.as_view(), name="withdrawn"),
        path("articles/<number:number>/", views.to_full_address, name="by-number"),
        path(
            "articles/<number:number>-<words:slug>/",
            detail or views.ArticleDetailView.as_view(),
            name="detail",
        ),
        path("tags/<words:slug>/", tag or list_views.TagView.as_view(), name="tag"),
        path("media/<uuid:uid>.<slug:extension>", views.picture, name="picture"),
    ]
