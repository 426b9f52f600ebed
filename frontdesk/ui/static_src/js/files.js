import { on } from "./tools.js";

const over = (zone, is) => zone.toggleAttribute("data-over", is);

on("dragover", "[data-drop]", (event, zone) => { event.preventDefault(); over(zone, true); });
on("dragleave", "[data-drop]", (event, zone) => over(zone, false));
on("drop", "[data-drop]", (event, zone) => {
  event.preventDefault();
  over(zone, false);
  const input = zone.querySelector("input[type=file]");
  if (!event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
on("change", "[data-drop] input[type=file]", (event, input) => {
  const names = [...input.files].map((file) => file.name).join(", ");
  input.closest("[data-drop]").querySelector("output").textContent = names;
});
