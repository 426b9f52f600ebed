import { ask } from "./confirm.js";
import { on } from "./tools.js";

let leaving = false;

const state = (form) => new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, value.name ?? value])).toString();
const before = new WeakMap();
const guarded = () => [...document.querySelectorAll("form[data-guard]")];
const changed = () => guarded().some((form) => before.has(form) && before.get(form) !== state(form));

guarded().forEach((form) => before.set(form, state(form)));
addEventListener("submit", (event) => {
  if (!event.defaultPrevented && event.target.matches("[data-guard]")) leaving = true;
});
addEventListener("beforeunload", (event) => {
  if (!leaving && changed()) event.preventDefault();
});
addEventListener("pageshow", () => { leaving = false; });

/** Ask in our own dialog where we can; the browser's own question covers the rest. */
on("click", "a[href]:not([target], [download])", async (event, link) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || !changed()) return;
  if (link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  const { leave, leaveText, leaveLabel } = document.getElementById("confirm").dataset;
  if (!(await ask(leaveText, leaveLabel, leave))) return;
  leaving = true;
  location.assign(link.href);
});
