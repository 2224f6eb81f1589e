"""The addresses of claims, sources and the scale."""

from django.urls import URLPattern, path

from . import list_views, views


def patterns() -> list[URLPattern]:
    """The addresses, for the site's own URL list."""
    return [
        path("claims/", list_views.ClaimListView.as_view(), name="list"),
        path("claims/<number:number>/", views.to_full_address, name="by-number"),
        path("claims/<number:number>-<words:slug>/", views.ClaimDetailView.as_view(), name="detail"),
        path("sources/<number:number>-<words:slug>/", list_views.SourceView.as_view(), name="source"),
        path("about/ratings/", list_views.RatingsView.as_view(), name="ratings"),
    ]
