import { on } from "./tools.js";

const SHOWN = 1500;

function reveal(root) {
  root.querySelectorAll("[data-copy][hidden]").forEach((button) => { button.hidden = false; });
}

// The clipboard needs a secure context; elsewhere the buttons stay away.
if (navigator.clipboard) {
  reveal(document);
  document.addEventListener("htmx:after:swap", () => reveal(document));
}

on("click", "[data-copy]", async (event, button) => {
  await navigator.clipboard.writeText(button.dataset.copy);
  button.dataset.done = "";
  setTimeout(() => delete button.dataset.done, SHOWN);
  dispatchEvent(new CustomEvent("frontdesk:toast", { detail: { text: button.dataset.copied } }));
});
