// The preview: the desk draws the words as readers will see them, beside the source, in the order in which they were typed.
"use strict";

if (window.Newsroom?.editor) {
  const { root, form, body, part, field, says, ask, whyNot } = Newsroom.editor;
  const PAUSE = 450; // ms without a letter before the words are drawn
  const LONG_PAUSE = 1500; // of a text that takes the desk longer
  const SENT = ["headline", "standfirst", "dateline", "body", "base", "language"];

  let asked = 0; // a number for each question
  let shown = 0; // of the newest answer shown: an older one never takes its place
  let under = null;
  let timer = 0;
  let drawn = "";

  const state = (words, wrong = false) => {
    part("state").textContent = words;
    part("state").classList.toggle("wrong", wrong);
  };

  const given = () => {
    const data = new FormData();
    for (const name of SENT) if (field(name)) data.append(name, field(name).value);
    return data;
  };

  const problem = (each) => {
    const item = document.createElement("li");
    item.append(each.message);
    if (each.line) {
      const go = document.createElement("button");
      go.type = "button";
      go.className = "go";
      go.textContent = says("Go", { line: each.line });
      go.addEventListener("click", () => Newsroom.editor.text.goToLine(each.line));
      item.append(" ", go);
    }
    return item;
  };

  const list = (name, rows) => {
    part(name).replaceChildren(...rows.map(problem));
    part(name).hidden = !rows.length;
  };

  // Whether the change is minor by the rule; null where nothing changed. Calling it so is left to who writes.
  let minor = null;

  const propose = () => {
    if (!field("minor")) return;
    const ticked = field("minor").checked;
    const key = minor && !ticked ? "Minor" : minor === false && ticked ? "NotMinor" : "";
    part("minor").textContent = key && says(key);
  };

  const show = (data) => {
    list("problems", data.problems);
    body.setAttribute("aria-invalid", String(data.problems.some((each) => each.field === "body")));
    if (!data.html) {
      // The last good drawing stays: only what is wrong is new.
      state(says("Problem"), true);
      return;
    }
    list("notices", data.notices);
    minor = data.minor;
    propose();
    // Drawn by articles/text.py, which escapes every word of it.
    part("preview").innerHTML = data.html;
    state(says("Drawn"));
    follow();
  };

  const typed = () => JSON.stringify(SENT.map((name) => field(name)?.value));

  const draw = async () => {
    clearTimeout(timer);
    const turn = ++asked;
    under?.abort();
    under = new AbortController();
    state(says("Drawing"));
    drawn = typed();
    let answer = null;
    try {
      answer = await ask(root.dataset.draw, given(), under.signal);
    } catch (error) {
      if (error.name === "AbortError") return;
    }
    if (turn < shown) return;
    shown = turn;
    if (answer?.data?.problems) show(answer.data);
    else state(whyNot(answer), true);
    // A text that grew long meanwhile is not the one that was drawn.
    if (drawn !== typed()) paused();
  };

  // A long text costs the desk seconds: it is drawn when somebody asks.
  const paused = () => {
    const long = body.value.length > Number(root.dataset.liveLimit);
    root.classList.toggle("paused", long);
    if (long) state(says("Paused"));
    return long;
  };

  const drawSoon = () => {
    clearTimeout(timer);
    if (drawn === typed()) return;
    if (part("pane").hidden || paused()) return;
    timer = setTimeout(draw, body.value.length > 50000 ? LONG_PAUSE : PAUSE);
  };

  // ---- The preview goes where the caret is, roughly: as many chunks of source before it as blocks before the one shown

  const follow = () => {
    const scroller = part("preview");
    const rows = scroller.querySelectorAll(".drawn-row");
    if (!rows.length || scroller.scrollHeight <= scroller.clientHeight) return;
    const chunks = (text) => text.split(/\n[ \t]*\n/).filter((chunk) => chunk.trim()).length;
    const before = chunks(body.value.slice(0, body.selectionEnd));
    const place = Math.max(0, before - 1) / Math.max(1, chunks(body.value) - 1);
    const row = rows[Math.min(rows.length - 1, Math.round(place * (rows.length - 1)))];
    scroller.scrollTop += row.getBoundingClientRect().top - scroller.getBoundingClientRect().top - scroller.clientHeight / 3;
  };

  let following = 0;
  const followSoon = () => {
    clearTimeout(following);
    following = setTimeout(follow, 150);
  };

  // ---- Wide pages always show it; narrow ones when it is asked for

  const wide = window.matchMedia("(min-width: 62rem)");

  const open = (yes) => {
    part("pane").hidden = !yes;
    root.classList.toggle("with-preview", yes);
    part("draw").setAttribute("aria-expanded", String(yes));
  };

  part("draw").addEventListener("click", (event) => {
    event.preventDefault();
    const show = wide.matches || part("pane").hidden;
    open(show);
    if (show) draw();
    if (show && !wide.matches) part("pane").scrollIntoView({ block: "start" });
  });
  part("draw").setAttribute("aria-controls", part("pane").id || (part("pane").id = "preview-pane"));
  wide.addEventListener("change", () => {
    open(wide.matches);
    if (wide.matches) drawSoon();
  });

  for (const name of ["headline", "standfirst", "dateline", "body", "language"]) field(name)?.addEventListener("input", drawSoon);
  field("minor")?.addEventListener("change", propose);
  for (const name of ["keyup", "click"]) body.addEventListener(name, followSoon);

  Newsroom.editor.draw = draw;
  open(wide.matches);
  if (wide.matches && !paused()) draw();
}
