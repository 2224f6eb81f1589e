"""The archive's nouns, one file for each group."""

from .article import Article, ArticleLink, ArticleVersion, Byline, Publication
from .corrections import Correction
from .media import Media
from .outlets import Contributor, Outlet, Section
from .presence import Presence
from .redactions import RedactedVersion, Redaction, RedactionPlace
from .reports import Report, ReportRate, ReportReader
from .tags import ArticleTag, Tag

__all__ = [
    "Article",
    "ArticleLink",
    "ArticleTag",
    "ArticleVersion",
    "Byline",
    "Contributor",
    "Correction",
    "Media",
    "Outlet",
    "Presence",
    "Publication",
    "RedactedVersion",
    "Redaction",
    "RedactionPlace",
    "Report",
    "ReportRate",
    "ReportReader",
    "Section",
    "Tag",
]
