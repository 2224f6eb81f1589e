// Takes the words selected in a version into the field they are copied to. Without it they are copied and pasted.
"use strict";

{
  const selectedIn = (sheet) => {
    const selection = document.getSelection();
    const inside = selection.rangeCount && sheet.contains(selection.getRangeAt(0).commonAncestorContainer);
    return inside ? selection.toString().trim() : "";
  };

  for (const sheet of document.querySelectorAll("[data-copies]")) {
    const field = document.getElementById(`id_${sheet.dataset.copies}`);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = sheet.dataset.button;
    // A press must not take the selection away before it is read.
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      const words = selectedIn(sheet);
      if (!words) return;
      field.value = words;
      field.focus();
      field.scrollIntoView({ block: "center" });
    });
    sheet.querySelector(".which").append(" ", button);
  }
}
