// The picture of a page: fetched from an address of its own, as sharp as it is shown, with the
// page's words laid over it so that they can be selected, and what was asked for marked.
const STEPS = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 4];
const PINCH = 0.2; // of the distance of two fingers, until the next step
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

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".kb-viewer");
  const find = (selector) => root.querySelector(selector);
  const [sheet, figure, image] = [find(".kb-sheet"), find(".kb-figure"), find("img")];
  const [marks, words, note] = [find(".kb-marks"), find(".kb-words"), find(".kb-warn")];
  const own = (root.kb ??= { zoom: Number(stored("kb-zoom")) || 1 });
  own.data = data;

  const fail = (problem) => {
    note.textContent = own.data.problems[problem] ?? own.data.problems.damaged;
    root.classList.add("kb-no-picture");
  };

  /** Load the picture as sharp as it is shown; what is shown stays until it is there. */
  const load = () => {
    const width = sharp(own.data.widths, figure.clientWidth);
    const address = `${own.data.picture}&lebar=${width}`;
    if (own.address === address || !figure.clientWidth) return;
    // Smaller than what is there already: nothing is gained.
    if (own.page === own.data.picture && own.width > width) return;
    const before = own.page;
    [own.address, own.page, own.width] = [address, own.data.picture, width];
    if (before !== own.page) root.classList.add("kb-waits");
    const next = new Image();
    next.onload = () => {
      if (own.address !== address) return;
      image.src = next.src;
      figure.style.setProperty("--shape", next.naturalHeight / next.naturalWidth);
      root.classList.remove("kb-waits", "kb-no-picture");
      own.shape = next.naturalHeight / next.naturalWidth;
      lay();
      ahead(width);
    };
    next.onerror = () => {
      if (own.address !== address) return;
      root.classList.remove("kb-waits");
      fail(own.places?.problem ?? "damaged");
    };
    next.src = address;
  };

  /** The next page is most likely what is read next: its picture is fetched meanwhile. */
  const ahead = (width) => {
    if (!own.data.next || own.ahead === own.data.next) return;
    own.ahead = own.data.next;
    clearTimeout(own.soon);
    own.soon = setTimeout(() => {
      new Image().src = `${own.ahead}&lebar=${width}`;
    }, 600);
  };

  const lay = () => {
    const found = own.places;
    if (!found || !own.shape || own.laid === found) return;
    own.laid = found;
    words.replaceChildren(layer(found.words, own.shape));
    marks.replaceChildren(
      ...found.boxes.map((box) => {
        const mark = document.createElement("div");
        mark.className = `kb-box kb-box-${box.kind}`;
        return placed(mark, box.x0, box.y0, box.x1, box.y1);
      }),
    );
    const first = marks.querySelector(".kb-box-said, .kb-box-hit");
    if (first && sheet.scrollHeight > sheet.clientHeight + 4) {
      sheet.scrollTop = first.offsetTop - sheet.clientHeight / 3;
      sheet.scrollLeft = first.offsetLeft - sheet.clientWidth / 3;
    }
  };

  const ask = async () => {
    const address = own.data.places;
    if (own.asked === address) return;
    own.asked = address;
    own.places = null;
    words.replaceChildren();
    marks.replaceChildren();
    let found = { problem: "damaged", words: [], boxes: [] };
    try {
      const answer = await fetch(address);
      if (answer.ok) found = await answer.json();
    } catch {
      // the server is gone: Streamlit's page says so
    }
    if (own.asked !== address) return;
    own.places = found;
    if (found.problem) fail(found.problem);
    lay();
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

  const show = () => {
    figure.style.width = percent(own.zoom);
    root.classList.toggle("kb-closer", own.zoom > 1);
    find("output").textContent = `${Math.round(100 * own.zoom)} %`;
    find('[data-do="wider"]').disabled = own.zoom <= STEPS[0];
    find('[data-do="closer"]').disabled = own.zoom >= STEPS.at(-1);
    const on = document.documentElement.hasAttribute("data-kb-full");
    find('[data-do="full"]').setAttribute("aria-pressed", String(on));
    load();
  };

  const actions = { wider: () => step(-1), closer: () => step(1), fit: () => zoom(1), full };
  for (const button of root.querySelectorAll("[data-do]")) {
    const name = button.dataset.do;
    button.setAttribute("aria-label", data.words[name]);
    button.title = `${data.words[name]} (${button.dataset.key})`;
    if (name === "full") button.textContent = data.words.full;
    button.onclick = actions[name];
  }
  find(".kb-zoom").setAttribute("aria-label", data.words.bar);
  sheet.setAttribute("aria-label", data.alt);
  image.alt = data.alt;

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

  if (own.picture !== data.picture) {
    own.picture = data.picture;
    root.classList.remove("kb-no-picture");
    sheet.scrollTop = 0;
  }
  if (stored("kb-full")) document.documentElement.setAttribute("data-kb-full", "");
  own.watch ??= new ResizeObserver(() => load());
  own.watch.observe(sheet);
  show();
  ask();
  return () => {
    own.watch.disconnect();
    clearTimeout(own.soon);
  };
}
