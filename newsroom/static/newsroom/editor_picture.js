// Pictures: uploaded from within the editor with the words that stand for them, or chosen among those that are here.
"use strict";

if (window.Newsroom?.editor?.part("picture")) {
  const { root, body, part, says, tell, ask, whyNot, text } = Newsroom.editor;
  let dialog = null;
  const of = (name) => dialog.querySelector(`[data-picture="${name}"]`);
  const FIELDS = ["file", "alt", "credit", "rights", "released"];

  const wrong = (errors) => {
    for (const place of dialog.querySelectorAll("[data-error]")) {
      const said = (errors[place.dataset.error] || []).join(" ");
      place.textContent = said;
      of(place.dataset.error)?.setAttribute("aria-invalid", String(Boolean(said)));
    }
    const first = FIELDS.find((name) => errors[name]);
    if (first) of(first).focus();
  };

  const putIn = (markdown) => {
    dialog.close();
    text.insertBlock(markdown);
    body.focus();
    tell(says("Inserted"));
  };

  // What the desk would refuse is said before a large file travels; the desk checks it again.
  const missing = () => ({
    ...(of("file").files.length ? {} : { file: [says("File")] }),
    ...(of("alt").value.trim() ? {} : { alt: [says("Alt")] }),
  });

  const given = () => {
    const data = new FormData();
    data.append("file", of("file").files[0]);
    for (const name of ["alt", "credit", "rights"]) data.append(name, of(name).value);
    if (of("released").checked) data.append("released", "on");
    return data;
  };

  const upload = async () => {
    const lacks = missing();
    wrong(lacks);
    if (Object.keys(lacks).length) return;
    of("upload").disabled = true;
    of("said").textContent = says("Uploading");
    let answer = null;
    try {
      answer = await ask(root.dataset.picture, given());
    } catch {
      // Said below; everything typed stays.
    }
    of("upload").disabled = false;
    of("said").textContent = "";
    if (answer?.data?.errors) wrong(answer.data.errors);
    else if (!answer?.data) wrong({ __all__: [whyNot(answer)] });
    else {
      for (const name of ["file", "alt", "credit"]) of(name).value = "";
      putIn(answer.data.markdown);
    }
  };

  const row = (picture) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const image = document.createElement("img");
    const words = document.createElement("span");
    button.type = "button";
    image.src = picture.src;
    image.alt = "";
    image.loading = "lazy";
    words.dir = "auto";
    words.textContent = [picture.alt, picture.credit, picture.released ? "" : says("Unreleased")].filter(Boolean).join(", ");
    button.append(image, words);
    button.addEventListener("click", () => putIn(picture.markdown));
    item.append(button);
    return item;
  };

  let turn = 0;
  const look = async () => {
    const mine = ++turn;
    const address = new URL(root.dataset.picture, location.href);
    address.searchParams.set("q", of("find").value.trim());
    let answer = null;
    try {
      answer = await ask(address);
    } catch {
      // Said below.
    }
    if (mine !== turn) return;
    const pictures = answer?.data?.pictures;
    of("list").replaceChildren(...(pictures || []).map(row));
    of("said").textContent = pictures ? (pictures.length ? "" : says("NoPictures")) : whyNot(answer);
  };

  // Enter in a field of the dialog does what its button does.
  const onEnter = (name, act) => of(name).addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
    event.preventDefault();
    act();
  });

  const prepare = () => {
    let timer = 0;
    of("find").addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, 250);
    });
    of("upload").addEventListener("click", upload);
    of("close").addEventListener("click", () => dialog.close());
    onEnter("find", look);
    onEnter("alt", upload);
    onEnter("credit", upload);
  };

  // The dialog comes from the desk when it is first asked for: most who open an article put no picture in.
  const fetched = async () => {
    if (dialog) return true;
    let answer = null;
    try {
      answer = await ask(root.dataset.picture);
    } catch {
      // Said below.
    }
    if (!answer?.data?.dialog) {
      tell(whyNot(answer));
      return false;
    }
    const holder = document.createElement("div");
    // Our own template, without a word of anybody's in it.
    holder.innerHTML = answer.data.dialog;
    dialog = holder.querySelector("dialog");
    document.body.append(dialog);
    prepare();
    return true;
  };

  const opener = part("picture");
  opener.setAttribute("role", "button");
  opener.setAttribute("aria-haspopup", "dialog");
  opener.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    opener.click();
  });
  opener.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!(await fetched())) {
      window.open(opener.href, "_blank");
      return;
    }
    wrong({});
    dialog.showModal();
    look();
  });
}
