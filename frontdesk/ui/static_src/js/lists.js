import { covered, on, writing } from "./tools.js";

const rowsOf = (list) => [...list.querySelectorAll(".rows > li")];
const boxes = (list) => [...list.querySelectorAll("[data-select]")];

function count(list) {
  const all = boxes(list);
  const chosen = all.filter((box) => box.checked).length;
  const shown = list.querySelector("[data-selected]");
  if (shown) shown.textContent = shown.dataset.selected.replace("%s", chosen);
  const every = list.querySelector("[data-select-all]");
  if (every) Object.assign(every, { checked: chosen > 0 && chosen === all.length, indeterminate: chosen > 0 && chosen < all.length });
}

function step(list, by) {
  const rows = rowsOf(list);
  const now = rows.findIndex((row) => row.hasAttribute("data-active"));
  const next = rows[Math.max(0, Math.min(rows.length - 1, now + by))];
  if (!next) return;
  rows[now]?.removeAttribute("data-active");
  next.setAttribute("data-active", "");
  next.querySelector(".cover")?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function toggle(list) {
  const box = list.querySelector("[data-active] [data-select]");
  box?.click();
}

const KEYS = { j: (list) => step(list, 1), k: (list) => step(list, -1), x: toggle };

document.addEventListener("keydown", (event) => {
  const list = document.querySelector("[data-list]");
  const act = KEYS[event.key];
  if (!list || !act || event.ctrlKey || event.metaKey || event.altKey || writing(event.target) || covered()) return;
  event.preventDefault();
  act(list);
});

// On phones the check boxes stay away until they are asked for.
on("click", "[data-pick]", (event, button) => {
  const rows = document.querySelector("[data-list] .rows");
  rows.toggleAttribute("data-picking");
  button.setAttribute("aria-pressed", String(rows.hasAttribute("data-picking")));
});

let last = null;
on("click", "[data-select]", (event, box) => {
  const list = box.closest("[data-list]");
  const all = boxes(list);
  if (event.shiftKey && last && all.includes(last)) {
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    all.slice(from, to + 1).forEach((between) => { between.checked = box.checked; });
  }
  last = box;
  count(list);
});
on("change", "[data-select-all]", (event, every) => {
  const list = every.closest("[data-list]");
  boxes(list).forEach((box) => { box.checked = every.checked; });
  count(list);
});
addEventListener("pageshow", () => document.querySelectorAll("[data-list]").forEach(count));
