"""The archive's nouns, one file for each group."""

from .article import Article, ArticleLink, ArticleVersion, Byline, Publication
from .corrections import Correction
from .media import Media
from .outlets import Contributor, Outlet, Section
from .redactions import RedactedVersion, Redaction, RedactionPlace
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
    "Publication",
    "RedactedVersion",
    "Redaction",
    "RedactionPlace",
    "Section",
    "Tag",
]
