import "./global.js";
import { csrf } from "./tools.js";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

document.addEventListener("htmx:config:request", (event) => {
  const { request } = event.detail.ctx;
  if (!SAFE.has(request.method.toUpperCase())) request.headers["X-CSRFToken"] = csrf();
});
