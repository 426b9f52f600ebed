import { on } from "./tools.js";

const anchored = CSS.supports("position-area: block-end");
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

function place(menu) {
  const opener = document.querySelector(`[popovertarget="${menu.id}"]:not([hidden])`);
  if (anchored || !opener || matchMedia("(max-width: 45rem)").matches) return;
  const box = opener.getBoundingClientRect();
  const left = menu.classList.contains("at-end") ? box.right - menu.offsetWidth : box.left;
  const below = box.bottom + menu.offsetHeight < innerHeight && !menu.classList.contains("above");
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - menu.offsetWidth - 8))}px`;
  menu.style.top = `${Math.max(8, below ? box.bottom : box.top - menu.offsetHeight - 10)}px`;
}

document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!(menu instanceof Element) || !menu.matches(".menu")) return;
  if (event.newState === "open") place(menu);
}, true);

function move(event, menu) {
  const step = STEPS[event.key];
  if (!step) return;
  const items = [...menu.querySelectorAll("a[href], button:not(:disabled)")];
  const next = (items.indexOf(document.activeElement) + step + items.length) % items.length;
  event.preventDefault();
  items[document.activeElement === menu || !menu.contains(document.activeElement) ? 0 : next]?.focus();
}

on("keydown", ".menu:popover-open", move);
on("keydown", "[popovertarget]", (event, opener) => {
  const menu = document.getElementById(opener.getAttribute("popovertarget"));
  if (menu?.matches(":popover-open")) move(event, menu);
});
// A dialog opened from a menu must not lie beneath it.
on("click", ".menu [commandfor], .menu [data-palette]", (event, item) => item.closest(".menu").hidePopover());
