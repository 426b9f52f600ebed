import htmx from "./global.js";
import { debounce, on } from "./tools.js";

const panel = document.getElementById("notices-panel");

async function open(bell) {
  if (panel.matches(":popover-open")) {
    panel.hidePopover();
    return;
  }
  await htmx.ajax("GET", bell.dataset.bell, { target: panel, swap: "innerHTML" });
  panel.showPopover();
  panel.querySelector("a, button")?.focus({ preventScroll: true });
}

on("click", "[data-bell]", (event, bell) => {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || !panel?.showPopover) return;
  event.preventDefault();
  open(bell).catch(() => location.assign(bell.href));
});

// The page of notifications renews itself; a panel that is open stays as it is until it is opened again.
const renews = new Set(["notice", "read", "reset"]);
const renew = debounce(300, () => {
  if (document.querySelector("[data-notices]")) htmx.ajax("GET", location.href, { target: "[data-notices]", select: "[data-notices]", swap: "outerHTML" });
});
document.addEventListener("frontdesk:live", ({ detail }) => {
  if (renews.has(detail.kind)) renew();
});
