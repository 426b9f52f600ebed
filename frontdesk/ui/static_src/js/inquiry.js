// The public form: a little work that costs a person nothing and a machine much, and the height for the page around.
import { solve } from "./proof.js";

// The server asks those again who were faster than this (in milliseconds).
const LEAST = 3200;
const form = document.querySelector("#ask");
const pause = (time) => new Promise((done) => { setTimeout(done, Math.max(0, time)); });

function tellHeight() {
  if (parent === window) return;
  const { height } = document.querySelector(".ask-page").getBoundingClientRect();
  parent.postMessage({ frontdesk: "height", height }, "*");
}

new ResizeObserver(tellHeight).observe(document.querySelector(".ask-page"));
document.querySelector("[autofocus]")?.focus({ preventScroll: parent !== window });

let work;
const begin = () => { work ??= solve(form.dataset.challenge); return work; };

// Whoever began to write will send; the work is done by then.
form?.addEventListener("focusin", begin, { once: true });

form?.addEventListener("submit", async (event) => {
  if (event.submitter?.name === "speak" || form.elements.proof.value) return;
  event.preventDefault();
  const button = document.querySelector("#send");
  if (button.getAttribute("aria-disabled")) return;
  button.setAttribute("aria-disabled", "true");
  button.textContent = form.dataset.wait;
  form.elements.proof.value = await begin();
  await pause(LEAST - performance.now());
  form.submit();
});

// A page that comes back from the browser's memory was sent already or left; its button works again.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
