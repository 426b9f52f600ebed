"""Someone who sends what no honest visitor sends, and the routes to send it to."""

from collections.abc import Iterator
from html.parser import HTMLParser

from django.conf import settings
from django.test import Client as Browser

from tests.conftest import make_token, sign_in
from tests.matrix.bodies import Maker
from tests.matrix.engine import TEXT_VALUES, failures
from tests.matrix.objects import make_world
from tests.matrix.routes import Route, all_routes
from tests.undone import undone

from . import hostile

# Answers 503 where no background worker runs, as in tests.
READINESS = "/health/ready"
FORM = "application/x-www-form-urlencoded"


class Attacker:
    """An admin who means no good; what they change is rolled back."""

    def __init__(self, cast):
        self.world = make_world(cast)
        self.maker = Maker(self.world)
        self.session = sign_in(cast.ana).cookies[settings.SESSION_COOKIE_NAME].value
        self.token = make_token(cast.ana)
        self.found: dict[str, str] = {}
        self.count = 0

    def address(self, route: Route) -> str:
        """The route's address, with ids of things that exist."""
        named = self.world.values(route.policy.obj, "own") if route.policy and route.policy.obj else {}
        values = {**TEXT_VALUES, **named}
        if len(named) == 1 and len(route.params) == 1:
            values |= dict.fromkeys(route.params, next(iter(named.values())))
        return route.address(values)

    def send(self, what: str, method: str, path: str, body: bytes = b"", kind: str = FORM, **extra) -> None:
        """Make a request; note an answer that is a 5xx, leads away or shows secrets, and an exception."""
        browser = Browser(raise_request_exception=False)
        if path.startswith("/api/"):
            extra.setdefault("HTTP_AUTHORIZATION", f"Bearer {self.token}")
        browser.cookies[settings.SESSION_COOKIE_NAME] = self.session
        self.count += 1
        try:
            with undone():
                with failures() as seen:
                    response = browser.generic(method, path, body, content_type=kind, **extra)
                    content = b"".join(response.streaming_content) if response.streaming else response.content
                if seen or (response.status_code >= 500 and not path.startswith(READINESS)):
                    self.note(what, method, path, f"{response.status_code} {seen}")
                if response.headers.get("Location", "").startswith(hostile.AWAY):
                    self.note(what, method, path, f"leads to {response.headers['Location']}")
                if any(secret in content for secret in hostile.SECRETS):
                    self.note(what, method, path, "shows what is not for visitors")
        except Exception as error:
            self.note(what, method, path, repr(error))

    def note(self, what: str, method: str, path: str, said: str) -> None:
        """Remember one failure of each kind and place."""
        self.found.setdefault(f"{method[:10]} {path[:100]} {what}", said[:500])

    def fields(self, route: Route) -> dict[str, str]:
        """The names and values of everything that the route's page would send."""
        browser = Browser()
        browser.cookies[settings.SESSION_COOKIE_NAME] = self.session
        found = Fields()
        if "GET" in route.policy.methods:
            found.feed(browser.get(self.address(route)).content.decode(errors="replace"))
        return found.values


class Fields(HTMLParser):
    """Reads the fields of a page's forms."""

    def __init__(self):
        super().__init__()
        self.values: dict[str, str] = {}
        self.select = ""

    def handle_starttag(self, tag, attributes):
        """Inputs, buttons, text areas, and of a list the chosen or else the last entry."""
        given = dict(attributes)
        if tag == "option" and self.select:
            if "selected" in given or not self.values[self.select]:
                self.values[self.select] = given.get("value") or ""
        elif name := given.get("name"):
            self.select = name if tag == "select" else ""
            if tag in ("input", "textarea", "select", "button") and (
                given.get("type") != "radio" or "checked" in given
            ):
                self.values[name] = given.get("value") or ""


def reachable() -> list[Route]:
    """Routes that have an address."""
    return [route for route in all_routes() if route.name or route.is_api]


def pages() -> list[Route]:
    """The pages that take a form."""
    return [route for route in reachable() if not route.is_api and route.policy and "POST" in route.policy.methods]


def operations() -> Iterator[tuple[Route, str]]:
    """The operations that take a body, with the method."""
    for route in reachable():
        for method in route.operation.methods if route.is_api else ():
            if method in ("POST", "PUT", "PATCH"):
                yield route, method
