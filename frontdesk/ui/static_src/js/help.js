import htmx from "./global.js";
import { on } from "./tools.js";

const sheet = document.getElementById("help");

// Without the sheet the link leads to the same topic as a page.
on("click", "[data-help]", (event, link) => {
  if (!sheet || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (!sheet.open) sheet.showModal();
  htmx.ajax("GET", link.href, { target: "#help-body", swap: "innerHTML" });
});
