// Events on an axis of time: drag to move, wheel, pinch, buttons or + and - to zoom, arrow keys to
// walk from event to event, Enter or a click to open. Words arrive as data and stay text.
const DAY = 86400000;
const ROW = 62; // pixels a line of one kind is high
const ROOM = 12; // pixels between points that would lie on each other
const CLOSEST = 20 * DAY;

const make = (tag, className, parent) => {
  const made = document.createElement(tag);
  made.className = className;
  parent?.append(made);
  return made;
};

/** Days to mark between two times: years, months or days, at most `most`. */
function ticks(from, to, most, language) {
  const span = to - from;
  const found = [];
  const year = { year: "numeric", timeZone: "UTC" };
  const month = { month: "short", year: "numeric", timeZone: "UTC" };
  const dayOf = { day: "numeric", month: "short", timeZone: "UTC" };
  const steps = [1, 2, 5, 10, 20];
  const years = span / (365.25 * DAY);
  const first = new Date(from);
  if (years > 3) {
    const step = steps.find((s) => years / s <= most - 1) ?? 50;
    let y = Math.ceil(first.getUTCFullYear() / step) * step;
    for (; Date.UTC(y, 0, 1) <= to; y += step) found.push([Date.UTC(y, 0, 1), year]);
  } else if (span > 62 * DAY) {
    const step = [1, 2, 3, 6, 12].find((s) => (years * 12) / s <= most / 1.6) ?? 12;
    let m = first.getUTCFullYear() * 12 + first.getUTCMonth();
    m = Math.ceil(m / step) * step;
    const begin = (n) => Date.UTC(Math.floor(n / 12), n % 12, 1);
    for (; begin(m) <= to; m += step) found.push([begin(m), month]);
  } else {
    const step = [1, 2, 5, 7, 14].find((s) => span / DAY / s <= most / 1.2) ?? 31;
    for (let at = Math.ceil(from / DAY) * DAY; at <= to; at += step * DAY) found.push([at, dayOf]);
  }
  return found
    .filter(([at]) => at >= from && at <= to)
    .map(([at, form]) => [at, new Intl.DateTimeFormat(language, form).format(at)]);
}

function draw(root, data) {
  root.replaceChildren();
  const events = data.points.map((p) => ({ ...p, at: Date.parse(`${p.date}T00:00:00Z`) }));
  const first = Math.min(...events.map((e) => e.at));
  const last = Math.max(...events.map((e) => e.at));
  const margin = Math.max((last - first) * 0.03, 15 * DAY);
  const whole = [first - margin, last + margin];
  let [from, to] = whole;

  const tools = make("div", "tools", root);
  const button = (sign, name, act) => {
    const made = make("button", "", tools);
    made.type = "button";
    made.textContent = sign;
    made.title = name;
    made.setAttribute("aria-label", name);
    made.addEventListener("click", act);
    return made;
  };
  const field = make("div", "field", root);
  field.setAttribute("role", "group");
  field.setAttribute("aria-label", data.words.alt);
  const grid = make("div", "grid", field);
  const rows = data.kinds.map((kind) => {
    const row = make("div", "row", field);
    make("span", "kind", row).textContent = kind.name;
    row.style.setProperty("--c", kind.colour);
    return row;
  });
  const tip = make("div", "tip", field);
  tip.hidden = true;
  const dots = events.map((event, n) => {
    const dot = make(event.address ? "a" : "span", "dot", rows[event.kind]);
    if (event.address) dot.href = event.address;
    dot.setAttribute("aria-label", `${data.kinds[event.kind].name}, ${event.said}`);
    if (!event.address) dot.setAttribute("role", "img");
    dot.tabIndex = n === events.length - 1 ? 0 : -1;
    dot.dataset.n = n;
    return dot;
  });

  let width = 0; // read once a drawing: every read after a write lays the page out anew
  const across = (at) => ((at - from) / (to - from)) * width;

  function place() {
    width = field.clientWidth;
    if (!width) return;
    const taken = rows.map(() => []); // for each line the last point of every level
    const levels = rows.map(() => 1);
    const put = [];
    events.forEach((event, n) => {
      const x = across(event.at);
      const seen = x >= -8 && x <= width + 8;
      dots[n].hidden = !seen;
      if (!seen) return;
      const ends = taken[event.kind];
      let level = ends.findIndex((end) => x - end >= ROOM);
      if (level < 0) level = ends.length;
      ends[level] = x;
      levels[event.kind] = Math.max(levels[event.kind], level + 1);
      put.push([n, x, level]);
    });
    for (const [n, x, level] of put) {
      const kind = events[n].kind;
      const step = Math.min(ROOM, (ROW - 26) / Math.max(1, levels[kind] - 1));
      dots[n].style.transform = `translate(${x.toFixed(1)}px, ${(-level * step).toFixed(1)}px)`;
    }
    grid.replaceChildren();
    for (const [at, words] of ticks(from, to, Math.floor(width / 52), data.language)) {
      const line = make("span", "", grid);
      line.style.left = `${across(at)}px`;
      if (across(at) < width - 8 * words.length) line.textContent = words; // else it would be cut
    }
    closer.disabled = to - from <= CLOSEST * 1.01;
    wider.disabled = all.disabled = from <= whole[0] && to >= whole[1];
  }

  function show(begin, end) {
    const span = Math.min(Math.max(end - begin, CLOSEST), whole[1] - whole[0]);
    from = Math.min(Math.max((begin + end - span) / 2, whole[0]), whole[1] - span);
    to = from + span;
    hide();
    place();
  }

  function zoom(factor, at = (from + to) / 2) {
    const span = (to - from) * factor;
    const share = (at - from) / (to - from);
    const begin = at - share * span;
    show(begin, begin + span);
  }

  function tell(dot) {
    if (!dot) return hide();
    tip.textContent = events[dot.dataset.n].said;
    tip.hidden = false;
    const box = field.getBoundingClientRect();
    const spot = dot.getBoundingClientRect();
    const left = spot.left - box.left + spot.width / 2;
    tip.style.left = `${Math.min(Math.max(left - tip.offsetWidth / 2, 0), box.width - tip.offsetWidth)}px`;
    const above = spot.top - box.top - tip.offsetHeight - 8;
    tip.style.top = `${above > -30 ? above : spot.bottom - box.top + 8}px`;
  }

  function hide() {
    tip.hidden = true;
  }

  function open(event, dot) {
    if (!dot.href || event.metaKey || event.ctrlKey || event.shiftKey || event.button > 0) return;
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("kb-go", { detail: dot.href }));
  }

  /** The event before or after, brought into view. */
  function walk(dot, to_) {
    const n = Number(dot.dataset.n) + to_;
    if (!events[n]) return;
    const span = to - from;
    if (events[n].at < from || events[n].at > to) show(events[n].at - span / 2, events[n].at + span / 2);
    dot.tabIndex = -1;
    dots[n].tabIndex = 0;
    dots[n].focus();
  }

  const closer = button("+", data.words.closer, () => zoom(0.5));
  const wider = button("−", data.words.wider, () => zoom(2));
  const all = button("↔", data.words.all, () => show(...whole));

  field.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      const move = ((to - from) * event.deltaX) / width;
      event.preventDefault();
      return show(from + move, to + move);
    }
    const before = to - from;
    const at = from + ((event.clientX - field.getBoundingClientRect().left) / width) * before;
    zoom(event.deltaY > 0 ? 1.25 : 0.8, at);
    if (to - from !== before) event.preventDefault(); // at either end the page scrolls on
  }, { passive: false });

  const touches = new Map();
  let dragged = 0;
  let told = null;
  field.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    dragged = 0;
    touches.set(event.pointerId, event.clientX);
  });
  field.addEventListener("pointermove", (event) => {
    if (!touches.has(event.pointerId)) return tell(event.target.closest(".dot"));
    const before = [...touches.values()];
    const moved = event.clientX - touches.get(event.pointerId);
    touches.set(event.pointerId, event.clientX);
    if (touches.size === 2) {
      const now = [...touches.values()];
      const was = Math.abs(before[0] - before[1]) || 1;
      zoom(was / (Math.abs(now[0] - now[1]) || 1));
    } else if (Math.abs((dragged += moved)) > 4) {
      if (!field.hasPointerCapture(event.pointerId)) field.setPointerCapture(event.pointerId);
      field.classList.add("moving");
      const move = (-(to - from) * moved) / width;
      show(from + move, to + move);
    }
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
    field.addEventListener(end, (event) => {
      touches.delete(event.pointerId);
      field.classList.remove("moving");
    });
  }
  field.addEventListener("pointerleave", hide);
  field.addEventListener("click", (event) => {
    const dot = event.target.closest(".dot");
    if (!dot) return;
    if (Math.abs(dragged) > 4) return event.preventDefault();
    const blind = event.pointerType === "touch" && told !== dot; // a finger does not hover first
    told = dot;
    if (blind) {
      event.preventDefault();
      return tell(dot);
    }
    open(event, dot);
  });
  field.addEventListener("focusin", (event) => tell(event.target.closest(".dot")));
  field.addEventListener("focusout", hide);
  root.onkeydown = (event) => {
    const dot = event.target.closest(".dot");
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") zoom(0.5, dot ? events[dot.dataset.n].at : undefined);
    else if (event.key === "-") zoom(2, dot ? events[dot.dataset.n].at : undefined);
    else if (event.key === "0") show(...whole);
    else if (event.key === "Escape") hide();
    else if (step && dot) walk(dot, step);
    else return;
    if (dot && !event.key.startsWith("Arrow")) tell(dot);
    event.preventDefault();
  };
  return place;
}

const drawn = new WeakMap();

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".kb-line");
  const said = JSON.stringify(data);
  if (drawn.get(root)?.said === said) return;
  drawn.get(root)?.watch.disconnect();
  const place = draw(root, data);
  const watch = new ResizeObserver(place);
  watch.observe(root);
  drawn.set(root, { said, watch });
}
