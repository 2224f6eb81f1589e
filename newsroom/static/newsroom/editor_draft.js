// What was not saved: the browser keeps a copy of the words, offers it back after a crash, and warns before they are left.
//
// A copy belongs to one person, one article and the version it was made from. The desk says in a cookie which copy it
// saved; until then no copy is thrown away, whatever became of the page.
"use strict";

if (window.Newsroom?.editor) {
  const { root, form, field, part, says, tell } = Newsroom.editor;
  const PREFIX = "newsroom.draft.";
  const KEY = PREFIX + root.dataset.draft;
  const OFFERED = `${KEY}.offered`;
  const NAMES = ["headline", "standfirst", "dateline", "body", "reason", "tags"];
  const DAYS = 30;

  const now = () => Object.fromEntries(NAMES.filter(field).map((name) => [name, field(name).value]));
  const same = (one, other) => Object.keys(other).every((name) => (one[name] ?? "") === other[name]);

  const read = (key) => {
    try {
      const kept = JSON.parse(localStorage.getItem(key) || "null");
      return kept && typeof kept.fields?.body === "string" ? kept : null;
    } catch {
      return null;
    }
  };
  const drop = (key) => {
    try {
      localStorage.removeItem(key);
    } catch {
      // A browser that keeps nothing has nothing to drop.
    }
  };
  const keep = (key, draft) => {
    try {
      localStorage.setItem(key, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  };

  // ---- Which copies are saved, and which nobody came back for

  const saved = () => {
    const found = document.cookie.match(/(?:^|; )saved_drafts=([a-z0-9.]*)/);
    document.cookie = `saved_drafts=; path=${root.dataset.desk}; max-age=0; SameSite=Strict`;
    return found ? found[1].split(".") : [];
  };

  const tidy = () => {
    const gone = new Set(saved());
    let keys = [];
    try {
      keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    } catch {
      return;
    }
    for (const key of keys) {
      const draft = read(key);
      if (!draft || gone.has(draft.id) || Date.now() - draft.at > DAYS * 864e5) drop(key);
    }
  };

  // ---- The copy of this page

  const id = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const named = document.createElement("input");
  named.type = "hidden";
  named.name = "draft";
  named.value = id;
  form.append(named);

  const began = now();
  let dirty = "unsaved" in root.dataset;
  let leaving = false;
  let timer = 0;

  const time = (at) => new Date(at).toLocaleString(document.documentElement.lang || undefined, { dateStyle: "medium", timeStyle: "short" });
  const clock = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang || undefined, { timeStyle: "short" });

  const keepNow = () => {
    clearTimeout(timer);
    const fields = now();
    if (same(fields, began) && !("unsaved" in root.dataset)) {
      drop(KEY);
      part("kept").textContent = "";
      return;
    }
    const at = Date.now();
    const made = { base: field("base")?.value ?? "", content: field("base_content")?.value ?? "" };
    const done = keep(KEY, { id, at, ...made, fields });
    part("kept").textContent = done ? says("Kept", { time: clock(at) }) : says("NotKept");
  };

  form.addEventListener("input", (event) => {
    if (event.target === part("plain")) return;
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(keepNow, field("body").value.length > 200000 ? 3000 : 700);
  });
  // An autocomplete tells what was chosen through jQuery alone; its "change" it also tells when the page is made.
  window.django?.jQuery(form).on("select2:select select2:clear select2:unselect", () => { dirty = true; });
  window.addEventListener("pagehide", () => { if (dirty && !leaving) keepNow(); });

  form.addEventListener("submit", (event) => {
    if (event.submitter?.formTarget === "_blank" || event.defaultPrevented) return;
    if (dirty) keepNow();
    leaving = true;
    // The answer may never come: then the page stays, and must warn again.
    setTimeout(() => { leaving = false; }, 15000);
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty && !leaving) event.preventDefault();
  });

  // ---- A copy that was never saved is offered back

  const take = (draft) => {
    for (const [name, value] of Object.entries(draft.fields)) {
      if (!field(name) || typeof value !== "string") continue;
      field(name).value = value;
      field(name).dispatchEvent(new Event("input", { bubbles: true }));
    }
    // Words made from an older version are measured against the newest when they are saved: nothing is overwritten unseen.
    // With the version goes the hash of its words as they were then: words that an order removed since never come back so.
    if (field("base") && draft.base) {
      field("base").value = draft.base;
      field("base_content").value = draft.content ?? "";
    }
    dirty = true;
  };

  const offer = (draft) => {
    const older = draft.base !== root.dataset.base;
    const words = [says("Unsaved", { time: time(draft.at) }), older && draft.base ? says("Older", { base: draft.base }) : ""];
    part("offer-words").textContent = words.filter(Boolean).join(" ");
    part("offer").hidden = false;
    tell(part("offer-words").textContent);
    const close = (taken) => {
      if (taken) take(draft);
      drop(OFFERED);
      part("offer").hidden = true;
      field("body").focus();
    };
    part("take").addEventListener("click", () => close(true));
    part("throw").addEventListener("click", () => close(false));
  };

  tidy();
  const left = read(OFFERED) || read(KEY);
  if (left && !same(left.fields, began) && !("unsaved" in root.dataset)) {
    // Set aside, so that what is typed now does not take its place before it was decided about.
    if (keep(OFFERED, left)) drop(KEY);
    offer(left);
  }
}
