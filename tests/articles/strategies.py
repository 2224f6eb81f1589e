"""Hypothesis strategies: text that is difficult to store and to draw, every storable block, and marks over bodies."""

from hypothesis import strategies as st

from articles.spans import SPAN_VALUES
from articles.text import Mark, canonical_body, tidy_text
from newsroom.core.hygiene import is_blank, replace_unstorable

ASCII = [
    "six bases",
    "in one week",
    "Jan. 3",
    "the U.S.",
    "A",
    "x",
    "1986. ",
    "3) ",
    "snake_case",
    "-5",
    "READ MORE:",
]
URDU = [
    "اتحادی افواج",
    "چھٹا اڈہ",
    "می\u200cروم",
    "ہفتے میں",
    "ں",
    "۱۲",
    "کِتاب",
    "،",
    "۔",
    "\u200f",
    "لاہور (پاکستان)",
]
EMOJI = [
    "👩‍👩‍👧‍👦",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "👍🏽",
    "🇵🇰",
    "❤️",
    "1️⃣",
    "🧑🏿‍🚀",
]
COMBINING = [
    "e\u0301",
    "a\u0328\u0301",
    "\u0301",
    "क्षि",
    "g\u0308",
    "각",
    "ﷺ",
    "n\u0303o",
    "\u0f71\u0f72",
    "𝒳",
]
BIDIRECTIONAL = ["שלום 123 abc", "\u200eabc\u200f", "مارچ 17 March", "\u061c", "(עברית)", "abc אבג def"]
MARKUP = [
    *"*_`[](){}<>#>|~^&\\!-+=:.;\"'$%@/",
    *[
        "**",
        "__",
        "***",
        "<b>",
        "</mark>",
        "&amp;",
        "&#42;",
        "&lt",
        "](",
        "]{em}",
        "[x](y)",
        "[by] ",
        "---",
        "- ",
        "+ ",
    ],
    *[
        "# ",
        "> ",
        "1. ",
        "| ",
        "|---|",
        "```",
        "~~~",
        "===",
        "{{block 1: ",
        "<!--",
        "<http://a.example>",
        "\\\\",
        "    ",
    ],
    *[
        "http://a.example/",
        "![",
        "[a]: b",
        "* * *",
        "_a_",
        "{#id}",
        "\u00ad",
        "\u2060",
        "%(x)s",
        "{0}",
        "<script>",
        "\u3000",
    ],
]
WORDS = st.sampled_from(ASCII + URDU + EMOJI + COMBINING + BIDIRECTIONAL)
PIECES = st.one_of(
    WORDS, WORDS, st.sampled_from(MARKUP), st.sampled_from([" ", " ", "  ", "\u00a0", ", ", "\t"])
)
ANYTHING = st.text(st.characters(), max_size=12)
RAW = st.lists(st.one_of(PIECES, PIECES, PIECES, ANYTHING), min_size=1, max_size=12).map("".join)
HREFS = st.sampled_from(
    [
        "https://example.com/",
        "http://example.com/a_b*c(d)[e]?f=g&amp;h#i",
        "https://example.com/پاکستان/ــ",
        "mailto:desk@example.com",
        "https://example.com/a'b!$;=~@,%20",
    ]
)
LANGUAGES = st.sampled_from(["ur", "en", "ar-Latn", "zh-Hant-TW", "he"])
VALUES = {"link": HREFS, "lang": LANGUAGES}


def storable(raw: str, kind: str = "paragraph", empty: str = "words") -> str:
    """This raw text as a block of the kind may hold it; `empty` where nothing readable is left."""
    text = tidy_text(kind, replace_unstorable(raw)[0])
    text = text if kind == "verse" else text.strip()
    return empty if is_blank(text) else text


@st.composite
def texts(draw, kind="paragraph", lines=1):
    """Text of one block, of up to so many lines."""
    drawn = draw(st.lists(RAW, min_size=1, max_size=lines))
    return storable("\n".join(storable(line.replace("\n", " "), kind) for line in drawn), kind)


@st.composite
def table_texts(draw):
    """A rectangle of cells, some of them empty."""
    width, height = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    cell = RAW.map(lambda raw: " ".join(storable(raw).split()))
    cells = cell if width == 1 else st.one_of(cell, st.just(""))
    rows = draw(
        st.lists(st.lists(cells, min_size=width, max_size=width), min_size=height, max_size=height).filter(
            lambda rows: any(any(row) for row in rows)
        )
    )
    return tidy_text("table", "\n".join("\t".join(row) for row in rows))


@st.composite
def spans(draw, text, kind="paragraph"):
    """Spans over the text: any kinds, nested or crossing, where a table inside its cells."""
    found = []
    for span_kind in draw(
        st.lists(st.sampled_from(["link", "lang", "strong", "emphasis", "sup", "sub"]), max_size=5)
    ):
        start = draw(st.integers(0, max(0, len(text) - 1)))
        end = draw(st.integers(min(start + 1, len(text)), len(text)))
        value = {SPAN_VALUES[span_kind]: draw(VALUES[span_kind])} if span_kind in VALUES else {}
        if start == end or (kind == "table" and {"\t", "\n"} & set(text[start:end])):
            continue
        if value and any(s["kind"] == span_kind and s["start"] <= end and start <= s["end"] for s in found):
            continue
        found.append({"start": start, "end": end, "kind": span_kind, **value})
    return found


LINES = {"paragraph": 3, "quote": 3, "item": 2, "verse": 4}
NAMES = st.one_of(st.just(""), RAW.map(lambda raw: storable(storable(raw, "heading")[:50], "heading")))


@st.composite
def blocks(
    draw,
    kinds=("paragraph", "heading", "quote", "item", "verse", "table", "figure", "embed", "divider", "teaser"),
):
    """Any storable block (the depth of an item is settled by `bodies`)."""
    kind = draw(st.sampled_from(kinds))
    attrs = draw(ATTRS.get(kind, st.just({})))
    if kind == "divider":
        text = ""
    elif kind == "table":
        text = draw(table_texts())
    elif kind in ("figure", "embed") and draw(st.booleans()):
        text = ""
    else:
        text = draw(texts(kind, LINES.get(kind, 1)))
    if kind == "teaser":
        text = storable(attrs["label"] + draw(st.sampled_from(["", " ", "  "])) + text, kind)
        attrs = {
            "label": storable(attrs["label"], kind)
            if text.startswith(storable(attrs["label"], kind))
            else text[:1]
        }
    return {"kind": kind, "text": text, "spans": draw(spans(text, kind)), "attrs": attrs}


ATTRS = {
    "heading": st.fixed_dictionaries({"level": st.integers(2, 4)}),
    "quote": st.fixed_dictionaries({"by": NAMES}),
    "item": st.fixed_dictionaries({"ordered": st.booleans(), "depth": st.integers(0, 5)}),
    "table": st.fixed_dictionaries({"header": st.booleans()}),
    "figure": st.fixed_dictionaries({"media": st.uuids().map(str), "alt": NAMES, "credit": NAMES}),
    "embed": st.fixed_dictionaries({"url": st.just("https://example.com/v?a=1"), "title": NAMES}),
    "teaser": st.fixed_dictionaries(
        {
            "label": st.sampled_from(
                ["READ MORE:", "READ MORE:", "مزید پڑھیں:", "Also [read]:", "A*b:", "READ\\:", "See"]
            )
        }
    ),
}


@st.composite
def bodies(draw, min_size=0, max_size=6, **options):
    """A storable body in canonical form."""
    drawn = draw(st.lists(blocks(**options), min_size=min_size, max_size=max_size))
    deepest = 0
    for block in drawn:
        if block["kind"] == "item":
            block["attrs"]["depth"] = min(block["attrs"]["depth"], deepest)
            deepest = block["attrs"]["depth"] + 1
        else:
            deepest = 0
    return canonical_body({"schema": 1, "blocks": drawn})


@st.composite
def marks(draw, length, max_size=6):
    """Marks anywhere in a text of this length: overlapping, nested, touching, the same words twice."""
    found = []
    for number in range(1, draw(st.integers(0, max_size)) + 1):
        start = draw(st.integers(0, max(0, length - 1)))
        end = draw(st.integers(start + 1, max(start + 1, min(length, start + 40))))
        css, gravity = draw(
            st.sampled_from([("false", 9), ("contradicted", 8), ("true", 1), ("being-checked", 0)])
        )
        found.append(Mark(start, end, f"k{number}", number, css, css, gravity))
    return found
