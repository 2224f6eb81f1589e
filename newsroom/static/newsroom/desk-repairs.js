// What the markup of Django and of its widgets lacks, and no template of ours can give it: names for screen readers.
"use strict";

{
  // On a phone a row of a list is read cell by cell: each then says which column it stands in.
  const nameCells = (table) => {
    const names = [...table.querySelectorAll("thead tr:last-child > *")].map((head) => head.textContent.trim());
    for (const row of table.tBodies[0]?.rows || []) {
      if (row.cells.length !== names.length) continue;
      [...row.cells].forEach((cell, at) => {
        if (names[at]) cell.dataset.label = names[at];
        // Django's dash for "nothing": beside a column's word on a phone it says nothing either.
        cell.classList.toggle("nothing", cell.textContent === "-");
      });
    }
  };

  const labelOf = (select) => {
    const label = select.labels?.[0];
    if (label && !label.id) label.id = `${select.id}_label`;
    return label;
  };

  // select2 names its box by the chosen words alone: the label of the field belongs before them.
  const nameBox = (container) => {
    const select = container.previousElementSibling;
    const box = container.querySelector("[role=combobox]");
    const label = select?.localName === "select" && labelOf(select);
    if (!box || !label) return;
    const words = container.querySelector(".select2-selection__rendered");
    box.setAttribute("aria-labelledby", words?.id ? `${label.id} ${words.id}` : label.id);
    if (words?.getAttribute("role") === "textbox") words.setAttribute("aria-labelledby", label.id);
  };

  // The list that drops down from it, and the field above the list, are named as the box is.
  const nameDropdown = (container) => {
    const open = document.querySelector(".select2-container--open [role=combobox]");
    const label = open?.closest(".select2-container")?.previousElementSibling;
    const words = label?.localName === "select" ? labelOf(label)?.textContent.trim() : "";
    if (!words) return;
    for (const part of container.querySelectorAll("input[type=search], [role=listbox]")) part.setAttribute("aria-label", words);
  };

  // Django's two lists of choices draw their magnifying glass as a named span of no kind.
  const nameGlass = (glass) => glass.setAttribute("role", "img");

  const repair = (root) => {
    const each = (selector, act) => {
      if (root.matches?.(selector)) act(root);
      root.querySelectorAll(selector).forEach(act);
    };
    each(".select2-container", (container) => {
      nameBox(container);
      if (container.querySelector(".select2-dropdown")) nameDropdown(container);
    });
    each(".select2-dropdown", (dropdown) => nameDropdown(dropdown.parentElement));
    each(".search-label-icon[aria-label]", nameGlass);
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("#result_list, .panel table").forEach(nameCells);
    repair(document.body);
    // Widgets are drawn after this script ran, and once more for every row that is added.
    new MutationObserver((changes) => {
      for (const change of changes) {
        for (const node of change.addedNodes) if (node instanceof Element) repair(node);
      }
    }).observe(document.body, { childList: true, subtree: true });
  });
}
