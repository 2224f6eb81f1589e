// Keys of the desk: what a page registers, the sheet that lists them, and the switch that turns them off.
//
//   Newsroom.keys.add("f", "Flag the words", () => { ... }, "This page");
//
// A key is one printed character ("f", "/", "?"), a named key ("Escape"), or two after one another ("g a"). It acts
// unless somebody types in a field, holds Ctrl, Alt or Meta, or turned the keys off (WCAG 2.1.4).
"use strict";

window.Newsroom = window.Newsroom || {};

{
  const STORE = "newsroom.keys";
  const PATIENCE = 1500; // ms between the two keys of one act
  const FIELDS = "input, textarea, select, [contenteditable=''], [contenteditable=true], [role=combobox], [role=textbox], [role=searchbox]";
  const NO_TEXT = /^(checkbox|radio|button|submit|reset|image|color|range|file)$/;
  const SHIFTED = { Slash: "?" };
  const PLAIN = { Slash: "/" };

  const held = new Map();
  let first = "";
  let waiting = 0;

  // ---- Which keys there are

  const add = (key, label, run, group = "") => held.set(key, { key, label, run, group });
  const remove = (key) => held.delete(key);

  // The browser may refuse its store (private windows): the keys then work, and the switch holds for the page.
  let offHere = false;
  const isOn = () => {
    try {
      return localStorage.getItem(STORE) !== "off";
    } catch {
      return !offHere;
    }
  };
  const turn = (on) => {
    offHere = !on;
    try {
      localStorage.setItem(STORE, on ? "on" : "off");
    } catch {
      // Said above.
    }
  };

  // ---- Which key was pressed

  // On a keyboard set to Urdu the key J types another letter: the place of the key counts then.
  const pressed = (event) => {
    if (event.key.length > 1 || /[\x20-\x7e]/.test(event.key)) return event.key;
    if (/^Key[A-Z]$/.test(event.code)) return event.code.slice(3).toLowerCase();
    return (event.shiftKey ? SHIFTED : PLAIN)[event.code] || event.key;
  };

  const isTyping = (target) => {
    const field = target instanceof Element && target.closest(FIELDS);
    return Boolean(field) && !(field.localName === "input" && NO_TEXT.test(field.type));
  };

  const isOurs = (event) =>
    !event.defaultPrevented && !event.isComposing && !event.ctrlKey && !event.altKey && !event.metaKey;

  const actOf = (key) => {
    const act = (first && held.get(`${first} ${key}`)) || held.get(key);
    const begins = !act && [...held.keys()].some((name) => name.startsWith(`${key} `));
    clearTimeout(waiting);
    first = begins ? key : "";
    if (begins) waiting = setTimeout(() => { first = ""; }, PATIENCE);
    return act;
  };

  document.addEventListener("keydown", (event) => {
    if (!isOurs(event) || isTyping(event.target) || !isOn() || document.querySelector("dialog[open]")) return;
    const act = actOf(pressed(event));
    if (!act) return;
    // A script that answers false did nothing: the key then does what the browser does with it.
    if (act.run(event) !== false) event.preventDefault();
  });

  // ---- The sheet of keys

  const sheet = () => document.getElementById("keys");

  const named = (tag, text, className = "") => {
    const element = document.createElement(tag);
    element.textContent = text;
    element.className = className;
    return element;
  };

  const line = (act) => {
    const name = document.createElement("dt");
    act.key.split(" ").forEach((key, at) => {
      if (at) name.append(` ${sheet().dataset.then} `);
      name.append(named("kbd", key));
    });
    return [name, named("dd", act.label)];
  };

  const list = () => {
    const groups = Map.groupBy ? Map.groupBy(held.values(), (act) => act.group) : grouped(held.values());
    return [...groups].flatMap(([group, acts]) => {
      const lines = document.createElement("dl");
      lines.append(...acts.flatMap(line));
      return group ? [named("h3", group), lines] : [lines];
    });
  };

  const grouped = (acts) => {
    const groups = new Map();
    for (const act of acts) groups.set(act.group, [...(groups.get(act.group) || []), act]);
    return groups;
  };

  // The dialog gives the focus back to where it was, as the browser does for every modal dialog.
  const help = () => {
    sheet().querySelector(".keys-list").replaceChildren(...list());
    sheet().querySelector("#keys-on").checked = isOn();
    sheet().showModal();
  };

  window.Newsroom.keys = { add, remove, help, isOn };

  // ---- Rows: in lists, in tables of the first page, in panels; a page marks others with data-row

  const ROWS = "#result_list tbody tr, .dash tbody tr, .panel tbody tr, [data-row]";
  const MAIN = "th a[href], a[href], button";

  const rows = () => [...document.querySelectorAll(ROWS)].filter((row) => row.querySelector(MAIN) && row.offsetParent);
  const rowHere = () => document.activeElement?.closest(ROWS);

  const step = (by) => {
    const all = rows();
    const at = all.indexOf(rowHere());
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
    if (!next) return false;
    const main = next.querySelector(MAIN);
    main.focus({ preventScroll: true, focusVisible: true });
    next.scrollIntoView({ block: "nearest" });
    return true;
  };

  const openRow = () => {
    const main = rowHere()?.querySelector(MAIN);
    if (!main) return false;
    main.click();
    return true;
  };

  const choose = () => {
    const box = rowHere()?.querySelector("input[type=checkbox]");
    if (!box) return false;
    box.click();
    return true;
  };

  // ---- What every page has

  const addLink = () => document.querySelector("[data-key-add], .object-tools .addlink, .panel .addlink");
  const searchBox = () => document.getElementById("desk-search") || document.getElementById("searchbar");

  const goTo = (link) => { location.href = link.href; };

  const registerFrame = ({ dataset: words }) => {
    if (searchBox()) add("/", words.search, () => searchBox().select() || searchBox().focus(), words.everywhere);
    if (addLink()) add("a", addLink().textContent.trim() || words.add, () => addLink().click(), words.everywhere);
    add("?", words.help, help, words.everywhere);
    add("j", words.next, () => step(1), words.rows);
    add("k", words.previous, () => step(-1), words.rows);
    add("o", words.open, openRow, words.rows);
    add("x", words.choose, choose, words.rows);
    const home = document.querySelector("#site-name a");
    if (home) add("g h", words.home, () => goTo(home), words.go);
    for (const link of document.querySelectorAll("a[data-key]")) {
      add(link.dataset.key, link.textContent.trim(), () => goTo(link), words.go);
    }
  };

  // ---- The menu of the person closes like every menu: by Escape, or by going elsewhere

  const closeOnLeave = (menu) => {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  };

  // Registered before the page's own scripts hear of it, so that the sheet begins with what every page has.
  document.addEventListener("DOMContentLoaded", () => {
    const dialog = sheet();
    if (!dialog) return;
    registerFrame(dialog);
    dialog.querySelector(".keys-close").addEventListener("click", () => dialog.close());
    dialog.querySelector("#keys-on").addEventListener("change", (event) => turn(event.target.checked));
    for (const button of document.querySelectorAll(".keys-open")) {
      button.hidden = false;
      button.addEventListener("click", help);
    }
    document.querySelectorAll(".desk-menu").forEach(closeOnLeave);
  });
}
