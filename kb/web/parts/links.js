// What the browser does for links that are plain HTML: they open within the running session,
// focus and scroll stay where a reader expects them, one Tab stop for a row of bars.
//
// Streamlit follows the browser's history: a new entry and a popstate event are to it what the
// forward button is. Without this script every link still works, as a load of the whole app.
const WAIT = 15000;
const places = new Map(); // address -> where the reader was when leaving it

const main = () => document.querySelector('[data-testid="stMain"]');
const here = () => location.pathname + location.search;

const running = () => document.querySelector('[data-test-script-state="running"]') !== null;

/**
 * Call `then` with the element marked `mark` that the next run draws, or with null.
 *
 * `old` is the one to be replaced; without it the run is waited for, since an element of the
 * page before may bear the same mark. A page that is not drawn anew has kept its focus.
 */
function drawn(mark, old, then) {
  const begun = Date.now();
  let [seen, quiet] = [false, 0];
  const look = () => {
    seen ||= running();
    quiet = running() ? 0 : quiet + 1;
    const found = mark && document.querySelector(`[data-k="${CSS.escape(mark)}"]`);
    const over = seen ? quiet > 3 : Date.now() - begun > 1500;
    if (found && found !== old && (old || over)) then(found);
    else if (quiet > (seen ? 15 : 75) || Date.now() - begun > WAIT) then(null);
    else setTimeout(look, 40);
  };
  setTimeout(look, 40);
}

/** What an address shows: a page of the app, and on it one document or entity. */
const subject = (url) => `${url.pathname} ${url.searchParams.get("id")}`;

/** Open an address of the app; `link` is what was followed, if anything was. */
function go(address, link) {
  const url = new URL(address, location.href);
  const target = url.pathname + url.search;
  const at = new URL(location.href);
  const other = subject(at) !== subject(url);
  const mark = link?.dataset.k;
  places.set(here(), { top: main()?.scrollTop ?? 0, mark });
  history.pushState(null, "", target + url.hash);
  window.dispatchEvent(new PopStateEvent("popstate"));
  if (mark && !other && !link.closest("[data-top]")) {
    if (at.searchParams.get("hal") !== url.searchParams.get("hal")) main()?.scrollTo({ top: 0 });
    drawn(mark, link, (found) => found?.focus({ preventScroll: true }));
    return;
  }
  main()?.scrollTo({ top: 0 });
  if (other || link) main()?.focus({ preventScroll: true });
}

function clicked(event) {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest?.(".stHtml a[href]");
  if (!link || link.target || link.hasAttribute("download")) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin) return;
  event.preventDefault();
  go(link.href, link);
}

// --- the drawer: on a phone the sidebar lies over the page ---
const narrow = () => window.matchMedia("(max-width: 768px)").matches;

/** Open the drawer at the filters. */
function opened(event) {
  if (!event.target.closest?.("[data-drawer]")) return;
  event.preventDefault();
  event.stopPropagation();
  document.querySelector('[data-testid="stExpandSidebarButton"]')?.click();
  const begun = Date.now();
  const look = () => {
    const title = document.querySelector('[data-testid="stSidebarUserContent"] :is(h2, h3)');
    if (title?.getClientRects().length) title.scrollIntoView({ block: "start" });
    if (Date.now() - begun < 600) setTimeout(look, 100);
  };
  look();
}

/** A choice in the drawer closes it: the result lies behind. */
function chosen(event) {
  const link = event.target.closest?.('[data-testid="stSidebar"] .stHtml a[href]');
  if (!link || !narrow()) return;
  document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
}

/** The menu's entry of the page that is open leads to its start, with nothing chosen or asked.
 *
 * Streamlit keeps the address as it is there, and a reader would be held on one person's page. */
function begun(event) {
  const link = event.target.closest?.(
    '[data-testid="stTopNavLink"][aria-current], [data-testid="stSidebarNavLink"][aria-current]',
  );
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const url = new URL(link.href);
  const language = new URLSearchParams(location.search).get("lang");
  if (language) url.searchParams.set("lang", language);
  if (url.pathname + url.search === here()) return;
  event.preventDefault();
  event.stopPropagation();
  go(url.href);
}

/** Back and forward by the browser: to where the reader was. */
function returned(event) {
  const place = event.isTrusted && places.get(here());
  if (!place) return;
  drawn(place.mark, null, (found) => {
    main()?.scrollTo({ top: place.top });
    found?.focus({ preventScroll: true });
  });
}

/** Arrow keys walk a row of bars; only one of them is a Tab stop. */
function pressed(event) {
  const row = event.target.closest?.("[data-row]");
  if (!row) return;
  const items = [...row.querySelectorAll("a")];
  const at = items.indexOf(event.target.closest("a"));
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (at < 0 || !items[to]) return;
  event.preventDefault();
  items[at].tabIndex = -1;
  items[to].tabIndex = 0;
  items[to].focus();
}

/** What stands in the foot of every printed sheet: where this is, when it was printed, the sheet. */
function footed() {
  const foot = (document.getElementById("kb-foot") ??
    document.head.appendChild(Object.assign(document.createElement("style"), { id: "kb-foot" })));
  const language = document.documentElement.lang || "id";
  const day = new Date().toLocaleDateString(language, {
    day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit",
  });
  const text = JSON.stringify(`${location.href}\u2003${day}`);
  const box = "font: 8pt system-ui, sans-serif; color: #444; vertical-align: top; padding-top: 3mm;";
  foot.textContent =
    `@media print { @page { @bottom-left { content: ${text}; ${box} text-align: left; width: 88%;` +
    ` overflow-wrap: anywhere; } @bottom-right { content: counter(page) " / " counter(pages); ${box} } } }`;
}

/** Streamlit's own names of things are English. */
function named(data) {
  document.querySelector('[data-testid="stSidebar"]')?.setAttribute("aria-label", data.side);
  for (const [english, own] of Object.entries(data.names)) {
    for (const found of document.querySelectorAll(`[aria-label="${english}"]`)) found.setAttribute("aria-label", own);
  }
  // What stands over the start page where an address named none of the app's pages.
  for (const dialog of document.querySelectorAll('[role="dialog"]')) {
    const texts = document.createTreeWalker(dialog, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const own = data.lost.find(([begin]) => node.nodeValue.startsWith(begin))?.[1];
      if (own && node.nodeValue !== own) node.nodeValue = own;
    }
  }
}

function install() {
  if (window.kbLinks) return;
  window.kbLinks = true;
  document.addEventListener("click", opened, true);
  document.addEventListener("click", charted, true);
  document.addEventListener("click", chosen, true);
  document.addEventListener("click", begun, true);
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", pressed);
  window.addEventListener("popstate", returned);
  window.addEventListener("beforeprint", footed);
  document.addEventListener("kb-go", (event) => go(event.detail));
}

export default function ({ data }) {
  install();
  document.documentElement.lang = data.language;
  footed();
  const skip = document.querySelector('[data-testid="stSkipToContent"]');
  if (skip?.firstChild) skip.firstChild.nodeValue = data.skip;
  // The sidebar of a page is there only after what stands in it.
  for (const after of [0, 300, 1500]) setTimeout(named, after, data);
}
