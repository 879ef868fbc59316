// What the browser does for links that are plain HTML: they open within the running session,
// focus and scroll stay where a reader expects them, one Tab stop for a row of bars.
//
// Streamlit follows the browser's history: a new entry and a popstate event are to it what the
// forward button is. Without this script every link still works, as a load of the whole app.
const WAIT = 15000;
const places = new Map(); // address -> where the reader was when leaving it

const main = () => document.querySelector('[data-testid="stMain"]');
const here = () => location.pathname + location.search;

/** Call `then` with the element once `find` gives one and the page has been drawn anew. */
function when(find, then) {
  const until = Date.now() + WAIT;
  const look = () => {
    const found = find();
    if (found) then(found);
    else if (Date.now() < until) setTimeout(look, 40);
  };
  setTimeout(look, 40);
}

function running() {
  return document.querySelector('[data-test-script-state="running"]') !== null;
}

/** The element with this mark, once the run that follows is over. */
function settled(mark, old) {
  let quiet = 0;
  return () => {
    quiet = running() ? 0 : quiet + 1;
    const found = mark && document.querySelector(`[data-k="${CSS.escape(mark)}"]`);
    if (found && found !== old && found.isConnected) return found;
    return quiet > 12 ? main() : null; // gone: another page, or nothing of the kind any more
  };
}

/** Open an address of the app; `link` is what was followed, if anything was. */
function go(address, link) {
  const url = new URL(address, location.href);
  const target = url.pathname + url.search;
  const other = location.pathname !== url.pathname;
  const mark = link?.dataset.k;
  places.set(here(), { top: main()?.scrollTop ?? 0, mark });
  history.pushState(null, "", target + url.hash);
  window.dispatchEvent(new PopStateEvent("popstate"));
  if (mark && !other && !link.closest("[data-top]")) {
    when(settled(mark, link), (found) => found !== main() && found.focus({ preventScroll: true }));
    return;
  }
  main()?.scrollTo({ top: 0 });
  if (other || link) when(settled(null, null), () => main()?.focus({ preventScroll: true }));
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
  when(settled(place.mark, null), (found) => {
    main()?.scrollTo({ top: place.top });
    if (found !== main()) found.focus({ preventScroll: true });
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

function install() {
  if (window.kbLinks) return;
  window.kbLinks = true;
  document.addEventListener("click", begun, true);
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", pressed);
  window.addEventListener("popstate", returned);
  document.addEventListener("kb-go", (event) => go(event.detail));
}

export default function ({ data }) {
  install();
  document.documentElement.lang = data.language;
  const skip = document.querySelector('[data-testid="stSkipToContent"]');
  if (skip?.firstChild) skip.firstChild.nodeValue = data.skip;
  document.querySelector('[data-testid="stSidebar"]')?.setAttribute("aria-label", data.side);
}
