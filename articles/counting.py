"""How many words a text has and how long a headline is: one definition, which editor_text.js follows to the letter.

A word is what stands between white space and holds a letter or a digit of any script. In Markdown, addresses of links,
names of files and protected lines are no words.
"""

import re
import unicodedata

from newsroom.core.hygiene import BYTE_ORDER_MARK, LINE_ENDS

LONG_HEADLINE = 90  # code points from which a headline runs over three lines of a listing
WHITE = "\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
BETWEEN = re.compile(f"[{WHITE}]+")
ENDS = re.compile(f"^[{WHITE}]+|[{WHITE}]+$")
# Tried in turn at each place: a protected line, a picture, the address behind brackets, the kind behind brackets, an
# address in points.
NO_WORDS = re.compile(
    r"^\{\{block [^\n]*$|^!\[[^\n]*\]\(media:[^\n]*\)[ \t]*$"
    r"|\]\((?:[^() \t\n]|\([^() \t\n]*\))*(?:[ \t]+\"[^\"\n]*\")?\)"
    r"|\]\{[A-Za-z0-9=-]{1,40}\}|<[a-z]+:[^<> \t\n]*>",
    re.MULTILINE,
)


def words_in(source: str) -> int:
    """How many words this Markdown has."""
    pieces = BETWEEN.split(NO_WORDS.sub("]", LINE_ENDS.sub("\n", source).replace(BYTE_ORDER_MARK, "")))
    return sum(any(unicodedata.category(letter)[0] in "LN" for letter in piece) for piece in pieces)


def length_of(line: str) -> int:
    """How many characters (code points) a headline has as it is stored: composed, on one line, without its ends."""
    one_line = re.sub(r"[ \t]*\n[ \t\n]*", " ", LINE_ENDS.sub("\n", line).replace(BYTE_ORDER_MARK, ""))
    return len(ENDS.sub("", unicodedata.normalize("NFC", one_line)))
