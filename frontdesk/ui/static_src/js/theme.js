import { on } from "./tools.js";

// Shown at once, while the form saves the choice.
on("click", "[data-theme-form] button", (event, button) => {
  const root = document.documentElement;
  if (button.value === "auto") delete root.dataset.theme;
  else root.dataset.theme = button.value;
});
