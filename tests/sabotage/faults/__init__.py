"""Every planted fault, by the promise it breaks."""

from . import (
    anchors,
    desk,
    editing,
    editor,
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
    search,
    words,
)

FAULTS = (
    *leaks.FAULTS,
    *permissions.FAULTS,
    *anchors.FAULTS,
    *immutability.FAULTS,
    *limits.FAULTS,
    *editing.FAULTS,
    *editor.FAULTS,
    *ledger.FAULTS,
    *rendering.FAULTS,
    *search.FAULTS,
    *pages.FAULTS,
    *imports.FAULTS,
    *words.FAULTS,
    *flagging.FAULTS,
    *places_desk.FAULTS,
    *desk.FAULTS,
)
