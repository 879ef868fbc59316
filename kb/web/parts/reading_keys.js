// Keys on Dokumen: arrows and n/p follow the links that turn pages, the rest press a button.
const LINKS = { ArrowLeft: "previous", ArrowRight: "next", p: "previous_hit", n: "next_hit" };
const BUTTONS = { "+": "closer", "=": "closer", "-": "wider", 0: "fit", f: "full", c: "flow" };
// A field that the address gave another value has a number behind its name (state.bound).
const FIELDS = { g: '[class*="st-key-go_page"] input', "/": '[class*="st-key-in_document"] input' };
// Where a key already means something.
const BUSY =
  "input, textarea, select, [contenteditable], [data-row], [role=tablist], [role=listbox]," +
  " [role=slider], [role=dialog], [role=menu], [role=grid], canvas";

/** A sheet that the arrow could scroll sideways. */
const scrolls = (element) => {
  const sheet = element.closest(".kb-sheet");
  return sheet && sheet.scrollWidth > sheet.clientWidth + 1;
};

function pressed(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const path = event.composedPath();
  const from = path[0] instanceof Element ? path[0] : document.body;
  if (from.closest(BUSY)) return;
  const name = LINKS[event.key];
  const link = name && document.querySelector(`.kb-walk a[data-k="${name}"]`);
  const button = document.querySelector(`.kb-zoom [data-do="${BUTTONS[event.key]}"]`);
  const field = FIELDS[event.key] && document.querySelector(FIELDS[event.key]);
  if (link && event.key.startsWith("Arrow") && scrolls(from)) return;
  const target = link || button;
  if (!target && !field) return;
  event.preventDefault();
  if (field) field.select();
  else target.click();
}

/** The statement a reader came for is in view once its page is drawn. */
function reached(statement) {
  if (!statement || window.kbReached === statement) return;
  window.kbReached = statement;
  const begun = Date.now();
  const look = () => {
    const found = document.querySelector(".kb-chosen");
    if (found) found.scrollIntoView({ block: "center" });
    else if (Date.now() - begun < 5000) setTimeout(look, 100);
  };
  setTimeout(look, 300);
}

export default function ({ data }) {
  if (data.statement) reached(data.statement);
  else window.kbReached = "";
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}
