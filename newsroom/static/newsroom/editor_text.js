// The source of the text: counted as the desk counts it, changed so that Ctrl+Z takes the change back, gone to by line.
"use strict";

if (window.Newsroom?.editor) {
  const { root, body, field, part, says, tell } = Newsroom.editor;

  // ---- Counts: the definitions of articles/counting.py

  const WHITE = "\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  const BETWEEN = new RegExp(`[${WHITE}]+`, "u");
  const ENDS = new RegExp(`^[${WHITE}]+|[${WHITE}]+$`, "gu");
  const LINE_ENDS = /\r\n|[\r\u0085\u2028\u2029]/g;
  const NO_WORDS = /^\{\{block [^\n]*$|^!\[[^\n]*\]\(media:[^\n]*\)[ \t]*$|\]\((?:[^() \t\n]|\([^() \t\n]*\))*(?:[ \t]+"[^"\n]*")?\)|\]\{[A-Za-z0-9=-]{1,40}\}|<[a-z]+:[^<> \t\n]*>/gmu;

  const plain = (text) => text.replace(LINE_ENDS, "\n").replaceAll("\ufeff", "");

  const wordsIn = (source) =>
    plain(source).replace(NO_WORDS, "]").split(BETWEEN).filter((piece) => /[\p{L}\p{N}]/u.test(piece)).length;

  const lengthOf = (line) => {
    const oneLine = plain(line).replace(/[ \t]*\n[ \t\n]*/g, " ");
    return [...oneLine.normalize("NFC").replace(ENDS, "")].length;
  };

  const remark = (length) => {
    if (length > Number(root.dataset.longest)) return says("TooLong");
    return length > Number(root.dataset.long) ? says("Long") : "";
  };

  let announced = "";
  let speaking = 0;

  // Numbers change with every letter: they are said once somebody pauses, and only when they matter or were asked for.
  const announce = (words) => {
    clearTimeout(speaking);
    speaking = setTimeout(() => {
      if (words !== announced) tell(words);
      announced = words;
    }, 1500);
  };

  const count = () => {
    const length = lengthOf(field("headline").value);
    const words = says("Words", { count: wordsIn(body.value) });
    const headline = says("Length", { count: length, limit: root.dataset.longest });
    part("words").textContent = words;
    part("length-words").textContent = headline;
    part("length-remark").textContent = remark(length);
    part("length").classList.toggle("over", length > Number(root.dataset.longest));
    announce([document.activeElement === body ? words : headline, remark(length)].filter(Boolean).join(", "));
  };

  let counting = 0;
  const countSoon = () => {
    clearTimeout(counting);
    // A long text is counted less often: it costs a few milliseconds each time.
    counting = setTimeout(count, body.value.length > 100000 ? 800 : 120);
  };
  body.addEventListener("input", countSoon);
  field("headline").addEventListener("input", countSoon);

  // ---- Changes that can be undone

  const MANY = 100000; // characters beyond which the browser's own typing takes seconds

  const replace = (start, end, words) => {
    const before = document.activeElement;
    body.focus({ preventScroll: true });
    body.setSelectionRange(start, end);
    const typed = words.length < MANY && (words ? document.execCommand("insertText", false, words) : document.execCommand("delete"));
    if (!typed) {
      body.setRangeText(words, start, end, "end");
      body.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (before && before !== body && before !== document.body) before.focus({ preventScroll: true });
  };

  // A block stands between empty lines, wherever the caret is.
  const asBlock = (words, start, end) => {
    const before = body.value.slice(0, start);
    const after = body.value.slice(end);
    const lead = !before.trim() || /\n[ \t]*\n[ \t]*$/.test(before) ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const tail = !after.trim() || /^[ \t]*\n[ \t]*\n/.test(after) ? "" : after.startsWith("\n") ? "\n" : "\n\n";
    return lead + words + tail;
  };

  const insertBlock = (words) => {
    const { selectionEnd: at } = body;
    replace(at, at, asBlock(words, at, at));
  };

  const wrap = (sign) => {
    const { selectionStart: start, selectionEnd: end } = body;
    const words = body.value.slice(start, end);
    const lead = words.length - words.trimStart().length;
    const inner = words.trim();
    const around = body.value.slice(start + lead - sign.length, start + lead) === sign
      && body.value.slice(start + lead + inner.length).startsWith(sign);
    const from = start + lead;
    if (inner && around) {
      replace(from - sign.length, from + inner.length + sign.length, inner);
      body.setSelectionRange(from - sign.length, from - sign.length + inner.length);
    } else {
      replace(from, from + inner.length, sign + inner + sign);
      body.setSelectionRange(from + sign.length, from + sign.length + inner.length);
    }
  };

  // ---- Lines

  // Where a line begins that wraps in the field can only be measured: a twin of the field says how tall the text before is.
  const heightBefore = (place) => {
    const twin = document.createElement("div");
    const style = getComputedStyle(body);
    for (const name of ["font", "letterSpacing", "wordSpacing", "lineHeight", "paddingInline", "tabSize", "direction"]) twin.style[name] = style[name];
    Object.assign(twin.style, {
      position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word",
      inlineSize: `${body.clientWidth}px`, boxSizing: "border-box",
    });
    twin.textContent = `${body.value.slice(0, place)}\u200b`;
    document.body.append(twin);
    const height = twin.scrollHeight;
    twin.remove();
    return height;
  };

  const goToLine = (line) => {
    const lines = body.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    const end = Math.min(start + (lines[line - 1] || "").length, body.value.length);
    body.focus();
    body.setSelectionRange(start, end);
    body.scrollTop = Math.max(0, heightBefore(start) - body.clientHeight / 3);
  };

  // ---- Fields of one line that are set like print grow with their words, where the stylesheet cannot do it

  const grow = (area) => {
    area.style.blockSize = "auto";
    area.style.blockSize = `${area.scrollHeight + 2}px`;
  };
  if (!CSS.supports("field-sizing", "content")) {
    for (const area of [field("headline"), field("standfirst")]) {
      area.addEventListener("input", () => grow(area));
      grow(area);
    }
  }
  // A headline has one line: Enter goes on to the next field.
  field("headline").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    field("standfirst").focus();
  });

  Newsroom.editor.text = { wordsIn, lengthOf, count, replace, asBlock, insertBlock, wrap, goToLine };
  count();
}
