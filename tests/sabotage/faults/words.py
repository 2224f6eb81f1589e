"""Words selected on the sheet: other words than the chosen ones would be kept and shown as the claim."""

from ..fault import Fault

SCRIPT = "newsroom/static/newsroom/words.js"
GENERATED = (
    "tests.newsroom.test_words_browser.GeneratedWordsTests.test_the_stored_words_are_the_selected_words",
)
HANDS = "tests.newsroom.test_words_hands"

FAULTS = (
    Fault(
        name="units-for-code-points",
        promise="anchor",
        breaks="Behind an emoji every flag stands on words one or more characters further on.",
        file=SCRIPT,
        old="      const first = this.base + [...this.text.slice(0, start)].length;\n",
        new="      const first = this.base + start;\n",
        tests=GENERATED,
    ),
    Fault(
        name="asides-counted",
        promise="anchor",
        breaks="Behind a mark every flag is moved by the number and the hidden words of the mark.",
        file=SCRIPT,
        old="!node.matches(`${ASIDE}, [data-start]`)",
        new='!node.matches("[data-start]")',
        tests=GENERATED,
    ),
    Fault(
        name="line-breaks-lost",
        promise="anchor",
        breaks="Behind the first line of a verse every flag stands one character too early.",
        file=SCRIPT,
        old='        else if (node.nodeName === "BR") this.#add(node, "\\n");\n',
        new="",
        tests=GENERATED,
    ),
    Fault(
        name="selection-cuts-characters",
        promise="anchor",
        breaks="Half an emoji, or a letter without its accent, is offered as the words of a claim.",
        file=SCRIPT,
        old="      return (at) => inWords.has(at) || cuts(this.text, at, begins);\n",
        new="      return (at) => inWords.has(at);\n",
        tests=GENERATED,
    ),
    Fault(
        name="urdu-words-cut",
        promise="anchor",
        breaks="Half an Urdu word is quoted: its letters join otherwise than they were printed.",
        file=SCRIPT,
        old="      return (at) => inWords.has(at) || cuts(this.text, at, begins);\n",
        new="      return (at) => cuts(this.text, at, begins);\n",
        tests=(f"{HANDS}.MouseTests.test_half_a_word_in_urdu_becomes_the_whole_one",),
    ),
    Fault(
        name="blocks-run-together",
        promise="anchor",
        breaks="Words drawn over two paragraphs are taken for those of the first, and the rest is lost unsaid.",
        file=SCRIPT,
        old="    if (parts.length === 1) return",
        new="    if (parts.length) return",
        tests=(f"{HANDS}.MouseTests.test_words_in_several_blocks_are_told_part_by_part",),
    ),
    Fault(
        name="arrows-stolen",
        promise="desk",
        breaks="A link or a field inside the article can no longer be used by keyboard.",
        file="newsroom/static/newsroom/words_cursor.js",
        old="      if (event.target !== this.root || event.defaultPrevented || event.altKey) return;\n",
        new="      if (event.altKey) return;\n",
        tests=(f"{HANDS}.KeysTests.test_links_fields_and_tables_keep_their_keys",),
    ),
)
