// The desk's own script: keys, on every page of the admin.
"use strict";

window.Newsroom = window.Newsroom || {};

{
  const held = new Map();
  const isTyping = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

  // Register what a key does here. `run(event)` is called unless somebody types, or holds Ctrl, Alt or Meta.
  const add = (key, label, run, group = "") => held.set(key, { label, run, group });

  document.addEventListener("keydown", (event) => {
    const act = held.get(event.key);
    if (!act || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    event.preventDefault();
    act.run(event);
  });

  window.Newsroom.keys = { add };
}
