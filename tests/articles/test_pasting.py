"""Clipboards as Word, Google Docs, LibreOffice and browsers fill them: no word lost, nothing unsafe, losses told."""

import re
from unittest import TestCase, mock

from hypothesis import given
from hypothesis import strategies as st

from articles import pasting_blocks
from articles.markdown import from_markdown
from articles.pasting import MAX_HTML_BYTES, PasteRefused, read_html
from articles.spans import safe_href
from articles.text import body_text
from tests.articles.strategies import RAW

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><title>Draft two</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt;} --></style></head>
<body lang=EN-GB><!--StartFragment-->
<p class=MsoTitle><span lang=EN-US>Base handed over<o:p></o:p></span></p>
<p class=MsoNormal>The <st1:place w:st="on">Qayyarah</st1:place> base was <b style='mso-bidi-font-weight:normal'>handed
over</b>&nbsp;on <span style='font-style:italic'>Tuesday</span>.<span style='mso-comment-reference:NJ_1'>
</span><span class=MsoCommentReference><span style='font-size:8.0pt'><a class=msocomanchor id="_anchor_1"
href="#_msocom_1">[NJ1]</a></span></span><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Water
tower<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span></span><![endif]>Pump
house<o:p></o:p></p>
<p class=MsoNormal>CO<sub>2</sub> and 22<span style='vertical-align:super'>nd</span> brigade<a
style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>.
<s>Six</s> Seven bases.</p>
<table class=MsoTableGrid><tr><td colspan=2><p class=MsoNormal>Bases<o:p></o:p></p></td></tr>
<tr><td><p class=MsoNormal>K1</p></td><td><p class=MsoNormal>March 29</p></td></tr></table>
<p class=MsoNormal><!--[if gte vml 1]><v:shape><v:imagedata src="file:///C:/gate.png"/></v:shape><![endif]--><![if
!vml]><img width=300 height=200 src="file:///C:/gate.png"><![endif]></p>
<!--EndFragment-->
<div style='mso-element:footnote-list'><hr align=left size=1><div style='mso-element:footnote' id=ftn1>
<p class=MsoFootnoteText><a href="#_ftnref1"><span class=MsoFootnoteReference>[1]</span></a> Said the ministry.</p>
</div></div>
<div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>Who says so?</p>
</div></div>
</body></html>"""

GOOGLE_DOCS = """<meta charset='utf-8'><meta charset="utf-8"><b style="font-weight:normal;"
id="docs-internal-guid-1"><h2 dir="ltr"><span style="font-weight:700;font-size:16pt;">What was found</span></h2>
<p dir="ltr"><span style="font-weight:400;white-space:pre-wrap;">No group </span><span
style="font-weight:700;white-space:pre-wrap;">claimed</span><span style="white-space:pre-wrap;"> the attacks; </span><a
href="https://example.org/report"><span style="text-decoration:underline;">the report</span></a><span>
says so.</span></p><br /><ul><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>One
base</span></p></li><ul><li aria-level="2"><p><span>Its runway</span></p></li></ul>
<li><p><span>Another</span></p></li></ul></b><br
class="Apple-interchange-newline">"""

LIBREOFFICE = """<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/>
<title></title><style type="text/css">@page { size: 21cm } p { line-height: 115% }</style></head><body lang="ur-PK">
<h1 class="western">چھٹا اڈہ</h1><p dir="rtl" style="margin-bottom: 0cm"><font face="Jameel">اتحادی افواج نے
<b>ایک ہفتے</b> میں<sup><a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a></sup>
اڈہ چھوڑ دیا۔</font></p><ol start="4"><li><p dir="rtl">پہلا</p></li><li><p>دوسرا</p></li></ol>
<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" href="#sdfootnote1anc">1</a> وزارت</p>
</div></body></html>"""

WEB = """<html><body><!--StartFragment--><article><h1 style="color:red" onclick="alert(1)">Convoy crosses</h1>
<p>By <a href="/people/noor">Noor</a> <a href="javascript:alert(1)">share</a></p><figure><img
src="https://example.org/a.jpg" width="640"><figcaption>The gate</figcaption></figure><img src="x.gif" width="1"
height="1"><p>He said: <q>go</q>.<br>Then left.<br><br>Later</p><blockquote><p>One.</p><p>Two.</p></blockquote>
<script>alert("no")</script><span style="display:none">unseen words</span><iframe src="x">no</iframe>
<video>No film</video>
<table><tbody><tr><td><h2>Laid out</h2></td><td>beside</td></tr></tbody></table></article>
<!--EndFragment--></body></html>"""


class SampleTests(TestCase):
    def test_word(self):
        pasted = read_html(WORD)
        self.assertEqual(
            pasted.markdown.split("\n\n"),
            [
                "## Base handed over",
                "The Qayyarah base was **handed over** on *Tuesday*.",
                "1. Water tower",
                "   - Pump house",
                "CO[2]{sub} and 22[nd]{sup} brigade\\[1\\]. Six Seven bases.",
                "|  |  |\n| --- | --- |\n| Bases |  |\n| K1 | March 29 |",
                "---",
                "\\[1] Said the ministry.",
            ],
        )
        self.assertEqual(
            pasted.dropped,
            [
                "1 picture",
                "1 merged cell of a table (it is followed by empty ones)",
                "1 comment",
                "the line through 1 passage (its words are kept: delete them if they were deleted)",
            ],
        )

    def test_google_docs(self):
        pasted = read_html(GOOGLE_DOCS)
        self.assertEqual(
            pasted.markdown.split("\n\n"),
            [
                "## What was found",
                "No group **claimed** the attacks; [the report](https://example.org/report) says so.",
                "- One base",
                "  - Its runway",
                "- Another",
            ],
        )
        self.assertEqual(pasted.dropped, [])

    def test_libreoffice(self):
        pasted = read_html(LIBREOFFICE)
        self.assertEqual(
            pasted.markdown.split("\n\n"),
            [
                "## چھٹا اڈہ",
                "اتحادی افواج نے **ایک ہفتے** میں[1]{sup} اڈہ چھوڑ دیا۔",
                "1. پہلا",
                "2. دوسرا",
                "1 وزارت",
            ],
        )
        self.assertEqual(pasted.dropped, ["the first number of 1 list (it counts from 1 now)"])

    def test_a_page_of_the_web(self):
        pasted = read_html(WEB)
        self.assertEqual(
            pasted.markdown.split("\n\n"),
            [
                "## Convoy crosses",
                "By Noor share",
                "The gate",
                "He said: “go”.\\\nThen left.",
                "Later",
                "> One.",
                "> Two.",
                "No film",
                "## Laid out",
                "beside",
            ],
        )
        self.assertEqual(
            pasted.dropped,
            [
                "1 picture",
                "1 film, sound or drawing",
                "2 links that lead to no web address (their words are kept)",
                "1 hidden passage",
            ],
        )

    def test_words_of_one_paragraph_go_into_the_line(self):
        table = [
            ("<span>sixth base</span>", True, "sixth base"),
            ("<meta charset=utf-8><p>sixth <i>base</i></p>", True, "sixth *base*"),
            ("a<br>b", False, "a\\\nb"),
            ("<h2>a</h2>", False, "## a"),
        ]
        for html, inline, markdown in table:
            with self.subTest(html=html):
                pasted = read_html(html)
                self.assertEqual((pasted.inline, pasted.markdown), (inline, markdown))

    def test_a_merged_cell_keeps_the_columns_under_each_other(self):
        head = "<tr><th>Day</th><th>Base</th></tr>"
        html = f"<table>{head}<tr><td rowspan=2>Monday</td><td>K1</td></tr><tr><td>Q</td></tr></table>"
        self.assertEqual(
            read_html(html).markdown,
            "| Day | Base |\n| --- | --- |\n| Monday | K1 |\n|  | Q |",
        )


class RefusalTests(TestCase):
    def test_what_is_too_big_or_too_deep_is_refused_with_what_to_do(self):
        table = [
            ("x" * (MAX_HTML_BYTES + 1), "2000001 bytes"),
            ("<div>" * 300 + "x", "too deep"),
            ("<b><i>" * 30_000, "too deep"),
            ("<p>x</p>" * 5001, "5001 blocks"),
            ("<p>" + "word " * 210_000, "bytes; 1000000 is the most"),
        ]
        for html, words in table:
            with self.subTest(words=words), self.assertRaisesRegex(PasteRefused, words):
                read_html(html)

    def test_what_is_refused_for_its_length_is_not_written_first(self):
        counted = mock.patch.object(pasting_blocks, "stored", wraps=pasting_blocks.stored)
        with counted as stored, self.assertRaisesRegex(PasteRefused, "6000 blocks; 5000 is the most"):
            read_html("<p>x</p>" * 6000)
        self.assertLessEqual(stored.call_count, 5001)

    def test_nothing_is_nothing(self):
        for html in (
            "",
            " ",
            "<p>&nbsp;</p>",
            "<img src=x>",
            "<table><tr><td></td></tr></table>",
            "<style>x</style>",
        ):
            with self.subTest(html=html):
                self.assertEqual(read_html(html).markdown, "")

    def test_no_link_is_kept_that_readers_may_not_follow(self):
        addresses = [
            "javascript:alert(1)",
            " JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "file:///C:/notes.doc",
            "vbscript:x",
            "//user@example.org/",
            "mailto:nobody",
        ]
        for address in addresses:
            with self.subTest(address=address):
                pasted = read_html(f'<p>See <a href="{address}">the words</a>.</p>')
                self.assertEqual(pasted.markdown, "See the words.")


INLINE = [
    "b",
    "i",
    "em",
    "strong",
    "span",
    "u",
    "sub",
    "sup",
    "a",
    "code",
    "o:p",
    "font",
    "s",
    "mark",
    "custom",
]
BLOCKS = ["p", "div", "h1", "h3", "h6", "blockquote", "section", "pre", "center"]
STYLES = [
    "",
    ' style="font-weight:bold"',
    ' style="font-style:italic;mso-list:l0 level2 lfo1"',
    " class=MsoTitle",
    ' style="vertical-align:super"',
]
HREFS = [
    "https://example.org/a",
    "javascript:alert(1)",
    "#x",
    "mailto:a@example.org",
    "/x",
    "data:,x",
    "http://[",
    "",
]
SIGNS = "six bases 1. # * _x_ [a](b) {{block | > - ہفتے ![x](media:y) اڈہ é & < \\"
WORDS = st.lists(st.sampled_from(SIGNS.split()), max_size=5)


def escaped(words: list[str]) -> str:
    return " ".join(words).replace("&", "&amp;").replace("<", "&lt;")


@st.composite
def inline_html(draw, depth: int = 0) -> tuple[str, list[str]]:
    """HTML inside one block, and the words that a browser shows of it."""
    html, words = "", []
    for _ in range(draw(st.integers(1, 3))):
        piece = draw(st.sampled_from(["words", "words", "element", "br", "img", "comment"]))
        if piece == "words":
            given_words = draw(WORDS)
            html, words = html + " " + escaped(given_words) + " ", words + given_words
        elif piece == "element" and depth < 3:
            tag, style = draw(st.sampled_from(INLINE)), draw(st.sampled_from(STYLES[:2] + STYLES[4:]))
            inner, inside = draw(inline_html(depth + 1))
            # A link does not stand in a link.
            tag = "span" if tag == "a" and "<a " in inner else tag
            href = f' href="{draw(st.sampled_from(HREFS))}"' if tag == "a" else ""
            html, words = f"{html}<{tag}{href}{style}>{inner}</{tag}>", words + inside
        else:
            html += {"br": "<br>", "img": "<img src=x>"}.get(piece, "<!-- unseen -->")
    return html, words


@st.composite
def block_html(draw, depth: int = 0) -> tuple[str, list[str]]:
    """HTML of several blocks, and the words that a browser shows of it."""
    html, words = "", []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["block", "block", "list", "table", "script", "nested", "loose"]))
        if kind == "script":
            html += "<script>unseen()</script><style>unseen {}</style>"
            continue
        if kind == "list":
            tag = draw(st.sampled_from(["ul", "ol"]))
            items = [
                draw(inline_html() if depth > 2 else st.one_of(inline_html(), block_html(depth + 1)))
                for _ in range(2)
            ]
            html += f"<{tag}>" + "".join(f"<li>{item}</li>" for item, _words in items) + f"</{tag}>"
            words = words + [word for _item, inside in items for word in inside]
        elif kind == "table":
            cells = [draw(inline_html()) for _ in range(4)]
            one, two, three, four = (cell for cell, _words in cells)
            html += f"<table><tr><th>{one}</th><td>{two}</td></tr><tr><td>{three}</td><td>{four}</td></tr></table>"
            words = words + [word for _cell, inside in cells for word in inside]
        else:
            inner, inside = draw(block_html(depth + 1) if kind == "nested" and depth < 3 else inline_html())
            tag = {"nested": "div", "loose": "div"}.get(kind) or draw(st.sampled_from(BLOCKS))
            style = draw(st.sampled_from(STYLES))
            html += f"<{tag}{style}>{inner}</{tag}>"
            words = words + inside
    return html, words


def hrefs(body: dict) -> list[str]:
    return [span["href"] for each in body["blocks"] for span in each["spans"] if span["kind"] == "link"]


class PropertyTests(TestCase):
    @given(block_html())
    def test_every_visible_word_comes_out_in_its_order(self, made):
        html, words = made
        text = body_text(from_markdown(read_html(html).markdown))
        self.assertEqual("".join(text.split()), "".join("".join(words).split()))

    @given(block_html())
    def test_words_of_different_blocks_do_not_run_together(self, made):
        html, words = made
        shown = body_text(from_markdown(read_html(html).markdown)).split()
        self.assertEqual(
            [word for word in shown if word == "bases"], [word for word in words if word == "bases"]
        )

    @given(st.lists(st.one_of(RAW, block_html().map(lambda made: made[0])), max_size=4).map("".join))
    def test_whatever_the_clipboard_holds_comes_out_safe_or_is_refused(self, html):
        try:
            pasted = read_html(html)
        except PasteRefused as refusal:
            self.assertTrue(str(refusal))
            return
        body = from_markdown(pasted.markdown)
        self.assertTrue(all(safe_href(href) for href in hrefs(body)))
        self.assertFalse(re.search(r"^\{\{block", pasted.markdown, re.MULTILINE))
        self.assertNotIn("unseen", body_text(body))
        self.assertNotIn("figure", [each["kind"] for each in body["blocks"]])

    @given(st.text(st.sampled_from("<>/abpiu =\"'!-[]&;#x0\n"), max_size=200))
    def test_broken_html_is_no_error(self, html):
        try:
            from_markdown(read_html(html).markdown)
        except PasteRefused as refusal:
            self.assertTrue(str(refusal))
