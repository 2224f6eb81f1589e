"""The nouns of checking, one file for each group."""

from .claim import Claim, ClaimTag
from .corrections import VerdictCorrection
from .evidence import Evidence
from .places import Appearance, Placement
from .sources import Source
from .verdicts import Approval, Rating, Verdict, VerdictEvidence

__all__ = [
    "Appearance",
    "Approval",
    "Claim",
    "ClaimTag",
    "Evidence",
    "Placement",
    "Rating",
    "Source",
    "Verdict",
    "VerdictCorrection",
    "VerdictEvidence",
]
