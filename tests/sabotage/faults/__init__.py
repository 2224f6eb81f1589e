"""Every planted fault, by the promise it breaks."""

from . import (
    anchors,
    editing,
    flagging,
    immutability,
    imports,
    leaks,
    ledger,
    limits,
    pages,
    permissions,
    places_desk,
    rendering,
    words,
)

FAULTS = (
    *leaks.FAULTS,
    *permissions.FAULTS,
    *anchors.FAULTS,
    *immutability.FAULTS,
    *limits.FAULTS,
    *editing.FAULTS,
    *ledger.FAULTS,
    *rendering.FAULTS,
    *pages.FAULTS,
    *imports.FAULTS,
    *words.FAULTS,
    *flagging.FAULTS,
    *places_desk.FAULTS,
)
