const dialog = document.getElementById("confirm");

/** Ask a question; resolves to whether the reader agreed. */
export function ask(text, label, title) {
  dialog.querySelector("h2").textContent = title || dialog.dataset.title;
  dialog.querySelector("p").textContent = text;
  dialog.querySelector('[value="yes"]').textContent = label;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

dialog?.addEventListener("click", (event) => {
  const button = event.target.closest("button[value]");
  if (button) dialog.close(button.value);
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset.confirm || form.dataset.agreed) return;
  event.preventDefault();
  event.stopPropagation();
  const { submitter } = event;
  if (!(await ask(form.dataset.confirm, form.dataset.confirmLabel))) return;
  form.dataset.agreed = "yes";
  form.requestSubmit(submitter);
  delete form.dataset.agreed;
}, true);
