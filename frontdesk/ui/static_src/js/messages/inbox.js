import { debounce } from "../tools.js";
import { insertHappened } from "./log.js";
import { load, page, ready } from "./parts.js";

const inbox = () => document.querySelector("[data-inbox]");
const list = () => document.querySelector("[data-conversations]");

/** The list, where there was none yet. */
function begin() {
  const made = Object.assign(document.createElement("ul"), { className: "talks" });
  made.dataset.conversations = "";
  inbox().querySelector(".list > .scroll").replaceChildren(made);
}

/** Bring a conversation's line up to date: at the top when something happened, gone when it stands in no such list. */
async function renew(id) {
  const kept = inbox().dataset.inbox;
  const [fresh] = await load(`/inbox/${id}/row/${kept ? `?${kept}` : ""}`);
  const old = document.getElementById(`conversation-${id}`);
  if (!fresh) { old?.remove(); return; }
  if (!list()) begin();
  const current = old?.querySelector("[aria-current]");
  if (current) fresh.querySelector("a").setAttribute("aria-current", "page");
  const same = old?.querySelector("time")?.dateTime === fresh.querySelector("time").dateTime;
  if (same) {
    fresh.querySelector("a").href = old.querySelector("a").href;
    old.replaceWith(ready(fresh));
  } else {
    old?.remove();
    list().prepend(ready(fresh));
  }
}

const renewing = new Map();
function soon(id) {
  if (!renewing.has(id)) renewing.set(id, debounce(250, () => { renewing.delete(id); renew(id); }));
  renewing.get(id)();
}

document.addEventListener("frontdesk:live", ({ detail }) => {
  if (!inbox()) return;
  if (detail.kind === "inbox") {
    soon(detail.conversation);
    recount();
    if (detail.conversation === page()?.dataset.conversationPage) renewState();
  } else if (detail.kind === "read" && detail.thread) {
    const row = document.querySelector(`[data-said="${detail.thread}"]`);
    if (row) soon(row.dataset.conversation);
  }
});

const recount = debounce(700, async () => {
  const answer = await fetch("/inbox/waiting/");
  if (!answer.ok) return;
  const { inbox: waiting } = await answer.json();
  document.dispatchEvent(new CustomEvent("frontdesk:live", { detail: { topic: "me:", kind: "counters", inbox: waiting } }));
});

/** How the open conversation stands now: its head, to whom it can be given, what happened to it. */
const renewState = debounce(250, async () => {
  const head = page().querySelector(":scope > header");
  // Whoever has its menu open chooses in peace.
  if (head.querySelector(":popover-open")) { renewState(); return; }
  const elements = await load(page().dataset.state);
  for (const fresh of elements) {
    if (fresh.matches("header")) page().querySelector(":scope > header").replaceWith(ready(fresh));
    else if (fresh.matches(".happened")) insertHappened(fresh);
    else if (!document.getElementById(fresh.id)?.open) document.getElementById(fresh.id)?.replaceWith(ready(fresh));
  }
});

// Beside an open conversation the list shows where that stands.
list()?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });

/** J and K go through the list. */
function step(by) {
  const links = [...list().querySelectorAll("a")];
  const now = links.findIndex((link) => link === document.activeElement || link.hasAttribute("aria-current"));
  links[Math.min(Math.max(now + by, 0), links.length - 1)]?.click();
}
addEventListener("keydown", (event) => {
  if (!list() || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
  if (event.key === "j") step(1);
  if (event.key === "k") step(-1);
});
