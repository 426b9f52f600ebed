"""What a browser says about itself, in words."""

from frontdesk.core.text import gettext as _

BROWSERS = [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
            ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]  # fmt: skip
SYSTEMS = [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
           ("Mac OS", "macOS"), ("Linux", "Linux")]  # fmt: skip
PHONES = {"iPhone", "Android"}


def _first(agent: str, known: list[tuple[str, str]]) -> str:
    return next((name for sign, name in known if sign in agent), "")


def device(agent: str) -> str:
    """Such as "Firefox on Windows"."""
    browser, system = _first(agent, BROWSERS), _first(agent, SYSTEMS)
    if browser and system:
        return _("%(browser)s on %(system)s", browser=browser, system=system)
    return browser or system or _("Unknown device")


def is_phone(agent: str) -> bool:
    """Whether it is held in the hand."""
    return _first(agent, SYSTEMS) in PHONES
