// A chart as a file: what is drawn as HTML is read off the screen and written as SVG (lines,
// shapes and words stay what they are), above it the title, below it source, address and day.
const CHART = { edge: 20, title: 17, foot: 11, sharp: 3, font: "Arial, Helvetica, sans-serif" };
const INK = document.createElement("canvas");
INK.width = INK.height = 1;

const escaped = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const rounded = (value) => Math.round(value * 100) / 100;

/** Any CSS colour as one that every program reads, with its opacity; null where there is none. */
function colour(css) {
  const known = (colour.known ??= new Map());
  if (!known.has(css)) {
    const ink = INK.getContext("2d", { willReadFrequently: true });
    ink.clearRect(0, 0, 1, 1);
    ink.fillStyle = css;
    ink.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = ink.getImageData(0, 0, 1, 1).data;
    const hex = [r, g, b].map((n) => n.toString(16).padStart(2, "0")).join("");
    known.set(css, a ? { fill: `#${hex}`, opacity: rounded(a / 255) } : null);
  }
  return known.get(css);
}

/** A box of this style: its ground and its frame. */
function boxed(style, x, y, width, height) {
  if (width < 0.2 || height < 0.2) return "";
  let out = "";
  const size = Math.min(width, height);
  const given = parseFloat(style.borderTopLeftRadius) || 0;
  const radius = style.borderTopLeftRadius.endsWith("%") ? (given * size) / 100 : given;
  const sides = ["Top", "Right", "Bottom", "Left"].map((side) => ({
    wide: style[`border${side}Style`] === "none" ? 0 : parseFloat(style[`border${side}Width`]),
    ink: colour(style[`border${side}Color`]),
    dashed: style[`border${side}Style`] === "dashed",
  }));
  const ground = colour(style.backgroundColor);
  const framed = sides.every((side) => side.wide && side.ink && side.wide === sides[0].wide);
  const points = /^polygon\((.*)\)$/.exec(style.clipPath);
  if (ground && points) {
    const at = (value, whole) => {
      const inside = value.replace(/^calc\((.*)\)$/, "$1");
      let sum = 0;
      for (const [, sign, number, unit] of inside.matchAll(/([+-]?)\s*([\d.]+)(px|%)?/g)) {
        const size = unit === "%" ? (Number(number) * whole) / 100 : Number(number);
        sum += sign === "-" ? -size : size;
      }
      return sum;
    };
    const corners = points[1].split(/,\s*(?![^(]*\))/).map((corner) => {
      const [left, top] = corner.trim().match(/calc\([^)]*\)|\S+/g);
      return `${rounded(x + at(left, width))},${rounded(y + at(top, height))}`;
    });
    const paint = `fill="${ground.fill}" fill-opacity="${ground.opacity}"`;
    return `<polygon points="${corners.join(" ")}" ${paint}/>`;
  }
  if (ground || framed) {
    const half = framed ? sides[0].wide / 2 : 0;
    const paint = ground ? `fill="${ground.fill}" fill-opacity="${ground.opacity}"` : 'fill="none"';
    const line = framed
      ? ` stroke="${sides[0].ink.fill}" stroke-opacity="${sides[0].ink.opacity}" stroke-width="${sides[0].wide}"`
      : "";
    out += `<rect x="${rounded(x + half)}" y="${rounded(y + half)}" width="${rounded(width - 2 * half)}"` +
      ` height="${rounded(height - 2 * half)}" rx="${rounded(Math.max(0, Math.min(radius, size / 2) - half))}" ${paint}${line}/>`;
  }
  if (!framed) {
    const ends = [
      [x, y, x + width, y], [x + width, y, x + width, y + height],
      [x, y + height, x + width, y + height], [x, y, x, y + height],
    ];
    sides.forEach((side, n) => {
      if (!side.wide || !side.ink) return;
      const [x1, y1, x2, y2] = ends[n].map(rounded);
      out += `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${side.ink.fill}" stroke-opacity="${side.ink.opacity}"` +
        ` stroke-width="${side.wide}"${side.dashed ? ' stroke-dasharray="4 3"' : ""}/>`;
    });
  }
  return out;
}

/** The words of a text node, a line at a time, where they stand. */
function worded(node, from) {
  const style = getComputedStyle(node.parentElement);
  const ink = colour(style.color);
  if (!ink || !node.data.trim()) return "";
  const pen = INK.getContext("2d", { willReadFrequently: true });
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = pen.measureText("x");
  const lines = [];
  const range = document.createRange();
  for (const word of node.data.matchAll(/\S+/g)) {
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    const box = range.getClientRects()[0];
    if (!box?.width) continue;
    const last = lines.at(-1);
    if (last && Math.abs(last.box.top - box.top) < 2) {
      last.text += ` ${word[0]}`;
      last.end = box.right;
    } else lines.push({ box, text: word[0], end: box.right });
  }
  const family = escaped(style.fontFamily.replaceAll('"', "'"));
  // As wide as on the screen: the page's own letters are not there where the file is opened.
  return lines
    .map(({ box, text, end }) => {
      const base = box.top - from.top + (box.height - up - down) / 2 + up;
      return `<text x="${rounded(box.left - from.left)}" y="${rounded(base)}" font-family="${family}" font-size="${style.fontSize}"` +
        ` font-weight="${style.fontWeight}" textLength="${rounded(end - box.left)}" lengthAdjust="spacingAndGlyphs"` +
        ` fill="${ink.fill}" fill-opacity="${ink.opacity}">${escaped(text)}</text>`;
    })
    .join("");
}

/** A picture that carries its own data, as the drawing it is. */
function pictured(image, box, from) {
  const data = /^data:image\/svg\+xml,(.*)$/s.exec(image.getAttribute("src") ?? "");
  if (!data) return "";
  const own = new DOMParser().parseFromString(decodeURIComponent(data[1]), "image/svg+xml").documentElement;
  const place = { x: box.left - from.left, y: box.top - from.top, width: box.width, height: box.height };
  for (const [name, value] of Object.entries(place)) own.setAttribute(name, rounded(value));
  // Lines leave the picture, whose sides are stretched unlike: their width is that of the screen.
  const [, , wide, high] = (own.getAttribute("viewBox") ?? "0 0 1 1").split(/\s+/).map(Number);
  const [across, down] = [place.width / wide, place.height / high];
  let lines = "";
  for (const line of own.querySelectorAll("polyline, line")) {
    const moved = line.cloneNode();
    const x = (value) => rounded(place.x + Number(value) * across);
    const y = (value) => rounded(place.y + Number(value) * down);
    for (const name of ["x1", "x2"]) if (line.hasAttribute(name)) moved.setAttribute(name, x(line.getAttribute(name)));
    for (const name of ["y1", "y2"]) if (line.hasAttribute(name)) moved.setAttribute(name, y(line.getAttribute(name)));
    if (line.hasAttribute("points")) {
      const points = line.getAttribute("points").trim().split(/\s+/).map((point) => point.split(","));
      moved.setAttribute("points", points.map(([px, py]) => `${x(px)},${y(py)}`).join(" "));
    }
    moved.removeAttribute("vector-effect");
    lines += new XMLSerializer().serializeToString(moved);
    line.remove();
  }
  own.setAttribute("overflow", "hidden");
  return new XMLSerializer().serializeToString(own) + lines;
}

function drawnAs(element, from) {
  if (element.matches(".kb-chart-files, .kb-unseen, .kb-tabs, .tools, .tip, button, style, script")) return "";
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden" || style.opacity === "0") return "";
  const box = element.getBoundingClientRect();
  const [x, y] = [box.left - from.left, box.top - from.top];
  let out = "";
  if (element.tagName === "IMG") out += pictured(element, box, from);
  else if (style.display !== "inline") out += boxed(style, x, y, box.width, box.height);
  for (const pseudo of ["::before", "::after"]) {
    const made = getComputedStyle(element, pseudo);
    if (made.content === "none" || made.content === "normal" || made.visibility === "hidden") continue;
    if (made.position !== "absolute" || made.display === "none" || made.content !== '""') continue;
    const size = ["left", "top", "width", "height"].map((name) => parseFloat(made[name]) || 0);
    const frame = made.boxSizing === "content-box" ? 2 * (parseFloat(made.borderTopWidth) || 0) : 0;
    out += boxed(made, x + size[0], y + size[1], size[2] + frame, size[3] + frame);
  }
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) out += worded(child, from);
    else if (child.nodeType === Node.ELEMENT_NODE) out += drawnAs(child, from);
  }
  const faint = Number(style.opacity);
  return out && faint < 1 ? `<g opacity="${faint}">${out}</g>` : out;
}

/** Lines of words that are at most `width` wide. */
function wrapped(text, font, width) {
  const pen = INK.getContext("2d", { willReadFrequently: true });
  pen.font = font;
  const lines = [];
  for (const word of text.split(/\s+/)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** What is to be drawn: the figure's own content, or what it stands below. */
function subjectOf(figure) {
  const below = figure.dataset.of && document.querySelector(figure.dataset.of);
  if (!below) return figure;
  const host = [below, ...below.querySelectorAll("*")].find((e) => e.shadowRoot);
  return host?.shadowRoot.querySelector(".field") ?? below;
}

function asSvg(figure) {
  const subject = subjectOf(figure);
  const from = subject.getBoundingClientRect();
  const body = drawnAs(subject, from);
  const files = figure.querySelector(".kb-chart-files")?.getBoundingClientRect();
  const high = subject === figure && files ? files.top - from.top : from.height;
  const page = getComputedStyle(document.querySelector('[data-testid="stApp"]') ?? document.body);
  const [ground, ink] = [colour(page.backgroundColor)?.fill ?? "#ffffff", colour(page.color)?.fill ?? "#111111"];
  const wide = Math.max(from.width, 320);
  const day = new Date().toLocaleDateString(document.documentElement.lang || "id", {
    day: "numeric", month: "long", year: "numeric",
  });
  const font = (size, weight) => `${weight} ${size}px ${CHART.font}`;
  const title = wrapped(figure.dataset.title ?? "", font(CHART.title, 600), wide);
  const told = [figure.dataset.source, `${decodeURI(location.href)} · ${day}`].filter(Boolean);
  const foot = told.flatMap((line) => wrapped(line, font(CHART.foot, 400), wide));
  const head = title.length * CHART.title * 1.35 + 8;
  const below = CHART.edge + head + high + 14;
  const width = Math.ceil(wide + 2 * CHART.edge);
  const height = Math.ceil(below + foot.length * CHART.foot * 1.45 + CHART.edge);
  const line = (text, n, size, top, weight, opacity) =>
    `<text x="${CHART.edge}" y="${rounded(top + (n + 1) * size * (size === CHART.title ? 1.35 : 1.45) - size * 0.35)}"` +
    ` font-family="${CHART.font}" font-size="${size}" font-weight="${weight}" fill="${ink}" fill-opacity="${opacity}">${escaped(text)}</text>`;
  const text =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `<title>${escaped(figure.dataset.title ?? "")}</title><rect width="100%" height="100%" fill="${ground}"/>` +
    title.map((words, n) => line(words, n, CHART.title, CHART.edge, 600, 1)).join("") +
    `<g transform="translate(${CHART.edge} ${rounded(CHART.edge + head)})">${body}</g>` +
    foot.map((words, n) => line(words, n, CHART.foot, below, 400, 0.75)).join("") +
    "</svg>";
  return { text, width, height };
}

function saved(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

async function asPng({ text, width, height }) {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * CHART.sharp;
  canvas.height = height * CHART.sharp;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

/** A press on one of the buttons below a chart. */
function charted(event) {
  const button = event.target.closest?.("[data-chart]");
  const figure = button?.closest(".kb-chart");
  if (!figure) return;
  event.preventDefault();
  event.stopPropagation();
  const drawing = asSvg(figure);
  const plain = (figure.dataset.title || "grafik").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  const name = plain.replace(/^-+|-+$/g, "").slice(0, 60) || "grafik";
  if (button.dataset.chart === "svg") {
    saved(new Blob([drawing.text], { type: "image/svg+xml" }), `${name}.svg`);
  } else {
    asPng(drawing).then((blob) => saved(blob, `${name}.png`));
  }
}
