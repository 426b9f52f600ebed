import { csrf, on } from "./tools.js";

const supported = "serviceWorker" in navigator && window.isSecureContext;
// The page for signing in may speak another language: its worker would be replaced by the reader's own a moment later,
// and Chromium leaves a page hanging whose worker is replaced while it fetches it.
const ready = supported && document.body.dataset.follow
  ? navigator.serviceWorker.register(`/sw.js?language=${document.documentElement.lang}`, { scope: "/" }).catch(() => null)
  : Promise.resolve(null);
const place = document.querySelector("[data-push]");

/** Show which of the states applies to this browser; the others are hidden. */
function say(state) {
  place.querySelectorAll("[data-push-state]").forEach((part) => { part.hidden = part.dataset.pushState !== state; });
}

const post = (address, fields) => fetch(address, {
  method: "POST", headers: { "X-CSRFToken": csrf() }, body: new URLSearchParams(fields),
});
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const bytes = (value) => Uint8Array.from(atob(value.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));

async function send(subscription) {
  const keys = { p256dh: text(subscription.getKey("p256dh")), auth: text(subscription.getKey("auth")) };
  const answer = await post(place.dataset.add, { endpoint: subscription.endpoint, ...keys });
  if (!answer.ok) throw new Error(String(answer.status));
}

async function state() {
  const registration = await ready;
  if (!registration?.pushManager || !("Notification" in window)) return "unsupported";
  if (Notification.permission === "denied") return "denied";
  const subscription = await registration.pushManager.getSubscription();
  const known = place.dataset.marks.split(" ");
  if (!subscription || Notification.permission !== "granted") return "off";
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(subscription.endpoint));
  const mark = [...new Uint8Array(digest)].map((one) => one.toString(16).padStart(2, "0")).join("");
  return known.includes(mark) ? "on" : "off";
}

async function switchOn() {
  if ((await Notification.requestPermission()) !== "granted") return say(await state());
  const { pushManager } = await navigator.serviceWorker.ready;
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(place.dataset.key) });
  await send(subscription);
  location.reload();
}

async function switchOff() {
  const subscription = await (await ready)?.pushManager.getSubscription();
  if (!subscription) return;
  await post(place.dataset.forget, { endpoint: subscription.endpoint });
  await subscription.unsubscribe();
  location.reload();
}

if (place) state().then(say);
on("click", "[data-push-on]", () => switchOn().catch(() => say("failed")));
on("click", "[data-push-off]", () => switchOff().catch(() => say("failed")));

// What was read on another device is no longer announced on this one.
document.addEventListener("frontdesk:live", async ({ detail }) => {
  if (detail.kind !== "read" || !detail.keys) return;
  const shown = await (await ready)?.getNotifications() ?? [];
  shown.filter((one) => detail.keys.includes(one.tag)).forEach((one) => one.close());
});

on("submit", "form[data-sign-out]", () => navigator.serviceWorker?.controller?.postMessage("signed-out"));

// Installing: the browser says when it would, the profile has the button.
let prompt = null;
addEventListener("beforeinstallprompt", (event) => {
  prompt = event;
  document.querySelectorAll("[data-install]").forEach((button) => { button.parentNode.hidden = false; });
});
on("click", "[data-install]", () => prompt?.prompt());
