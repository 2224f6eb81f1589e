// Choosing words on the sheet without a mouse, and telling when a choice has settled. Builds on words.js.
//
// The sheet is one tab stop. The cursor is the browser's own selection, one word wide or more: so it is seen, copied
// and read out as any selection is, and where it stands is read from the page each time, never remembered.
"use strict";

{
  const words = window.Newsroom.words;

  // ---- Where the cursor stands ----

  // The words of the sheet in order, each with its block and its index.
  const wordsOf = (blocks) => {
    const all = blocks.flatMap((block, place) => block.words.map((word) => ({ ...word, block, place })));
    all.forEach((word, index) => Object.assign(word, { index }));
    return all;
  };

  // A point of the page as the index of a block and a unit in it; between two blocks it is the beginning of the later.
  const placeOf = (blocks, container, offset) => {
    const around = document.createRange();
    const sides = blocks.map((block) => {
      around.selectNodeContents(block.element);
      return around.comparePoint(container, offset);
    });
    const inside = sides.lastIndexOf(0);
    if (inside >= 0) return { place: inside, unit: blocks[inside].unitsBefore(container, offset) };
    const later = sides.indexOf(-1);
    return later >= 0 ? { place: later, unit: 0 } : { place: blocks.length, unit: 0 };
  };

  const wordAt = (all, { place, unit }) =>
    all.find((word) => word.place > place || (word.place === place && word.end > unit)) ?? all.at(-1);
  const wordUpTo = (all, { place, unit }) =>
    all.findLast((word) => word.place < place || (word.place === place && word.start < unit)) ?? all[0];

  // What is selected on the sheet: the word where the selection began (pivot), the word where it is being moved (head),
  // whether that one comes later, and whether it is selected to its edge. Null where nothing is selected here.
  const standing = (root, blocks, all) => {
    const selection = document.getSelection();
    const isHere = (node) => node && root.contains(node);
    if (!isHere(selection.anchorNode) || !isHere(selection.focusNode)) return null;
    const anchor = placeOf(blocks, selection.anchorNode, selection.anchorOffset);
    const focus = placeOf(blocks, selection.focusNode, selection.focusOffset);
    if (selection.isCollapsed) return { caret: focus };
    const isForward = anchor.place < focus.place || (anchor.place === focus.place && anchor.unit <= focus.unit);
    const [pivot, head] = isForward
      ? [wordAt(all, anchor), wordUpTo(all, focus)]
      : [wordUpTo(all, anchor), wordAt(all, focus)];
    const isWhole = isForward ? head.place < focus.place || head.end <= focus.unit : head.start >= focus.unit;
    return { pivot, head, isForward, focus, isWhole: isWhole || head.place !== focus.place };
  };

  // ---- Where a key leads ----

  const rectOf = (word) => word.block.range(word.start, word.end).getClientRects()[0];
  const middle = (rect) => ({ x: (rect.left + rect.right) / 2, y: (rect.top + rect.bottom) / 2 });

  // The first word that is seen, for a cursor that stands nowhere yet.
  const firstSeen = (all) => all.find((word) => rectOf(word)?.top >= 0) ?? all[0];

  // The word of the next line (of the line before with step -1) that is nearest to `x`. What stands beside the line, as
  // the other cells of a row do, is part of it.
  const onNextLine = (all, from, step, x) => {
    const origin = rectOf(from);
    let line = null;
    let best = null;
    for (let index = from.index + step, looked = 0; all[index] && looked < 300; index += step, looked += 1) {
      const rect = rectOf(all[index]);
      if (!rect) continue;
      const { x: place, y } = middle(rect);
      if (!line && (step > 0 ? y > origin.bottom : y < origin.top)) line = rect;
      if (!line || y < line.top || y > line.bottom) continue;
      const away = Math.abs(place - x);
      if (!best || away < best.away) best = { word: all[index], away };
    }
    return best?.word ?? (step > 0 ? all.at(-1) : all[0]);
  };

  const isRightToLeft = (block) => getComputedStyle(block.element).direction === "rtl";

  // Left and right follow the eye: in a paragraph that runs from right to left, left is onward.
  const stepOf = (key, block) => ((key === "ArrowRight") !== isRightToLeft(block) ? 1 : -1);

  const edgeOf = (all, from, key, ofSheet) => {
    const own = ofSheet ? all : all.filter((word) => word.place === from.place);
    return key === "Home" ? own[0] : own.at(-1);
  };

  // ---- Moving the selection ----

  const setSelection = (base, extent) => document.getSelection().setBaseAndExtent(...base, ...extent);

  const reach = (pivot, head, kept) => {
    const isForward = head.index >= pivot.index;
    const base = kept ?? (isForward ? pivot.block.point(pivot.start) : pivot.block.point(pivot.end, true));
    setSelection(base, isForward ? head.block.point(head.end, true) : head.block.point(head.start));
    words.show(head.block.range(head.start, head.end));
  };

  const said = (all, from, to) =>
    all
      .slice(Math.min(from, to), Math.max(from, to) + 1)
      .map((word) => word.block.text.slice(word.start, word.end))
      .join(" ");

  // The keyboard's cursor. `callbacks.flag(read)` is called for Enter and `f`. `callbacks.say(words, how)` is called
  // with what a listener must hear: the word the cursor is "at", the words that were "taken" into the selection, or
  // those that are "left" in it once some were let go; "gone" comes without words.
  class Cursor {
    // Across short lines the cursor keeps to the column in which it began.
    #column = null;
    // After a click without words, up and down scroll as on any page, until the cursor is moved sideways.
    #isClicked = false;

    constructor(root, callbacks) {
      this.root = root;
      this.callbacks = callbacks;
    }

    pressed(event) {
      // Links, fields and tables that scroll keep their own keys.
      if (event.target !== this.root || event.defaultPrevented || event.altKey) return;
      if (!this.#acted(event)) return;
      event.preventDefault();
      event.stopPropagation();
    }

    clicked() {
      this.#isClicked = true;
    }

    // The focus came by a key, which the browser shows.
    focused() {
      if (this.root.matches(":focus-visible")) this.#isClicked = false;
    }

    #acted(event) {
      const isPlain = !event.ctrlKey && !event.metaKey;
      if (isPlain && (event.key === "Enter" || event.key === "f")) return this.#flag();
      if (isPlain && event.key === "Escape") return this.#clear();
      if (/^Arrow(Left|Right)$/.test(event.key)) return this.#sideways(event, isPlain);
      if (/^Arrow(Up|Down)$/.test(event.key) && isPlain) return this.#move(event, this.#line);
      if (/^(Home|End)$/.test(event.key)) return this.#move(event, this.#edge);
      return false;
    }

    #flag() {
      const found = words.read(document.getSelection(), this.root);
      if (!found.ok && !found.parts.length) return false;
      this.callbacks.flag?.(found);
      return true;
    }

    #clear() {
      const selection = document.getSelection();
      if (selection.isCollapsed || !this.root.contains(selection.focusNode)) return false;
      // Not taken away: the next key goes on from here.
      selection.collapse(selection.focusNode, selection.focusOffset);
      this.callbacks.say?.("", "gone");
      return true;
    }

    #sideways(event, isPlain) {
      if (isPlain) return this.#move(event, this.#word);
      return event.shiftKey && this.#byCharacter(event);
    }

    #move(event, aim) {
      const isSideways = aim === this.#word;
      const blocks = words.blocks(this.root).filter((block) => block.words.length);
      const all = wordsOf(blocks);
      const from = standing(this.root, blocks, all);
      if (!all.length || (this.#isClicked && !isSideways && !event.shiftKey && !from?.head)) return false;
      this.#isClicked = false;
      if (aim !== this.#line) this.#column = null;
      if (from?.head) this.#go(all, from, aim.call(this, event, all, from), event.shiftKey);
      else this.#begin(all, from, event);
      return true;
    }

    // The first key chooses the word at the caret, or the first that is seen.
    #begin(all, from, event) {
      const here = from ? wordAt(all, from.caret) : firstSeen(all);
      const isBack = /^Arrow(Left|Right)$/.test(event.key) && stepOf(event.key, here.block) < 0;
      const word = from && isBack ? wordUpTo(all, from.caret) : here;
      reach(word, word);
      this.callbacks.say?.(said(all, word.index, word.index), "at");
    }

    #go(all, from, to, isExtending) {
      const { pivot, head, isForward } = from;
      const isTaken = isExtending && Math.abs(to.index - pivot.index) >= Math.abs(head.index - pivot.index);
      if (!isExtending) reach(to, to);
      else reach(pivot, to, this.#kept(pivot, to, isForward));
      if (!isExtending) this.callbacks.say?.(said(all, to.index, to.index), "at");
      else if (isTaken) this.callbacks.say?.(this.#between(all, head, to), "taken");
      else this.#sayLeft();
    }

    #sayLeft() {
      const found = words.read(document.getSelection(), this.root);
      const parts = found.ok ? [found] : found.parts;
      this.callbacks.say?.(parts.map((part) => part.exact).join(" "), "left");
    }

    // A selection that a mouse began inside a word keeps its beginning while it grows to the same side.
    #kept(pivot, to, wasForward) {
      const selection = document.getSelection();
      if (to.index >= pivot.index !== wasForward) return null;
      return [selection.anchorNode, selection.anchorOffset];
    }

    // The words from the old head to the new one, without the old one unless it alone was made whole.
    #between(all, head, to) {
      return said(all, head.index + Math.sign(to.index - head.index), to.index);
    }

    #word(event, all, { head, isForward, isWhole }) {
      const step = stepOf(event.key, head.block);
      // Half a word is made whole first.
      if (event.shiftKey && !isWhole && step > 0 === isForward) return head;
      return all[head.index + step] ?? head;
    }

    #line(event, all, { head }) {
      this.#column ??= middle(rectOf(head)).x;
      return onNextLine(all, head, event.key === "ArrowDown" ? 1 : -1, this.#column);
    }

    #edge(event, all, { head }) {
      return edgeOf(all, head, event.key, event.ctrlKey || event.metaKey);
    }

    // The moved end of the selection by one character.
    #byCharacter(event) {
      const blocks = words.blocks(this.root).filter((block) => block.words.length);
      const from = standing(this.root, blocks, wordsOf(blocks));
      const block = blocks[from?.focus?.place];
      if (!block) return false;
      const unit = block.nextCut(from.focus.unit, stepOf(event.key, block));
      const selection = document.getSelection();
      setSelection([selection.anchorNode, selection.anchorOffset], block.point(unit, from.isForward));
      const isTaken = unit > from.focus.unit === from.isForward;
      const [first, last] = [Math.min(unit, from.focus.unit), Math.max(unit, from.focus.unit)];
      if (isTaken) this.callbacks.say?.(block.text.slice(first, last), "taken");
      else this.#sayLeft();
      return true;
    }
  }

  // Make the sheet a tab stop on which words are chosen by keyboard. `root.dataset.keys` may hold the id of the element
  // that tells its keys.
  const cursor = (root, callbacks = {}) => {
    const keyboard = new Cursor(root, callbacks);
    root.tabIndex = 0;
    if (root.dataset.keys) root.setAttribute("aria-describedby", root.dataset.keys);
    root.addEventListener("keydown", (event) => keyboard.pressed(event));
    root.addEventListener("pointerdown", () => keyboard.clicked());
    root.addEventListener("focus", () => keyboard.focused());
  };

  // ---- Telling when words are chosen ----

  const SETTLED = 250; // milliseconds: a finger on a handle moves on within that time

  const rectOfParts = (root, parts) => {
    const [first, last] = [words.rangeOf(root, parts[0]), words.rangeOf(root, parts.at(-1))];
    first.setEnd(last.endContainer, last.endOffset);
    return first.getBoundingClientRect();
  };

  // Call `onChange(read, rect)` when a selection on the sheet has settled, by mouse, finger or keyboard, and
  // `onChange(null, null)` when it is gone. Return a function that ends it.
  const watch = (root, onChange) => {
    const ending = new AbortController();
    const options = { signal: ending.signal };
    let timer = 0;
    let isPressed = false;
    let last = "";

    const look = () => {
      const found = words.read(document.getSelection(), root);
      const parts = found.ok ? [found] : found.parts;
      const seen = parts.length ? JSON.stringify(parts) : "";
      if (seen === last) return;
      last = seen;
      if (parts.length) onChange(found, rectOfParts(root, parts));
      else onChange(null, null);
    };
    const later = (time) => {
      clearTimeout(timer);
      if (!isPressed) timer = setTimeout(look, time);
    };
    // While the button of a mouse is down the selection is being made. A finger's handles send no such events.
    const press = (event) => {
      isPressed = event.pointerType === "mouse";
    };
    const release = () => {
      isPressed = false;
      later(0);
    };

    document.addEventListener("selectionchange", () => later(SETTLED), options);
    document.addEventListener("pointerdown", press, options);
    for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, release, options);
    window.addEventListener("blur", release, options);
    ending.signal.addEventListener("abort", () => clearTimeout(timer));
    return () => ending.abort();
  };

  Object.assign(words, { cursor, watch });
}
