// A list of names: pasted, or from a text file that the browser reads itself.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".list");
  const [area, file, button] = ["textarea", "input", "button"].map((n) => root.querySelector(n));
  const [label, pick] = root.querySelectorAll("label");
  label.textContent = data.label;
  pick.firstChild.nodeValue = data.file;
  button.textContent = data.button;
  area.placeholder = data.example;
  if (!root.kb) area.value = data.text;
  root.kb = true;
  button.onclick = () => setTriggerValue("list", { text: area.value, at: Date.now() });
  file.onchange = async () => {
    const chosen = file.files[0];
    if (!chosen) return;
    const text = chosen.size > data.most ? "" : await chosen.text();
    const table = /\.(csv|tsv)$/i.test(chosen.name);
    if (text && !table) area.value = text;
    setTriggerValue("list", { text, table, large: !text, at: Date.now() });
    file.value = "";
  };
}
