import htmx from "./global.js";

let running = null;

function address(form) {
  const filled = [...new FormData(form)].filter(([, value]) => value !== "");
  const query = new URLSearchParams(filled).toString();
  return form.action.split("?")[0] + (query ? `?${query}` : "");
}

/** Bring the form's other parts up to date; the field in use keeps what is being written. */
function renew(form, fresh) {
  const [old, next] = [[...form.children], [...fresh.children]];
  if (old.length !== next.length) return;
  old.forEach((child, at) => { if (!child.contains(document.activeElement)) child.replaceWith(next[at]); });
}

function swap(form, page) {
  const fresh = page.querySelector("form.filters");
  if (!fresh) return false;
  const heading = page.querySelector(".top .heading");
  if (heading) document.querySelector(".top .heading")?.replaceWith(heading);
  while (form.nextSibling) form.nextSibling.remove();
  form.after(...[...fresh.parentNode.childNodes].slice([...fresh.parentNode.childNodes].indexOf(fresh) + 1));
  renew(form, fresh);
  htmx.process(form.parentNode);
  return true;
}

/** Show the results of a filter form without leaving the page, so that writing goes on undisturbed. */
export async function refresh(form) {
  running?.abort();
  running = new AbortController();
  const target = address(form);
  try {
    const answer = await fetch(target, { signal: running.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.redirected || !answer.ok || !swap(form, page)) location.assign(target);
    else history.replaceState(history.state, "", target);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(target);
  }
}
