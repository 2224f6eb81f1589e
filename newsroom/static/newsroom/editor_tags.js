// Tags: the field stays a line of words split by commas; a list under it offers tags that begin like the one being typed.
"use strict";

if (window.Newsroom?.editor?.field("tags")) {
  const { root, field, says, ask, tell } = Newsroom.editor;
  const input = field("tags");
  const list = document.createElement("ul");
  let chosen = -1;
  let turn = 0;
  let timer = 0;

  // The tag around the caret: from the comma before it to the comma after it, outside quotation marks.
  const around = () => {
    const { value, selectionEnd: caret } = input;
    let start = 0;
    let quoted = false;
    let end = value.length;
    for (let at = 0; at < value.length; at += 1) {
      if (value[at] === '"') quoted = !quoted;
      if (value[at] !== "," || quoted) continue;
      if (at < caret) start = at + 1;
      else {
        end = at;
        break;
      }
    }
    return { start, end, words: value.slice(start, end).trim().replaceAll('"', "") };
  };

  const close = () => {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const mark = (at) => {
    const options = [...list.children];
    chosen = (at + options.length) % options.length;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === chosen)));
    options[chosen].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[chosen].id);
  };

  const choose = (option) => {
    const { start, end } = around();
    const lead = start ? " " : "";
    const after = input.value.slice(end);
    const words = `${lead}${option.dataset.tag}${after.trim() ? "" : ", "}`;
    input.setRangeText(words, start, end, "end");
    input.dispatchEvent(new Event("input", { bubbles: true }));
    close();
  };

  const show = (tags) => {
    list.replaceChildren(...tags.map((tag, at) => {
      const option = document.createElement("li");
      option.id = `tag-${at}`;
      option.role = "option";
      option.dataset.tag = tag;
      option.dir = "auto";
      option.textContent = tag.replace(/^"|"$/g, "");
      option.setAttribute("aria-selected", "false");
      return option;
    }));
    list.hidden = !tags.length;
    input.setAttribute("aria-expanded", String(Boolean(tags.length)));
    tell(tags.length ? says("Tags", { count: tags.length }) : says("NoTags"));
  };

  const look = async () => {
    const mine = ++turn;
    const { words } = around();
    if (!words) return close();
    const address = new URL(root.dataset.tags, location.href);
    address.searchParams.set("q", words);
    let answer = null;
    try {
      answer = await ask(address);
    } catch {
      // The line is typed by hand then, as without a script.
    }
    if (mine !== turn || document.activeElement !== input) return undefined;
    // What stands in the line already, the tag being typed included, is not offered once more.
    const there = input.value.toLocaleLowerCase().split(",").map((tag) => tag.trim());
    return show((answer?.data?.tags || []).filter((tag) => !there.includes(tag.toLocaleLowerCase())));
  };

  const keys = {
    ArrowDown: () => mark(chosen + 1),
    ArrowUp: () => mark(chosen < 0 ? -1 : chosen - 1),
    Escape: close,
    Enter: () => (chosen < 0 ? false : choose(list.children[chosen])),
    Tab: () => (chosen < 0 ? false : choose(list.children[chosen])),
  };

  list.id = "tags-found";
  list.className = "tags-found";
  list.role = "listbox";
  list.hidden = true;
  list.setAttribute("aria-label", document.querySelector("label[for=id_tags]")?.textContent || "");
  input.after(list);
  input.role = "combobox";
  for (const [name, value] of Object.entries({ "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false", autocomplete: "off" })) input.setAttribute(name, value);
  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (event.isTrusted) timer = setTimeout(look, 180);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing || !keys[event.key]) return;
    if (keys[event.key]() !== false && event.key !== "Tab") event.preventDefault();
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    event.preventDefault();
    if (option) choose(option);
  });
}
