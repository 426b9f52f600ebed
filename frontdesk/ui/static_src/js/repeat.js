import htmx from "./global.js";
import { on } from "./tools.js";

const total = (block) => block.querySelector(`[name="${block.dataset.repeat}-TOTAL_FORMS"]`);
const template = (block) => [...block.children].find((child) => child.matches("template"));

function fill(root, mark, value) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const { name, value: text } of [...node.attributes]) {
      if (text.includes(mark)) node.setAttribute(name, text.replaceAll(mark, value));
    }
    if (node.matches("template")) fill(node.content, mark, value);
  }
}

function add(block) {
  const count = total(block);
  const row = template(block).content.cloneNode(true);
  // An inner repeater waits for its own number under another mark.
  fill(row, block.dataset.mark ?? "__prefix__", count.value);
  const first = row.firstElementChild;
  template(block).before(row);
  htmx.process(first);
  count.value = Number(count.value) + 1;
  first.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

function remove(row, block) {
  const mark = row.querySelector('[name$="-DELETE"]');
  if (mark) {
    if (mark.type === "checkbox") mark.checked = true;
    else mark.value = "on";
  }
  row.dataset.removed = "";
  row.querySelectorAll("[required]").forEach((control) => { control.required = false; });
  block.querySelector(":scope > [data-add]")?.focus();
}

on("click", "[data-add]", (event, button) => add(button.closest("[data-repeat]")));
on("click", "[data-remove]", (event, button) => remove(button.closest("[data-row]"), button.closest("[data-repeat]")));
