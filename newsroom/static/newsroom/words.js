// What a person selects on the sheet as the exact stored words, and back. Asks nobody, shows nothing.
//
// The sheet: [data-words] holds fields [data-field], they hold blocks [data-start="N"]. A block's text is its stored
// words: <br> is one "\n", asides are nothing. Three ways of counting meet here and nowhere else: the page counts
// UTF-16 units in a node, `Block.text` units in a block, the archive code points in a field. All are half-open.
"use strict";

window.Newsroom = window.Newsroom || {};

{
  const ASIDE = "[data-aside], a.ref, .vh, svg";
  const INVISIBLE = String.raw`\s\p{Cc}\p{Cf}\u034f\u115f\u1160\u3164\uffa0\u{fe00}-\u{fe0f}`;
  const BLANK = new RegExp(`^[${INVISIBLE}]*$`, "u");
  // ZWJ, skin tones and the tags of a flag belong to what stands before them.
  const JOINED_BEFORE = /^[\u200d\u{1f3fb}-\u{1f3ff}\u{e0020}-\u{e007f}]/u;
  // Letters join across marks and invisible characters, so these end no word. The two classes share no character.
  const ARABIC = String.raw`(?=\p{scx=Arab})[\p{L}\p{N}]`;
  const ARABIC_WORD = new RegExp(String.raw`${ARABIC}(?:[\p{M}\p{Cf}]*${ARABIC})*`, "gu");
  // For browsers without Intl.Segmenter: a pair of regional letters, or a character with all that leans on it.
  const CLUSTER = /\p{RI}\p{RI}|[^](?:[\p{M}\p{EMod}\u200c\u{e0020}-\u{e007f}]|\u200d\p{ExtPict}?)*/gu;

  // ---- Words ----

  // What a reader sees as a word: no white space in it, no punctuation around it, but "U.S.-led" and "5%" are whole.
  const TOKEN = /[^\s—…/]+/gu;
  const OPENING = /^[\p{Ps}\p{Pi}\p{Pf}"'¡¿]+/u;
  const CLOSING = /[\p{Pe}\p{Pi}\p{Pf}"'.,;:!?*،؛؟۔।–-]+$/u;
  const ABBREVIATION = /^\p{L}{1,2}(?:\.\p{L}{1,2})+(?=\.)/u;
  const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;

  const segmenters = new Map();

  // The browser's own segmenter, or null where there is none.
  const segmenter = (granularity) => {
    if (typeof Intl === "undefined" || !Intl.Segmenter) return null;
    if (!segmenters.has(granularity)) segmenters.set(granularity, new Intl.Segmenter(undefined, { granularity }));
    return segmenters.get(granularity);
  };

  const core = (token) => {
    const opening = OPENING.exec(token)?.[0].length ?? 0;
    let words = token.slice(opening);
    const abbreviation = ABBREVIATION.exec(words)?.[0].length;
    words = words.replace(CLOSING, "");
    return [opening, opening + (abbreviation === words.length ? abbreviation + 1 : words.length)];
  };

  // The words of a script that sets no spaces, as the browser's dictionary parts them.
  const unspaced = (token, at) =>
    [...segmenter("word").segment(token)]
      .filter((part) => part.isWordLike)
      .map((part) => ({ start: at + part.index, end: at + part.index + part.segment.length }));

  // The words of a text in order, as { start, end } in UTF-16 units. What is punctuation only is no word.
  const wordsIn = (text) => {
    const found = [];
    for (const { 0: token, index } of text.matchAll(TOKEN)) {
      if (UNSPACED.test(token) && segmenter("word")) {
        found.push(...unspaced(token, index));
        continue;
      }
      const [start, end] = core(token);
      if (start < end) found.push({ start: index + start, end: index + end });
    }
    return found;
  };

  // ---- Characters ----

  // A function that says whether a reader's character of this text begins at a unit.
  const clusters = (text) => {
    const parts = segmenter("grapheme")?.segment(text);
    if (parts) return (at) => parts.containing(at)?.index === at;
    const begins = new Set([...text.matchAll(CLUSTER)].map((found) => found.index));
    return (at) => begins.has(at);
  };

  const before = (text, at) => {
    const code = text.charCodeAt(at - 1);
    const half = at > 1 && code >= 0xdc00 && code <= 0xdfff;
    return text.slice(half ? at - 2 : at - 1, at);
  };

  // Whether a cut would part a letter from its accent or an emoji in two. Never laxer than `cuts_character` on the
  // server, and the same after white space, which carries an accent but is no part of the words.
  const cuts = (text, at, begins) => {
    if (at <= 0 || at >= text.length) return false;
    const previous = before(text, at);
    const next = String.fromCodePoint(text.codePointAt(at));
    if (JOINED_BEFORE.test(next)) return true;
    if (previous === "\u200d" && /\p{So}/u.test(next)) return true;
    if (/\s/u.test(previous)) return false;
    return /\p{M}/u.test(next) || !begins(at);
  };

  // ---- Blocks ----

  // One element [data-start]: its words, and where each of them stands in the page.
  class Block {
    #read = null;

    constructor(element) {
      this.element = element;
      this.field = element.closest("[data-field]")?.dataset.field ?? "";
      this.base = Number(element.dataset.start);
    }

    // Text nodes and line breaks, each with the unit at which it begins.
    get pieces() {
      return this.#words().pieces;
    }

    get text() {
      return this.#words().text;
    }

    get words() {
      return (this.#words().words ??= wordsIn(this.text));
    }

    #words() {
      if (!this.#read) {
        this.#read = { text: "", pieces: [] };
        this.#gather(this.element);
      }
      return this.#read;
    }

    #gather(element) {
      for (const node of element.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) this.#add(node, node.data);
        else if (node.nodeName === "BR") this.#add(node, "\n");
        // A block in a block (an item of a list within a list) counts for itself.
        else if (node.nodeType === Node.ELEMENT_NODE && !node.matches(`${ASIDE}, [data-start]`)) this.#gather(node);
      }
    }

    #add(node, words) {
      if (words) this.#read.pieces.push({ node, at: this.#read.text.length, length: words.length });
      this.#read.text += words;
    }

    // How many units of the words stand before a point of the page.
    unitsBefore(container, offset) {
      const point = document.createRange();
      point.setStart(container, offset);
      for (const { node, at, length } of this.pieces) {
        if (node === container) return at + Math.min(offset, length);
        if (point.comparePoint(node, 0) > 0) return at;
      }
      return this.text.length;
    }

    // The point of the page at a unit: before the piece that begins there, or with `behind` after the one that ends.
    point(unit, behind = false) {
      const held = this.pieces.find(({ at, length }) => (behind ? unit <= at + length : unit < at + length));
      if (!held) return [this.element, this.element.childNodes.length];
      if (held.node.nodeType === Node.TEXT_NODE) return [held.node, unit - held.at];
      const index = [...held.node.parentNode.childNodes].indexOf(held.node);
      return [held.node.parentNode, index + (unit > held.at ? 1 : 0)];
    }

    range(start, end) {
      const range = document.createRange();
      range.setStart(...this.point(start));
      range.setEnd(...this.point(end, true));
      return range;
    }

    // The units as code points of the field, with the words themselves.
    span(start, end) {
      const exact = this.text.slice(start, end);
      const first = this.base + [...this.text.slice(0, start)].length;
      return { field: this.field, start: first, end: first + [...exact].length, exact };
    }

    // The unit at a code point of the field; -1 where it lies outside the block.
    unitAt(position) {
      const letters = [...this.text];
      const count = position - this.base;
      return count < 0 || count > letters.length ? -1 : letters.slice(0, count).join("").length;
    }

    // The next place after `unit` (before it with step -1) at which no character and no Arabic word is cut.
    nextCut(unit, step) {
      const isInside = this.#seams();
      do unit += step;
      while (isInside(unit));
      return Math.max(0, Math.min(unit, this.text.length));
    }

    // The units without white space around them and with no character and no Arabic word cut; null where nothing
    // is left that can be seen.
    snapped(start, end) {
      const chosen = this.text.slice(start, end);
      start += chosen.length - chosen.trimStart().length;
      end -= chosen.length - chosen.trimEnd().length;
      if (start >= end) return null;
      const isInside = this.#seams();
      while (isInside(start)) start -= 1;
      while (isInside(end)) end += 1;
      if (BLANK.test(this.text.slice(start, end))) return null;
      return this.#narrowed(start, end);
    }

    // A function that says whether a cut at a unit would part a character or an Arabic word.
    #seams() {
      const begins = clusters(this.text);
      const inWords = new Set();
      for (const { 0: word, index } of this.text.matchAll(ARABIC_WORD)) {
        for (let at = index + 1; at < index + word.length; at += 1) inWords.add(at);
      }
      return (at) => inWords.has(at) || cuts(this.text, at, begins);
    }

    // White space that came in again with an invisible character which leans on it.
    #narrowed(start, end) {
      const isSpace = (words) => /\s/u.test(words) && BLANK.test(words);
      for (let cut; isSpace(this.text.slice(start, (cut = this.nextCut(start, 1)))); ) start = cut;
      for (let cut; isSpace(this.text.slice((cut = this.nextCut(end, -1)), end)); ) end = cut;
      return [start, end];
    }
  }

  // The blocks of the sheet in order of the page.
  const blocks = (root) => {
    const elements = [...root.querySelectorAll("[data-start]")];
    return elements.filter((element) => !element.closest(ASIDE)).map((element) => new Block(element));
  };

  // ---- Reading a selection ----

  const rangesOf = (selection) => {
    const count = selection?.rangeCount ?? 0;
    return Array.from({ length: count }, (_, index) => selection.getRangeAt(index)).filter((range) => !range.collapsed);
  };

  // The stretches of a block that are selected. Firefox parts a selection at what cannot be selected, so stretches that
  // touch are one.
  const stretches = (block, ranges) => {
    const found = [];
    for (const range of ranges.filter((each) => each.intersectsNode(block.element))) {
      const start = block.unitsBefore(range.startContainer, range.startOffset);
      const end = block.unitsBefore(range.endContainer, range.endOffset);
      const last = found.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else if (start < end) found.push([start, end]);
    }
    return found;
  };

  // The same words with the words that are half selected made whole; null where none is.
  const madeWhole = (block, start, end) => {
    const first = block.words.find((word) => word.start < start && start < word.end)?.start ?? start;
    const last = block.words.find((word) => word.start < end && end < word.end)?.end ?? end;
    return first === start && last === end ? null : block.span(first, last);
  };

  const partsOf = (root, ranges) => {
    const parts = [];
    let isBlank = false;
    for (const block of blocks(root)) {
      for (const stretch of stretches(block, ranges)) {
        const units = block.snapped(...stretch);
        if (units) parts.push({ ...block.span(...units), whole: madeWhole(block, ...units) });
        else isBlank = true;
      }
    }
    return { parts, isBlank };
  };

  // The selected words: { ok: true, field, start, end, exact, whole } or { ok: false, why, parts }. `why` is "empty",
  // "outside" or "blocks"; `parts` holds the words of each block. `whole` are the words with half-selected ones made
  // whole, or null where none is: to be offered, never taken without being asked.
  const read = (selection, root) => {
    const ranges = rangesOf(selection);
    if (!root || !ranges.length) return { ok: false, why: "empty", parts: [] };
    const { parts, isBlank } = partsOf(root, ranges);
    if (parts.length === 1) return { ok: true, ...parts[0] };
    const why = parts.length ? "blocks" : isBlank ? "empty" : "outside";
    return { ok: false, why, parts };
  };

  // ---- And back ----

  // The DOM range of stored words; null where they do not stand in one block of the sheet.
  const rangeOf = (root, { field, start, end }) => {
    for (const block of blocks(root)) {
      if (block.field !== field || start < block.base || start >= end) continue;
      const [first, last] = [block.unitAt(start), block.unitAt(end)];
      if (first >= 0 && last >= 0) return block.range(first, last);
    }
    return null;
  };

  // Bring a range into view if it is not, clear of bars that stick to the edges.
  const show = (range) => {
    const { startContainer } = range;
    const holder = startContainer.nodeType === Node.TEXT_NODE ? startContainer.parentNode : startContainer;
    const isSeen = ({ top, bottom }, margin) => top >= margin && bottom <= window.innerHeight - margin;
    const margin = Math.min(120, window.innerHeight / 5);
    if (isSeen(range.getBoundingClientRect(), margin)) return;
    // A wide table scrolls by itself; what is taller than the window shows its beginning.
    holder.scrollIntoView({ block: "nearest", inline: "nearest" });
    const { top, bottom } = range.getBoundingClientRect();
    const below = bottom - (window.innerHeight - margin);
    if (top < margin) window.scrollBy(0, top - margin);
    else if (below > 0) window.scrollBy(0, Math.min(below, top - margin));
  };

  // Select stored words and bring them into view. False where they do not stand on the sheet.
  const select = (root, span) => {
    const range = rangeOf(root, span);
    if (!range) return false;
    const { startContainer, startOffset, endContainer, endOffset } = range;
    document.getSelection().setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
    show(range);
    return true;
  };

  window.Newsroom.words = { ...window.Newsroom.words, read, rangeOf, select, show, blocks };
}
