// Who is writing: a field with `data-typing="<topic>"` tells, an element with `data-typing-topic="<topic>"` shows.
import { csrf, on } from "./tools.js";

const EVERY = 3000;
const STAYS = 5000;
const told = new Map();
const writers = new Map();
// Members of whom a page says in its own way that they write.
const elsewhere = new Set();

/** Say no more here that a member writes. */
export function saidElsewhere(member) {
  elsewhere.add(member);
  for (const topic of writers.keys()) stop(topic, member);
}

function show(topic) {
  const texts = [...(writers.get(topic)?.values() ?? [])].map(({ text }) => text);
  for (const place of document.querySelectorAll("[data-typing-topic]")) {
    if (place.dataset.typingTopic === topic) place.textContent = texts.join(" · ");
  }
}

function stop(topic, member) {
  const known = writers.get(topic);
  clearTimeout(known?.get(member)?.timer);
  if (known?.delete(member)) show(topic);
}

on("input", "[data-typing]", (event, field) => {
  const topic = field.dataset.typing;
  if (!field.value || Date.now() - (told.get(topic) ?? 0) < EVERY) return;
  told.set(topic, Date.now());
  const body = new URLSearchParams({ topic });
  fetch("/live/typing/", { method: "POST", body, headers: { "X-CSRFToken": csrf() } }).catch(() => {});
});

document.addEventListener("frontdesk:live", ({ detail: { topic, kind, member, author, text } }) => {
  if (kind !== "typing") {
    // Whoever sent something has finished it.
    if (author) stop(topic, author);
    return;
  }
  if (!text || member === document.body.dataset.me || elsewhere.has(member)) return;
  stop(topic, member);
  if (!writers.has(topic)) writers.set(topic, new Map());
  writers.get(topic).set(member, { text, timer: setTimeout(stop, STAYS, topic, member) });
  show(topic);
});
