"""The archive's addresses. The site may answer them with pages that know more, such as the claims beside the text."""

from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from . import correction_views, history_views, list_views, report_views, views

ARTICLE = "articles/<number:number>-<words:slug>/"


def patterns(
    detail=None, listing=None, tag=None, history=None, version=None, correction=None
) -> list[URLPattern]:
    """The addresses, answered by this app's own views where no other is given."""
    return [
        path("articles/", listing or list_views.ArticleListView.as_view(), name="list"),
        path("articles/withdrawn/", list_views.WithdrawnListView.as_view(), name="withdrawn"),
        path("articles/<number:number>/", views.to_full_address, name="by-number"),
        path(ARTICLE, detail or views.ArticleDetailView.as_view(), name="detail"),
        path(f"{ARTICLE}history/", history or history_views.HistoryView.as_view(), name="history"),
        path(
            f"{ARTICLE}v/<version:version>/", version or history_views.VersionView.as_view(), name="version"
        ),
        path(
            f"{ARTICLE}v/<version:version>.txt", history_views.VersionTextView.as_view(), name="version-text"
        ),
        path(f"{ARTICLE}timegate/", history_views.TimeGateView.as_view(), name="timegate"),
        path(f"{ARTICLE}timemap/", history_views.TimeMapView.as_view(), name="timemap"),
        path(f"{ARTICLE}report/", report_views.ReportView.as_view(), name="report"),
        path("reports/<receipt:receipt>/", report_views.receipt, name="receipt"),
        path("corrections/", correction_views.CorrectionListView.as_view(), name="corrections"),
        path(
            "corrections/<number:number>/",
            correction or correction_views.CorrectionView.as_view(),
            name="correction",
        ),
        path(
            "corrections/atom.xml",
            require_safe(correction_views.CorrectionsAtomFeed()),
            name="corrections-atom",
        ),
        path("corrections/rss.xml", require_safe(correction_views.CorrectionsFeed()), name="corrections-rss"),
        path("tags/<words:slug>/", tag or list_views.TagView.as_view(), name="tag"),
        path("media/<uuid:uid>.<slug:extension>", views.picture, name="picture"),
    ]
