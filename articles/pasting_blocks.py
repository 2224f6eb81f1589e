"""From a tree of pasted elements to blocks that can be stored, with a count of what text cannot hold."""

import re
from typing import Any, NamedTuple
from urllib.parse import quote

from articles.attrs import MAX_DEPTH
from articles.blocks import MAX_BLOCKS
from articles.pasting_losses import Losses
from articles.pasting_tables import is_for_looks, rows_of, table_blocks
from articles.pasting_text import Block, Run, stored, texts_of
from articles.pasting_tree import BLOCK_TAGS, PLAIN, Look, Node
from articles.spans import NOT_IN_HREF, Span, safe_href
from newsroom.core.hygiene import is_blank

SPACE = re.compile("[ \t\r\n\f\u00a0]+")
ORDERED_SIGN = re.compile(r"\(?(\d{1,4}|[a-zA-Z]|[ivxlcIVXLC]+)[.)]")


class Around(NamedTuple):
    """Where words stand."""

    look: Look = PLAIN
    kind: str = "paragraph"
    level: int = 2
    lists: tuple[bool, ...] = ()  # of the lists around, outermost first: whether it is ordered
    in_item: bool = False
    in_cell: bool = False
    as_typed: bool = False


def blocks_of(tree: Node, losses: Losses) -> list[Block]:
    """The blocks of a whole clipboard, each in canonical form and each one that Markdown can write."""
    walk = _Walk(losses)
    walk.children(tree, Around())
    walk.end_block()
    return _nested(walk.blocks, losses)


class _Walk:
    """Goes through the tree once. Words are collected as runs until something ends their block."""

    def __init__(self, losses: Losses) -> None:
        self.losses = losses
        self.blocks: list[Block] = []
        self.runs: list[Run] = []
        self.where: Around | None = None
        self.sign = ""

    def children(self, node: Node, around: Around) -> None:
        for child in node.children:
            if isinstance(child, str):
                words = child.replace("\u00a0", " ") if around.as_typed else SPACE.sub(" ", child)
                self.add(words, around)
            else:
                self.element(child, around)

    def add(self, words: str, around: Around) -> None:
        if self.where is None and not is_blank(words):
            self.where = around
        self.runs.append((words, around.look))

    def element(self, node: Node, around: Around) -> None:
        if self.left_out(node):
            return
        around = around._replace(look=self.look(node, around.look))
        self.losses.crossed_out += node.crossed_out and not is_blank(node.words())
        read = getattr(self, f"on_{node.tag}", None)
        if read:
            read(node, around)
        elif node.tag in BLOCK_TAGS:
            self.block(node, around)
        else:
            self.children(node, around)

    def left_out(self, node: Node) -> bool:
        """Whether nothing of this element is words of the text."""
        if node.list_sign:
            self.sign = self.sign or node.words().strip()
            return True
        if node.hidden:
            self.losses.hidden += not is_blank(node.words())
            return True
        if node.comment:
            # The sign in the text leads to a remark below it: the remarks are counted, not the signs.
            inside = sum(each.style.get("mso-element") == "comment" for each in node.within("div", "p"))
            self.losses.comments += inside or node.style.get("mso-element") == "comment"
            return True
        return False

    def look(self, node: Node, around: Look) -> Look:
        look = node.look(around)
        return look._replace(href=self.address(node)) if node.tag == "a" else look

    def address(self, node: Node) -> str:
        """Where a link leads, if readers may follow it. A link inside what was copied is none."""
        given = node.attrs.get("href", "").strip()
        if not given or given.startswith("#") or is_blank(node.words()):
            return ""
        if given.startswith("//"):
            given = "https:" + given
        href = safe_href(NOT_IN_HREF.sub(lambda found: quote(found[0], errors="replace"), given))
        self.losses.links += href is None
        return href or ""

    # Elements that end a block, or stand for something

    def edge(self, around: Around) -> None:
        """Where a block element begins or ends: in a cell a space, in an item a new line, else the block ends."""
        if around.in_cell:
            self.runs.append((" ", PLAIN))
        elif around.in_item:
            self.runs.append(("\n", PLAIN))
        else:
            self.end_block()

    def block(self, node: Node, around: Around) -> None:
        around = self.as_word_means(node, around)
        self.edge(around)
        self.children(node, around)
        self.edge(around)

    def as_word_means(self, node: Node, around: Around) -> Around:
        """Word says by class and style what other programs say by element."""
        if node.list_level and not around.in_cell:
            self.end_block()
            return around._replace(kind="item", lists=(False,) * node.list_level, in_item=False)
        if re.search(r"\bmso(title|heading)", node.classes):
            return around._replace(kind="heading", level=2)
        if re.search(r"\bmso(intense)?quote\b", node.classes):
            return around._replace(kind="quote")
        return around

    def on_br(self, node: Node, around: Around) -> None:
        self.runs.append((" " if around.in_cell else "\n", around.look))

    def on_hr(self, node: Node, around: Around) -> None:
        self.edge(around)
        if not around.in_cell and not around.in_item:
            self.blocks.append({"kind": "divider", "text": "", "spans": [], "attrs": {}})

    def on_img(self, node: Node, around: Around) -> None:
        self.losses.pictures += not {node.attrs.get("width"), node.attrs.get("height")} & {"0", "1"}

    def on_video(self, node: Node, around: Around) -> None:
        self.losses.players += 1
        self.children(node, around)

    on_audio = on_object = on_canvas = on_video

    def on_q(self, node: Node, around: Around) -> None:
        self.add("“", around)
        self.children(node, around)
        self.add("”", around)

    def heading(self, node: Node, around: Around) -> None:
        level = min(4, max(2, int(node.tag[1])))
        inner = (
            around
            if around.in_item or around.kind == "quote"
            else around._replace(kind="heading", level=level)
        )
        self.block(node, inner)

    on_h1 = on_h2 = on_h3 = on_h4 = on_h5 = on_h6 = heading

    def on_blockquote(self, node: Node, around: Around) -> None:
        self.block(node, around if around.in_item else around._replace(kind="quote"))

    def on_pre(self, node: Node, around: Around) -> None:
        self.block(node, around._replace(as_typed=not around.in_cell))

    def a_list(self, node: Node, around: Around) -> None:
        ordered = node.tag == "ol"
        self.losses.numbering += ordered and node.attrs.get("start", "1") != "1"
        if around.in_cell:
            self.block(node, around)
            return
        self.end_block()
        self.children(node, around._replace(lists=(*around.lists, ordered), in_item=False))
        self.end_block()

    on_ul = on_ol = on_menu = on_dir = a_list

    def on_li(self, node: Node, around: Around) -> None:
        if around.in_cell:
            self.block(node, around)
            return
        self.end_block()
        lists = around.lists or (False,)
        self.children(node, around._replace(kind="item", lists=lists, in_item=True))
        self.end_block()

    def on_table(self, node: Node, around: Around) -> None:
        if around.in_cell or is_for_looks(node):
            self.block(node, around)
            return
        self.end_block()
        for caption in node.within("caption"):
            self.block(caption, around._replace(in_item=False))
        rows, header = rows_of(node, self.losses)
        self.blocks += table_blocks([[self.cell(cell) for cell in row] for row in rows], header, self.losses)

    def cell(self, node: Node | None) -> tuple[str, list[Span]]:
        """The words of one cell, on one line."""
        if node is None or self.left_out(node):
            return "", []
        inner = _Walk(self.losses)
        inner.children(node, Around(look=node.look(PLAIN)._replace(strong=False), in_cell=True))
        texts = texts_of(inner.runs, "cell")
        return texts[0] if texts else ("", [])

    # Blocks

    def end_block(self) -> None:
        runs, where, sign = self.runs, self.where, self.sign
        self.runs, self.where, self.sign = [], None, ""
        if where is None:
            return
        if len(self.blocks) > MAX_BLOCKS:
            # It will be refused as too long: counting the rest must not take a minute.
            self.blocks.append({"kind": "paragraph", "text": "", "spans": [], "attrs": {}})
            return
        for text, spans in texts_of(runs, where.kind):
            self.blocks += stored(_block(where, text, spans, sign), self.losses)


def _block(where: Around, text: str, spans: list[Span], sign: str) -> Block:
    attrs: dict[str, Any] = {}
    if where.kind == "heading":
        attrs = {"level": where.level}
        # A heading is bold by itself.
        spans = [
            each for each in spans if each["kind"] != "strong" or each["end"] - each["start"] < len(text)
        ]
    elif where.kind == "item":
        ordered = where.lists[-1] or bool(ORDERED_SIGN.fullmatch(sign))
        attrs = {"ordered": ordered, "depth": len(where.lists) - 1}
    return {"kind": where.kind, "text": text, "spans": spans, "attrs": attrs}


def _nested(blocks: list[Block], losses: Losses) -> list[Block]:
    """Items at depths that follow each other, whatever the depths were in what was copied."""
    outer: list[int] = []
    for block in blocks:
        if block["kind"] != "item":
            outer = []
            continue
        depth = block["attrs"]["depth"]
        while outer and outer[-1] > depth:
            outer.pop()
        if not outer or outer[-1] < depth:
            outer.append(depth)
        losses.deeper += len(outer) - 1 > MAX_DEPTH
        block["attrs"]["depth"] = min(len(outer) - 1, MAX_DEPTH)
    return blocks
