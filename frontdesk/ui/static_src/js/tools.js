/** The token that posts without a form field carry in a header. */
export const csrf = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

/** Handle an event on elements that match a selector, now or later. */
export function on(type, selector, handle, options) {
  document.addEventListener(
    type,
    (event) => {
      const found = event.target instanceof Element ? event.target.closest(selector) : null;
      if (found) handle(event, found);
    },
    options,
  );
}

/** Whether the reader is writing, so that single keys must not act. A closed dialog's field keeps the focus for a while. */
export function writing(target) {
  const field = target instanceof Element ? target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]") : null;
  return Boolean(field?.checkVisibility());
}

/** Whether a modal dialog or a menu is in front. */
export const covered = () => Boolean(document.querySelector("dialog:modal, [popover]:popover-open"));

export function debounce(milliseconds, act) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...given), milliseconds);
  };
}
