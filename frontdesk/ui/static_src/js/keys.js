import { openPalette } from "./palette.js";
import { covered, writing } from "./tools.js";

const mac = /Mac|iPhone|iPad/.test(navigator.platform);
document.querySelectorAll("[data-mod]").forEach((key) => { if (mac) key.textContent = `⌘${key.dataset.mod}`; });

function single(event) {
  if (event.key === "/") return openPalette();
  if (event.key === "?") {
    document.getElementById("shortcuts")?.showModal();
    return true;
  }
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  target?.click();
  return Boolean(target);
}

document.addEventListener("keydown", (event) => {
  const modified = event.ctrlKey || event.metaKey;
  if (modified && event.key.toLowerCase() === "k") {
    if (openPalette()) event.preventDefault();
  } else if (!modified && !event.altKey && !writing(event.target) && !covered() && single(event)) {
    event.preventDefault();
  }
});
