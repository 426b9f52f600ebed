import htmx from "../global.js";
import { debounce, on } from "../tools.js";
import { append, toEnd } from "./log.js";
import { newest, ready, send, templated } from "./parts.js";
import { show } from "../when.js";

const AGAIN = 4000;
// Browsers let a request of up to 64 KiB outlive its page.
const MOST_ALIVE = 15000;
const STORED_WITHIN = 2000;
let unkept = false;
const form = () => document.querySelector("[data-composer]");
const field = () => form()?.elements.body;

function tell(text) {
  let line = form().querySelector("[data-trouble]");
  if (!line) {
    line = Object.assign(document.createElement("p"), { className: "error" });
    line.setAttribute("role", "alert");
    line.dataset.trouble = "";
    form().prepend(line);
  }
  line.textContent = text;
}

function renew(elements) {
  const next = elements.find((element) => element.matches("[data-composer]"));
  if (!next) return;
  const waits = elements.find((element) => element.matches("[data-waits]"));
  if (waits) document.querySelector("[data-waits]").replaceWith(ready(waits));
  form().replaceWith(ready(next));
  show(next);
  (next.querySelector("[aria-invalid]") ?? field()).focus();
}

function done(elements) {
  const sent = templated(elements, "data-sent");
  const later = elements.find((element) => element.matches("template[data-sent-later]"));
  renew(elements);
  if (sent) append(sent);
  if (later) dispatchEvent(new CustomEvent("frontdesk:toast", { detail: { text: later.content.textContent } }));
  toEnd();
}

/** Post what was written. When the server cannot be reached it stays, and is tried again: its key keeps it single. */
async function submit(submitter) {
  const own = form();
  if (own.dataset.busy) return;
  own.dataset.busy = "yes";
  unkept = false;
  const seen = own.querySelector("[data-last-seen]");
  if (seen) seen.value = String(Math.max(Number(seen.value), newest()[0]));
  const values = new FormData(own, submitter);
  try {
    const { answer, elements } = await send(own.action, values);
    if (answer.status >= 500) throw new Error(String(answer.status));
    if (answer.redirected || (!answer.ok && answer.status !== 422)) location.reload();
    else if (answer.ok) done(elements);
    else renew(elements);
  } catch {
    unkept = true;
    tell(own.dataset.offline);
    setTimeout(() => { if (form() === own) submit(submitter); }, AGAIN);
  } finally {
    delete own.dataset.busy;
  }
}

on("submit", "[data-composer]", (event) => {
  if (event.submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  submit(event.submitter);
});

const coarse = matchMedia("(pointer: coarse)");
on("keydown", "[data-composer] textarea", (event, area) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || "choosing" in area.dataset || coarse.matches) return;
  // What leaves for a client is sent by Ctrl+Enter, as every form is.
  if ("lines" in area.dataset || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  form().requestSubmit(form().querySelector("#message-send"));
});

async function store() {
  const own = form();
  if (!unkept || !own || own.dataset.busy) return;
  unkept = false;
  const values = new FormData();
  values.set("body", own.elements.body.value);
  values.set("reply_to", own.elements.reply_to.value);
  own.querySelectorAll("[data-keep]").forEach((one) => values.set(one.name, one.value));
  await fetch(own.dataset.draft, { method: "POST", body: values, headers: { "X-CSRFToken": own.elements.csrfmiddlewaretoken.value }, keepalive: values.get("body").length < MOST_ALIVE }).catch(() => { unkept = true; });
}
const soon = debounce(800, store);
function keep() {
  unkept = true;
  soon();
}
// The other composer comes back to this one: its draft has to have arrived before.
on("click", "[data-switch]", (event, link) => {
  if (!unkept || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const late = new Promise((go) => { setTimeout(go, STORED_WITHIN); });
  Promise.race([store(), late]).then(() => location.assign(link.href));
});
// Whoever leaves at once finds all of it again.
addEventListener("pagehide", store);
document.addEventListener("visibilitychange", () => { if (document.hidden) store(); });
on("input", "[data-composer] textarea, [data-composer] [data-keep]", keep);
on("change", "[data-composer] select[data-keep]", (event, choice) => {
  keep();
  htmx.trigger(choice.form.elements.body, "way");
});

// What was wrong with the text is so no more once it is written on.
on("input", "[data-composer] textarea", (event, area) => {
  area.removeAttribute("aria-invalid");
  area.form.querySelectorAll('[data-error="body"]').forEach((line) => line.remove());
});

/** The button says what it does: with a time filled in the message leaves then. */
on("input", "[data-composer] [name=send_at]", (event, at) => {
  const label = at.form.querySelector("#message-send [data-at-time]");
  label.textContent = at.value ? label.dataset.atTime : label.dataset.atOnce;
  at.closest(".later").classList.toggle("chosen", Boolean(at.value));
});

/** Answer a message that is shown. */
export function replyTo(message) {
  const line = form()?.querySelector("[data-reply]");
  if (!line) return;
  line.hidden = false;
  line.querySelector("input").value = message.id.slice(2);
  line.querySelector("b").textContent = message.querySelector(".who").textContent;
  line.querySelector("span").textContent = message.querySelector(".speech")?.textContent ?? "";
  field().focus();
  keep();
}
on("click", "[data-no-reply]", (event, link) => {
  event.preventDefault();
  const line = link.closest("[data-reply]");
  line.hidden = true;
  line.querySelector("input").value = "";
  field().focus();
  keep();
});

addEventListener("online", () => { if (form()?.querySelector("[data-trouble]")) submit(form().querySelector("#message-send")); });
