import { debounce, on } from "./tools.js";

const WAIT = 120;
const dialog = document.getElementById("palette");
const input = dialog?.querySelector("input");
const found = dialog?.querySelector(".found");
let running = null;

const options = () => [...found.querySelectorAll("a[href]")];

function choose(index) {
  options().forEach((option, at) => {
    option.id ||= `hit-${at}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", String(at === index));
    if (at === index) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  });
}

async function load() {
  running?.abort();
  running = new AbortController();
  try {
    const address = `${dialog.dataset.source}?${new URLSearchParams({ q: input.value.trim() })}`;
    const answer = await fetch(address, { signal: running.signal, headers: { "HX-Request": "true" } });
    if (!answer.ok) return;
    found.innerHTML = await answer.text();
    // A list of options may not hold headings; the groups stay visible.
    found.querySelectorAll("h2").forEach((heading) => heading.setAttribute("role", "presentation"));
    input.removeAttribute("aria-activedescendant");
    choose(0);
  } catch (error) {
    if (error.name !== "AbortError") found.replaceChildren();
  }
}

/** Open the palette; answers whether there is one on this page. */
export function openPalette() {
  if (!dialog) return false;
  if (!dialog.open) dialog.showModal();
  input.select();
  load();
  return true;
}

function keys(event) {
  const all = options();
  const now = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    choose((now + step + all.length) % all.length);
  } else if (event.key === "Enter" && all[now]) {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) window.open(all[now].href, "_blank", "noopener");
    else all[now].click();
  }
}

on("click", "[data-palette]", (event) => { if (openPalette()) event.preventDefault(); });
input?.addEventListener("input", debounce(WAIT, load));
input?.addEventListener("keydown", keys);
