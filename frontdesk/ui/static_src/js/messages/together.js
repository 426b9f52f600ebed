// Colleagues in the same conversation: who looks at it, and who is writing an answer.
import { csrf, on } from "../tools.js";
import { saidElsewhere } from "../typing.js";

const LOOKS_EVERY = 10000;
const LOOKING_HOLDS = 25000;
const WRITES_EVERY = 3000;
const WRITING_HOLDS = 6000;
const place = () => document.querySelector("[data-together]");
const others = new Map();
const told = { looking: 0, answering: 0 };

function tell(kind, every) {
  if (!place() || document.hidden || Date.now() - told[kind] < every) return;
  told[kind] = Date.now();
  const body = new URLSearchParams({ topic: place().dataset.together, kind });
  fetch("/live/typing/", { method: "POST", body, headers: { "X-CSRFToken": csrf() } }).catch(() => {});
}

function show() {
  const now = Date.now();
  const texts = [...others.values()].map(({ answering, looking }) => (answering?.until > now ? answering : looking)).filter((one) => one?.until > now);
  if (place()) place().textContent = texts.map(({ text }) => text).join(" · ");
}

document.addEventListener("frontdesk:live", ({ detail: { topic, kind, member, author, text, all } }) => {
  if (!place()) return;
  // The stream begins with who is there: from then on answers are heard.
  if (kind === "presence" && all) tell("looking", 1000);
  if (kind === "message" && author) delete others.get(author)?.answering;
  if (topic === place().dataset.together && kind in told && text && member !== document.body.dataset.me) {
    // Whoever comes is told at once who is here already.
    if (!others.has(member)) tell("looking", 1000);
    saidElsewhere(member);
    const holds = kind === "looking" ? LOOKING_HOLDS : WRITING_HOLDS;
    others.set(member, { ...others.get(member), [kind]: { text, until: Date.now() + holds } });
    setTimeout(show, holds + 100);
  }
  show();
});

on("input", "[data-composer]:not(.noting) textarea", (event, area) => { if (area.value) tell("answering", WRITES_EVERY); });
if (place()) setInterval(tell, LOOKS_EVERY, "looking", 1000);
