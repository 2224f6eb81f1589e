// The page around the words: autocompletes get what their rows share, details fold on a phone, keys of the editor.
"use strict";

if (window.Newsroom?.editor) {
  const { root, form, body, field, part, says, text } = Newsroom.editor;
  const MAC = /Mac|iPhone|iPad/.test(navigator.platform);
  const NARROW = window.matchMedia("(max-width: 61.99rem)");

  // ---- Before Django's own script makes autocompletes of them, at DOMContentLoaded

  for (const group of document.querySelectorAll("[data-selects]")) {
    const shared = JSON.parse(group.dataset.selects);
    for (const select of group.querySelectorAll("select.admin-autocomplete")) {
      const attributes = shared[select.name.slice(select.name.lastIndexOf("-") + 1)] || {};
      for (const [name, value] of Object.entries(attributes)) select.setAttribute(name, value);
    }
  }

  // ---- On a phone a row of a byline or link is read from top to bottom: each field brings the head of its column

  for (const group of document.querySelectorAll(".rows")) {
    const heads = [...group.querySelectorAll("thead th")].map((head) => head.textContent.trim());
    for (const row of group.querySelectorAll("tbody tr.form-row")) {
      [...row.cells].forEach((cell, at) => {
        const head = cell.matches(".delete") ? heads.at(-1) : heads[at];
        if (!cell.matches(".asked") && head) cell.dataset.label = head;
      });
    }
    group.classList.add("rows-have-heads");
  }

  // The box that an autocomplete draws over its field is named as the field is: by the head of its column.
  const nameBoxes = (root) => {
    for (const select of root.querySelectorAll(".rows select[aria-labelledby]")) {
      const box = select.nextElementSibling?.querySelector?.("[role=combobox]");
      const words = box?.querySelector(".select2-selection__rendered");
      if (words) box.setAttribute("aria-labelledby", `${select.getAttribute("aria-labelledby")} ${words.id}`);
    }
  };
  window.addEventListener("load", () => nameBoxes(document));
  document.addEventListener("formset:added", () => setTimeout(() => nameBoxes(document)));

  // ---- Details lie open beside the words; on a phone they would stand before the save bar, so only faulty ones open

  if (NARROW.matches) {
    for (const each of root.querySelectorAll(".editor-details details")) each.open = Boolean(each.querySelector(".errors"));
  }

  // ---- The direction of the source follows the language chosen

  const RIGHT_TO_LEFT = /^(ar|arc|ckb|dv|fa|he|ks|nqo|pnb|prs|ps|sd|skr|syr|ug|ur|yi)(-|$)/i;
  field("language")?.addEventListener("input", (event) => {
    const language = event.target.value.trim();
    for (const name of ["headline", "standfirst", "dateline", "body"]) {
      field(name).lang = language;
      field(name).dir = RIGHT_TO_LEFT.test(language) ? "rtl" : language ? "ltr" : "auto";
    }
  });

  // ---- Keys

  const acts = {
    s: () => form.requestSubmit(form.querySelector("[name=_continue]") || form.querySelector("[name=_save]")),
    b: () => text.wrap("**"),
    i: () => text.wrap("*"),
  };

  document.addEventListener("keydown", (event) => {
    const act = acts[event.key.toLowerCase()];
    const held = MAC ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
    if (!act || !held || event.altKey || event.shiftKey || event.isComposing) return;
    if (document.querySelector("dialog[open]") || (event.key.toLowerCase() !== "s" && document.activeElement !== body)) return;
    event.preventDefault();
    act();
  });

  for (const [name, sign] of [["bold", "**"], ["italic", "*"]]) {
    part(name).hidden = false;
    // The button takes no focus, or the words selected in the source would be lost to sight.
    part(name).addEventListener("mousedown", (event) => event.preventDefault());
    part(name).addEventListener("click", () => text.wrap(sign));
  }

  document.addEventListener("DOMContentLoaded", () => {
    const held = MAC ? "⌘" : "Ctrl+";
    const listed = [["S", "Save"], ["B", "Bold"], ["I", "Italic"], [MAC ? "⇧V" : "Shift+V", "PlainKey"]];
    for (const [key, words] of listed) window.Newsroom.keys?.add(held + key, says(words), () => false, says("Group"));
  });
}
