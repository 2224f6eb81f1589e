"""From the bytes of a plain-text file to its numbered lines: encoding, line ends, blank lines. Pure."""

import codecs
import re
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

LARGEST_FILE = 64 * 1024 * 1024
# What counts as blank at the ends of a line. str.strip() would also swallow control characters unseen.
WHITE = " \t\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\ufeff"
LINE_END = re.compile("\r\n|[\r\n\u0085\u2028\u2029]")


class UnreadableFile(ValueError):
    """The bytes are no plain text. `code` names the case, `str()` says what is wrong and what to do."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code


class Line(NamedTuple):
    """One line as printed, without its end; `number` counts from 1 as editors do."""

    number: int
    printed: str

    @property
    def text(self) -> str:
        """The line's words without white space at either end."""
        return self.printed.strip(WHITE)

    @property
    def is_blank(self) -> bool:
        return not self.text

    @property
    def is_indented(self) -> bool:
        return not self.is_blank and self.printed[0] in WHITE


def decode(data: bytes) -> str:
    """The text of UTF-8 bytes, or of UTF-16 bytes that begin with a byte order mark. Raise UnreadableFile."""
    if len(data) > LARGEST_FILE:
        raise UnreadableFile(
            "too-large",
            _("The file has %(size)d bytes; %(limit)d is the limit. Cut it into several files.")
            % {"size": len(data), "limit": LARGEST_FILE},
        )
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(data, "utf-16")
    if b"\x00" in data:
        raise UnreadableFile(
            "binary",
            _(
                "Byte %(offset)d is zero, so this is no plain text but a binary file, or UTF-16 without its mark. "
                "Save it as plain text in UTF-8."
            )
            % {"offset": data.index(b"\x00")},
        )
    return _decoded(data, "utf-8-sig")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        # The decoder leaves the mark of three bytes out of its count; the person's editor does not.
        offset = error.start + (3 if data.startswith(codecs.BOM_UTF8) else 0)
        raise UnreadableFile(
            "encoding",
            _(
                "Byte %(offset)d (0x%(byte)02X, line %(line)d) is not %(encoding)s. "
                "Nothing was guessed: save the file as UTF-8 and import it again."
            )
            % {
                "offset": offset,
                "byte": data[offset],
                "line": data.count(b"\n", 0, offset) + 1,
                "encoding": "UTF-16" if encoding == "utf-16" else "UTF-8",
            },
        ) from error


def read_lines(data: bytes) -> tuple[Line, ...]:
    """The file's lines, blank ones included. Raise UnreadableFile for bytes that are no text."""
    return tuple(
        Line(number, printed) for number, printed in enumerate(LINE_END.split(decode(data)), start=1)
    )


def refuse_without_words(lines: Iterable[Line]) -> None:
    """Raise UnreadableFile where no line holds a word that could be stored."""
    if all(line.is_blank for line in lines):
        raise UnreadableFile("empty", _("The file holds no words. Nothing was imported."))
