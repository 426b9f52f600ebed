import { debounce } from "../tools.js";
import { append, catchUp, readSoon, replace } from "./log.js";
import { load, log, newest, page, parsed, ready, threads } from "./parts.js";

const badges = () => document.querySelectorAll('[data-counter="messages"]');
const threadOf = (topic) => (topic.startsWith("thread:") ? topic.slice(7) : null);

let unread = null;
const counted = () => unread ?? (parseInt(badges()[0]?.textContent, 10) || 0);

/** The number beside the navigation is shown as counters of other areas are. */
function setUnread(number) {
  unread = number;
  document.dispatchEvent(new CustomEvent("frontdesk:live", { detail: { topic: "me:", kind: "counters", messages: number } }));
}

const recount = debounce(300, async () => {
  const answer = await fetch("/messages/unread/");
  if (answer.ok) setUnread((await answer.json()).messages);
});

/** Bring a room's line in the list up to date, at the top of the list when something new was said. */
async function renewRow(thread, first) {
  const list = document.querySelector("[data-rooms]");
  if (!list) return;
  const [fresh] = await load(`/messages/${thread}/row/`);
  if (!fresh) return;
  const old = document.getElementById(fresh.id);
  if (old?.querySelector("[aria-current]")) fresh.querySelector("a").setAttribute("aria-current", "page");
  if (old && !first) old.replaceWith(ready(fresh));
  else { old?.remove(); list.prepend(ready(fresh)); }
}
const renewing = new Map();
function soon(thread, first) {
  const entry = renewing.get(thread) ?? { first: false, act: debounce(250, () => { renewRow(thread, renewing.get(thread).first); renewing.delete(thread); }) };
  entry.first ||= first;
  renewing.set(thread, entry);
  entry.act();
}

/** Between two sides it is told only of one's own side's newest message that the other side has read it. */
function hidden(mark) {
  const side = [...log().querySelectorAll(`.msg[data-thread="${threads()[0]}"]`)].at(-1)?.dataset.side;
  return Number(mark.dataset.n) < newest()[0] || Boolean(side && side !== page().dataset.side);
}

function readers({ member, n }) {
  const mark = document.querySelector(`[data-reader="${member}"]`);
  if (!mark) { if (member !== document.body.dataset.me) renewReaders(); return; }
  mark.dataset.n = n;
  mark.hidden = hidden(mark);
}

/** Somebody reads this for the first time. */
const renewReaders = debounce(200, async () => {
  const line = document.querySelector("[data-readers]");
  const [fresh] = line ? await load(line.dataset.readers) : [];
  if (fresh) line.replaceWith(fresh);
});

const KINDS = {
  message(event, here) {
    const own = event.author === document.body.dataset.me;
    if (here && event.html) { append(parsed(event.html)[0]); showReaders(); readSoon(); }
    if (!own && !event.again && !(here && !document.hidden)) setUnread(counted() + 1);
    soon(threadOf(event.topic), true);
  },
  changed(event, here) {
    if (here && event.html) replace(parsed(event.html)[0]);
    soon(threadOf(event.topic), false);
  },
  read(event, here) { if (here) readers(event); },
  room(event, here) { if (here) soon(threadOf(event.topic), false); },
};

function showReaders() {
  document.querySelectorAll("[data-reader]").forEach((mark) => { mark.hidden = hidden(mark); });
}

document.addEventListener("frontdesk:live", ({ detail }) => {
  const thread = threadOf(detail.topic);
  if (thread) KINDS[detail.kind]?.(detail, threads().includes(thread));
  else if (detail.kind === "read" && detail.thread) { recount(); soon(detail.thread, false); }
  else if (detail.kind === "reset") { catchUp(); recount(); }
});
