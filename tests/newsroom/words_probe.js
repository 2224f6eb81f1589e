// Selects at random on every sheet of the page and tells what words.js read, beside what was selected as told without it:
// the contents of the selection, cloned, without the asides.
(seed, times) => {
  const ASIDE = "[data-aside], a.ref, .vh, svg";
  let state = seed;
  const random = () => {
    // A generator with a seed (mulberry32), for the same selections in every run.
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (count) => Math.floor(random() * count);
  const pick = (list) => list[below(list.length)];

  const nodesIn = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    const nodes = [root];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    // Inside a line break there is no place: a copy of half of it would be a whole one.
    return nodes.filter((node) => node.nodeName !== "BR");
  };
  const point = (node) => [node, below((node.nodeType === Node.TEXT_NODE ? node.length : node.childNodes.length) + 1)];

  // Mostly inside one block; else anywhere on the sheet; at times with one end outside it.
  const choose = (sheet, blocks) => {
    const where = random();
    const nodes = nodesIn(where < 0.75 ? pick(blocks) : sheet);
    const outside = [...document.querySelectorAll("p")].filter((each) => !each.closest("[data-words]"));
    const ends = [point(pick(nodes)), where > 0.95 ? point(pick(outside)) : point(pick(nodes))];
    return random() < 0.5 ? ends : ends.reverse();
  };

  const letters = (range) => {
    const common = range.commonAncestorContainer;
    if ((common.nodeType === Node.ELEMENT_NODE ? common : common.parentElement).closest(ASIDE)) return "";
    // Nothing is taken out of the copy: a browser would look through all ranges ever made for each node that goes.
    const told = (node) => {
      if (node.nodeName === "BR") return "\n";
      if (node.nodeType === Node.ELEMENT_NODE && node.matches(ASIDE)) return "";
      return node.nodeType === Node.TEXT_NODE ? node.data : [...node.childNodes].map(told).join("");
    };
    return told(range.cloneContents());
  };

  // For each block how many UTF-16 units stand before the selection and how many are in it.
  const selected = (range, blocks) =>
    blocks.flatMap((block, index) => {
      if (!range.intersectsNode(block)) return [];
      const inside = document.createRange();
      inside.selectNodeContents(block);
      if (range.compareBoundaryPoints(Range.START_TO_START, inside) > 0) inside.setStart(range.startContainer, range.startOffset);
      if (range.compareBoundaryPoints(Range.END_TO_END, inside) < 0) inside.setEnd(range.endContainer, range.endOffset);
      if (!block.contains(inside.startContainer) || !block.contains(inside.endContainer)) return [];
      const earlier = document.createRange();
      earlier.setStart(block, 0);
      earlier.setEnd(inside.startContainer, inside.startOffset);
      return [{ index, before: letters(earlier).length, taken: letters(inside).length }];
    });

  const { read, select, rangeOf } = Newsroom.words;
  const selection = document.getSelection();
  return [...document.querySelectorAll("[data-words]")].map((sheet) => {
    const blocks = [...sheet.querySelectorAll("[data-start]")];
    return Array.from({ length: times }, () => {
      const [anchor, focus] = choose(sheet, blocks);
      selection.setBaseAndExtent(...anchor, ...focus);
      const range = selection.getRangeAt(0);
      const seen = selected(range, blocks);
      const found = read(selection, sheet);
      const again = (found.ok ? [found] : found.parts).map((part) => {
        const isThere = rangeOf(sheet, part) !== null && select(sheet, part);
        return isThere && read(selection, sheet);
      });
      return { seen, found, again };
    });
  });
};
