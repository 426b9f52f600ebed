import { debounce, on } from "../tools.js";
import { load, log, noted, page, ready, send } from "./parts.js";

const NEAR = 120;
const TOGETHER = 5 * 60 * 1000;

const scroller = () => document.querySelector("[data-log-scroll]");
const phone = () => getComputedStyle(scroller()).overflowY === "visible";
const atEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;

/** Show a message as its reader sees it: their own on the right, what names them, what they answered with. */
export function personal(message) {
  const me = page()?.dataset.me;
  const own = message.dataset.author === me;
  const ours = page()?.dataset.side === "team" && message.dataset.side === "team";
  message.classList.toggle("out", own || ours);
  message.classList.toggle("colleague", ours && !own);
  message.querySelectorAll(".mention").forEach((one) => one.classList.toggle("mine", one.dataset.member === me));
  message.querySelectorAll(".sign").forEach((sign) => {
    const mine = sign.dataset.members.split(" ").includes(me);
    sign.setAttribute("aria-pressed", String(mine));
    sign.form.elements.on.value = mine ? "no" : "yes";
  });
  return ready(message);
}

/** By what way a message went, and how far it came. */
const way = (message) => message.querySelector(".trace:not(.turned)")?.textContent.trim() ?? "";

function continues(message, before) {
  if (!before?.matches?.(".msg") || message.querySelector(".bub > .quoted")) return false;
  if (["author", "thread"].some((name) => before.dataset[name] !== message.dataset[name]) || way(before) !== way(message)) return false;
  return new Date(message.dataset.at) - new Date(before.dataset.at) < TOGETHER;
}

function dayChanged(message, before) {
  const day = (element) => element?.dataset.at?.slice(0, 10);
  return before?.matches?.(".msg") && day(message) !== day(before);
}

function separator(message) {
  const line = Object.assign(document.createElement("p"), { className: "sep" });
  const when = document.createElement("time");
  when.dateTime = message.dataset.at;
  when.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "full" }).format(new Date(message.dataset.at));
  line.append(when);
  return line;
}

export function toEnd() {
  const box = scroller();
  if (!box) return;
  box.scrollTop = box.scrollHeight;
  offerNewest();
}

function offerNewest() {
  const button = document.querySelector("[data-newest]");
  if (button) button.hidden = atEnd(scroller()) && !("past" in page().dataset);
}

/** Put a message at the end, once; the reader stays where they are unless they are at the end. */
export function append(message) {
  const thread = page();
  if ("past" in thread.dataset || document.getElementById(message.id)) return replace(message);
  const follow = atEnd(scroller()) || message.dataset.author === thread.dataset.me;
  const before = log().querySelector(".msg:last-of-type");
  log().querySelector(".nothing")?.remove();
  if (dayChanged(message, before)) log().append(separator(message));
  else message.classList.toggle("continued", continues(message, before));
  log().append(personal(message));
  noted(message);
  if (follow) toEnd(); else offerNewest();
  return message;
}

/** Show a message that changed; how it and the next one stand to the ones before is found anew. One that a search led
 * to stays marked. */
export function replace(message) {
  const old = document.getElementById(message.id);
  if (!old) return;
  message.classList.toggle("found", old.classList.contains("found"));
  old.replaceWith(personal(message));
  for (const one of [message, message.nextElementSibling]) {
    if (one?.matches(".msg")) one.classList.toggle("continued", continues(one, one.previousElementSibling));
  }
}

/** Put something that happened where it belongs by its time, once; what is older than all that is shown comes with it. */
export function insertHappened(line) {
  if ("past" in page().dataset || document.getElementById(line.id)) return;
  const moment = (one) => new Date(one.dataset.at);
  const shown = [...log().querySelectorAll("[data-at]")];
  const next = shown.find((one) => moment(one) > moment(line));
  if (next && next === shown[0]) return;
  const follow = atEnd(scroller());
  if (next) next.before(line); else log().append(line);
  if (follow) toEnd();
}

/** Ask for what was posted since the last message that is shown. */
export async function catchUp() {
  const thread = page();
  if (!thread || "past" in thread.dataset) return;
  const elements = await load(`${thread.dataset.lines}?after=${thread.dataset.last}`);
  elements.filter((one) => one.matches(".msg")).forEach(append);
  if (elements.some((one) => one.matches("[data-later]"))) await catchUp();
}

async function more(link, place) {
  if (link.dataset.busy) return;
  link.dataset.busy = "yes";
  const box = scroller();
  const rest = box.scrollHeight - box.scrollTop;
  const elements = await load(link.dataset.earlier ?? link.dataset.later);
  elements.filter((one) => one.matches(".msg")).forEach(personal);
  link.replaceWith(...elements);
  if (place === "before") box.scrollTop = box.scrollHeight - rest;
  if (place === "after" && !log().querySelector("[data-later]")) delete page().dataset.past;
}

on("click", "[data-earlier]", (event, link) => { event.preventDefault(); more(link, "before"); });
on("click", "[data-later]", (event, link) => { event.preventDefault(); more(link, "after"); });
on("click", "[data-newest]", () => {
  if ("past" in page().dataset) location.assign(location.pathname);
  else toEnd();
});

const markRead = debounce(400, () => {
  const thread = page();
  if (!thread?.dataset.read || document.hidden || !atEnd(scroller()) || thread.dataset.marked === thread.dataset.last) return;
  thread.dataset.marked = thread.dataset.last;
  const values = new FormData();
  values.set("n", thread.dataset.last);
  send(thread.dataset.read, values).catch(() => delete thread.dataset.marked);
});
export const readSoon = () => markRead();

function scrolled() {
  offerNewest();
  const link = log().querySelector("[data-earlier]");
  if (link && scroller().scrollTop < NEAR && scroller().dataset.ready) more(link, "before");
  markRead();
}

function start() {
  const box = scroller();
  if (!box) return;
  log().querySelectorAll(".msg").forEach(personal);
  const found = log().querySelector(".msg.found") ?? (location.hash.startsWith("#m-") && document.getElementById(location.hash.slice(1)));
  if (found) found.scrollIntoView({ block: "center" });
  else toEnd();
  box.addEventListener("scroll", debounce(60, scrolled));
  requestAnimationFrame(() => { box.dataset.ready = "yes"; offerNewest(); });
  if (!phone()) document.fonts?.ready.then(() => { if (!found) toEnd(); });
  document.addEventListener("visibilitychange", markRead);
}
start();
