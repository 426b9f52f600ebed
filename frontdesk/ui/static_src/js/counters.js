// What waits for the reader, by area: beside the navigation, in the tab's title and on the app's icon.
const counts = new Map();
let title = null;

const places = () => document.querySelectorAll("[data-counter]");

function show() {
  for (const place of places()) {
    const count = counts.get(place.dataset.counter) ?? 0;
    place.textContent = count > 99 ? "99+" : String(count);
    place.hidden = !count;
  }
  const sum = [...counts.values()].reduce((all, count) => all + count, 0);
  title ??= document.title.replace(/^\(\d+\+?\) /, "");
  document.title = sum ? `(${sum}) ${title}` : title;
  const badge = sum ? navigator.setAppBadge?.(sum) : navigator.clearAppBadge?.();
  badge?.catch(() => {});
}

for (const place of places()) counts.set(place.dataset.counter, parseInt(place.textContent, 10) || 0);
if (counts.size) show();

document.addEventListener("frontdesk:live", ({ detail }) => {
  if (detail.kind !== "counters" || !detail.topic.startsWith("me:")) return;
  for (const [area, count] of Object.entries(detail)) {
    if (typeof count === "number" && area !== "number") counts.set(area, count);
  }
  show();
});
