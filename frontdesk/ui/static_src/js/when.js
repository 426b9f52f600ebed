import { on } from "./tools.js";

// Fields that mean something only beside one choice of another field; without scripts all are shown.
export function show(form) {
  form.querySelectorAll("[data-when]").forEach((slot) => {
    const chosen = form.elements[slot.dataset.when]?.value ?? "";
    slot.hidden = !slot.dataset.whenValues.split(" ").includes(chosen) && !slot.querySelector("[aria-invalid]");
  });
}

document.querySelectorAll("form:has([data-when])").forEach(show);
on("change", "form:has([data-when])", (_event, form) => show(form));
