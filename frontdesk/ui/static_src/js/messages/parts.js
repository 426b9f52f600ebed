import htmx from "../global.js";
import { csrf } from "../tools.js";

/** The page's thread, if it shows one. */
export const page = () => document.querySelector("[data-thread-page]");
/** The ids of the threads whose messages the page shows in one log, and the number of the newest one shown of each. */
export const threads = () => page()?.dataset.threadPage.split(" ") ?? [];
export const newest = () => page().dataset.last.split(".").map(Number);

/** Remember that a message is shown. */
export function noted(message) {
  const place = threads().indexOf(message.dataset.thread);
  const numbers = newest();
  numbers[place] = Math.max(numbers[place], Number(message.dataset.n));
  page().dataset.last = numbers.join(".");
}
export const log = () => document.querySelector("[data-log]");

/** Elements from HTML that the server sent. */
export const parsed = (html) => [...new DOMParser().parseFromString(html, "text/html").body.children];

/** What a <template> of that mark in an answer holds. */
export function templated(elements, mark) {
  const found = elements.find((element) => element.matches(`template[${mark}]`));
  return found ? found.content.firstElementChild : null;
}

/** POST a form or values as a page's script; the answer's elements, or null when the server could not be reached. */
export async function send(address, body) {
  const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": csrf(), "HX-Request": "true" } });
  return { answer, elements: parsed(await answer.text()) };
}

/** Elements from an address. */
export async function load(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  return answer.ok ? parsed(await answer.text()) : [];
}

export function ready(element) {
  htmx.process(element);
  return element;
}
