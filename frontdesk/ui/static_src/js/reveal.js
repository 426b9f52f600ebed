import { on } from "./tools.js";

// Without scripts there is nothing to press, so the buttons start hidden.
document.querySelectorAll("[data-reveal][hidden]").forEach((button) => { button.hidden = false; });

on("click", "[data-reveal]", (event, button) => {
  const field = document.getElementById(button.dataset.reveal);
  const shown = field.type === "password";
  field.type = shown ? "text" : "password";
  button.setAttribute("aria-pressed", String(shown));
  field.focus();
});

addEventListener("submit", (event) => {
  event.target.querySelectorAll("[data-reveal]").forEach((button) => {
    document.getElementById(button.dataset.reveal).type = "password";
  });
});
