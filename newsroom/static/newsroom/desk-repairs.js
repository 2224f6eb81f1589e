// What Django's own markup lacks and no template of ours can give it.
"use strict";

{
  // On a phone a row of a list is read cell by cell: each then says which column it stands in.
  const nameCells = (table) => {
    const names = [...table.querySelectorAll("thead th")].map((head) => head.querySelector(".text")?.textContent.trim() || "");
    for (const row of table.tBodies[0]?.rows || []) {
      [...row.cells].forEach((cell, at) => {
        if (names[at]) cell.dataset.label = names[at];
      });
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("#result_list, .panel table").forEach(nameCells);
  });
}
