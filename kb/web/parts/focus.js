// The first field of a form that a key has just opened gets the keyboard, once for each opening.
export default function ({ data, parentElement }) {
  if (!data.at || parentElement.dataset?.at === data.at) return;
  if (parentElement.dataset) parentElement.dataset.at = data.at;
  const look = (left) => {
    const field = document.querySelector(data.field);
    if (field) { field.focus(); field.scrollIntoView({ block: "nearest" }); }
    else if (left) requestAnimationFrame(() => look(left - 1));
  };
  look(60);
}
