"""What readers see of stored text: marks that cover exactly their words, one flat run after another, all escaped."""

import json
import re
import time
from html.parser import HTMLParser
from pathlib import Path
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from articles.text import (
    Mark,
    block_ranges,
    body_text,
    canonical_body,
    paragraph_body,
    render_blocks,
    render_inline,
    render_line,
)
from newsroom.core.hygiene import visible
from tests.articles.strategies import RAW, bodies, marks, storable
from tests.articles.test_text import ANY_JSON, UID, block, body, link, span

HOSTILE = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "data" / "hostile"
REFERENCE = re.compile(r'<a class="ref" [^>]*>.*?</a>')
VOID = {"br", "hr", "use"}


def without_marks(html):
    """The HTML with marks, their references and their ids taken out."""
    return re.sub(r'<mark [^>]*>|</mark>|<span id="[^"]*"></span>', "", REFERENCE.sub("", html))


class Seen(HTMLParser):
    """What a reader meets: the words, and for each code point of them which marks, ids and references are there."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.words, self.covered = "", []
        self.ids, self.references, self.link_ends = {}, [], set()
        self.stack, self.hidden = [], 0
        self.feed(html)
        self.close()
        assert not self.stack, f"unclosed: {self.stack}"

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if "id" in attributes:
            assert attributes["id"] not in self.ids, f"id {attributes['id']} stands twice"
            self.ids[attributes["id"]] = len(self.words)
        if tag == "mark":
            assert "mark" not in [open_tag for open_tag, _ in self.stack], "a mark inside a mark"
        if tag == "a":
            assert "a" not in [open_tag for open_tag, _ in self.stack], "a link inside a link"
        if tag in ("br", "hr"):
            self.handle_data("\n" if tag == "br" else "")
        if tag not in VOID:
            self.stack.append((tag, attributes))
        if attributes.get("class") == "ref":
            self.hidden += 1
            self.references.append((attributes["href"].removeprefix("#"), len(self.words)))

    def handle_startendtag(self, tag, attributes):
        assert tag in VOID

    def handle_endtag(self, tag):
        opened, attributes = self.stack.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"
        self.hidden -= attributes.get("class") == "ref"
        if tag == "a" and attributes.get("class") != "ref":
            self.link_ends.add(len(self.words))

    def handle_data(self, data):
        if not self.hidden:
            self.words += data
            inside = "mark" in [tag for tag, _ in self.stack]
            self.covered += [inside] * len(data)


def mark(start, end, number=1, css="false", gravity=5, label="false", **more):
    return Mark(start, end, f"k{number}", number, css, label, gravity, **more)


class MarkDrawingTests(TestCase):
    maxDiff = None

    def test_a_mark_is_drawn_with_its_reference_after_its_last_word(self):
        html = render_line(
            "Sixth base in one week, they say", [mark(14, 22, css="contradicted", label="contradicted")]
        )
        self.assertHTML(
            html,
            'Sixth base in <mark class="contradicted" id="c1">one week</mark><a class="ref" href="#n1">'
            '<svg class="mk contradicted" aria-hidden="true"><use href="#m-contradicted"/></svg>'
            '<span aria-hidden="true">1</span><span class="vh"> claim 1: contradicted, go to note</span></a>, they say',
        )

    def assertHTML(self, html, expected):
        self.assertEqual(str(html), expected)

    def test_where_marks_overlap_the_graver_comes_first_and_runs_stay_flat(self):
        marked = [mark(0, 10, 1, "true", 1), mark(6, 16, 2, "false", 9)]
        self.assertEqual(
            REFERENCE.sub("^", render_line("sixth base in one week", marked)),
            '<mark class="true" id="c1">sixth </mark><mark class="false also also-true" id="c2">base</mark>^'
            '<mark class="false"> in on</mark>^e week',
        )

    def test_marks_over_the_same_words_have_an_id_each(self):
        marked = [mark(0, 5, 1, "true", 1), mark(0, 5, 2, "false", 9), mark(0, 5, 3, "false", 9)]
        html = REFERENCE.sub("^", render_line("sixth base", marked))
        self.assertEqual(
            html,
            '<mark class="false also also-false also-true" id="c1">'
            '<span id="c2"></span><span id="c3"></span>sixth</mark>'
            "^^^ base",
        )

    def test_ids_are_unique_over_a_page(self):
        taken = set()
        first = render_line("sixth base", [mark(0, 5)], taken=taken)
        second = render_line("sixth base", [mark(0, 5), mark(6, 10, anchor="c1")], taken=taken)
        third = render_line("sixth base", [mark(0, 5, anchor="c1b", note="n1")], taken=taken)
        self.assertEqual(re.findall(r' id="([^"]*)"', first + second + third), ["c1", "c1-2", "c1-3", "c1b"])

    def test_a_reference_waits_for_the_end_of_a_link(self):
        html = render_inline("the sixth base in Iraq", [link(4, 22)], [mark(4, 14), mark(15, 22, 2)])
        self.assertEqual(
            REFERENCE.sub("^", html),
            'the <a href="https://example.com/" rel="nofollow noopener"><mark class="false" id="c1">sixth base</mark> '
            '<mark class="false" id="c2">in Iraq</mark></a>^^',
        )

    def test_formatting_is_kept_whole_around_marks(self):
        html = render_inline("the sixth base", [span(4, 14)], [mark(0, 9)])
        self.assertEqual(
            REFERENCE.sub("^", html),
            '<mark class="false" id="c1">the </mark><strong><mark class="false">sixth</mark>^ base</strong>',
        )

    def test_marks_count_in_the_field_and_spans_in_the_block(self):
        html = render_inline("sixth base", [span(0, 5)], [mark(106, 110)], offset=100)
        self.assertEqual(
            REFERENCE.sub("^", html), '<strong>sixth</strong> <mark class="false" id="c1">base</mark>^'
        )

    def test_a_mark_that_does_not_fit_is_not_drawn_at_all(self):
        for name, bad in {
            "past the end": mark(5, 11),
            "before the start": mark(-1, 3),
            "empty": mark(3, 3),
            "backwards": mark(4, 2),
            "no number": mark("0", 3),
            "true": mark(True, 3),
        }.items():
            with self.subTest(name):
                self.assertEqual(str(render_line("sixth base", [bad])), "sixth base")

    def test_what_a_mark_says_is_escaped_and_its_names_are_checked(self):
        bad = mark(0, 5, css='"><script>', label="<b>&", anchor='x" onload="', note="n 1")
        html = render_line("sixth base", [bad])
        self.assertIn('<mark class="unknown" id="c1">', html)
        self.assertIn('href="#n1"', html)
        self.assertIn("claim 1: &lt;b&gt;&amp;, go to note", html)
        self.assertNotIn("<script", html)
        self.assertNotIn("onload", html)


class BlockDrawingTests(TestCase):
    maxDiff = None

    def drawn(self, *blocks, marks=()):
        return [str(row.html) for row in render_blocks(body(*blocks), marks)]

    def test_each_kind_of_block_has_its_element(self):
        cases = [
            (block(text="a\n<b>"), "<p>a<br>&lt;b&gt;</p>"),
            (block("heading", "a", level=3), "<h3>a</h3>"),
            (block("quote", "a"), "<blockquote><p>a</p></blockquote>"),
            (block("quote", "a", by="<i>"), '<blockquote><p>a</p><p class="by">&lt;i&gt;</p></blockquote>'),
            (block("verse", "a\n  b"), '<p class="verse">a<br>  b</p>'),
            (block("divider", ""), "<hr>"),
            (
                block("embed", "", url="https://example.com/?a&b", title="<t>"),
                '<div class="embed"><p><a href="https://example.com/?a&amp;b" rel="nofollow noopener">&lt;t&gt;</a></p>'
                "</div>",
            ),
            (
                block("figure", "A gate", media=UID, alt="<a>", credit="AP"),
                '<figure><p class="missing">&lt;a&gt;</p><figcaption>A gate <span class="credit">AP</span></figcaption>'
                "</figure>",
            ),
            (
                block("table", "Base\t\nK1\t<x>", header=True),
                '<div class="printed-table" role="region" tabindex="0" aria-label="Table, paragraph 1"><table>'
                "<thead><tr>"
                '<th scope="col">Base</th><td></td></tr></thead><tbody><tr><td>K1</td><td>&lt;x&gt;</td></tr></tbody>'
                "</table></div>",
            ),
        ]
        for given_block, html in cases:
            with self.subTest(kind=given_block["kind"]):
                self.assertEqual(self.drawn(given_block), [html])

    def test_a_teaser_gives_its_parts_for_a_page_that_links_it(self):
        stored = body(block("teaser", "READ MORE: Convoy enters Syria", [link(11, 17)], label="READ MORE:"))
        row = render_blocks(stored, [mark(11, 17), mark(5, 17, 2)])[0]
        self.assertEqual(
            REFERENCE.sub("^", row.html),
            '<p class="more"><span class="lab">READ <mark class="false" id="c2">MORE: </mark></span><span class="hl">'
            '<mark class="false also also-false" id="c1">Convoy</mark> enters Syria</span>^^</p>',
        )
        self.assertNotIn("<a", row.label + row.rest)
        self.assertEqual(row.refs.count('class="ref"'), 2)
        self.assertEqual(row.marks, ("k2", "k1"))

    def test_consecutive_items_are_one_row_of_nested_lists(self):
        def item(text, depth, ordered=False):
            return block("item", text, ordered=ordered, depth=depth)

        stored = body(
            block(text="x"),
            item("a", 0),
            item("b", 1, True),
            item("c", 1, True),
            item("d", 2),
            item("e", 0),
            item("f", 0, True),
        )
        rows = render_blocks(stored)
        self.assertEqual(
            [(row.kind, row.number, row.index) for row in rows], [("paragraph", 1, 0), ("list", 2, 1)]
        )
        self.assertEqual(
            rows[1].html,
            "<ul><li>a<ol><li>b</li><li>c<ul><li>d</li></ul></li></ol></li><li>e</li></ul><ol><li>f</li></ol>",
        )

    def test_a_row_names_the_marks_drawn_in_it_in_order_of_their_words(self):
        stored = body(
            block(text="One two."),
            block("item", "three", ordered=False, depth=0),
            block("item", "four", ordered=False, depth=0),
        )
        text = body_text(stored)
        marked = [
            mark(text.index("four"), len(text), 1),
            mark(4, 7, 2),
            mark(0, 7, 3),
            mark(text.index("three"), text.index("three") + 5, 4),
            mark(4, text.index("three") + 2, 5),
        ]
        self.assertEqual([row.marks for row in render_blocks(stored, marked)], [("k3", "k2"), ("k4", "k1")])

    def test_a_mark_stays_in_its_cell_or_is_not_drawn(self):
        stored = body(block("table", "Base\tDay\nK1\t29 March", [span(5, 8)], header=True))
        html = render_blocks(stored, [mark(12, 20), mark(0, 8, 2), mark(5, 11, 3)])[0].html
        self.assertEqual(re.findall(r"<mark [^>]*>([^<]*)</mark>", html), ["29 March"])
        self.assertIn('<th scope="col"><strong>Day</strong></th>', html)

    def test_a_language_gets_its_direction(self):
        for tag, direction in (
            ("ur", "rtl"),
            ("ur-Latn", "ltr"),
            ("en", "ltr"),
            ("az-Arab", "rtl"),
            ("he", "rtl"),
        ):
            with self.subTest(tag=tag):
                html = render_inline("a b", [span(0, 1, "lang", lang=tag)])
                self.assertEqual(html, f'<span lang="{tag}" dir="{direction}">a</span> b')

    def test_a_mail_link_says_nothing_to_search_engines(self):
        html = render_inline("desk", [link(0, 4, "mailto:desk@example.com")])
        self.assertEqual(html, '<a href="mailto:desk@example.com">desk</a>')


class HostileStoreTests(TestCase):
    """What plain loaddata or a hand in the database may have left there."""

    def test_damaged_spans_lose_their_formatting_and_nothing_else(self):
        bad = [
            link(0, 3, "javascript:alert(1)"),
            link(0, 3, 'https://example.com/"onmouseover=alert(1)'),
            span(0, 1000),
            span(-5, 3),
            span(3, 1),
            span("0", 3),
            span(0, 3, "blink"),
            span(0, 3, ["strong"]),
            {"start": 0},
            None,
            "strong",
            10**30,
            span(0, 3, "lang", lang='"><b>'),
        ]
        for spans in ([fault] for fault in bad):
            with self.subTest(spans=spans):
                self.assertEqual(str(render_inline("six <bases>", spans)), "six &lt;bases&gt;")
        self.assertEqual(str(render_inline("six", bad)), "six")
        self.assertEqual(render_inline("six", [*bad, span(0, 1)]), "<strong>s</strong>ix")

    def test_spans_that_overlap_their_like_are_drawn_once(self):
        html = render_inline(
            "six bases", [link(0, 5), link(3, 9, "https://example.com/b"), span(0, 4), span(2, 6)]
        )
        Seen(html)
        self.assertEqual(html.count("<a "), 1)

    def test_unstorable_characters_are_shown_as_replaced(self):
        html = render_line("six\x00 \ud800bases\u202e", [mark(4, 10)])
        self.assertEqual(Seen(html).words, "six\ufffd \ufffdbases\ufffd")
        html.encode()

    def test_unsafe_attributes_are_not_shown(self):
        stored = body(
            block("embed", "", url="javascript:alert(1)", title="Film"),
            block("heading", "a", level="1><script>"),
            block("figure", "", media='"><script>', alt=1, credit=["x"]),
            block("item", "b", depth=10**30, ordered="yes"),
            block("<script>", "words of an unknown kind"),
        )
        rows = render_blocks(stored)
        html = "".join(row.html for row in rows)
        self.assertNotIn("script", html)
        self.assertIn("<h2>a</h2>", html)
        self.assertIn("<ul><li>b</li></ul>", html)
        self.assertIn("<p>words of an unknown kind</p>", html)
        self.assertEqual([row.attrs.get("url", "") for row in rows], [""] * 5)
        self.assertEqual(rows[2].attrs["media"], "")

    @given(
        ANY_JSON,
        st.lists(st.builds(mark, st.integers(-3, 50), st.integers(-3, 50), st.integers(0, 9)), max_size=5),
    )
    def test_drawing_never_fails_whatever_is_stored(self, stored, marked):
        for data in (
            stored,
            {"blocks": stored},
            {"blocks": [stored, {"kind": "item", "text": stored, "attrs": stored}]},
        ):
            for row in render_blocks(data, marked):
                Seen(row.html)
                row.html.encode()
        render_inline(stored, stored, marked)

    @given(
        RAW,
        st.lists(
            st.tuples(st.integers(-2, 40), st.integers(-2, 40), st.sampled_from(["link", "strong", "sup"])),
            max_size=6,
        ),
    )
    def test_damaged_text_and_spans_still_show_every_word(self, text, places):
        spans = [
            span(s, e, k, **({"href": "https://example.com"} if k == "link" else {})) for s, e, k in places
        ]
        self.assertEqual(Seen(render_inline(text, spans)).words, visible(text))

    def test_hostile_markup_from_others_stays_words(self):
        if not HOSTILE.exists():
            self.skipTest("../shared has no hostile markup here; the cases above are its twins")
        with (HOSTILE / "html.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line).get("s", "")
                html = render_inline(text, [span(0, len(text) // 2)], [mark(0, len(text))])
                tags = set(re.findall(r"<([a-z]+)", without_marks(html)))
                self.assertLessEqual(tags, {"strong", "br"})


class DrawingPropertyTests(TestCase):
    @given(st.data())
    def test_taking_the_marks_out_leaves_the_page_without_marks(self, data):
        stored = data.draw(bodies())
        marked = data.draw(marks(len(body_text(stored)) + 3))
        bare = render_blocks(stored)
        rows = render_blocks(stored, marked)
        self.assertEqual([without_marks(row.html) for row in rows], [str(row.html) for row in bare])
        self.assertEqual(
            [(row.index, row.number, row.kind, row.text) for row in rows],
            [(row.index, row.number, row.kind, row.text) for row in bare],
        )

    @given(st.data())
    def test_every_mark_covers_exactly_its_words(self, data):
        text = "\n".join(storable(line) for line in data.draw(st.lists(RAW, min_size=1, max_size=3)))
        stored = paragraph_body([text])
        text = body_text(stored)
        marked = data.draw(marks(len(text)))
        fitting = [m for m in marked if m.end <= len(text)]
        seen = Seen("".join(row.html for row in render_blocks(stored, marked)))
        self.assertEqual(seen.words, text)
        self.assertEqual(seen.covered, [any(m.start <= i < m.end for m in fitting) for i in range(len(text))])
        self.assertEqual(seen.ids, {f"c{m.number}": m.start for m in fitting})
        self.assertEqual(dict(seen.references), {f"n{m.number}": m.end for m in fitting})

    @given(st.data())
    def test_in_any_block_a_mark_begins_at_its_words_and_its_reference_follows_them(self, data):
        stored = data.draw(
            bodies(kinds=("paragraph", "heading", "quote", "item", "verse", "table", "teaser"))
        )
        text = body_text(stored)
        marked = data.draw(marks(len(text)))
        for row in render_blocks(stored, marked):
            drawn = [m for m in marked if m.key in row.marks]
            seen = Seen(row.html)
            self.assertEqual(set(seen.ids), {f"c{m.number}" for m in drawn})
            self.assertEqual({name for name, _ in seen.references}, {f"n{m.number}" for m in drawn})
            begins = block_ranges(stored)[row.index][0]
            for m in drawn:
                words = re.sub("[\t\n]", "", text[m.start : m.end])
                start = seen.ids[f"c{m.number}"]
                self.assertTrue(re.sub("[\t\n]", "", seen.words[start:]).startswith(words))
                end = dict(seen.references)[f"n{m.number}"]
                self.assertTrue(
                    row.kind in ("table", "list", "teaser") or end == m.end - begins or end in seen.link_ends,
                    (end, m),
                )

    @given(bodies())
    def test_readers_see_every_stored_word_in_order(self, stored):
        html = "".join(row.html for row in render_blocks(stored))
        seen, at = Seen(html).words, 0
        for part in stored["blocks"]:
            for words in re.split("[\t\n]", part["text"]):
                at = seen.index(words, at) + len(words)


class SpeedTests(TestCase):
    def test_a_full_body_with_a_thousand_marks_is_drawn_in_about_a_second(self):
        sentence = (
            "Coalition troops left six bases across the country over the past few weeks, the ministry said. "
        )
        stored = paragraph_body([sentence * 4] * 2500)
        marked = [mark(i * 380 + 5, i * 380 + 60, i) for i in range(1, 1001)]
        one_block = paragraph_body([sentence * 10_000])
        nested = [mark(i, 900_000 - i, i) for i in range(1000)]
        table = canonical_body(body(block("table", "\n".join(["\t".join(["six"] * 50)] * 4000), header=True)))
        for name, data, here in (
            ("many", stored, marked),
            ("one", one_block, nested),
            ("table", table, marked),
        ):
            with self.subTest(name):
                began = time.process_time()
                render_blocks(data, here)
                self.assertLess(time.process_time() - began, 40, "two to four seconds; forty are a hang")
