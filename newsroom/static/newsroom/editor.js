// The article's editor: its parts, its words, and how it asks the desk. Everything else of the editor builds on this.
//
// Newsroom.editor is there on the edit page alone. `part(name)` is an element by its data-part, `field(name)` a field of
// the form, `says(key, values)` a sentence from the template, `tell(words)` says something to who listens to the page.
"use strict";

window.Newsroom = window.Newsroom || {};

{
  const root = document.getElementById("editor");

  const says = (key, values = {}) =>
    (root.dataset[`says${key}`] || "").replace(/%\((\w+)\)s/g, (_all, name) => values[name] ?? "");

  const part = (name) => root.querySelector(`[data-part="${name}"]`);

  const field = (name) => document.getElementById(`id_${name}`);

  const tell = (words) => { part("status").textContent = words; };

  const token = () => root.closest("form").querySelector("[name=csrfmiddlewaretoken]").value;

  // What the desk answered: {status, data}. Data is null where no JSON came, as from the page that asks to sign in.
  const ask = async (address, body, signal) => {
    const headers = { Accept: "application/json" };
    if (body) headers["X-CSRFToken"] = token();
    const answer = await fetch(address, { method: body ? "POST" : "GET", body, headers, signal, credentials: "same-origin" });
    const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    return { status: answer.status, data: isJson ? await answer.json() : null };
  };

  // Why nothing came, in words: signed out (a page instead of data, or 403), or no answer at all.
  const whyNot = (answer) => says(answer && (answer.status === 200 || answer.status === 403) ? "SignedOut" : "Failed");

  if (root) {
    Newsroom.editor = { root, form: root.closest("form"), body: field("body"), says, part, field, tell, ask, whyNot };
  }
}
