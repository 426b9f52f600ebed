// `data-live="<kind>"` asks anew by its hx-get (trigger `live`) when such an event comes, of the `data-live-id` that it names.
import htmx from "./global.js";

document.addEventListener("frontdesk:live", ({ detail }) => {
  for (const part of document.querySelectorAll("[data-live]")) {
    const named = part.dataset.live === detail.kind && (part.dataset.liveId ?? detail.id) === detail.id;
    if (named || detail.kind === "reset") htmx.trigger(part, "live");
  }
});
