"""Text into words that can be found: fold, split, stem. One analyser for documents and queries; pure.

Neither side says which language it is in, so nothing here depends on it: words in Latin letters are stemmed as English,
all others stay whole. Where words begin and end is kept, in code points of the text as given.

    U.S.   us           K-1, K1, K 1   k 1            1,000  1000      ١٬٠٠٠  1000
    don't  dont         coalition's    coalit         café   cafe      كتاب and کتاب  one word
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

LONGEST_WORD = 64
LONGEST_RUN = (
    4 * LONGEST_WORD
)  # folded characters of one word that are looked at: a base64 picture is no word
LONGEST_KEPT = 40  # chunks of text up to this length are remembered, so that a common word is folded once
CHUNKS_KEPT = 100_000

# Letters that people type differently for the same word; hamza and madda are gone before, with the other marks.
LETTERS = {
    "\u064a": "\u06cc",  # Arabic yeh
    "\u0649": "\u06cc",  # alef maksura
    "\u0643": "\u06a9",  # Arabic kaf
    "\u0647": "\u06c1",  # Arabic heh
    "\u06d5": "\u06c1",  # ae
    "\u0629": "\u06c1",  # teh marbuta
    "\u06c3": "\u06c1",  # teh marbuta goal
    "\u0671": "\u0627",  # alef wasla
    "\u0640": "",  # tatweel, which only stretches
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ł": "l",
    "ŧ": "t",
    "þ": "th",
}
# Marks that are left off: accents of Latin, Greek and Cyrillic, points of Hebrew, vowel signs of Arabic, selectors.
# The marks of other scripts (Devanagari, Thai) belong to the word.
LEFT_OFF = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0898-\u089f\u08ca-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    "\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef]"
)
APOSTROPHES = frozenset("'\u2018\u2019\u02bc\u02bb\u02be\u02bf`\u00b4\uff07")
# Nothing where they stand inside a word: joiners, soft hyphen, marks of direction. A zero width space parts words.
UNSEEN = frozenset("\u00ad\u034f\u061c\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff")
# Written without spaces: each character is a word, and what is typed together must stand together.
UNSPACED = re.compile(
    "[\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
CHUNK = re.compile(r"\S+")
LETTER, ALNUM = r"[^\W\d_]", r"[^\W_]"
# U.S., U.S, e.g.: single letters with dots between them, which are no more than the letters.
INITIALS = re.compile(rf"(?<!{ALNUM}){LETTER}(?:\.{LETTER}(?!{ALNUM}))+")
# 1,000 and 1,00,000, also as ١٬٠٠٠.
GROUPED = re.compile("(?<![\\d,\u066c])\\d{1,3}(?:[,\u066c]\\d{2,3})*[,\u066c]\\d{3}(?!\\d)")
BETWEEN = frozenset(".,\u066c")

_english = snowballstemmer.stemmer("english")
_one_at_a_time = threading.Lock()  # the stemmer keeps its word in itself


@dataclass(frozen=True, slots=True)
class Token:
    """One word: what it is found by (`key`), its folded letters (`form`), and where it stands, half-open."""

    key: str
    form: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The words of the text in order. Takes any string and raises nothing.

    Offsets are code points of `text`. One character may hold several words (½, ﷺ), which then share its place.
    """
    for chunk in CHUNK.finditer(text):
        words, at = chunk[0], chunk.start()
        found = remembered(words) if len(words) <= LONGEST_KEPT else words_of(words)
        for key, form, start, end in found:
            yield Token(key, form, at + start, at + end)


def keys(text: str) -> list[str]:
    """What the words of the text are found by, in order."""
    return [token.key for token in tokens(text)]


@lru_cache(maxsize=CHUNKS_KEPT)
def remembered(chunk: str) -> tuple[tuple[str, str, int, int], ...]:
    return tuple(words_of(chunk))


def words_of(chunk: str) -> Iterator[tuple[str, str, int, int]]:
    """Key, form, start and end of each word in a piece of text without white space."""
    run, start, end = "", 0, 0
    passed_over = inside(chunk)
    for place, character in enumerate(chunk):
        if character in UNSEEN or place in passed_over:
            continue
        if character in APOSTROPHES and run[-1:].isalpha() and chunk[place + 1 : place + 2].isalpha():
            run += "'" if len(run) < LONGEST_RUN - 1 else ""
            continue
        folded = fold_character(character)
        if not folded:
            # A mark left off belongs to the word before it; any other sign without letters ends the word.
            folded = "" if unicodedata.category(character)[0] in "LM" else " "
            end = place + 1 if run and not folded else end
        for part in folded:
            if run and parts(run, part):
                yield from made(run, start, end)
                run = ""
            if is_word_part(part) and (run or part.isalnum()):
                run, start, end = (run + part)[:LONGEST_RUN], start if run else place, place + 1
    yield from made(run, start, end)


def inside(chunk: str) -> set[int]:
    """The places of dots between initials and of signs between the groups of a number."""
    if not BETWEEN.intersection(chunk):
        return set()
    return {
        place
        for pattern in (INITIALS, GROUPED)
        for found in pattern.finditer(chunk)
        for place in range(*found.span())
        if chunk[place] in BETWEEN
    }


@lru_cache(maxsize=10_000)
def fold_character(character: str) -> str:
    """The character as it is compared: compatibility forms, case, accents, variant letters and digits as one."""
    folded = unicodedata.normalize("NFKD", character)
    for _ in range(2):  # what casefolding brings may come apart again
        folded = unicodedata.normalize("NFKD", LEFT_OFF.sub("", folded).casefold())
    return "".join(plain(part) for part in LEFT_OFF.sub("", folded))


def plain(part: str) -> str:
    if part in APOSTROPHES:
        return ""
    if (digit := unicodedata.decimal(part, None)) is not None:
        return str(digit)
    return LETTERS.get(part, part)


def is_word_part(part: str) -> bool:
    return part.isalnum() or unicodedata.category(part)[0] == "M"


def parts(run: str, part: str) -> bool:
    """Whether the next folded character ends the word: another kind of character, or one that stands for itself."""
    if not is_word_part(part):
        return True
    if UNSPACED.match(part) or UNSPACED.match(run[-1]):
        return True
    return part.isalnum() and part.isdecimal() != run[-1].isdecimal()


def made(run: str, start: int, end: int) -> Iterator[tuple[str, str, int, int]]:
    """The word that the run of folded characters is, if it is any."""
    form = unicodedata.normalize("NFC", run.replace("'", ""))[:LONGEST_WORD]
    if form:
        yield (
            stem(run.removesuffix("'s").replace("'", "")[:LONGEST_WORD]) if run.isascii() else form,
            form,
            start,
            end,
        )


@lru_cache(maxsize=CHUNKS_KEPT)
def stem(word: str) -> str:
    """The stem of a folded word in Latin letters: of handed, hands and handing it is hand."""
    with _one_at_a_time:
        return _english.stemWord(word)
