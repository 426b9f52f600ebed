// One stream a tab brings what happens elsewhere: each event becomes `frontdesk:live` on the document.
const { follow, after } = document.body.dataset;
const SEEN = "live:seen";
const HIDDEN_FOR = 5000;
const HINT_AFTER = 5000;
// The server says something every 15 s.
const SILENCE = 40000;
const LONGEST_PAUSE = 30000;

let topics = (follow ?? "").split(/[\s,]+/).filter(Boolean);
let position = after ?? "";
let source = null;
let tries = 0;
let over = !topics.length;
let timers = {};

function later(name, milliseconds, act) {
  clearTimeout(timers[name]);
  timers[name] = setTimeout(act, milliseconds);
}

function hint(shown) {
  const text = document.getElementById("offline");
  if (text) text.hidden = !shown;
}

const address = () => `/rt/stream?${new URLSearchParams({ follow: topics.join(","), after: position })}`;

function heard() {
  clearTimeout(timers.hint);
  hint(false);
  tries = 0;
  later("silence", SILENCE, lost);
}

function told(event) {
  heard();
  if (event.lastEventId) position = event.lastEventId;
  const detail = JSON.parse(event.data);
  const seen = Number(sessionStorage.getItem(SEEN) ?? 0);
  // A page may hear again what the one before it has shown: what announces itself looks at this.
  detail.again = Boolean(detail.number) && detail.number <= seen;
  if (detail.number > seen) sessionStorage.setItem(SEEN, String(detail.number));
  document.dispatchEvent(new CustomEvent("frontdesk:live", { detail }));
}

function close() {
  source?.close();
  source = null;
  clearTimeout(timers.silence);
  clearTimeout(timers.retry);
}

/** Why the server refused: signed out ends it, a topic that is gone is followed no longer. */
async function refused() {
  try {
    const { status } = await fetch(address(), { method: "HEAD" });
    if (status === 401) over = true;
    if (status === 404) topics = topics.filter((name) => !name.includes(":"));
  } catch {
    // Offline: the next try says so again.
  }
}

async function lost() {
  const opened = source?.readyState !== EventSource.CLOSED;
  close();
  if (!document.hidden && !timers.hinting) later("hint", HINT_AFTER, () => hint(!source || source.readyState !== EventSource.OPEN));
  timers.hinting = true;
  if (!opened) await refused();
  if (over || document.hidden) return;
  const pause = Math.min(LONGEST_PAUSE, 500 * 2 ** tries++) * (0.5 + Math.random());
  later("retry", pause, open);
}

function open() {
  if (over || source) return;
  clearTimeout(timers.retry);
  source = new EventSource(address());
  source.addEventListener("open", () => { timers.hinting = false; heard(); });
  source.addEventListener("event", told);
  source.addEventListener("ping", (event) => { position = event.lastEventId || position; heard(); });
  source.addEventListener("error", lost);
  later("silence", SILENCE, lost);
}

function pause() {
  close();
  clearTimeout(timers.hint);
  hint(false);
}

if (topics.length && "EventSource" in window) {
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timers.away);
    if (document.hidden) later("away", HIDDEN_FOR, pause);
    else open();
  });
  addEventListener("pagehide", pause);
  addEventListener("pageshow", (event) => { if (event.persisted) open(); });
  addEventListener("online", () => { tries = 0; open(); });
  if (!document.hidden) open();
}
