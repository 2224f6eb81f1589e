"""Pages of lists: a reader would miss rows, or a page far down would cost what all before it cost."""

from ..fault import Fault

PAGES = "tests.core.test_pages"

FAULTS = (
    Fault(
        name="row-lost-between-pages",
        promise="paging",
        breaks="Of rows with the same date, those on the next page are never shown.",
        file="newsroom/core/pages.py",
        old="    return bound & (past | beyond(keys[1:], values[1:], backward))\n",
        new="    return bound & past\n",
        tests=(f"{PAGES}.WalkTest",),
    ),
    Fault(
        name="conditions-forgotten",
        promise="paging",
        breaks="The next page of a filtered list is a page of the whole list.",
        file="newsroom/core/pages.py",
        old="    kept = parameters.copy()\n",
        new="    kept = QueryDict(mutable=True)\n",
        tests=(f"{PAGES}.OnePageTest",),
    ),
    Fault(
        name="cursor-believed",
        promise="paging",
        breaks="A spoilt address answers with some page instead of saying so.",
        file="newsroom/core/pages.py",
        old="        if [key.write(value) for key, value in zip(self.keys, values, strict=True)] != parts:\n",
        new="        if False:\n",
        tests=(f"{PAGES}.BadCursorTest",),
    ),
)
