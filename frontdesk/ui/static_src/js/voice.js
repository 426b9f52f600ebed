import { on } from "./tools.js";
import { take, wordsOf } from "./uploads.js";

// What browsers record, and the extension that goes with each.
const FORMS = [["audio/webm;codecs=opus", "weba"], ["audio/mp4", "m4a"], ["audio/ogg;codecs=opus", "ogg"]];
const LONGEST = 30 * 60 * 1000;
const recordings = new WeakMap();

function formOf(picker) {
  if (!navigator.mediaDevices?.getUserMedia || typeof MediaRecorder === "undefined") return null;
  const taken = new Set(picker.dataset.extensions.split(" "));
  return FORMS.find(([type, extension]) => taken.has(extension) && MediaRecorder.isTypeSupported(type));
}

function offer(root) {
  for (const picker of root.querySelectorAll?.(".picker[data-uploads]") ?? []) {
    picker.querySelector("[data-voice=start]").hidden = !formOf(picker);
  }
}

offer(document);
new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((node) => {
  if (node instanceof Element) offer(node.parentElement ?? node);
}))).observe(document.body, { childList: true, subtree: true });

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

function shows(picker, recording) {
  picker.querySelector("[data-recording]").hidden = !recording;
  picker.querySelector("[data-voice=start]").hidden = recording;
}

async function start(picker) {
  let stream;
  try { stream = await navigator.mediaDevices.getUserMedia({ audio: true }); } catch {
    dispatchEvent(new CustomEvent("frontdesk:toast", { detail: { text: wordsOf(picker).blocked, level: "error" } }));
    return;
  }
  const [type, extension] = formOf(picker);
  const recorder = new MediaRecorder(stream, { mimeType: type });
  const parts = [];
  const since = Date.now();
  const output = picker.querySelector("[data-recording] output");
  output.value = clock(0);
  const timer = setInterval(() => {
    output.value = clock((Date.now() - since) / 1000);
    if (Date.now() - since > LONGEST || !picker.isConnected) end(picker, picker.isConnected);
  }, 250);
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  recorder.addEventListener("stop", () => {
    clearInterval(timer);
    stream.getTracks().forEach((track) => track.stop());
    if (!recordings.get(picker)?.keep) { recordings.delete(picker); return; }
    recordings.delete(picker);
    const moment = new Date(since - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 16).replace("T", " ").replace(":", ".");
    take(picker, [new File(parts, `${wordsOf(picker).voice} ${moment}.${extension}`, { type: type.split(";")[0] })]);
  });
  recordings.set(picker, { recorder, keep: false });
  recorder.start(1000);
  shows(picker, true);
  picker.querySelector("[data-voice=keep]").focus();
}

function end(picker, keep) {
  const running = recordings.get(picker);
  if (!running) return;
  running.keep = keep;
  running.recorder.stop();
  shows(picker, false);
  picker.querySelector("[data-voice=start]").focus();
}

on("click", ".picker [data-voice]", (event, button) => {
  const picker = button.closest(".picker");
  if (button.dataset.voice === "start") start(picker);
  else end(picker, button.dataset.voice === "keep");
});
