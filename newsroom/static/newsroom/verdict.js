// The claim's page: the reader's note drawn anew while a verdict is written, words counted, words of a clash taken from print.
// Without this script every act is done by the same form; a button then draws the note.
"use strict";

(() => {
  const PAUSE = 350; // ms without a key before the note is drawn anew

  const form = () => document.getElementById("verdict-form");
  const words = (text) => text.split(/\s+/u).filter(Boolean).length;

  // ---- The note, as readers would see it

  let waiting = 0; // the timer
  let asked = 0; // the newest question: an older answer that comes late is dropped

  const drawSoon = () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(draw, PAUSE);
  };

  const draw = async () => {
    const mine = ++asked;
    const place = document.getElementById("as-read");
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form().dataset.note, { method: "POST", body: new FormData(form()) });
      // Whoever was signed out meanwhile is sent to the log-in page: that is no note.
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const drawn = await answer.text();
      if (mine === asked) place.innerHTML = drawn; // drawn by our own templates, which escape
    } catch {
      if (mine === asked) say(place);
    }
    if (mine === asked) place.removeAttribute("aria-busy");
  };

  // The last note stays: what is typed is still in the form, and only its picture is old.
  const say = (place) => {
    place.querySelector(".failed")?.remove();
    const line = document.createElement("p");
    line.className = "failed why-not";
    line.textContent = form().dataset.failed;
    place.prepend(line);
  };

  // ---- How many words are left

  const count = (line) => {
    const field = document.getElementById(line.dataset.countOf);
    const left = Number(field.dataset.mostWords) - words(field.value);
    const pattern = left < 0 ? line.dataset.over : left === 1 ? line.dataset.one : line.dataset.left;
    line.textContent = pattern.replace("%d", String(Math.abs(left)));
    line.classList.toggle("over", left < 0);
  };

  const startCounting = (line) => {
    line.hidden = false;
    count(line);
    document.getElementById(line.dataset.countOf).addEventListener("input", () => count(line));
  };

  // ---- The words of a clash

  const printed = () => form().querySelector(".printed-text");

  const showPrinted = async (version) => {
    printed().hidden = !version;
    form().querySelector(".take").hidden = !version;
    if (!version) return;
    const answer = await fetch(`${form().dataset.printed}?version=${encodeURIComponent(version)}`);
    if (answer.ok && !answer.redirected) printed().innerHTML = await answer.text(); // our own template
  };

  // The exact words of print, where the selection is one passage; else what the browser calls selected.
  const selectedWords = () => {
    const selection = document.getSelection();
    const root = printed().querySelector("[data-words]");
    if (!root || !selection.rangeCount || !root.contains(selection.anchorNode)) return "";
    const read = window.Newsroom?.words?.read?.(selection, root);
    return read?.ok ? read.exact : selection.toString().trim();
  };

  const take = (id) => {
    const found = selectedWords();
    if (!found) return;
    const field = document.getElementById(id);
    field.value = found;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // An autocomplete holds only the options that were chosen: give it this one.
  const chooseVersion = (select, button) => {
    const option = new Option(button.textContent, button.dataset.version, true, true);
    select.replaceChildren(new Option("", ""), option);
    const jquery = window.django?.jQuery;
    if (jquery) jquery(select).trigger("change");
    else select.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const startClash = () => {
    const texts = form().querySelector(".own-texts");
    const select = document.getElementById("id_verdict-clash_version");
    const changed = () => {
      showPrinted(select.value);
      drawSoon();
    };
    // Select2 tells jQuery alone of a choice.
    if (window.django?.jQuery) window.django.jQuery(select).on("change", changed);
    else select.addEventListener("change", changed);
    form().querySelector(".clashing").addEventListener("toggle", (event) => event.target.open && showPrinted(select.value));
    for (const button of form().querySelectorAll("[data-take]")) {
      // Pressing a button must not take the selection away first.
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => take(button.dataset.take));
    }
    if (!texts) return;
    texts.hidden = false;
    for (const button of texts.querySelectorAll("[data-version]")) {
      button.addEventListener("click", () => chooseVersion(select, button));
    }
  };

  // ---- What is not saved, while another form of the page is sent or a link followed

  // The page has several forms, and each is sent alone: evidence added must not cost the words of the verdict above it.
  // They are kept in this tab until they are saved; the address names the claim, the form the person and the draft.
  const KEPT = `newsroom.verdict.${location.pathname.replace(/[a-z]+\/$/, "")}`;
  const label = (name) => form().elements[name]?.selectedOptions?.[0]?.textContent ?? "";
  const typed = () =>
    [...new FormData(form())].filter(([name]) => name.startsWith("verdict-")).map(([name, value]) => [name, value, label(name)]);
  let began = "";
  let sent = false;

  const keep = () => {
    if (!form()) return;
    const now = JSON.stringify(typed());
    try {
      if (sent || now === began) sessionStorage.removeItem(KEPT);
      else sessionStorage.setItem(KEPT, JSON.stringify({ of: form().dataset.draft, now }));
    } catch {
      // A browser that keeps nothing: then the words are lost as on any other page.
    }
  };

  const kept = () => {
    try {
      const found = JSON.parse(sessionStorage.getItem(KEPT) || "null");
      return found?.of === form().dataset.draft ? JSON.parse(found.now) : null;
    } catch {
      return null;
    }
  };

  const put = (name, value, text) => {
    for (const field of form().querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      // An autocomplete holds only the options that were chosen.
      if (field.localName === "select" && value) field.replaceChildren(new Option("", ""), new Option(text, value, true, true));
      else if (field.type === "radio") field.checked = field.value === value;
      else field.value = value;
      if (value && !field.closest("details").open) field.closest("details").open = true;
    }
  };

  const putBack = () => {
    const found = kept();
    if (!found) return;
    for (const each of found) put(...each);
    form().closest("details").open = true;
    form().querySelector(".put-back").hidden = false;
    drawSoon();
  };

  const startKeeping = () => {
    // Words that were refused are on the page, and are not saved: they count as typed.
    const unsaved = "unsaved" in form().dataset;
    began = unsaved ? "" : JSON.stringify(typed());
    if (!unsaved) putBack();
    form().addEventListener("submit", () => { sent = true; });
    window.addEventListener("pagehide", keep);
    window.addEventListener("pageshow", () => { sent = false; });
  };

  const start = () => {
    if (!form()) return;
    startKeeping();
    form().addEventListener("input", drawSoon);
    for (const line of form().querySelectorAll("[data-count-of]")) startCounting(line);
    for (const button of form().querySelectorAll("[data-no-script]")) button.hidden = true;
    startClash();
  };

  document.addEventListener("DOMContentLoaded", start);
})();
