// Every place of a claim: acts are saved at once, where the editor stands, by key, mouse or touch. Each act is one of the page's own
// forms, sent without leaving it; without this script the same forms do the same.
"use strict";

window.Newsroom = window.Newsroom || {};

document.addEventListener("DOMContentLoaded", () => {
  const list = document.querySelector("ol.place-list");
  if (!list) return;
  const words = list.dataset;
  const bar = document.querySelector(".said-bar");
  const said = bar.querySelector(".said");
  const undo = bar.querySelector(".undo");
  const GRACE = 10000; // milliseconds in which an act is taken back

  // One act after the other: each hands on the state that the one before it left.
  let queue = Promise.resolve();
  let way = null; // the way back: {id, act, reason, timer}

  const rows = () => [...list.querySelectorAll(".place")];
  const current = () => list.querySelector(".place[aria-current]");

  // ---- where the editor is

  const stand = (row, { focus = true } = {}) => {
    if (!row) return;
    current()?.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
    if (focus) row.focus();
    if (focus) row.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const all = rows();
    const at = all.indexOf(current());
    stand(all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))]);
  };

  // ---- what is said

  // The same sentence twice is two messages: an empty region in between makes it heard again.
  const say = (sentence, refused = false) => {
    bar.classList.toggle("refused", refused);
    said.textContent = "";
    requestAnimationFrame(() => { said.textContent = sentence; });
  };
  const forget = () => {
    if (way) clearTimeout(way.timer);
    if (document.activeElement === undo) current()?.focus();
    undo.hidden = true;
    way = null;
  };
  const offer = (id, back) => {
    forget();
    if (!back) return;
    way = { ...back, id, timer: setTimeout(forget, GRACE) };
    undo.hidden = false;
  };

  // ---- sending

  const post = async (form, data) => {
    const answer = await fetch(form.action, {
      method: "POST", body: data, credentials: "same-origin", headers: { Accept: "application/json" },
    });
    // Somebody whose session ended is led to the page for signing in, which is no answer to an act.
    if (!(answer.headers.get("Content-Type") || "").includes("json")) return { said: words.signedOut, ok: false };
    return { ...(await answer.json()), ok: answer.ok };
  };

  // The place as the server draws it now. Focus comes back to the same button, or to the place.
  const redraw = (row, html) => {
    const had = row.contains(document.activeElement) ? document.activeElement : null;
    const name = had?.getAttribute("value") || had?.id || "";
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(".place");
    const was = row.hasAttribute("aria-current");
    row.replaceWith(fresh);
    if (was) fresh.setAttribute("aria-current", "true");
    if (!had) return fresh;
    const again = had === row ? null : fresh.querySelector(`button[value="${CSS.escape(name)}"], #${CSS.escape(name || "-")}`);
    (again?.checkVisibility?.() ? again : fresh).focus({ preventScroll: true });
    return fresh;
  };
  const redrawTabs = (html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(".tabs");
    document.querySelector(".tabs").replaceWith(fresh);
  };

  const carryOut = async (id, act, reason, isUndo) => {
    const row = document.getElementById(id);
    const form = row?.querySelector(".acts form");
    if (!form) return;
    const data = new FormData(form);
    data.set("seen", row.dataset.seen);
    data.set("act", act);
    data.set("reason", reason);
    form.setAttribute("aria-busy", "true");
    const answer = await post(form, data).catch(() => ({ said: words.failed, ok: false }));
    form.removeAttribute("aria-busy");
    if (answer.row) {
      const fresh = redraw(row, answer.row);
      if (!answer.ok && reason) fresh.querySelector("details[open] input[name=reason]")?.focus();
    }
    if (answer.tabs) redrawTabs(answer.tabs);
    say(isUndo && answer.ok ? `${words.undone} ${answer.said}` : answer.said, !answer.ok);
    if (answer.ok) offer(id, isUndo ? null : answer.undo);
    else if (isUndo) forget();
  };
  const send = (id, act, reason = "", isUndo = false) => {
    queue = queue.then(() => carryOut(id, act, reason, isUndo));
  };

  list.addEventListener("submit", (event) => {
    const row = event.target.closest(".place");
    const act = event.submitter?.value;
    if (!row || !act) return;
    event.preventDefault();
    stand(row, { focus: false });
    send(row.id, act, event.target.elements.reason?.value || "");
  });
  // A place that is touched or tabbed into is the place at hand.
  list.addEventListener("focusin", (event) => stand(event.target.closest(".place"), { focus: false }));
  list.addEventListener("click", (event) => stand(event.target.closest(".place"), { focus: false }));
  list.addEventListener("keydown", (event) => {
    const panel = event.target.closest("details[open]");
    if (event.key !== "Escape" || !panel) return;
    panel.open = false;
    panel.closest(".place").focus();
  });
  const takeBack = () => {
    if (!way) return say(words.undoFails, true);
    const { id, act, reason } = way;
    forget();
    send(id, act, reason, true);
  };
  undo.addEventListener("click", takeBack);

  // ---- keys

  const onCurrent = (run) => () => {
    const row = current() || rows()[0];
    if (!row) return;
    if (!row.hasAttribute("aria-current")) stand(row);
    run(row);
  };
  const press = (value) => onCurrent((row) => {
    if (row.querySelector(`.acts button[value="${value}"]`)) send(row.id, value);
    else say(words.nothing, true);
  });
  const open = (name) => onCurrent((row) => {
    const panel = row.querySelector(`details.${name}`);
    if (!panel) return say(words.nothing, true);
    panel.open = !panel.open;
    const first = panel.open ? panel.querySelector("input[name=reason], button") : row;
    first.focus();
  });
  // A role that readers would see at once is shown first, with what they will see; the same key again sets it.
  const role = (at) => onCurrent((row) => {
    const button = row.querySelectorAll("details.role button")[at];
    if (!button) return say(words.nothing, true);
    const shown = document.activeElement === button;
    if (shown || !row.hasAttribute("data-public") || button.hasAttribute("aria-pressed")) return send(row.id, button.value);
    row.querySelector("details.role").open = true;
    button.focus();
    say(words.again);
  });
  const exempt = () => {
    const row = current() || rows()[0];
    if (row?.querySelector(".show-again")) press("end-exemption")();
    else open("exempt")();
  };

  const add = (key, label, run) => window.Newsroom.keys?.add(key, label, run, words.keys);
  add("j", words.keyNext, () => step(1));
  add("k", words.keyPrevious, () => step(-1));
  add("o", words.keyOpen, onCurrent((row) => row.querySelector("a.open").click()));
  if (list.querySelector(".acts")) addActs();

  // Keys are only shown where they work.
  if (window.Newsroom.keys) document.querySelector(".places").classList.add("keyed");
  stand(document.getElementById(location.hash.slice(1))?.closest(".place") || rows()[0], { focus: false });

  function addActs() {
    add("s", words.keySame, press("same"));
    add("y", words.keySame, press("same"));
    add("d", words.keyDifferent, press("different"));
    add("n", words.keyUnsure, press("unsure"));
    add("r", words.keyRole, open("role"));
    list.querySelector(".acts").querySelectorAll("details.role button").forEach((button, at) => {
      add(String(at + 1), button.dataset.label, role(at));
    });
    add("e", words.keyExempt, exempt);
    add("x", words.keyDetach, open("detach"));
    add("z", words.keyUndo, takeBack);
  }
});
