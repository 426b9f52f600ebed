"""What must hold for every page: accessible, within its width, finished words, no dead control."""

from pathlib import Path

AXE = (Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text()
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TOUCH = 40

RUN_AXE = """async (only) => {
  const found = await axe.run(document, {resultTypes: ["violations"], runOnly: only});
  return found.violations.flatMap((fault) => fault.nodes.map((node) => `${fault.id}: ${node.html.slice(0, 200)} ${node.failureSummary.split("\\n")[1] ?? ""}`));
}"""

# A box may reach out of the page only inside something that scrolls or cuts.
TOO_WIDE = """() => {
  const cut = (box) => { for (let up = box.parentElement; up && up !== document.body; up = up.parentElement) {
    const style = getComputedStyle(up);
    if (style.overflowX !== "visible" || style.position === "fixed" || style.clipPath !== "none") return true; } return false; };
  const faults = [];
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`page is ${document.documentElement.scrollWidth} wide in ${innerWidth}`);
  for (const area of document.querySelectorAll("[data-scroll]")) if (area.scrollWidth > area.clientWidth + 1) faults.push("content scrolls sideways");
  for (const box of document.body.querySelectorAll("*")) {
    const at = box.getBoundingClientRect();
    if (at.width && at.right > innerWidth + 1 && !cut(box) && !box.closest("[popover], dialog, .sr, .skip")) faults.push(`reaches ${Math.round(at.right)}: ${box.outerHTML.slice(0, 160)}`);
  }
  return faults.slice(0, 5);
}"""

# Words that stand beside each other without room, or controls that are cut or lie on top of each other.
CROWDED = """() => {
  const faults = [];
  for (const control of document.querySelectorAll(".btn, .seg > *, .tabs a, .badge")) {
    const at = control.getBoundingClientRect();
    if (at.width && control.scrollWidth > control.clientWidth + 1 && !control.matches(".square") && getComputedStyle(control).textOverflow !== "ellipsis" && getComputedStyle(control.parentElement).overflowX === "visible" && control.clientWidth) faults.push(`cut: ${control.outerHTML.slice(0, 160)}`);
  }
  for (const text of document.querySelectorAll("main p")) {
    const after = text.nextElementSibling, at = text.getBoundingClientRect();
    if (!after || !at.height || !after.matches(".btn, form, .actions, p:has(.btn)")) continue;
    const next = after.matches("form.inline") ? after.querySelector(".btn")?.getBoundingClientRect() : after.getBoundingClientRect();
    if (next?.height && next.top >= at.bottom - 1 && next.top - at.bottom < 6) faults.push(`no room below: ${text.outerHTML.slice(0, 160)}`);
  }
  return faults;
}"""

SMALL = """(least) => [...document.querySelectorAll("button, a.btn, .tabs a, .seg > *, .tabbar a, select, input:not([type=hidden], [type=checkbox], [type=radio]), label.check, label.radio")]
  .filter((control) => !control.closest("[hidden], .sr, [aria-hidden=true], template") && !control.matches(".sr"))
  .map((control) => [control, control.closest(".affix, .searchbox") && control.matches("input") ? control.closest(".affix, .searchbox").getBoundingClientRect() : control.getBoundingClientRect()])
  .filter(([control, at]) => at.width > 1 && at.height && (at.height < least - .5 || at.width < least - .5))
  .map(([control, at]) => `${Math.round(at.width)}x${Math.round(at.height)}: ${control.outerHTML.slice(0, 140)}`)"""

UNFINISHED = """() => {
  const words = [document.title, document.body.innerText];
  for (const name of ["title", "aria-label", "placeholder", "alt", "data-confirm"]) for (const bearer of document.body.querySelectorAll(`[${name}]`)) words.push(bearer.getAttribute(name));
  const wrong = /%\\(|%s\\b|(^|[:(,·] ?)None($|[,;.)])|\\bundefined\\b|\\bNaN\\b|\\[object|\\{\\{|\\}\\}|\\{%|__\\w+__|&amp;|&lt;|Traceback/;
  return words.flatMap((text) => text.split("\\n")).filter((line) => wrong.test(line));
}"""

DEAD = """() => {
  const alive = ["popovertarget", "commandfor", "hx-get", "hx-post", "hx-delete", "data-dismiss"];
  const works = (button) => (button.form && button.type !== "button") || alive.some((name) => button.hasAttribute(name))
    || Object.keys(button.dataset).length > 0 || button.closest("dialog#confirm") || button.disabled;
  const buttons = [...document.querySelectorAll("button")].filter((button) => !works(button));
  const links = [...document.querySelectorAll("a")].filter((link) => !link.getAttribute("href") || link.getAttribute("href") === "#");
  const missing = [...document.querySelectorAll("[popovertarget], [commandfor]")].filter((button) => !document.getElementById(button.getAttribute("popovertarget") ?? button.getAttribute("commandfor")));
  return [...buttons, ...links, ...missing].map((control) => control.outerHTML.slice(0, 160));
}"""


def axe(page, rules: list[str] | None = None) -> list[str]:
    """What axe finds against WCAG 2.2 AA, or against the given rules only."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARDS}
    return page.evaluate(RUN_AXE, only)


def unfolded_axe(page) -> list[str]:
    """As `axe`, in a window as high as the page: the bar at the bottom then lies over nothing that can be scrolled to."""
    shape = page.viewport_size
    page.set_viewport_size({**shape, "height": max(shape["height"], page.evaluate("document.documentElement.scrollHeight"))})
    found = axe(page)
    page.set_viewport_size(shape)
    return found


def layout(page) -> list[str]:
    """What reaches out of the page, is cut or crowded, or, on a phone, is too small for a finger."""
    faults = page.evaluate(TOO_WIDE) + page.evaluate(CROWDED)
    if page.evaluate("matchMedia('(pointer: coarse)').matches"):
        faults += [f"small: {said}" for said in page.evaluate(SMALL, TOUCH)]
    return faults


def words(page) -> list[str]:
    """Text that no reader should see."""
    return [f"unfinished: {line}" for line in page.evaluate(UNFINISHED)]


def dead(page) -> list[str]:
    """Buttons and links that do nothing."""
    return [f"dead: {said}" for said in page.evaluate(DEAD)]


def everything(page) -> list[str]:
    """All of it."""
    return unfolded_axe(page) + layout(page) + words(page) + dead(page)
