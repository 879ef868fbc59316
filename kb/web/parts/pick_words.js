// In Perbaiki on Dokumen: which words of the page's text are selected, or which tag is clicked.
const TEXT = ".stHtml :is(.kb-page, .kb-article)";

/** Characters (not UTF-16 units) of `block` before a place in it. */
function before(block, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(block);
  range.setEnd(node, offset);
  return [...range.toString()].length;
}

const blockOf = (node) =>
  (node instanceof Element ? node : node?.parentElement)?.closest?.(TEXT) ?? null;

function selected() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const block = blockOf(range.startContainer);
  if (!block || blockOf(range.endContainer) !== block || !range.toString().trim()) return null;
  const start = before(block, range.startContainer, range.startOffset);
  return { start, words: range.toString(), whole: false };
}

function clicked(target) {
  const tag = target.closest?.(`${TEXT} .kb-ent`);
  if (!tag) return null;
  const start = before(tag.closest(TEXT), tag, 0);
  return { start, words: tag.textContent, whole: true };
}

export default function ({ data, parentElement, setTriggerValue }) {
  let last = "";
  const tell = (found) => {
    if (!found || !data.on) return;
    const told = `${found.start} ${found.words} ${found.whole}`;
    if (told === last) return;
    last = told;
    setTriggerValue("picked", { ...found, page: data.page, at: Date.now() });
  };
  const released = (event) => {
    // The selection is as the browser leaves it after the event.
    setTimeout(() => tell(selected() ?? (event.type === "click" ? clicked(event.target) : null)));
  };
  // Escape closes the form, but first the list that is open in it.
  const escaped = (event) => {
    if (event.key !== "Escape" || !data.picked || !parentElement.isConnected) return;
    if (!document.querySelector('[role="listbox"]')) setTriggerValue("picked", { page: "" });
  };
  document.addEventListener("keydown", escaped, true);
  // A click follows every release of the mouse; keys (shift and arrows) have none.
  for (const name of ["click", "keyup"]) document.addEventListener(name, released);
  return () => {
    document.removeEventListener("keydown", escaped, true);
    for (const name of ["click", "keyup"]) document.removeEventListener(name, released);
  };
}
