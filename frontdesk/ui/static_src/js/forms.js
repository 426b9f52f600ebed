import { on } from "./tools.js";

const RELEASE = 10000;

function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[data-busy]").forEach((button) => button.removeAttribute("data-busy"));
}

// Runs after every other listener, so that a submit that was stopped to ask leaves the form usable.
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog" || form.method === "get" || "again" in form.dataset) return;
  if (event.submitter?.formTarget === "_blank") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  // The pressed button stays enabled: a disabled one would not be sent.
  event.submitter?.setAttribute("data-busy", "");
  setTimeout(() => release(form), RELEASE);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
document.addEventListener("htmx:finally:request", (event) => {
  const form = event.target instanceof Element ? event.target.closest("form") : null;
  if (form) release(form);
});

on("keydown", "form", (event, form) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  }
});

document.querySelector(".form-errors[autofocus]")?.focus();
