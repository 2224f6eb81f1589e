// Paste: words with formatting are cleaned by the desk and come in as Markdown; what was left out is said.
//
// The plain words go in at once and are then replaced, so that nothing is lost when the desk does not answer, and Ctrl+Z
// first gives the plain words back and then takes the paste away.
"use strict";

if (window.Newsroom?.editor) {
  const { root, body, part, says, tell, ask, whyNot, text } = Newsroom.editor;

  const say = (words) => {
    part("pasted").textContent = words;
    part("pasted").hidden = !words;
    tell(words);
  };

  const tooBig = (html) => new Blob([html]).size > Number(root.dataset.pasteLimit);

  const plainWords = (data) => data.getData("text/plain").replace(/\r\n?/g, "\n");

  // Where the plain words stand now: somebody may have typed on while the desk was busy. -1 where they are gone.
  const find = (words, start) => {
    if (body.value.startsWith(words, start)) return start;
    const only = body.value.indexOf(words);
    return only === body.value.lastIndexOf(words) ? only : -1;
  };

  const put = (pasted, words, start) => {
    const place = find(words, start);
    if (place < 0) return false;
    const end = place + words.length;
    const caret = body.selectionEnd;
    const markdown = pasted.inline ? spaced(pasted.markdown, words) : text.asBlock(pasted.markdown, place, end);
    if (markdown !== words) {
      text.replace(place, end, markdown);
      if (caret > end) body.setSelectionRange(caret + markdown.length - words.length, caret + markdown.length - words.length);
    }
    return true;
  };

  // Words copied with the spaces around them keep those.
  const spaced = (markdown, words) =>
    (words.match(/^[ \t]+/)?.[0] || "") + markdown + (words.match(/[ \t]+$/)?.[0] || "");

  const clean = async (html, words, start) => {
    const data = new FormData();
    data.append("html", html);
    let answer = null;
    try {
      answer = await ask(root.dataset.paste, data);
    } catch {
      // Said below: the plain words are in.
    }
    if (!answer?.data) return say(`${says("PastedPlain")} ${whyNot(answer)}`);
    if (answer.data.refused) return say(`${says("PastedPlain")} ${answer.data.refused}`);
    const { markdown, dropped } = answer.data;
    if (!markdown && !words.trim()) return say([says("PasteNothing"), left(dropped)].filter(Boolean).join(" "));
    if (!markdown || !put(answer.data, words, start)) return say(says("PastedPlain"));
    return say(left(dropped) || says("PastedWhole"));
  };

  const left = (dropped) => (dropped.length ? says("Pasted", { dropped: dropped.join(says("And")) }) : "");

  body.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html");
    if (!html || part("plain").checked) {
      say("");
      return;
    }
    event.preventDefault();
    const words = plainWords(event.clipboardData);
    const { selectionStart: start, selectionEnd: end } = body;
    if (words || start !== end) text.replace(start, end, words);
    if (tooBig(html)) {
      say(says("PasteBig"));
      return;
    }
    say(says("Pasting"));
    clean(html, words, start);
  });

  part("plain-label").hidden = false;
}
