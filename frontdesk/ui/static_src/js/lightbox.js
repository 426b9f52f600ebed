import { on } from "./tools.js";

let shown = null;

function made() {
  const dialog = document.querySelector("template[data-lightbox-parts]").content.firstElementChild.cloneNode(true);
  document.body.append(dialog);
  dialog.addEventListener("close", () => { dialog.remove(); shown?.links[shown.place]?.focus(); shown = null; });
  return dialog;
}

/** A picture, or a player for what is heard or seen moving. */
function viewOf({ dataset: { media, large, name } }) {
  if (!media) return Object.assign(document.createElement("img"), { src: large, alt: name });
  const player = Object.assign(document.createElement(media), { src: large, controls: true, preload: "metadata" });
  player.setAttribute("aria-label", name);
  return player;
}

function turn(step) {
  const place = shown.place + step;
  if (!shown.links[place]) return;
  shown.place = place;
  const link = shown.links[place];
  const { dialog, links } = shown;
  dialog.querySelector(".shown").replaceChildren(viewOf(link));
  dialog.querySelector("b").textContent = link.dataset.name;
  dialog.querySelector("small").textContent = links.length > 1 ? `${place + 1} / ${links.length}` : "";
  dialog.querySelector("header a").href = link.dataset.keep;
  for (const button of dialog.querySelectorAll("[data-step]")) button.disabled = !links[place + Number(button.dataset.step)];
}

on("click", "a[data-lightbox]", (event, link) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const links = [...(link.closest("[data-gallery]") ?? link.closest(".attachments") ?? document).querySelectorAll("a[data-lightbox]")];
  shown = { dialog: made(), links, place: links.indexOf(link) };
  turn(0);
  shown.dialog.showModal();
});
on("click", ".lightbox [data-step]", (event, button) => turn(Number(button.dataset.step)));
on("click", ".lightbox [data-close]", (event, button) => button.closest("dialog").close());
on("click", ".lightbox .stage", (event, stage) => { if (event.target === stage || event.target.matches(".shown")) stage.closest("dialog").close(); });
addEventListener("keydown", (event) => {
  if (!shown || !["ArrowLeft", "ArrowRight"].includes(event.key) || event.target.closest("video, audio")) return;
  event.preventDefault();
  turn(event.key === "ArrowLeft" ? -1 : 1);
});
