// The pages of a document as they look: fetched from addresses of their own, as sharp as they are
// shown, with their words laid over them so that they can be selected, and what was asked for
// marked. One page at a time, or all of them one below the other: then the page in view is the
// page of the address, and with it of the text beside and of the outline.
const STEPS = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 4];
const PINCH = 0.2; // of the distance of two fingers, until the next step
const READ_AT = 0.35; // of the sheet's height: the page that is there is being read
const REST = 350; // milliseconds without scrolling after which the address follows
const PASSING = 150; // milliseconds a page must stay near to be fetched
const KEPT = 6; // pages before and behind whose pictures stay
const METRICS = document.createElement("canvas").getContext("2d");

const stored = (name, value) => {
  try {
    if (value === undefined) return sessionStorage.getItem(name);
    sessionStorage.setItem(name, value);
  } catch {
    return null; // a browser that keeps nothing
  }
};

const percent = (value) => `${(100 * value).toFixed(3)}%`;

/** The least width offered that is not coarser than what is shown. */
function sharp(widths, shown) {
  const wanted = shown * (window.devicePixelRatio || 1);
  return widths.find((width) => width >= wanted) ?? widths.at(-1);
}

function placed(element, x0, y0, x1, y1) {
  element.style.left = percent(x0);
  element.style.top = percent(y0);
  element.style.width = percent(x1 - x0);
  element.style.height = percent(y1 - y0);
  return element;
}

/** The words as transparent text, each as wide as it is printed; sizes follow the figure's. */
function layer(words, shape) {
  const out = document.createDocumentFragment();
  for (const [text, x0, y0, x1, y1, last] of words) {
    const word = document.createElement("span");
    word.textContent = last ? text : `${text} `;
    word.style.left = percent(x0);
    word.style.top = percent(y0);
    const size = (y1 - y0) * shape * 100; // hundredths of the figure's width
    word.style.fontSize = `${size.toFixed(3)}cqw`;
    METRICS.font = "100px sans-serif";
    const natural = METRICS.measureText(text).width / 100;
    if (natural && size) word.style.transform = `scaleX(${((x1 - x0) * 100) / (natural * size)})`;
    out.append(word);
    if (last) out.append(document.createElement("br"));
  }
  return out;
}

/** The place of one page, empty until it comes near. */
function leafOf(page) {
  const part = (tag, name) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    return made;
  };
  const element = part("div", "kb-leaf");
  element.setAttribute("aria-hidden", "true"); // read out is the page in view alone
  const leaf = { page, element, image: part("img"), marks: part("div", "kb-marks"), words: part("div", "kb-words") };
  leaf.words.setAttribute("aria-hidden", "true");
  element.append(leaf.image, leaf.marks, leaf.words);
  element.kbLeaf = leaf;
  return leaf;
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".kb-viewer");
  const find = (selector) => root.querySelector(selector);
  const [sheet, stack, note] = [find(".kb-sheet"), find(".kb-leaves"), find(".kb-warn")];
  const own = (root.kb ??= { zoom: Number(stored("kb-zoom")) || 1, leaves: [] });
  own.data = data;

  const flows = () => {
    if (data.count < 2) return false;
    const chosen = stored("kb-flow");
    return chosen ? chosen === "1" : window.matchMedia("(min-width: 769px)").matches;
  };

  const fail = (problem) => {
    note.textContent = own.data.problems[problem] ?? own.data.problems.damaged;
    root.classList.add("kb-no-picture");
  };

  const leafAt = (page) => (own.flow ? own.leaves[page - 1] : own.leaves[0]);

  /** Load a picture as sharp as it is shown; what is shown stays until it is there. */
  const load = (leaf) => {
    const width = sharp(own.data.widths, leaf.element.clientWidth);
    const picture = `${own.data.at}/${leaf.page}?${own.data.made}`;
    const address = `${picture}&lebar=${width}`;
    if (leaf.address === address || !leaf.element.clientWidth) return;
    // Smaller than what is there already: nothing is gained.
    if (leaf.picture === picture && leaf.width > width) return;
    const before = leaf.picture;
    [leaf.address, leaf.picture, leaf.width] = [address, picture, width];
    if (before !== picture) leaf.element.classList.add("kb-waits");
    const next = new Image();
    next.onload = () => {
      if (leaf.address !== address) return;
      leaf.image.src = next.src;
      leaf.shape = next.naturalHeight / next.naturalWidth;
      leaf.element.style.setProperty("--shape", leaf.shape);
      if (!own.shaped) {
        own.shaped = true; // most pages are like the first one seen
        stack.style.setProperty("--shape", leaf.shape);
        if (own.flow) arrive();
      }
      leaf.element.classList.remove("kb-waits");
      root.classList.remove("kb-no-picture");
      lay(leaf);
      if (!own.flow) ahead(width);
    };
    next.onerror = () => {
      if (leaf.address !== address) return;
      leaf.element.classList.remove("kb-waits");
      if (leaf.page === own.here) fail(leaf.places?.problem ?? "damaged");
    };
    next.src = address;
  };

  /** The next page is most likely what is read next: its picture is fetched meanwhile. */
  const ahead = (width) => {
    if (own.here >= own.data.count || own.ahead === own.here + 1) return;
    own.ahead = own.here + 1;
    clearTimeout(own.soon);
    own.soon = setTimeout(() => {
      new Image().src = `${own.data.at}/${own.ahead}?${own.data.made}&lebar=${width}`;
    }, 600);
  };

  const lay = (leaf) => {
    const found = leaf.places;
    if (!found || !leaf.shape || leaf.laid === found) return;
    leaf.laid = found;
    leaf.words.replaceChildren(layer(found.words, leaf.shape));
    leaf.marks.replaceChildren(
      ...found.boxes.map((box) => {
        const mark = document.createElement("div");
        mark.className = `kb-box kb-box-${box.kind}`;
        return placed(mark, box.x0, box.y0, box.x1, box.y1);
      }),
    );
    if (own.reveal !== leaf.page) return;
    own.reveal = 0;
    const first = leaf.marks.querySelector(".kb-box-said, .kb-box-hit");
    if (!first || sheet.scrollHeight <= sheet.clientHeight + 4) return;
    sheet.scrollTop = leaf.element.offsetTop + first.offsetTop - sheet.clientHeight / 3;
    sheet.scrollLeft = first.offsetLeft - sheet.clientWidth / 3;
  };

  const ask = async (leaf) => {
    const address = `${own.data.at}/${leaf.page}/kata?${own.data.asked}`;
    if (leaf.asked === address) return;
    leaf.asked = address;
    let found = { problem: "damaged", words: [], boxes: [] };
    try {
      const answer = await fetch(address);
      if (answer.ok) found = await answer.json();
    } catch {
      // the server is gone: Streamlit's page says so
    }
    if (leaf.asked !== address) return;
    leaf.places = found;
    if (found.problem && leaf.page === own.here) fail(found.problem);
    lay(leaf);
  };

  const bare = (leaf) => {
    leaf.places = leaf.laid = null;
    leaf.words.replaceChildren();
    leaf.marks.replaceChildren();
  };

  const fetched = (leaf) => {
    load(leaf);
    ask(leaf);
  };

  const dropped = (leaf) => {
    leaf.image.removeAttribute("src");
    leaf.address = leaf.picture = leaf.asked = null;
    leaf.width = 0;
    bare(leaf);
  };

  /** Another page is the one being read. */
  const turn = (page) => {
    if (own.here !== page) {
      own.here = page;
      for (const before of stack.querySelectorAll(".kb-figure")) {
        before.classList.remove("kb-figure");
        before.setAttribute("aria-hidden", "true");
      }
    }
    const leaf = leafAt(page);
    leaf.element.classList.add("kb-figure");
    leaf.element.removeAttribute("aria-hidden");
    leaf.image.alt = own.data.alt.replace("%", page);
    sheet.setAttribute("aria-label", leaf.image.alt);
    fetched(leaf);
  };

  /** To the beginning of the page of the address. */
  const arrive = () => {
    sheet.scrollTop = own.flow ? leafAt(own.here).element.offsetTop : 0;
  };

  /** The address follows what is read; Streamlit then draws text and outline of that page. */
  const follow = () => {
    if (!root.isConnected) return;
    const url = new URL(location.href);
    if (own.told === own.here || url.searchParams.get("id") !== own.data.at.split("/").at(-1)) return;
    own.told = own.here;
    url.searchParams.set("hal", own.here);
    url.searchParams.delete("s");
    history.replaceState(history.state, "", url.pathname + url.search);
    window.dispatchEvent(new PopStateEvent("popstate"));
  };

  /** Which page lies where one reads: the tops of the pages ascend. */
  const inView = () => {
    const line = sheet.scrollTop + sheet.clientHeight * READ_AT;
    let [low, high] = [0, own.leaves.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (own.leaves[middle].element.offsetTop <= line) low = middle;
      else high = middle - 1;
    }
    return own.leaves[low].page;
  };

  sheet.onscroll = () => {
    if (!own.flow || !own.shaped) return;
    const page = inView();
    if (page === own.here) return;
    turn(page);
    clearTimeout(own.resting);
    own.resting = setTimeout(follow, REST);
  };

  /** The places of the pages: all of them, or that of the one being read. */
  const build = () => {
    own.leaves = Array.from({ length: own.flow ? data.count : 1 }, (_, n) => leafOf(own.flow ? n + 1 : data.page));
    own.shaped = false;
    stack.replaceChildren(...own.leaves.map((leaf) => leaf.element));
    observe();
  };

  /** Pages that come near are fetched, those far away let go. */
  const observe = () => {
    own.near?.disconnect();
    if (!own.flow) return;
    own.near = new IntersectionObserver(
      (changes) => {
        for (const { target, isIntersecting } of changes) {
          const leaf = target.kbLeaf;
          clearTimeout(leaf.soon);
          leaf.image.alt ||= own.data.alt.replace("%", leaf.page);
          if (isIntersecting) leaf.soon = setTimeout(() => fetched(leaf), PASSING);
          else if (leaf.address && Math.abs(leaf.page - own.here) > KEPT) dropped(leaf);
        }
      },
      { root: sheet, rootMargin: "60% 0px" },
    );
    for (const leaf of own.leaves) own.near.observe(leaf.element);
  };

  const zoom = (value) => {
    const [x, y] = [
      (sheet.scrollLeft + sheet.clientWidth / 2) / Math.max(1, sheet.scrollWidth),
      (sheet.scrollTop + sheet.clientHeight / 2) / Math.max(1, sheet.scrollHeight),
    ];
    own.zoom = value;
    stored("kb-zoom", value);
    show();
    sheet.scrollLeft = x * sheet.scrollWidth - sheet.clientWidth / 2;
    sheet.scrollTop = y * sheet.scrollHeight - sheet.clientHeight / 2;
  };

  const step = (by) => {
    const at = STEPS.indexOf(own.zoom);
    const to = STEPS[Math.min(STEPS.length - 1, Math.max(0, (at < 0 ? 2 : at) + by))];
    if (to !== own.zoom) zoom(to);
  };

  const full = () => {
    const on = document.documentElement.toggleAttribute("data-kb-full");
    stored("kb-full", on ? "1" : "");
    show();
  };

  const flow = () => {
    stored("kb-flow", own.flow ? "0" : "1");
    own.flow = flows();
    build();
    turn(own.here);
    show();
    arrive();
  };

  const show = () => {
    stack.style.width = percent(own.zoom);
    root.classList.toggle("kb-closer", own.zoom > 1);
    root.classList.toggle("kb-flows", own.flow);
    find("output").textContent = `${Math.round(100 * own.zoom)} %`;
    find('[data-do="wider"]').disabled = own.zoom <= STEPS[0];
    find('[data-do="closer"]').disabled = own.zoom >= STEPS.at(-1);
    const on = document.documentElement.hasAttribute("data-kb-full");
    find('[data-do="full"]').setAttribute("aria-pressed", String(on));
    find('[data-do="flow"]').setAttribute("aria-pressed", String(own.flow));
    find('[data-do="flow"]').hidden = data.count < 2;
    for (const leaf of own.leaves) if (leaf.address) load(leaf);
  };

  const actions = { wider: () => step(-1), closer: () => step(1), fit: () => zoom(1), full, flow };
  for (const button of root.querySelectorAll("[data-do]")) {
    const name = button.dataset.do;
    if (name === "full" || name === "flow") button.textContent = data.words[name];
    else button.setAttribute("aria-label", data.words[name]);
    button.title = `${data.words[name]} (${button.dataset.key})`;
    button.onclick = actions[name];
  }
  find(".kb-zoom").setAttribute("aria-label", data.words.bar);

  // Two fingers on a phone, or the wheel with Ctrl (what a touchpad's pinch is to a browser).
  const apart = (touches) =>
    Math.hypot(touches[0].pageX - touches[1].pageX, touches[0].pageY - touches[1].pageY);
  sheet.ontouchstart = (event) => {
    own.apart = event.touches.length === 2 ? apart(event.touches) : 0;
  };
  sheet.ontouchmove = (event) => {
    if (!own.apart || event.touches.length !== 2) return;
    event.preventDefault();
    const change = apart(event.touches) / own.apart - 1;
    if (Math.abs(change) < PINCH) return;
    own.apart = apart(event.touches);
    step(Math.sign(change));
  };
  sheet.onwheel = (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    if (Date.now() - (own.wheeled ?? 0) < 120) return;
    own.wheeled = Date.now();
    step(-Math.sign(event.deltaY));
  };

  if (stored("kb-full")) document.documentElement.setAttribute("data-kb-full", "");
  const other = own.of !== `${data.at}?${data.made}`;
  if (other) {
    own.of = `${data.at}?${data.made}`;
    own.flow = flows();
    own.told = own.here = own.marked = undefined;
    root.classList.remove("kb-no-picture");
    build();
  } else observe();
  if (own.marked !== data.asked) {
    own.marked = data.asked;
    for (const leaf of own.leaves) if (leaf.asked) fetched(leaf);
  }
  // What the reader has left behind by scrolling on is no wish to go back there.
  const named = new URLSearchParams(location.search).get("hal");
  const late = own.flow && !other && /^\d+$/.test(named ?? "") && Number(named) !== data.page;
  show();
  if (!late && own.told !== data.page) {
    own.told = own.reveal = data.page;
    clearTimeout(own.resting);
    if (!own.flow && own.leaves[0].page !== data.page) {
      own.leaves[0].page = data.page;
      bare(own.leaves[0]);
      root.classList.remove("kb-no-picture");
    }
    turn(data.page);
    arrive();
  }
  own.watch ??= new ResizeObserver(() => own.leaves.forEach((leaf) => leaf.address && load(leaf)));
  own.watch.observe(sheet);
  return () => {
    own.watch.disconnect();
    own.near?.disconnect();
    clearTimeout(own.soon);
  };
}
