// Read and flag: chosen words become a flag without leaving the page. words.js says what is chosen; the server looks,
// checks, saves and draws; this script puts its answers in place and keeps the place, the focus and what was typed.
"use strict";

window.Newsroom = window.Newsroom || {};

document.addEventListener("DOMContentLoaded", () => {
  const desk = document.getElementById("flag-desk");
  const words = window.Newsroom.words;
  if (!desk || !words) return;

  const told = desk.dataset;
  const sheet = document.getElementById("flag-sheet");
  const side = document.getElementById("flag-side");
  const panel = () => document.getElementById("flag-panel");
  const form = () => document.getElementById("flag-form");

  let chosen = []; // the words of the panel, one part for each block
  let isBusy = false;
  let held = null; // a panel that was closed: what was typed in it goes into the next

  // ---- Saying ----

  const live = document.getElementById("flag-said");
  const say = (message) => { live.textContent = message; };

  // A message that stands in the panel too: an answer that did not come cannot draw it.
  const complain = (message) => {
    say(message);
    form().querySelector(".errornote")?.remove();
    const note = document.createElement("p");
    note.className = "errornote";
    note.textContent = message;
    form().prepend(note);
    note.scrollIntoView({ block: "nearest" });
  };

  // ---- Asking the server ----

  class NoAnswer extends Error {}

  // The server's JSON; NoAnswer, with what to say, where none came.
  const ask = async (address, body) => {
    const headers = { Accept: "application/json", "X-CSRFToken": desk.querySelector("[name=csrfmiddlewaretoken]").value };
    let response;
    try {
      response = await fetch(address, body ? { method: "POST", body, headers } : { headers });
    } catch {
      throw new NoAnswer(told.failed);
    }
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    if (isJson) return response.json();
    throw new NoAnswer(response.status === 403 || response.redirected ? told.signedOut : told.failed);
  };

  // Ask once at a time; whatever is wrong is said, and nothing typed is touched.
  const askOnce = async (address, body, message) => {
    if (isBusy) return null;
    isBusy = true;
    say(message);
    panel().classList.add("busy");
    panel().setAttribute("aria-busy", "true");
    try {
      return await ask(address, body);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      complain(error.message);
      return null;
    } finally {
      isBusy = false;
      panel().classList.remove("busy");
      panel().removeAttribute("aria-busy");
    }
  };

  // ---- Putting answers in place ----

  const drawn = (html) => {
    const holder = document.createElement("template");
    holder.innerHTML = html; // drawn by our own renderer
    return holder.content.firstElementChild;
  };

  // Replace only what differs, so that nothing jumps and no other selection is lost.
  const renew = (old, fresh) => {
    const [before, after] = [[...old.children], [...fresh.children]];
    if (before.length !== after.length) {
      old.replaceChildren(...fresh.childNodes);
      return;
    }
    before.forEach((child, at) => {
      if (child.isEqualNode(after[at])) return;
      if (child.matches("[data-field=body]") && after[at].matches("[data-field=body]")) renew(child, after[at]);
      else child.replaceWith(after[at]);
    });
  };

  const renewSheet = (html) => {
    const fresh = drawn(html);
    for (const name of ["data-version", "aria-label"]) sheet.setAttribute(name, fresh.getAttribute(name));
    renew(sheet, fresh);
  };

  const putPanel = (html) => {
    panel().replaceWith(drawn(html));
    enhance();
    held = null;
  };

  const putParts = (parts) => {
    if (parts.sheet) renewSheet(parts.sheet);
    if (parts.list) document.getElementById("flag-list").replaceWith(drawn(parts.list));
    if (parts.panel) putPanel(parts.panel);
  };

  // What only a page with a script has.
  const enhance = () => {
    const isAsked = panel().classList.contains("asked");
    for (const hidden of panel().querySelectorAll("[data-close], .idle")) hidden.hidden = false;
    if (!isAsked) panel().querySelector(".paste").open = false;
  };

  // ---- The words that are chosen ----

  // They stay painted while the panel has the focus and the browser has dropped the selection.
  const paint = () => {
    if (!window.Highlight || !CSS.highlights) return;
    const ranges = chosen.map((part) => words.rangeOf(sheet, part)).filter(Boolean);
    if (ranges.length) CSS.highlights.set("flag-picked", new Highlight(...ranges));
    else CSS.highlights.delete("flag-picked");
  };

  // On a phone the panel lies over the end of the page: the words are kept in sight above it.
  const keepInSight = () => {
    const box = panel().getBoundingClientRect();
    if (getComputedStyle(panel()).position !== "fixed" || !chosen.length) return;
    const last = words.rangeOf(sheet, chosen.at(-1))?.getBoundingClientRect();
    const over = last ? last.bottom + 16 - box.top : 0;
    if (over > 0) window.scrollBy(0, Math.min(over, Math.max(last.top - 16, 0)));
  };

  // ---- Looking: the server draws the panel for the words ----

  const look = async (parts, whole = null) => {
    const body = new FormData(held ?? form());
    body.delete("place");
    for (const name of ["words", "found_for", "known"]) body.set(name, "");
    body.set("version", sheet.dataset.version);
    for (const { field, start, end, exact } of parts) body.append("place", `${field}:${start}:${end}:${exact}`);
    body.set("look", "words");
    chosen = parts;
    here.hidden = true;
    paint();
    const answer = await askOnce(told.address, body, told.looking);
    if (answer) showLooked(answer, whole);
  };

  const showLooked = (answer, whole) => {
    putParts(answer);
    if (answer.stale) chosen = [];
    paint();
    offerWhole(whole);
    side.scrollTop = 0;
    panel().focus({ preventScroll: true });
    if (getComputedStyle(panel()).position !== "fixed" && !isSeen(panel())) panel().scrollIntoView({ block: "nearest" });
    keepInSight();
    say(answer.said || panel().querySelector("h2").textContent);
  };

  // Beside the sheet the panel ends where the window does, so that its buttons are in sight before anybody scrolls.
  const fit = () => {
    const isBeside = getComputedStyle(side).position === "sticky";
    const top = Math.max(12, side.parentElement.getBoundingClientRect().top);
    side.style.maxBlockSize = isBeside ? `${Math.max(320, window.innerHeight - top - 12)}px` : "";
  };

  const isSeen = (element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight - 80;
  };

  // Half a word may be meant: whole words are offered, never taken without being asked.
  const offerWhole = (whole) => {
    const place = panel().querySelector(".picked ~ .where");
    if (!whole || !place) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button plain whole";
    button.textContent = told.whole.replace("%(words)s", whole.exact);
    button.addEventListener("click", () => look([whole]));
    place.after(button);
  };

  const flagSelected = (found = words.read(document.getSelection(), sheet)) => {
    const parts = found.ok ? [found] : found.parts;
    if (parts.length) look(parts, found.ok ? found.whole : null);
    else say(told.outside);
  };

  // ---- Saving ----

  const submitted = async (event) => {
    if (event.target !== form()) return;
    event.preventDefault();
    const button = event.submitter ?? form().querySelector("[name=save]");
    const body = new FormData(form());
    if (button?.name) body.set(button.name, button.value);
    const isLooking = button?.name === "look";
    if (isLooking && button.value === "words") for (const name of ["place", "known"]) body.delete(name);
    const answer = await askOnce(told.address, body, isLooking ? told.looking : told.saving);
    if (!answer) return;
    if (answer.ok) saved(answer);
    else refused(answer, isLooking);
  };

  // Where the words were found by pasting, they are painted and shown like chosen ones.
  const refused = (answer, isLooking) => {
    putParts(answer);
    chosen = [...panel().querySelectorAll("[name=place]:is([type=hidden], :checked)")].map(({ value }) => partOf(value));
    paint();
    if (isLooking && chosen.length && words.rangeOf(sheet, chosen[0])) words.show(words.rangeOf(sheet, chosen[0]));
    const field = panel().querySelector(".wrong :is(input, select, textarea)");
    if (field) field.focus();
    else panel().focus({ preventScroll: true });
    // The message stands above its field.
    (field?.closest(".field") ?? panel().querySelector(".errorlist"))?.scrollIntoView({ block: "nearest" });
    say(answer.said || panel().querySelector("h2").textContent);
  };

  const partOf = (value) => {
    const [, field, start, end, exact] = /^(\w+):(\d+):(\d+):([^]*)$/.exec(value);
    return { field, start: Number(start), end: Number(end), exact };
  };

  // The mark is there; the reader stands where they stood, with the words behind them.
  const saved = (answer) => {
    putParts(answer);
    chosen = [];
    paint();
    standBehind(document.getElementById(answer.marks[0]));
    say(answer.said);
    offerUndo(answer);
  };

  const standBehind = (mark) => {
    sheet.focus({ preventScroll: true });
    if (!mark) return;
    const range = document.createRange();
    range.selectNodeContents(mark);
    range.collapse(false);
    document.getSelection().removeAllRanges();
    document.getSelection().addRange(range);
    if (!isSeen(mark)) mark.scrollIntoView({ block: "center" });
  };

  // ---- Taking back ----

  const bar = document.getElementById("flag-bar");
  const barForm = bar.querySelector("form");
  const barButton = bar.querySelector("button");
  const undoWord = barButton.textContent;
  let clock = 0;

  const closeBar = () => {
    clearInterval(clock);
    // The focus is not lost with the button.
    if (bar.contains(document.activeElement)) sheet.focus({ preventScroll: true });
    bar.hidden = true;
    barButton.hidden = false;
    barButton.textContent = undoWord;
    barForm.elements.flagged.value = "";
  };

  const tell = (message, seconds, isUndoable) => {
    clearInterval(clock);
    let left = seconds;
    bar.querySelector(".said").textContent = message;
    barButton.hidden = !isUndoable;
    bar.hidden = false;
    const tick = () => {
      barButton.textContent = told.undoIn.replace("%(seconds)s", left);
      if (left-- <= 0) closeBar();
    };
    tick();
    clock = setInterval(tick, 1000);
  };

  const offerUndo = ({ said, undo, seconds }) => {
    barForm.elements.flagged.value = undo;
    tell(said, seconds, true);
  };

  const undo = async () => {
    const flagged = barForm.elements.flagged.value;
    if (!flagged || bar.hidden || isBusy) return;
    const body = new FormData(barForm);
    closeBar();
    const answer = await askOnce(told.undo, body, told.saving);
    if (!answer) return;
    putParts(answer);
    say(answer.said);
    tell(answer.said, 4, false);
    sheet.focus({ preventScroll: true });
  };

  // ---- The button at the end of a selection ----

  const here = document.createElement("button");
  here.type = "button";
  here.className = "flag-here";
  here.textContent = told.flag;
  here.hidden = true;
  desk.append(here);
  // Pressing it must not drop the selection that it is about.
  here.addEventListener("pointerdown", (event) => event.preventDefault());
  here.addEventListener("mousedown", (event) => event.preventDefault());

  let lastRead = null;

  const showHere = (found) => {
    lastRead = found;
    const parts = found ? (found.ok ? [found] : found.parts) : [];
    const rects = parts.length ? words.rangeOf(sheet, parts.at(-1))?.getClientRects() : null;
    here.hidden = !rects?.length;
    if (here.hidden) return;
    const end = [...rects].at(-1);
    const box = desk.getBoundingClientRect();
    const isRtl = getComputedStyle(sheet).direction === "rtl";
    const wanted = (isRtl ? end.left : end.right - here.offsetWidth) - box.left;
    desk.style.position = "relative";
    here.style.left = `${Math.max(8, Math.min(wanted, box.width - here.offsetWidth - 8))}px`;
    here.style.top = `${end.bottom - box.top + (matchMedia("(pointer: coarse)").matches ? 28 : 8)}px`;
  };

  here.addEventListener("click", () => {
    const now = words.read(document.getSelection(), sheet);
    // A finger's tap may have dropped the selection on its way.
    flagSelected(now.ok || now.parts.length ? now : lastRead ?? now);
  });

  // ---- From mark to mark ----

  const references = () => [...sheet.querySelectorAll("a.ref, .flag-gone a")];
  let stop = -1;

  const goMark = (step) => {
    const all = references();
    if (!all.length) return;
    const at = all.indexOf(document.activeElement);
    const from = at >= 0 ? at : stop;
    stop = from < 0 ? (step > 0 ? 0 : all.length - 1) : (from + step + all.length) % all.length;
    const link = all[stop];
    sheet.querySelector(".here")?.classList.remove("here");
    const holder = document.getElementById(link.hash.replace("#n", "m"));
    holder?.classList.add("here");
    link.focus({ preventScroll: true });
    link.scrollIntoView({ block: "center" });
    say(document.getElementById(link.hash.slice(1))?.querySelector(".st")?.textContent.trim() ?? "");
  };

  // ---- The panel ----

  const idle = (() => {
    const copy = panel().cloneNode(true);
    return panel().classList.contains("asked") ? null : copy;
  })();

  const close = () => {
    if (!panel().classList.contains("asked")) return;
    held = form();
    const fresh = idle?.cloneNode(true);
    if (fresh) panel().replaceWith(fresh);
    else panel().classList.remove("asked");
    enhance();
    chosen = [];
    paint();
    sheet.focus({ preventScroll: true });
  };

  const pressedInPanel = (event) => {
    if (!panel().contains(event.target)) return;
    if (event.key === "Escape") {
      event.preventDefault();
      close();
      return;
    }
    const isLine = event.target.matches("input:not([type=checkbox], [type=radio])");
    const isSaving = event.key === "Enter" && (event.ctrlKey || event.metaKey || isLine) && !event.isComposing;
    if (!isSaving) return;
    // The first button of the form would be pressed otherwise: it looks for pasted words.
    const button = event.target.name === "known" ? "[name=look][value=known]" : "[name=save]";
    const wanted = form().querySelector(button) ?? form().querySelector("[name=look]");
    event.preventDefault();
    form().requestSubmit(wanted);
  };

  // ---- Whoever said it ----

  let typing = 0;

  const offerSources = async (input) => {
    if (input.value.trim().length < 2) return;
    const query = new URLSearchParams({ q: input.value });
    let sources;
    try {
      ({ sources } = await ask(`${told.sources}?${query}`));
    } catch (error) {
      // Typing goes on: the server looks for the name again when the flag is saved.
      if (error instanceof NoAnswer) return;
      throw error;
    }
    const list = document.getElementById("flag-sources");
    list?.replaceChildren(...sources.map(({ name, kind }) => Object.assign(document.createElement("option"), { value: name, label: `${name} (${kind})` })));
    input.dataset.known = sources.some(({ name }) => name.toLowerCase() === input.value.trim().toLowerCase()) ? "yes" : "no";
  };

  side.addEventListener("input", ({ target }) => {
    if (target.name !== "claimant") return;
    clearTimeout(typing);
    typing = setTimeout(() => offerSources(target), 150);
  });

  side.addEventListener("change", async ({ target }) => {
    if (target.name === "source") form().elements.claimant.value = target.dataset.name;
    if (target.name !== "claimant" || !target.value.trim()) return;
    clearTimeout(typing);
    await offerSources(target);
    // A name that is kept nowhere: what it is will be asked.
    if (target.dataset.known === "no") panel().querySelector(".source").open = true;
  });

  // ---- Begin ----

  desk.classList.add("scripted");
  enhance();
  fit();
  window.addEventListener("scroll", fit, { passive: true });
  window.addEventListener("resize", fit);
  words.cursor?.(sheet, { flag: (found) => flagSelected(found), say: (text) => say(text) });
  words.watch?.(sheet, showHere);
  side.addEventListener("submit", submitted);
  side.addEventListener("keydown", pressedInPanel);
  side.addEventListener("click", ({ target }) => {
    if (target.closest("[data-close]")) close();
  });
  barForm.addEventListener("submit", (event) => {
    event.preventDefault();
    undo();
  });
  if (!bar.hidden) tell(bar.querySelector(".said").textContent, 10, true);

  const keys = window.Newsroom.keys;
  keys?.add("f", told.keyFlag, () => flagSelected(), told.group);
  keys?.add("n", told.keyNext, () => goMark(1), told.group);
  keys?.add("p", told.keyPrevious, () => goMark(-1), told.group);
  keys?.add("u", told.keyUndo, undo, told.group);
  keys?.add("Escape", told.keyClose, close, told.group);
});
