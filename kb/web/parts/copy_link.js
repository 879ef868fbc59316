// A button that puts an address on the clipboard and says that it did.
function put(words) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(words);
  // Without HTTPS a page may only copy what is selected.
  const field = document.createElement("textarea");
  field.value = words;
  field.style.cssText = "position:fixed;opacity:0";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done ? Promise.resolve() : Promise.reject(new Error("refused"));
}

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  const field = parentElement.querySelector("input");
  button.textContent = data.label;
  field.value = data.address;
  field.setAttribute("aria-label", data.name);
  button.onclick = () => {
    put(data.address).then(
      () => { button.textContent = data.done; },
      () => { field.focus(); field.select(); button.textContent = data.failed; },
    );
    setTimeout(() => { button.textContent = data.label; }, 3000);
  };
  field.onfocus = () => field.select();
}
