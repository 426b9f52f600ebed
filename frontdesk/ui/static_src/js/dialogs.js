import { on } from "./tools.js";

const native = "commandForElement" in HTMLButtonElement.prototype;

function obey(event, button) {
  const dialog = document.getElementById(button.getAttribute("commandfor"));
  if (!(dialog instanceof HTMLDialogElement)) return;
  event.preventDefault();
  if (button.getAttribute("command") === "close") dialog.close();
  else if (!dialog.open) dialog.showModal();
}

if (!native) on("click", "button[commandfor]", obey);

on("click", "dialog.dialog, dialog.palette", (event, dialog) => {
  if (event.target !== dialog) return;
  const box = dialog.getBoundingClientRect();
  const outside = event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
  if (outside && event.detail > 0) dialog.close();
});
