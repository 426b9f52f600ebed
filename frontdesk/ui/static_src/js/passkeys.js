import { on } from "./tools.js";

const decode = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const encode = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const named = (listed) => (listed ?? []).map((one) => ({ ...one, id: decode(one.id) }));

/** What the server sent, with bytes where the browser wants them. */
function readable(options) {
  const key = { ...options.publicKey, challenge: decode(options.publicKey.challenge) };
  if (key.user) key.user = { ...key.user, id: decode(key.user.id) };
  if (key.excludeCredentials) key.excludeCredentials = named(key.excludeCredentials);
  if (key.allowCredentials) key.allowCredentials = named(key.allowCredentials);
  return { publicKey: key };
}

/** What the browser answered, with text where it has bytes. */
function sendable(credential) {
  const { response } = credential;
  const answer = { clientDataJSON: encode(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) answer[name] = encode(response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    response: answer,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  return (await fetch(form.dataset.fetch, { headers: { Accept: "application/json" } })).json();
}

async function ask(form) {
  const options = readable(await optionsOf(form));
  return form.dataset.passkey === "create" ? navigator.credentials.create(options) : navigator.credentials.get(options);
}

function tell(form, text) {
  const place = form.querySelector("[data-passkey-error]");
  place.textContent = text;
  place.hidden = !text;
}

if (window.PublicKeyCredential) {
  document.querySelectorAll("form[data-passkey][hidden]").forEach((form) => { form.hidden = false; });
}

on("submit", "form[data-passkey]", async (event, form) => {
  const field = form.elements.credential;
  if (field.value) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  tell(form, "");
  try {
    field.value = sendable(await ask(form));
  } catch {
    tell(form, form.dataset.failed);
    return;
  }
  form.requestSubmit();
  field.value = "";
}, { capture: true });
