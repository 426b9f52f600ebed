/* Runs inside a page: what the tests ask of every page that axe does not know. */
globalThis.checks = (() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const start = (element) => element.outerHTML.slice(0, 160);
  const box = (element) => element.getBoundingClientRect();
  const style = (element) => getComputedStyle(element);

  /* A box may reach out of the page only inside something that scrolls, cuts or floats. */
  function held(element) {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
      const { overflowX, position, clipPath } = style(up);
      if (overflowX !== "visible" || position === "fixed" || clipPath !== "none") return true;
    }
    return Boolean(element.closest("[popover], dialog, .sr, .skip"));
  }

  function tooWide() {
    const { scrollWidth } = document.documentElement;
    const faults = scrollWidth > innerWidth ? [`page is ${scrollWidth} wide in ${innerWidth}`] : [];
    faults.push(...all("[data-scroll]").filter((area) => area.scrollWidth > area.clientWidth + 1).map(() => "scrolls sideways"));
    const out = all("body *").filter((one) => box(one).width && box(one).right > innerWidth + 1 && !held(one));
    return faults.concat(out.slice(0, 5).map((one) => `reaches ${Math.round(box(one).right)}: ${start(one)}`));
  }

  function cut() {
    const labelled = all(".btn:not(.square), .seg > *, .tabs a, .badge");
    const short = (one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1;
    const meant = (one) => style(one).textOverflow === "ellipsis" || style(one.parentElement).overflowX !== "visible";
    return labelled.filter((one) => short(one) && !meant(one)).map((one) => `cut: ${start(one)}`);
  }

  /* A button needs room below the text that it follows. */
  function crowded() {
    return all("main p").filter((text) => {
      const after = text.nextElementSibling;
      const control = after?.matches("form.inline") ? after.querySelector(".btn") : after;
      if (!control?.matches(".btn, form, .actions, .after")) return false;
      const room = box(control).top - box(text).bottom;
      return box(text).height && box(control).height && room >= -1 && room < 6;
    }).map((text) => `no room below: ${start(text)}`);
  }

  function tooSmall(least) {
    const controls = "button, a.btn, .tabs a, .seg > *, .tabbar a, select, label.check, label.radio, "
      + "input:not([type=hidden], [type=checkbox], [type=radio])";
    const frame = (one) => box((one.matches("input") && one.closest(".affix, .searchbox")) || one);
    const small = (at) => at.width > 1 && at.height && Math.min(at.width, at.height) < least - 0.5;
    const shown = all(controls).filter((one) => !one.closest("[hidden], .sr, [aria-hidden=true]"));
    return shown.filter((one) => small(frame(one)))
      .map((one) => `small, ${Math.round(frame(one).width)}x${Math.round(frame(one).height)}: ${start(one)}`);
  }

  function layout(least) {
    const finger = matchMedia("(pointer: coarse)").matches && innerWidth < 720;
    return [...tooWide(), ...cut(), ...crowded(), ...(finger ? tooSmall(least) : [])];
  }

  /* Placeholders, values that are none, markup that was escaped twice. */
  const UNFINISHED = new RegExp([
    "%\\(", "%s\\b", "(^|[:(,·] ?)None($|[,;.)])", "\\bundefined\\b", "\\bNaN\\b", "\\[object", "\\{\\{", "\\}\\}", "\\{%",
    "__\\w+__", "&amp;", "&lt;", "Traceback",
  ].join("|"));

  function unfinished() {
    const said = [document.title, document.body.innerText];
    for (const name of ["title", "aria-label", "placeholder", "alt", "data-confirm"]) {
      said.push(...all(`[${name}]`).map((bearer) => bearer.getAttribute(name)));
    }
    return said.flatMap((text) => text.split("\n")).filter((line) => UNFINISHED.test(line)).map((line) => `unfinished: ${line}`);
  }

  function dead() {
    const does = ["popovertarget", "commandfor", "hx-get", "hx-post", "data-dismiss"];
    const works = (button) => (button.form && button.type !== "button") || does.some((name) => button.hasAttribute(name))
      || Object.keys(button.dataset).length || button.closest("dialog#confirm") || button.disabled;
    const target = (button) => button.getAttribute("popovertarget") ?? button.getAttribute("commandfor");
    return [
      ...all("button").filter((button) => !works(button)),
      ...all("a").filter((link) => ["", "#", null].includes(link.getAttribute("href"))),
      ...all("[popovertarget], [commandfor]").filter((button) => !document.getElementById(target(button))),
    ].map((control) => `dead: ${start(control)}`);
  }

  async function axeFinds(only) {
    const { violations } = await axe.run(document, { resultTypes: ["violations"], runOnly: only });
    const why = (node) => node.failureSummary.split("\n")[1] ?? "";
    return violations.flatMap((fault) => fault.nodes.map((node) => `${fault.id}: ${node.html.slice(0, 200)} ${why(node)}`));
  }

  return { layout, unfinished, dead, axe: axeFinds };
})();
