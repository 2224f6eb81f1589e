"""Text hygiene: the one boundary every word crosses on its way into the archive.

What is stored is Unicode in NFC with `\\n` line ends and no character that breaks a database, a feed or a reader's
trust. The rules, each decided once, here:

- CRLF, CR, NEL, U+2028 and U+2029 become `\\n`; U+FEFF (a byte order mark) is dropped wherever it stands.
- Controls, lone surrogates and noncharacters are refused: PostgreSQL, XML and JSON each choke on some of them.
- Bidirectional embeddings, overrides and isolates are refused: they let a text read otherwise than it is stored.
- Characters that smuggle unseen text (tags outside an emoji flag, stray variation selectors) are refused.
- ZWNJ, ZWJ, LRM, RLM, ALM, soft hyphens and word joiners stay: Urdu and emoji are written with them.

Editors are told (`clean_text` refuses); importers go on and report (`replace_unstorable`).
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
SURROGATES = "\ud800-\udfff"
NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane * 0x10000 + low) for plane in range(17) for low in (0xFFFE, 0xFFFF)
)
REORDERING = "\u202a-\u202e\u2066-\u2069"
DEPRECATED = "\u206a-\u206f\ufff9-\ufffb"
TAGS = "\U000e0000-\U000e007f"
SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
BYTE_ORDER_MARK = "\ufeff"
# A flag of a part of a country (England, Texas): black flag, three to six tag letters or digits, cancel tag.
FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
BROKEN = re.compile(f"[{CONTROLS}{SURROGATES}{NONCHARACTERS}]")
UNSEEN = re.compile(
    f"[{REORDERING}{DEPRECATED}]"
    f"|(?P<flag>{FLAG})|[{TAGS}]"
    f"|(?<=[{SELECTORS}])[{SELECTORS}]"
    f"|(?<![{HAN}])[\U000e0100-\U000e01ef]"
)
MAX_WARNINGS = 20


class Refusal(ValueError):
    """A refusal an editor can act on: `str()` is the message in the reader's language.

    `template` is the message with named placeholders, translated when it is shown; `params` fills it; `code` names
    the rule.
    """

    def __init__(self, template: Any, *, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.template = template
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return str(self.template) % self.params


class TextRefused(Refusal):
    """A text holds something the archive does not store. `position` is the code point in the text as given."""

    def __init__(self, template: Any, *, code: str, position: int = 0, **params: Any) -> None:
        super().__init__(template, code=code, **params)
        self.position = position


MESSAGES = {
    "control": _(
        "Line %(line)d, column %(column)d%(after)s: the control character %(character)s cannot be stored. "
        "Delete it, or retype the words around it."
    ),
    "surrogate": _(
        "Line %(line)d, column %(column)d%(after)s: half a character (%(character)s) cannot be stored. "
        "Delete it and type the character again."
    ),
    "noncharacter": _(
        "Line %(line)d, column %(column)d%(after)s: %(character)s is not a character and cannot be stored. "
        "Delete it, or retype the words around it."
    ),
    "reordering": _(
        "Line %(line)d, column %(column)d%(after)s: the invisible character %(character)s makes a text read "
        "otherwise than it is stored. Delete it, or retype the words around it."
    ),
    "unseen": _(
        "Line %(line)d, column %(column)d%(after)s: the invisible character %(character)s hides text from readers. "
        "Delete it, or retype the words around it."
    ),
}


def clean_text(raw: str, *, multiline: bool = True) -> str:
    """The text as it is stored: `\\n` line ends, NFC, every character storable. Cleaning twice changes nothing.

    On a single line, line ends (with the spaces around them) and tabs become one space. Raises TextRefused, which
    names the first character that cannot be stored and where it stands.
    """
    if not isinstance(raw, str):
        raise TextRefused(_("A text was expected here."), code="not_text")
    _refuse_unstorable(raw)
    text = _line_ends(raw).replace(BYTE_ORDER_MARK, "")
    if not multiline:
        text = _on_one_line(text)
    return unicodedata.normalize("NFC", text)


def replace_unstorable(raw: str, *, multiline: bool = True) -> tuple[str, list[str]]:
    """For imports: the text as `clean_text` would store it, and a warning for each character it could not keep.

    Controls, lone surrogates and noncharacters become U+FFFD; a vertical tab or form feed becomes a line end;
    invisible characters that reorder or hide text are dropped. What comes out passes `clean_text` unchanged.
    """
    seen: dict[str, list[int]] = {}
    text = re.sub("[\x0b\x0c]", "\n", _line_ends(raw)).replace(BYTE_ORDER_MARK, "")
    original = text
    text = BROKEN.sub(lambda found: _noted(found, seen, "\ufffd"), text)
    while (kept := UNSEEN.sub(lambda found: found["flag"] or _noted(found, seen, ""), text)) != text:
        text = kept
    warnings = _warnings(original, seen)
    return clean_text(text, multiline=multiline), warnings


def visible(text: str) -> str:
    """The text for showing, whatever was stored: each unstorable character stands as U+FFFD, so offsets hold."""
    text = re.sub("[\r\x85]", "\ufffd", BROKEN.sub("\ufffd", text))
    return UNSEEN.sub(lambda found: found["flag"] or "\ufffd", text)


def is_blank(text: str) -> bool:
    """Whether a reader would see nothing: only white space and invisible format characters."""
    return all(unicodedata.category(c) in BLANK_CATEGORIES or c in BLANK_MARKS for c in text)


BLANK_CATEGORIES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
BLANK_MARKS = frozenset(map(chr, range(0xFE00, 0xFE10))) | {"\u034f", "\u115f", "\u1160", "\u3164", "\uffa0"}


# Skin tones and the tags of a flag belong to the emoji before them.
JOINED_BEFORE = re.compile("[\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")


def cuts_character(text: str, position: int) -> bool:
    """Whether a cut at this code point parts what a reader sees as one character (a letter from its accent)."""
    if not 0 < position < len(text):
        return False
    after = text[position]
    if after == "\u200d" or JOINED_BEFORE.match(after):
        return True
    if text[position - 1] == "\u200d" and unicodedata.category(after) == "So":
        return True
    return unicodedata.category(after) in {"Mn", "Me", "Mc"} and not text[position - 1].isspace()


def _line_ends(text: str) -> str:
    return LINE_ENDS.sub("\n", text)


def _on_one_line(text: str) -> str:
    return re.sub(r"[ \t]*\n[ \t\n]*", " ", text).replace("\t", " ")


def _refuse_unstorable(raw: str) -> None:
    broken = BROKEN.search(raw)
    if broken:
        raise _refused(raw, broken.start())
    # A byte order mark is dropped, so what stands around it is judged as if it were not there.
    for unseen in UNSEEN.finditer(raw.replace(BYTE_ORDER_MARK, "")):
        if not unseen["flag"]:
            raise _refused(raw, _with_byte_order_marks(raw, unseen.start()))


def _with_byte_order_marks(raw: str, position: int) -> int:
    for dropped in re.finditer(BYTE_ORDER_MARK, raw):
        if dropped.start() > position:
            break
        position += 1
    return position


def _refused(raw: str, position: int) -> TextRefused:
    character = raw[position]
    code = _code(character)
    line, column = line_and_column(raw, position)
    return TextRefused(
        MESSAGES[code],
        code=code,
        position=position,
        character=name_of(character),
        line=line,
        column=column,
        after=_after(raw, position),
    )


def _code(character: str) -> str:
    if "\ud800" <= character <= "\udfff":
        return "surrogate"
    if re.match(f"[{CONTROLS}]", character):
        return "control"
    if BROKEN.match(character):
        return "noncharacter"
    return "reordering" if re.match(f"[{REORDERING}]", character) else "unseen"


def name_of(character: str) -> str:
    """A character as a message names it: "U+202E RIGHT-TO-LEFT OVERRIDE"."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def line_and_column(text: str, position: int) -> tuple[int, int]:
    """Where a code point stands, counted from 1 as editors count; every kind of line end counts as one."""
    before = _line_ends(text[:position])
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _after(raw: str, position: int) -> str:
    """The words before the place, because an invisible character cannot be found by its column."""
    words = visible(raw[max(0, position - 20) : position]).split("\n")[-1].strip()
    return " (" + str(_("after “%(words)s”")) % {"words": words} + ")" if words else ""


def _noted(found: re.Match[str], seen: dict[str, list[int]], instead: str) -> str:
    seen.setdefault(found[0], []).append(found.start())
    return instead


def _warnings(text: str, seen: dict[str, list[int]]) -> list[str]:
    warnings = [_warning(text, character, places) for character, places in list(seen.items())[:MAX_WARNINGS]]
    if len(seen) > MAX_WARNINGS:
        more = _("%(count)d more kinds of character could not be stored either.")
        warnings.append(str(more) % {"count": len(seen) - MAX_WARNINGS})
    return warnings


def _warning(text: str, character: str, places: list[int]) -> str:
    line, _column = line_and_column(text, text.find(character))
    params = {"character": name_of(character), "count": len(places), "line": line}
    if BROKEN.match(character):
        template = _("%(character)s was replaced by U+FFFD (%(count)d in all, the first on line %(line)d).")
    else:
        template = _("%(character)s was left out (%(count)d in all, the first on line %(line)d).")
    return str(template) % params


# Letters that Urdu, Arabic and Persian keyboards type differently for the same word. Do-chashmi he stays apart from
# the other hes (بھائی is a brother, بہائی a Bahai), as do alef with madda and the hamza seats of ye and waw.
LETTERS = str.maketrans(
    {
        "\u064a": "\u06cc",  # Arabic yeh
        "\u0649": "\u06cc",  # alef maksura
        "\u0643": "\u06a9",  # Arabic kaf
        "\u0647": "\u06c1",  # Arabic heh
        "\u06d5": "\u06c1",  # ae
        "\u06c0": "\u06c2",  # heh with yeh above
        "\u0629": "\u06c3",  # teh marbuta
        "\u0623": "\u0627",  # alef with hamza above
        "\u0625": "\u0627",  # alef with hamza below
        "\u0671": "\u0627",  # alef wasla
        **{chr(0x0660 + digit): str(digit) for digit in range(10)},
        **{chr(0x06F0 + digit): str(digit) for digit in range(10)},
    }
)
VOWEL_SIGNS = re.compile(
    "[\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]"
)
IGNORED_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})


def fold_key(text: str) -> str:
    """A key under which spellings of one name meet; for matching and `Tag.key` only, never for stored text.

    NFKC and casefold; variant letters and digits of Arabic script as one; vowel signs, tatweel and invisible
    characters gone; white space collapsed. Takes any string, raises nothing, folding twice changes nothing.
    """
    return _until_stable(_fold_once, text)


def _fold_once(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    text = " ".join(text.split())
    text = "".join(c for c in VOWEL_SIGNS.sub("", text) if not _ignored(c)).translate(LETTERS)
    return unicodedata.normalize("NFKC", text.replace("\u06cc\u0654", "\u0626"))


def _ignored(character: str) -> bool:
    if character.isascii():
        return not character.isprintable()
    return (
        unicodedata.category(character) in IGNORED_CATEGORIES
        or character in BLANK_MARKS
        or bool(BROKEN.match(character))
        or "\U000e0100" <= character <= "\U000e01ef"
    )


def _until_stable(step: Callable[[str], str], text: str) -> str:
    while (folded := step(text)) != text:
        text = folded
    return text
