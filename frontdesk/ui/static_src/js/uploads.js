import { csrf, on } from "./tools.js";
import { Transfer } from "./transfer.js";

const pickers = new WeakMap();
const BUSY = new Set(["waiting", "sending", "lost"]);

const wordsOf = (picker) => JSON.parse(picker.dataset.words);
const rowsOf = (picker) => picker.querySelector("[data-picked]");
const transfersOf = (picker) => {
  if (!pickers.has(picker)) pickers.set(picker, new Map());
  return pickers.get(picker);
};

function sized(bytes) {
  const [value, unit] = bytes >= 1048576 ? [bytes / 1048576, "megabyte"] : bytes >= 1024 ? [bytes / 1024, "kilobyte"] : [bytes, "byte"];
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, unitDisplay: unit === "byte" ? "long" : "short", maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}

function addRow(picker, name) {
  const row = picker.querySelector("template").content.firstElementChild.cloneNode(true);
  row.querySelector("b").textContent = name;
  rowsOf(picker).append(row);
  return row;
}

function refuse(picker, file, reason) {
  const row = addRow(picker, file.name);
  row.dataset.state = "failed";
  row.querySelector("small").textContent = reason;
  picker.querySelector("[data-said]").textContent = `${file.name}: ${reason}`;
}

function take(picker, files) {
  const words = wordsOf(picker);
  const known = new Set(picker.dataset.extensions.split(" "));
  for (const file of files) {
    const extension = file.name.includes(".") ? file.name.split(".").pop().toLowerCase() : "";
    if (!known.has(extension)) refuse(picker, file, words.type);
    else if (file.size > Number(picker.dataset.most)) refuse(picker, file, words.large);
    else begin(picker, file);
  }
}

function begin(picker, file) {
  const row = addRow(picker, file.name);
  const words = wordsOf(picker);
  const transfer = new Transfer(file, picker.dataset.uploads, (now) => show(picker, row, now, words));
  transfersOf(picker).set(row, transfer);
}

function show(picker, row, transfer, words) {
  const { state, percent } = transfer;
  const said = state === "failed" ? transfer.reason || words.failed : (words[state] ?? "").replace("%s", percent);
  row.dataset.state = state;
  row.querySelector("small").textContent = state === "done" ? sized(transfer.made.size) : `${sized(transfer.file.size)} · ${said}`;
  const bar = row.querySelector("progress");
  bar.hidden = !BUSY.has(state) && state !== "paused";
  bar.value = percent;
  bar.setAttribute("aria-label", transfer.file.name);
  const shown = { pause: BUSY.has(state), resume: state === "paused", retry: state === "failed" };
  for (const [action, is] of Object.entries(shown)) row.querySelector(`[data-do=${action}]`).hidden = !is;
  if (transfer.made && state !== "failed") settle(picker, row, transfer);
  if (state === "failed") row.querySelector("input")?.remove();
  if (state === "done" || state === "failed") picker.querySelector("[data-said]").textContent = `${transfer.file.name}: ${said}`;
  // A transfer tells its first state while it is being made.
  queueMicrotask(() => release(picker));
}

function settle(picker, row, transfer) {
  row.querySelector("b").textContent = transfer.made.name;
  if (!row.querySelector("input")) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: picker.dataset.name, value: transfer.made.id });
    row.append(field);
  }
  if (transfer.made.has_preview && !row.querySelector("img")) {
    const picture = Object.assign(document.createElement("img"), { alt: "", src: `/files/${transfer.made.id}/preview/96/` });
    row.querySelector(".thumb").replaceChildren(picture);
  }
}

const busy = (picker) => [...transfersOf(picker).values()].some((one) => BUSY.has(one.state));

/** A form that was sent while files were on their way goes once they have arrived. */
function release(picker) {
  const form = picker.closest("form");
  if (!form || !("held" in form.dataset) || busy(picker)) return;
  delete form.dataset.held;
  form.querySelectorAll("[data-busy]").forEach((button) => button.removeAttribute("data-busy"));
  if (![...transfersOf(picker).values()].some((one) => one.state === "failed")) form.requestSubmit();
}

addEventListener("submit", (event) => {
  const picker = event.target.querySelector?.(".picker[data-uploads]");
  if (!picker || !busy(picker)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  event.target.dataset.held = "";
  event.submitter?.setAttribute("data-busy", "");
}, { capture: true });

on("change", ".picker input[type=file]", (event, input) => {
  const files = [...input.files];
  input.value = "";
  take(input.closest(".picker"), files);
});

const ACTIONS = {
  pause: (transfer) => transfer.pause(),
  resume: (transfer) => transfer.resume(),
  retry: (transfer, row) => { row.querySelector("input")?.remove(); transfer.made = null; transfer.address = ""; transfer.resume(); },
};

on("click", ".upload [data-do]", (event, button) => {
  const row = button.closest(".upload");
  const picker = row.closest(".picker");
  const transfer = transfersOf(picker).get(row);
  if (button.dataset.do !== "remove") { if (transfer) ACTIONS[button.dataset.do](transfer, row); return; }
  const id = row.querySelector("input")?.value;
  transfer?.stop();
  transfersOf(picker).delete(row);
  const beside = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  (beside?.querySelector("[data-do=remove]") ?? picker.querySelector(".pick input")).focus();
  if (id) fetch(`/files/${id}/remove/`, { method: "POST", headers: { "X-CSRFToken": csrf(), Accept: "application/json" } }).catch(() => {});
  release(picker);
});

/** The picker for what is dropped or pasted somewhere: its own, or that of the drop zone or form around. */
function pickerNear(target) {
  if (!(target instanceof Element)) return null;
  const around = target.closest(".picker[data-uploads]") ?? target.closest("[data-drop-zone], form");
  return around?.matches(".picker") ? around : around?.querySelector(".picker[data-uploads]");
}

const markOf = (target) => target.closest?.("[data-drop-zone]") ?? pickerNear(target);
const brings = (event) => event.dataTransfer?.types.includes("Files");

addEventListener("dragover", (event) => {
  const picker = brings(event) && pickerNear(event.target);
  if (!picker) return;
  event.preventDefault();
  markOf(event.target).toggleAttribute("data-over", true);
});
for (const type of ["dragleave", "drop"]) {
  addEventListener(type, (event) => markOf(event.target)?.toggleAttribute("data-over", false));
}
addEventListener("drop", (event) => {
  const picker = brings(event) && pickerNear(event.target);
  if (!picker) return;
  event.preventDefault();
  take(picker, event.dataTransfer.files);
});
addEventListener("paste", (event) => {
  const files = event.clipboardData?.files;
  const picker = files?.length && pickerNear(event.target);
  if (!picker) return;
  event.preventDefault();
  take(picker, files);
});
addEventListener("beforeunload", (event) => {
  if ([...document.querySelectorAll(".picker[data-uploads]")].some(busy)) event.preventDefault();
});

export { take, wordsOf };
