// Buttons that copy a text of the page, such as a reference. Without script, or where a browser lets no page copy (a site
// that is served without encryption), they are hidden and the text is there.

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
  const source = document.getElementById(button.dataset["copy"] ?? "");
  if (source && "clipboard" in navigator) {
    button.ariaLive = "polite";
    button.addEventListener("click", () => void copy(button, source.textContent));
  } else {
    button.hidden = true;
  }
}

async function copy(button: HTMLButtonElement, text: string): Promise<void> {
  await navigator.clipboard.writeText(text.trim());
  button.textContent = button.dataset["copied"] ?? button.textContent;
}
