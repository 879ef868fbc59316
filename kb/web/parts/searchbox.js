// The search box with completions. Offers come from the server as data and are only ever
// set as textContent. Enter searches; arrows choose; Escape closes.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".box");
  const input = root.querySelector("input");
  const list = root.querySelector("ul");
  const own = (root.kb ??= { active: -1, query: null, timer: 0, open: false });

  input.placeholder = data.placeholder;
  input.setAttribute("aria-label", data.label);
  if (own.query !== data.query) {
    own.query = data.query;
    input.value = data.query;
    own.open = false;
  }

  const offers = data.typed === input.value ? data.offers : [];

  // A search is an address, which links.js opens within the session.
  const open = (address) =>
    document.dispatchEvent(new CustomEvent("kb-go", { detail: String(address) }));
  const close = () => {
    clearTimeout(own.timer);
    own.open = false;
    own.active = -1;
    draw();
  };
  const submit = () => {
    close();
    own.query = input.value.trim();
    const url = new URL(data.results ?? location.search, location.href);
    url.searchParams.delete("p");
    if (own.query) url.searchParams.set("q", own.query);
    else url.searchParams.delete("q");
    open(url);
  };
  const pick = (position) => {
    close();
    open(offers[position].address);
  };

  function draw() {
    const show = own.open && offers.length > 0;
    list.hidden = !show;
    input.setAttribute("aria-expanded", String(show));
    list.replaceChildren(
      ...(show ? offers : []).map((offer, position) => {
        const item = document.createElement("li");
        item.id = `offer-${position}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", String(position === own.active));
        const text = document.createElement("span");
        text.textContent = offer.text;
        const kind = document.createElement("small");
        kind.textContent = offer.label;
        item.append(text, kind);
        item.onmousedown = (event) => {
          event.preventDefault();
          pick(position);
        };
        return item;
      }),
    );
    if (show && own.active >= 0) input.setAttribute("aria-activedescendant", `offer-${own.active}`);
    else input.removeAttribute("aria-activedescendant");
  }

  input.oninput = () => {
    own.active = -1;
    own.open = true;
    clearTimeout(own.timer);
    own.timer = setTimeout(() => {
      setTriggerValue("typed", { text: input.value, at: Date.now() });
    }, 120);
  };
  input.onkeydown = (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      if (own.open && own.active >= 0 && offers[own.active]) pick(own.active);
      else submit();
    } else if (event.key === "Escape") {
      own.open = false;
      draw();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!offers.length) return;
      event.preventDefault();
      own.open = true;
      const step = event.key === "ArrowDown" ? 1 : -1;
      own.active = (own.active + step + offers.length + 1) % (offers.length + 1);
      if (own.active === offers.length) own.active = -1;
      draw();
    }
  };
  input.onblur = () => {
    own.open = false;
    draw();
  };
  root.querySelector("button").onclick = submit;
  root.querySelector("button").setAttribute("aria-label", data.button);
  draw();
}
