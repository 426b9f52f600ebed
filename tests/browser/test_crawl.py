"""Every page that a person can reach by following links, on desktop and phone, light and dark, in every language."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve

from frontdesk.accounts.middleware import LANGUAGE_COOKIE
from frontdesk.accounts.models import User

from .checks import axe, dead, layout, unfolded_axe, words
from .desk import DESKTOP, PHONE
from .scene import furnish

LINKS = """() => [...document.querySelectorAll('a[href]')].filter((link) => link.origin === location.origin)
  .map((link) => [link.pathname + link.search, link.hasAttribute("download")])"""
# What is shown in every language needs axe only once; contrast is what a theme can break.
CONTRAST = ["color-contrast"]
# Files whose links do not say that they are some.
FILES = {"clients:export", "clients:import_rejected", "api_description"}
ENOUGH = {"ana": 28, "sam": 20, "cora": 10, "mia": 12, "dan": 12, "greta": 6, "visitor": 2}
# The same for everyone, and long.
LONG = {"api_docs"}
# Their pages are Ana's, with less on them: one width and one language show whether something is left over.
LIKE_ANA = {"sam": "desktop", "cora": "phone"}


def _route(address: str) -> str | None:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return None


def _explore(window, start: str, visit) -> dict[str, str]:
    """Follow links from `start`, visit each page once and read each file; route name -> address of the pages."""
    found, seen, waiting = {}, set(), [(start, False)]
    while waiting:
        address, is_file = waiting.pop(0)
        route = _route(address)
        if route is None or route in seen:
            continue
        seen.add(route)
        if route in LONG and window.who != "ana":
            continue
        if is_file or route in FILES:
            assert window.page.request.get(address).ok, address
            continue
        found[route] = address
        visit(route, address)
        waiting += window.page.evaluate(LINKS)
    return found


class Crawl:
    """One person's crawl; `faults` grows."""

    def __init__(self, who: str, member, windows, pictures):
        self.who, self.member, self.pictures = who, member, pictures
        self.faults: list[str] = []
        self.desk = windows(who, member=member)
        self.phone = windows(who, member=member, phone=True)
        self.shapes = {"desktop": self.desk, "phone": self.phone}
        if who in LIKE_ANA:
            self.shapes = {LIKE_ANA[who]: self.shapes[LIKE_ANA[who]]}

    def note(self, where: str, found: list[str]) -> None:
        self.faults += [f"{where}: {fault}" for fault in found]

    def look(self, window, where: str, checks) -> None:
        """Run checks on the page as it is, then its contrast in the dark."""
        page = window.page
        self.note(where, [fault for check in checks for fault in check(page)])
        self.pictures(page, where)
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        self.note(f"{where} dark", axe(page, CONTRAST))
        self.pictures(page, f"{where} dark")
        page.emulate_media(color_scheme="light", reduced_motion="reduce")

    def visit(self, route: str, address: str) -> None:
        """Desktop and phone in the person's first language."""
        for shape, window in self.shapes.items():
            window.page.goto(address)
            self.look(window, f"{self.who} {route} {shape}", (unfolded_axe, layout, words, dead))
        if "phone" in self.shapes:
            self.note(f"{self.who} {route}", [] if self.phone.is_phone_wide() else ["wider than the phone"])

    def translated(self, language: str, found: dict[str, str]) -> None:
        """Every page once more in another language, at both widths."""
        if self.member:
            User.objects.filter(pk=self.member.user_id).update(language=language)
        else:
            cookie = {"name": LANGUAGE_COOKIE, "value": language, "url": self.phone.page.url}
            self.phone.context.add_cookies([cookie])
        for route, address in found.items():
            self.phone.page.goto(address)
            self._both_widths(f"{self.who} {route} {language}")

    def _both_widths(self, where: str) -> None:
        page = self.phone.page
        self.note(f"{where} phone", layout(page) + words(page))
        self.pictures(page, f"{where} phone")
        page.set_viewport_size(DESKTOP["viewport"])
        self.note(f"{where} desktop", layout(page))
        self.pictures(page, f"{where} desktop")
        page.set_viewport_size(PHONE["viewport"])


@pytest.mark.parametrize("who", list(ENOUGH))
@pytest.mark.timeout(900)
def test_every_reachable_page(who, cast, windows, pictures):
    """P1, A6 and the rules of the look: nothing refused, cut, unlabelled, unfinished or dead."""
    furnish(cast)
    crawl = Crawl(who, getattr(cast, who) if who != "visitor" else None, windows, pictures)
    guide = crawl.shapes.get("desktop", crawl.phone)
    found = _explore(guide, "/" if crawl.member else "/sign-in/", crawl.visit)
    for language in [code for code, _name in settings.LANGUAGES if code != "en" and who not in LIKE_ANA]:
        crawl.translated(language, found)
    assert not crawl.faults, "\n".join(dict.fromkeys(crawl.faults))
    assert len(found) >= ENOUGH[who], sorted(found)
