// Saved replies in the form of a conversation: a dialog with a search, the list, and what the chosen one would say.
import { csrf, debounce, on, writing } from "../tools.js";
import { load } from "./parts.js";

const dialog = () => document.querySelector("[data-saved]");
const area = () => document.querySelector("[data-composer] textarea");
const search = () => dialog().querySelector("input[type=search]");
const options = () => [...dialog().querySelectorAll('[role="option"]')];
const chosen = () => options().find((one) => one.getAttribute("aria-selected") === "true");
// A "/" that began the text only opened the list.
let opener = false;

function choose(option) {
  for (const one of options()) one.setAttribute("aria-selected", String(one === option));
  const preview = dialog().querySelector("[data-preview]");
  preview.replaceChildren(...(option ? [option.querySelector("template").content.cloneNode(true)] : []));
  dialog().querySelector("[data-insert]").disabled = !option;
  if (!option) { search().removeAttribute("aria-activedescendant"); return; }
  search().setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

let asked = 0;
async function find() {
  const turn = ++asked;
  const way = document.querySelector("[data-composer]")?.elements.way?.value ?? "";
  const elements = await load(`${dialog().dataset.saved}?${new URLSearchParams({ q: search().value, way })}`);
  if (turn !== asked || !dialog()) return;
  dialog().querySelector("[data-found]").replaceChildren(...elements);
  choose(options()[0]);
}

function open(bySlash) {
  opener = bySlash;
  search().value = "";
  dialog().querySelector("[data-found]").replaceChildren();
  choose(null);
  dialog().showModal();
  search().focus();
  find();
}

/** The "/" that opened the list goes with it, whether a reply was chosen or not. */
function withoutOpener(field) {
  if (opener && field.value.startsWith("/")) field.setRangeText("", 0, 1, "end");
  const had = opener;
  opener = false;
  return had;
}

function insert() {
  const option = chosen();
  const field = area();
  if (!option || !field) return;
  const text = option.querySelector("template").content.querySelector("[data-text]").textContent;
  withoutOpener(field);
  dialog().close();
  field.focus();
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  fetch(option.dataset.use, { method: "POST", headers: { "X-CSRFToken": csrf(), "HX-Request": "true" } }).catch(() => {});
}

on("click", "[data-open-saved]", (event) => {
  if (!dialog() || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  open(false);
});
on("input", "[data-composer] textarea", (event, field) => {
  const opens = document.querySelector("[data-open-saved]");
  if (opens && dialog() && field.value === "/" && event.inputType === "insertText") open(true);
});
addEventListener("keydown", (event) => {
  if (event.key !== "/" || !event.ctrlKey || !dialog() || dialog().open || !document.querySelector("[data-open-saved]")) return;
  if (writing(event.target) && event.target !== area()) return;
  event.preventDefault();
  open(false);
});
on("input", "[data-saved] input[type=search]", debounce(150, find));
on("click", '[data-saved] [role="option"]', (event, option) => choose(option));
on("dblclick", '[data-saved] [role="option"]', insert);
on("click", "[data-insert]", insert);
on("click", "[data-keep-reply]", () => dialog().close());

const STEPS = { ArrowDown: 1, ArrowUp: -1 };
on("keydown", "[data-saved] input[type=search]", (event) => {
  if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); insert(); }
  const step = STEPS[event.key];
  const all = options();
  if (!step || !all.length) return;
  event.preventDefault();
  choose(all[(all.indexOf(chosen()) + step + all.length) % all.length]);
});
document.addEventListener("close", (event) => {
  const field = area();
  if (event.target !== dialog() || !field) return;
  if (withoutOpener(field)) field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}, true);
