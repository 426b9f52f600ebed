import { on } from "../tools.js";

const BEGUN = /(?:^|\s)@([\p{L}\p{N}.\-' ]{0,30})$/u;
let names = null;

const list = () => document.querySelector(".mention-list");
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

async function people(area) {
  if (!names) {
    const answer = await fetch(area.dataset.people);
    names = answer.ok ? (await answer.json()).people : [];
  }
  return names;
}

function close(area) {
  list()?.remove();
  delete area.dataset.choosing;
  area.removeAttribute("aria-controls");
  area.removeAttribute("aria-activedescendant");
}

function choose(area, name) {
  const before = area.value.slice(0, area.selectionStart).replace(/@[^@]*$/u, `@${name} `);
  const after = area.value.slice(area.selectionStart);
  area.value = before + after;
  area.setSelectionRange(before.length, before.length);
  close(area);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function option(area, name, index) {
  const line = Object.assign(document.createElement("li"), { id: `mention-${index}`, textContent: name });
  line.setAttribute("role", "option");
  line.setAttribute("aria-selected", String(index === 0));
  line.addEventListener("mousedown", (event) => { event.preventDefault(); choose(area, name); });
  return line;
}

function open(area, found) {
  close(area);
  const box = Object.assign(document.createElement("ul"), { className: "mention-list", id: "mention-list" });
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", area.dataset.mentions);
  box.append(...found.map((name, index) => option(area, name, index)));
  area.form.prepend(box);
  area.dataset.choosing = "";
  area.setAttribute("aria-controls", "mention-list");
  area.setAttribute("aria-activedescendant", "mention-0");
}

on("input", "textarea[data-mentions]", async (event, area) => {
  const before = area.value.slice(0, area.selectionStart);
  const begun = before.match(BEGUN);
  if (!begun) { close(area); return; }
  const typed = fold(begun[1]);
  const all = await people(area);
  // What was typed while the names came is answered by its own event.
  if (area.value.slice(0, area.selectionStart) !== before) return;
  const found = all.filter((name) => fold(name).split(" ").some((word) => word.startsWith(typed)) || fold(name).startsWith(typed));
  if (found.length && !found.some((name) => typed === `${fold(name)} `)) open(area, found.slice(0, 8));
  else close(area);
});

function move(area, by) {
  const options = [...list().children];
  const now = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
  const next = (now + by + options.length) % options.length;
  options.forEach((one, index) => one.setAttribute("aria-selected", String(index === next)));
  options[next].scrollIntoView({ block: "nearest" });
  area.setAttribute("aria-activedescendant", options[next].id);
}

const KEYS = {
  ArrowDown: (area) => move(area, 1),
  ArrowUp: (area) => move(area, -1),
  Enter: (area) => choose(area, list().querySelector('[aria-selected="true"]').textContent),
  Tab: (area) => choose(area, list().querySelector('[aria-selected="true"]').textContent),
  Escape: close,
};
on("keydown", "textarea[data-mentions]", (event, area) => {
  if (!list() || !KEYS[event.key]) return;
  event.preventDefault();
  event.stopPropagation();
  KEYS[event.key](area);
}, true);
on("focusout", "textarea[data-mentions]", (event, area) => close(area));
