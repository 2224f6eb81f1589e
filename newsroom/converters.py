"""Parts of an address: ten-digit numbers, numbers of versions, receipt numbers, and slugs in any script."""

from articles.models.reports import RECEIPT


class NumberConverter:
    """Ten digits, the first not zero."""

    regex = "[1-9][0-9]{9}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class VersionConverter:
    """The number of a version, from 1, written in one way only."""

    regex = "[1-9][0-9]{0,5}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class ReceiptConverter:
    """A receipt number as it was given, or as somebody types it from paper, in capitals."""

    regex = f"(?i:{RECEIPT})"

    def to_python(self, value: str) -> str:
        return value.lower()

    def to_url(self, value: str) -> str:
        return value


class UnicodeSlugConverter:
    """Letters and digits of any script, hyphens and underscores. Combining marks belong to their letters."""

    regex = r"[^/?#\s\\]{1,200}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)
