// Who is there: elements with `data-presence="<member id>"` get the class `online`.
const present = new Set();

function mark(within) {
  for (const place of within.querySelectorAll("[data-presence]")) {
    place.classList.toggle("online", present.has(place.dataset.presence));
  }
}

document.addEventListener("frontdesk:live", ({ detail }) => {
  if (detail.kind !== "presence") return;
  if (detail.all) present.clear();
  for (const id of detail.online ?? []) present.add(id);
  for (const id of detail.offline ?? []) present.delete(id);
  mark(document);
});
document.addEventListener("htmx:after:swap", () => mark(document));
