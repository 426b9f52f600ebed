"""What must hold for every page: accessible, within its width, finished words, no dead control."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
AXE = (HERE.parents[1] / "node_modules" / "axe-core" / "axe.min.js").read_text()
OWN = (HERE / "checks.js").read_text()
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FINGER = 40


def _ask(page, expression: str, given=None) -> list[str]:
    if not page.evaluate("typeof checks === 'object'"):
        page.evaluate(AXE)
        page.evaluate(OWN)
    return page.evaluate(expression, given)


def axe(page, rules: list[str] | None = None) -> list[str]:
    """What axe finds against WCAG 2.2 AA and good practice, or against the given rules only."""
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARDS}
    return _ask(page, "(only) => checks.axe(only)", only)


def unfolded_axe(page) -> list[str]:
    """As `axe`, in a window as high as the page, so that a bar at the bottom lies over nothing."""
    shape = page.viewport_size
    height = max(shape["height"], page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({**shape, "height": height})
    found = axe(page)
    page.set_viewport_size(shape)
    return found


def layout(page) -> list[str]:
    """What reaches out of the page, is cut or crowded, or, on a phone, is too small for a finger."""
    return _ask(page, "(least) => checks.layout(least)", FINGER)


def words(page) -> list[str]:
    """Text that no reader should see."""
    return _ask(page, "() => checks.unfinished()")


def dead(page) -> list[str]:
    """Buttons and links that do nothing."""
    return _ask(page, "() => checks.dead()")


def everything(page) -> list[str]:
    """All of it."""
    return unfolded_axe(page) + layout(page) + words(page) + dead(page)
