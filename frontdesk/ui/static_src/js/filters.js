import { refresh } from "./live.js";
import { debounce, on } from "./tools.js";

const WAIT = 250;
const send = debounce(WAIT, (form) => (form.matches(".filters") ? refresh(form) : form.requestSubmit()));

on("change", "[data-submit]:is(select, [type=checkbox], [type=radio])", (event, control) => control.form.requestSubmit());
on("input", "input[type=search][data-submit]", (event, control) => send(control.form));

// Empty fields would only make the address longer.
addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "get" || event.defaultPrevented) return;
  const empty = [...form.elements].filter((control) => control.name && control.value === "" && !control.disabled);
  empty.forEach((control) => { control.disabled = true; });
  setTimeout(() => empty.forEach((control) => { control.disabled = false; }));
});
