"""What one printed line looks like: a READ MORE line, a byline, a dateline, page furniture, an end mark. Pure.

Every answer here is about one line alone and errs towards "no": a line that is taken for ordinary text keeps its
words in the body, while a line taken for furniture leaves it.
"""

import re

LONGEST_LABELLED = 600
WORD = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*")

# The label as printed; the text behind it is somebody's headline. Labels are data: add yours to the list.
TEASER_LABELS = (
    "read more",
    "read also",
    "also read",
    "read next",
    "more to read",
    "see also",
    "more on this",
    "related",
    "related story",
    "related stories",
    "related article",
    "related articles",
    "مزید پڑھیں",
    "مزید پڑھیے",
    "یہ بھی پڑھیں",
    "یہ بھی پڑھیے",
    "اقرأ أيضا",
    "اقرأ أيضاً",
    "اقرأ المزيد",
)
TEASER = re.compile(
    rf"^(?P<label>(?:{'|'.join(map(re.escape, TEASER_LABELS))})[ \u00a0]*[:：|»])[ \u00a0]*(?P<text>.*)$",
    re.IGNORECASE,
)

END_MARK = re.compile(
    r"^(?:-+\s?30\s?-+|#\s?#\s?#(?:\s?#)*|-*\s?(?:ends?|endit)\s?-*|\(ends?\))$", re.IGNORECASE
)
DIVIDER = re.compile(r"^(?:[*\-–—_=~•·#]\s?){3,}$")
FURNITURE = re.compile(
    r"""^(?:
        e-?paper(?:\s*[-–—|:]\s*.{1,60})?
        | (?:page|p\.|pg\.?)\s?\d{1,4}(?:\s(?:of|/)\s?\d{1,4})?
        | [-–—\s]*\d{1,3}[-–—\s]*
        | \d{1,3}\s?/\s?\d{1,3}
        | (?:©|\(c\)|copyright\b).{0,160}
        | all\ rights\ reserved\.?
        | published\ in\ .{3,60}
        | (?:share|print|tweet|e-?mail|comments?|advertisement|subscribe)
          (?:\s?[|/·•,]\s?(?:share|print|tweet|e-?mail|comments?|facebook|twitter|whatsapp))*
        | https?://\S+
    )$""",
    re.IGNORECASE | re.VERBOSE,
)

BYLINE = re.compile(r"^by:?\s+(?P<who>\S.*)$", re.IGNORECASE)
DESK = re.compile(
    r"^(?:(?:our|staff|special|senior|web|news|monitoring|city|foreign)\s)+(?:reporter|correspondent|reporters|"
    r"correspondents|report|desk)$|^(?:agencies|news agencies)$|^(?:رپورٹ|تحریر|نامہ نگار)\s*[:：]\s*\S.{1,60}$",
    re.IGNORECASE,
)
NOT_A_NAME = {
    "the",
    "then",
    "now",
    "way",
    "far",
    "noon",
    "dawn",
    "dusk",
    "night",
    "mid",
    "late",
    "early",
    "this",
    "that",
}

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|جنوری|فروری|مارچ|اپریل|مئی|جون|جولائی|اگست|ستمبر|اکتوبر|نومبر|دسمبر)\.?"
)
WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|پیر|منگل|بدھ|جمعرات|جمعہ|جمعے|ہفتہ|ہفتے|اتوار"
    r"|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد)"
)
DATE_LINE = re.compile(
    rf"^(?:(?:published|posted|updated|last updated|printed)(?: on)?:?\s)?(?:[^\W\d_][\w .'’-]{{1,30}},\s)??"
    rf"(?:{WEEKDAY},?\s)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s{MONTH}|{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?)(?:,?\s\d{{4}})?"
    r"(?:,?\s(?:at\s)?\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?)?$",
    re.IGNORECASE,
)
CAPITAL_PLACE = r"[A-Z][A-Z.'’\-]+(?:[ /][A-Z][A-Z.'’\-]+){0,3}"
RUN_IN_DATELINE = re.compile(
    # KIRKUK, Iraq, March 29 (dpa) -     ISLAMABAD:     Kirkuk, Iraq (Reuters) -     اسلام آباد (نمائندہ خصوصی)
    rf"^(?:{CAPITAL_PLACE}(?:, [^\W\d_][\w .'’]{{1,24}}){{0,2}}(?:\s?\([^()]{{2,30}}\))?\s?(?:[-–—]{{1,2}}\s|:\s)"
    r"|[^\W\d_][\w .,'’]{1,40}\s\([^()]{2,30}\)\s?(?:[-–—]{1,2}\s|:\s)"
    r"|[\u0621-\u06d3 ]{2,30}\s?\([\u0621-\u06d3 ]{2,30}\)\s)"
)
NAMES_A_DAY = re.compile(
    rf"\b(?:{WEEKDAY}|today|yesterday|{MONTH}\s\d{{1,2}}|\d{{1,2}}\s{MONTH})(?!\w)", re.IGNORECASE
)

SENTENCE_END = re.compile(r"(?<=[.!?۔؟。।])[\"”’»)]*\s+")
CLOSERS = "\"'”’»)]*_ "
STOPS = (".", "۔", "。", "।")
ABBREVIATION = re.compile(r"(?:\b[^\W\d_]\.){2,}$|\b(?:Inc|Ltd|Co|Corp|Jr|Sr|No|St|Gen|Col)\.$")
LIST_ITEM = re.compile(r"^(?:(?P<bullet>[-*•–])|(?P<number>\d{1,3})[.)])\s+(?P<text>\S.*)$", re.DOTALL)


def words(text: str) -> list[str]:
    """The words of a text: runs of letters and digits, held together over an inner point, hyphen or apostrophe."""
    return WORD.findall(text)


def teaser(text: str) -> tuple[str, str] | None:
    """(label, headline named) of a READ MORE line, both as printed; the headline may be empty. None for others."""
    found = TEASER.match(text) if len(text) <= LONGEST_LABELLED else None
    return (found["label"].rstrip(" \u00a0"), found["text"]) if found else None


def is_end_mark(text: str) -> bool:
    """True for "ENDS", "-30-", "###": the wire's own word that an article is over."""
    return len(text) <= 20 and bool(END_MARK.match(text))


def is_divider(text: str) -> bool:
    """True for a line of stars, dashes or the like."""
    return len(text) <= 100 and bool(DIVIDER.match(text))


def is_furniture(text: str) -> bool:
    """True for what a page carries beside the article: "ePaper - ...", a page number, a copyright line, a bare URL."""
    return len(text) <= 200 and bool(FURNITURE.match(text))


def is_byline(text: str) -> bool:
    """True for "By Sana Mir", "By our staff reporter", "Web Desk". A sentence or "By the numbers" is none."""
    if len(text) > 120 or ends_sentence(text):
        return False
    if DESK.match(text):
        return True
    found = BYLINE.match(text)
    names = words(found["who"]) if found else []
    if not names or len(names) > 12 or names[0].casefold() in NOT_A_NAME:
        return False
    return names[0][0].isupper() or names[0] in {"a", "our", "staff"} or not _is_cased(names[0])


def is_date_line(text: str) -> bool:
    """True for a line that is a date, with or without place, weekday, year and time."""
    return len(text) <= 90 and bool(DATE_LINE.match(text))


def has_dateline(text: str) -> bool:
    """True for a paragraph that opens as a wire report does: "KIRKUK, Iraq (dpa) - ..."."""
    return bool(RUN_IN_DATELINE.match(text[:160]))


def names_a_day(text: str) -> bool:
    """True where the text's first sixty words name a weekday, today, yesterday, or a day of a month."""
    return bool(NAMES_A_DAY.search(" ".join(text[:1200].split()[:60])))


def sentences(text: str) -> list[str]:
    """The sentences among the first 1,200 characters: up to a full stop or question mark, past abbreviations."""
    found, sentence = [], ""
    for piece in SENTENCE_END.split(text[:1200]):
        sentence = f"{sentence} {piece}".strip()
        if is_finished(sentence) and not ABBREVIATION.search(sentence[-40:].rstrip(CLOSERS)):
            found.append(sentence)
            sentence = ""
    return [*found, sentence] if sentence or not found else found


def first_sentence(text: str) -> str:
    """The text's first sentence."""
    return sentences(text)[0]


def ends_sentence(text: str) -> bool:
    """True where the text ends in a full stop, leaving closing quotation marks aside. "U.S." and "..." are none."""
    bare = text.rstrip(CLOSERS)
    return bare.endswith(STOPS) and not bare.endswith("..") and not ABBREVIATION.search(bare[-40:])


def is_finished(text: str) -> bool:
    """True where the text ends as paragraphs do: full stop, question mark, exclamation mark or ellipsis."""
    bare = text.rstrip(CLOSERS)
    return bare.endswith((*STOPS, "!", "?", "؟", "…"))


def is_quoted_whole(text: str) -> bool:
    """True for a line that stands in quotation marks from end to end."""
    return len(text) > 2 and text[0] in "\"“«'‘" and text[-1] in "\"”»'’" and text[1:-1].find(text[-1]) == -1


def case_style(text: str) -> str:
    """How a line uses capitals: "capitals", "title", "sentence", "mixed" (between the two) or "none"."""
    if not _is_cased(text):
        return "none"
    if text == text.upper():
        return "capitals"
    telling = [word for word in words(text)[1:] if len(word) > 3]
    raised = sum(word[0].isupper() for word in telling)
    if not telling:
        return "mixed"
    share = raised / len(telling)
    return "title" if share >= 0.8 else "sentence" if share <= 0.5 else "mixed"


def same_style(one: str, other: str) -> bool:
    """True where two headlines may have been set by one hand."""
    return one == other or ({one, other} <= {"mixed", "title", "sentence"} and "mixed" in {one, other})


def _is_cased(text: str) -> bool:
    return text.upper() != text.lower()
