import { on } from "../tools.js";
import { replyTo } from "./composer.js";
import { replace } from "./log.js";
import { load, ready, send, templated } from "./parts.js";

const dialog = () => document.querySelector("[data-message-dialog]");

on("click", ".msg .more", async (event, link) => {
  if (!dialog() || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const elements = await load(link.href);
  if (!elements.length) { location.assign(link.href); return; }
  dialog().replaceChildren(...elements.map(ready));
  dialog().showModal();
});
on("click", "[data-close]", (event, button) => button.closest("dialog")?.close());

on("click", "[data-reply-to]", (event, link) => {
  const message = document.getElementById(`m-${link.dataset.replyTo}`);
  if (!message || !dialog()?.open) return;
  event.preventDefault();
  dialog().close();
  replyTo(message);
});

// Signs are put on and taken away in place; everything else about a message is an ordinary form.
on("submit", ".signs form, .emojis, .msg form.again", async (event, form) => {
  event.preventDefault();
  dialog()?.close();
  const { answer, elements } = await send(form.action, new FormData(form, event.submitter));
  const changed = answer.ok ? templated(elements, "data-changed") : null;
  if (changed) replace(changed);
  else location.reload();
});

addEventListener("keydown", (event) => {
  if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
  const now = event.target instanceof Element ? event.target.closest(".msg") : null;
  if (!now || event.target !== now) return;
  const all = [...document.querySelectorAll(".log .msg")];
  const next = all[all.indexOf(now) + (event.key === "ArrowUp" ? -1 : 1)];
  if (next) { event.preventDefault(); next.focus(); }
});
