// The page scrolls inside the panel, where browsers do not remember the place on the way back.
const area = document.querySelector("[data-scroll]");
const key = `scroll:${location.pathname}${location.search}`;
const [entry] = performance.getEntriesByType("navigation");

if (area) {
  if (entry?.type === "back_forward" || entry?.type === "reload") area.scrollTop = Number(sessionStorage.getItem(key) ?? 0);
  addEventListener("pagehide", () => sessionStorage.setItem(key, String(area.scrollTop)));
}

// On a narrow screen the tab that one is on may lie beyond the edge.
for (const here of document.querySelectorAll(":is(.tabs, .seg) > [aria-current]")) {
  const row = here.parentElement;
  row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - here.offsetWidth) / 2;
}
