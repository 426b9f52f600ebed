"""Running the calls and comparing what happens with what is declared."""

import contextlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.core.signals import got_request_exception
from django.test import Client as Browser
from django.urls import reverse

from frontdesk.core.http.policy import PUBLIC, SIGNED_IN

from ..conftest import make_token, sign_in
from ..undone import undone
from .bodies import FORMS, Maker
from .objects import KINDS, MISSING, VARIANTS, World
from .people import Persona, everyone
from .routes import Route, all_routes

# Text in addresses that is no id: what to put for the name of the parameter.
TEXT_VALUES = {
    "topic": "profile",
    "route": "account_login",
    "language": "fr",
    "account_id": MISSING,
    "format": "csv",
    "mail": "welcome",
    "section": "team",
    "token": "planted-token",
    "uidb36": "1",
    "key": "set-password",
    "width": 96,
    "channel": "sms",
    "name": "status",
    "into": "note",
}
# Public pages that answer differently by state, each with the outcomes that are right too.
EXPLAINED = {
    "accounts:setup": {"404"},  # only an empty installation has it
    "accounts:setup_demo": {"404"},
    "accounts:demo_ready": {"404"},
    "accounts:invitation": {"404"},  # an unknown link is not there
    "accounts:email_confirm": {"404"},  # an unknown link is not there
    "subscriptions:link": {"404"},  # an unknown link is not there
    "notify:stop": {"404"},  # an unknown link is not there
    "files:upload": {"415"},  # a piece of nothing
    "PATCH /uploads/{uuidstr:upload_id}": {"415"},
    "POST /files/zip": {"404"},  # the files named are one person's alone
    "accounts:switch": {"404"},  # no membership was named
    "accounts:leave": {"sign-in"},  # both lead to the sign-in page
    "account_logout": {"sign-in"},
    "mfa_authenticate": {"sign-in"},  # nobody typed a password before
    "accounts:privacy_of": {"404"},  # an account that does not exist
    "inquiries:ask": {"404"},  # an unknown address is not there
    "inquiries:thanks": {"404"},
    "inquiries:embed": {"404"},
    "channels:picture": {"404"},  # an address that was not given out is not there
    "channels:hook": {"404"},  # an address that was not given out is not there
    "api:api-root": {"404"},
    "observability:ready": {"503"},  # tests run no background worker
}
VOLATILE = [
    re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"'),
    re.compile(rb'"X-CSRFToken": ?"[^"]*"'),
    re.compile(rb'content="[A-Za-z0-9]{64}"'),
    re.compile(rb"\b[0-9a-f]{16}\b"),
]
UUID_TEXT = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Call:
    """One try: who calls what, on which object ("" where the address names none)."""

    route: Route
    method: str
    persona: Persona
    which: str

    def __str__(self):
        return f"{self.method} {self.route.template} [{self.which or 'no object'}] as {self.persona.name}"


@dataclass(frozen=True)
class Answer:
    """What came back, read to its end."""

    outcome: str
    status: int
    body: bytes


@dataclass
class Report:
    """What the run found."""

    calls: int = 0
    routes: int = 0
    people: int = 0
    objects: int = 0
    unexpected: list[str] = field(default_factory=list)
    outcomes: Counter = field(default_factory=Counter)

    def add(self, call: Call, answer: Answer, hidden: list[str]) -> None:
        """Count a call, and note what was wrong with its answer."""
        self.calls += 1
        self.outcomes[answer.outcome] += 1
        if not _right(call, answer.outcome):
            self.unexpected.append(f"{call}: {answer.outcome} ({answer.status}) instead of {expected(call)}")
        self.unexpected += [f"{call}: shows {said!r}" for said in hidden if said.encode() in answer.body]

    def __str__(self):
        shape = f"{self.routes} routes x {self.people} roles x {self.objects} objects"
        return f"{shape} = {self.calls} calls, {len(self.unexpected)} unexpected"


def classify(response) -> str:
    """ok, 403, 404, sign-in, or the bare status."""
    status = response.status_code
    if status == 401:
        return "sign-in"
    if 300 <= status < 400:
        return "sign-in" if response.headers.get("Location", "").startswith(reverse("account_login")) else "ok"
    return "ok" if status < 300 or status in (400, 409, 422) else str(status)


def expected(call: Call) -> str:
    """The outcome by the declared policy and the visibility of the object."""
    policy, persona = call.route.policy, call.persona
    if policy.right == PUBLIC:
        return "ok"
    if not persona.signed_in:
        return "sign-in"
    if policy.right != SIGNED_IN and not persona.holds(policy.right, call.route.is_api):
        return "403"
    if policy.obj is None:
        return "ok"
    variant = VARIANTS.get(policy.obj, {}).get(call.which)
    if variant:
        return variant.expect(persona, policy.right) if persona.home else "404"
    home = "own" if persona.home else "foreign"
    if call.which in ("crossed", "strayed") or call.which.startswith("missing"):
        return "404"
    return KINDS[policy.obj].expect(persona) if call.which == home else "404"


def plain(body: bytes) -> bytes:
    """An answer without what differs from one request to the next, ids included."""
    for pattern in VOLATILE:
        body = pattern.sub(b"", body)
    return UUID_TEXT.sub(b"ID", body)


def _token(persona: Persona) -> str:
    scopes = list(persona.scopes) if persona.scopes is not None else None
    return make_token(persona.member, scopes, label=persona.name)


def _session(persona: Persona) -> str:
    return sign_in(persona.member).cookies[settings.SESSION_COOKIE_NAME].value


@contextlib.contextmanager
def failures():
    """Collects what views raise unexpectedly."""
    seen: list[str] = []

    def note(sender, **given):
        seen.append(repr(sys.exc_info()[1])[:300])

    got_request_exception.connect(note)
    try:
        yield seen
    finally:
        got_request_exception.disconnect(note)


def _read(response, seen: list[str]) -> bytes:
    if not response.streaming:
        return response.content
    try:
        return b"".join(response.streaming_content)
    except Exception as error:
        seen.append(repr(error)[:300])
        return b""


class Engine:
    """Calls everything as everyone; every call is rolled back."""

    def __init__(self, world: World):
        self.world = world
        self.people = everyone(world.cast)
        self.untouched = ""
        self.bodies = Maker(world)
        self.foreign_bodies = Maker(world, "foreign")
        known = [persona for persona in self.people if persona.member is not None]
        self._tokens = {persona.name: _token(persona) for persona in known}
        self._sessions = {persona.name: _session(persona) for persona in known}

    def _browser(self, call: Call) -> Browser:
        browser, name = Browser(raise_request_exception=False), call.persona.name
        if call.route.is_api and name in self._tokens:
            browser.defaults["HTTP_AUTHORIZATION"] = f"Bearer {self._tokens[name]}"
        elif name in self._sessions:
            browser.cookies[settings.SESSION_COOKIE_NAME] = self._sessions[name]
        return browser

    def values(self, call: Call) -> dict:
        """The parameters of the address."""
        named = self.world.values(call.route.policy.obj, call.which) if call.which else {}
        values = {**TEXT_VALUES, **named}
        if len(named) == 1 and len(call.route.params) == 1:
            values |= dict.fromkeys(call.route.params, next(iter(named.values())))
        return values

    def send(self, call: Call, body=None):
        """Make one call; the response. A body is made where none is given and the operation takes one."""
        browser = self._browser(call)
        if body is None and call.route.is_api and call.method in ("POST", "PUT", "PATCH"):
            body = (self.bodies if call.persona.home else self.foreign_bodies).body(call.route, call.method)
        kind = {"content_type": "application/json"} if call.route.is_api else {}
        if body is None:
            body = FORMS.get(call.route.name, {})
        given = {} if call.method == "GET" else {"data": body, **kind}
        return getattr(browser, call.method.lower())(call.route.address(self.values(call)), **given)

    def rolled_back(self, call: Call, body=None, after=None):
        """As `send`, inside a savepoint that is rolled back; `after()` runs before that."""
        with undone():
            with failures() as seen:
                response = self.send(call, body)
                content = _read(response, seen)
            outcome = seen[0] if seen else classify(response)
            return Answer(outcome, response.status_code, content), after() if after else None


def objects_of(route: Route, world: World) -> list[str]:
    """Which objects to try on a route."""
    if route.policy.obj is None:
        return [""]
    parts = world.ids["own"][route.policy.obj]
    crossed = ["missing part", "crossed"] if len(parts) > 1 else []
    strayed = ["strayed"] if crossed and "client_id" in parts else []
    return ["own", "foreign", "missing", *crossed, *strayed, *VARIANTS.get(route.policy.obj, {})]


def undeclared(routes: list[Route]) -> list[str]:
    """What keeps a route from being tried: no policy, no provider, or a parameter nobody knows."""
    said = []
    for route in routes:
        if route.policy is None:
            said.append(f"{route.name or route.template}: declares no policy")
        elif route.policy.obj is not None and route.policy.obj not in KINDS:
            said.append(f"{route.name or route.template}: objects.py has no kind {route.policy.obj!r}")
    return said


def calls(world: World, routes: list[Route], people: list[Persona]) -> Iterator[Call]:
    """Every call to make."""
    for route in routes:
        if not route.name and not route.params and not route.is_api:
            continue
        for method in route.operation.methods if route.is_api else route.policy.methods:
            for persona in people:
                if persona.scopes is not None and not route.is_api:
                    continue
                for which in objects_of(route, world):
                    yield Call(route, method, persona, which)


def _right(call: Call, outcome: str) -> bool:
    return outcome == expected(call) or (outcome in EXPLAINED.get(call.route.name, ()))


def run(world: World, secrets, routes: list[Route] | None = None) -> Report:
    """Try everything; `secrets(persona)` lists texts that must not occur in what the persona gets."""
    routes = all_routes() if routes is None else routes
    engine, report = Engine(world), Report(routes=len(routes), unexpected=undeclared(routes))
    report.people, report.objects = len(engine.people), 5
    hidden: dict[tuple, dict[str, bytes]] = defaultdict(dict)
    declared = [route for route in routes if not undeclared([route])]
    for call in calls(world, declared, engine.people):
        answer, _nothing = engine.rolled_back(call)
        report.add(call, answer, secrets(call.persona))
        if answer.outcome == "404" and call.which:
            hidden[(call.route.name, call.method, call.persona.name)][call.which] = plain(answer.body)
    report.unexpected += [
        f"{method} {name} as {persona}: absent and hidden objects answer differently ({', '.join(answers)})"
        for (name, method, persona), answers in hidden.items()
        if len(set(answers.values())) > 1
    ]
    return report
