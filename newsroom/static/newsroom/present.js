// Who else has this article open: the page tells the desk every half minute that it is still there, and shows the answer.
"use strict";

{
  const box = document.getElementById("present");
  const form = document.querySelector("#content-main form[method=post]");
  const token = document.querySelector("[name=csrfmiddlewaretoken]");

  if (box?.dataset.address && token) {
    const { address, page, base, every } = box.dataset;
    let writing = "writing" in box.dataset;
    let timer = 0;

    const send = (more, keepalive = false) => {
      const body = new URLSearchParams({ page, base, writing: writing ? "1" : "0", ...more });
      const headers = { Accept: "application/json", "X-CSRFToken": token.value };
      return fetch(address, { method: "POST", body, headers, keepalive, credentials: "same-origin", redirect: "error" });
    };

    // Nothing is touched where nothing changed: who listens to the page hears of a person once.
    const show = (told) => {
      if (told.join("\n") === [...box.children].map((each) => each.textContent).join("\n")) return;
      box.replaceChildren(...told.map((words) => {
        const line = document.createElement("p");
        line.textContent = words;
        return line;
      }));
    };

    const beat = async () => {
      clearTimeout(timer);
      try {
        const answer = await send({});
        if (answer.ok) show((await answer.json()).told);
      } catch {
        // The desk is away or the person was signed out; the next half minute asks again, and saving says so.
      }
      timer = setTimeout(beat, every * 1000);
    };

    form?.addEventListener("input", () => {
      if (writing) return;
      writing = true;
      clearTimeout(timer);
      timer = setTimeout(beat, 1000);
    });
    addEventListener("pagehide", () => { clearTimeout(timer); send({ leaves: "1" }, true).catch(() => {}); });
    addEventListener("pageshow", (event) => { if (event.persisted) beat(); });
    timer = setTimeout(beat, every * 1000);
  }
}
