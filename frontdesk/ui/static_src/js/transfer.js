import { csrf } from "./tools.js";

const PIECE = 8 * 1024 * 1024;
const TOGETHER = 3;
const LONGEST_PAUSE = 30000;
const KEPT = "frontdesk-uploads";
const DAY = 24 * 3600 * 1000;
const RETRIED = new Set([0, 408, 409, 423, 429, 460, 502, 503, 504]);

const waiting = [];
let running = 0;

function kept() {
  try {
    const all = JSON.parse(localStorage.getItem(KEPT)) ?? {};
    return Object.fromEntries(Object.entries(all).filter(([, one]) => Date.now() - one.at < DAY));
  } catch { return {}; }
}

function keep(change) {
  const all = kept();
  change(all);
  try { localStorage.setItem(KEPT, JSON.stringify(all)); } catch { /* a full or closed store costs the resume after a reload only */ }
}

function next() {
  while (running < TOGETHER && waiting.length) {
    running += 1;
    waiting.shift()().finally(() => { running -= 1; next(); });
  }
}

class Refused extends Error {
  constructor(status, reason) {
    super(reason);
    this.status = status;
  }
}

/** One file on its way, in pieces that are sent again where the connection was lost. `tell(transfer)` hears of each change. */
export class Transfer {
  constructor(file, start, tell) {
    Object.assign(this, { file, start, tell, state: "waiting", sent: 0, reason: "", made: null, address: "" });
    this.mark = `${start} ${file.name} ${file.size} ${file.lastModified}`;
    this.queue();
  }

  get percent() { return this.file.size ? Math.floor((this.sent / this.file.size) * 100) : 0; }

  say(state, reason = "") {
    Object.assign(this, { state, reason });
    this.tell(this);
  }

  queue() {
    this.say("waiting");
    waiting.push(() => this.run());
    next();
  }

  pause() {
    this.say("paused");
    this.request?.abort();
  }

  resume() { if (this.state !== "sending") this.queue(); }

  stop() {
    this.state = "removed";
    this.request?.abort();
    keep((all) => { delete all[this.mark]; });
    if (this.address) fetch(this.address, { method: "DELETE", headers: { "X-CSRFToken": csrf() } }).catch(() => {});
  }

  get ended() { return this.state === "paused" || this.state === "removed"; }

  async run() {
    if (this.ended) return;
    this.say("sending");
    for (let tries = 0; !this.ended;) {
      try {
        const before = this.sent;
        await this.advance();
        if (this.sent > before) tries = 0;
        if (this.made) return;
      } catch (error) {
        if (this.ended) return;
        if (!(error instanceof Refused) || !RETRIED.has(error.status)) {
          keep((all) => { delete all[this.mark]; });
          this.address = "";
          this.say("failed", error instanceof Refused ? error.message : "");
          return;
        }
        tries += 1;
        this.say("lost");
        this.asked = false;
        await this.rest(Math.min(1000 * 2 ** (tries - 1), LONGEST_PAUSE));
        if (!this.ended) this.say("sending");
      }
    }
  }

  rest(milliseconds) {
    return new Promise((wake) => {
      const timer = setTimeout(done, milliseconds);
      function done() { clearTimeout(timer); removeEventListener("online", done); wake(); }
      addEventListener("online", done);
    });
  }

  async advance() {
    if (!this.address) await this.announce();
    else if (!this.asked) this.sent = Number((await this.send("HEAD", this.address)).getResponseHeader("Upload-Offset"));
    this.asked = true;
    const piece = this.file.slice(this.sent, this.sent + PIECE);
    const headers = { "Upload-Offset": String(this.sent), "Content-Type": "application/offset+octet-stream" };
    const from = this.sent;
    const answer = await this.send("PATCH", this.address, headers, piece, (loaded) => { this.sent = from + loaded; this.tell(this); });
    this.sent = Number(answer.getResponseHeader("Upload-Offset"));
    this.tell(this);
    if (answer.getResponseHeader("Upload-File")) await this.finish();
  }

  async announce() {
    const known = kept()[this.mark];
    if (known) {
      try {
        this.sent = Number((await this.send("HEAD", known.address)).getResponseHeader("Upload-Offset"));
        this.address = known.address;
        return;
      } catch (error) {
        if (error.status === 0) throw error;
      }
    }
    const bytes = new TextEncoder().encode(this.file.name);
    const name = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    const headers = { "Upload-Length": String(this.file.size), "Upload-Metadata": `filename ${name}` };
    const answer = await this.send("POST", this.start, headers);
    this.address = answer.getResponseHeader("Location");
    this.sent = 0;
    keep((all) => { all[this.mark] = { address: this.address, at: Date.now() }; });
  }

  async finish() {
    const answer = await this.send("GET", this.address);
    this.made = JSON.parse(answer.responseText).file;
    keep((all) => { delete all[this.mark]; });
    if (this.made.state === "refused") { this.say("failed"); return; }
    this.say(this.made.state === "checking" ? "checking" : "done");
    if (this.made.state === "checking") this.watch();
  }

  async watch() {
    for (let turn = 0; turn < 90 && this.state === "checking"; turn += 1) {
      await this.rest(1000);
      const answer = await this.send("GET", this.address).catch(() => null);
      const file = answer && JSON.parse(answer.responseText).file;
      if (!file || file.state === "checking") continue;
      this.made = file;
      this.say(file.state === "ready" ? "done" : "failed");
    }
  }

  send(method, address, headers = {}, body = null, progress = null) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      this.request = request;
      request.open(method, address);
      for (const [name, value] of Object.entries({ "Tus-Resumable": "1.0.0", "X-CSRFToken": csrf(), Accept: "application/json", ...headers })) request.setRequestHeader(name, value);
      if (progress) request.upload.addEventListener("progress", (event) => progress(event.loaded));
      request.addEventListener("load", () => (request.status < 300 ? resolve(request) : reject(new Refused(request.status, reasonOf(request)))));
      for (const type of ["error", "abort", "timeout"]) request.addEventListener(type, () => reject(new Refused(0, "")));
      request.send(body);
    });
  }
}

function reasonOf(request) {
  try {
    const said = JSON.parse(request.responseText);
    return said.errors?.map((one) => one.reason).join(" ") || said.detail || said.title || "";
  } catch { return ""; }
}
