import { on } from "./tools.js";

const STAYS = 6000;
const shelf = document.getElementById("toasts");

function expire(toast) {
  let timer;
  const start = () => { timer = setTimeout(() => toast.remove(), STAYS); };
  const stop = () => clearTimeout(timer);
  for (const type of ["pointerenter", "focusin"]) toast.addEventListener(type, stop);
  for (const type of ["pointerleave", "focusout"]) toast.addEventListener(type, start);
  if (!toast.matches(".error")) start();
}

function show({ text, level = "success" }) {
  const toast = document.getElementById("toast-template").content.firstElementChild.cloneNode(true);
  toast.className = `toast ${level}`;
  toast.querySelector("p").textContent = text;
  shelf.append(toast);
}

if (shelf) {
  shelf.querySelectorAll("[data-toast]").forEach(expire);
  new MutationObserver((changes) => {
    for (const node of changes.flatMap((change) => [...change.addedNodes])) {
      if (node instanceof Element && node.matches("[data-toast]")) expire(node);
    }
  }).observe(shelf, { childList: true });
  addEventListener("frontdesk:toast", (event) => show(event.detail));
}
on("click", "[data-dismiss]", (event, button) => button.closest("[data-toast]").remove());
