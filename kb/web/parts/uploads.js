// The words of Streamlit's file box in the reader's language: it has them in English only.
// They are put where its own are, so that they are read out, clicked and tabbed to alike.
const say = (node, words) => {
  const text = node && [...node.childNodes].find((n) => n.nodeType === Node.TEXT_NODE);
  if (text && text.nodeValue !== words) text.nodeValue = words;
};
const name = (node, words) => {
  if (node && node.getAttribute("aria-label") !== words) node.setAttribute("aria-label", words);
};

export default function ({ data }) {
  const translate = () => {
    const box = document.querySelector('[data-testid="stFileUploader"]');
    if (!box) return;
    say(box.querySelector('[data-testid="stBaseButton-secondary"] p'), data.choose);
    say(box.querySelector('[data-testid="stFileUploaderDropzoneInstructions"] span'), data.limit);
    name(box.querySelector('input[type="file"]'), data.choose);
    const add = box.querySelector('[data-testid="stBaseButton-borderlessIcon"]');
    name(add, data.add);
    for (const chip of box.querySelectorAll('[data-testid="stFileChip"]')) {
      const file = chip.querySelector('[data-testid="stFileChipName"]')?.textContent ?? "";
      name(chip.querySelector("button"), data.remove.replace("{file}", () => file));
    }
  };
  translate();
  const observer = new MutationObserver(translate);
  const main = document.querySelector('[data-testid="stMain"]');
  observer.observe(main, { childList: true, subtree: true, characterData: true });
  return () => observer.disconnect();
}
