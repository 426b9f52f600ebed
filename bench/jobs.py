"""The measured jobs: what is asked of the application, of the floor, and how many times the floor is allowed."""

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from .client import Request, form
from .samples import Samples
from .visitors import CSRF, Visitor

SURFACES = ("html", "api")


@dataclass(frozen=True)
class Job:
    """`pages`, `api` and `floor` make the request number i; `floor` also takes the surface ("page" or "api")."""

    name: str
    limits: dict[str, int]
    pages: Callable[[int], Request]
    api: Callable[[int], Request]
    floor: Callable[[str, int], Request]


class Requests:
    """Makes the requests of one visitor about one account's samples."""

    def __init__(self, visitor: Visitor, samples: Samples):
        self.visitor, self.samples = visitor, samples
        self._numbers = itertools.count(1)

    def _page(self, path: str, **values) -> Request:
        return Request(_address(path, values), self.visitor.cookies())

    def _api(self, path: str, **values) -> Request:
        return Request(_address("/api/v1" + path, values), self.visitor.bearer())

    def _floor(self, surface: str, path: str, **values) -> Request:
        headers = self.visitor.cookies() if surface == "page" else self.visitor.bearer()
        return Request(_address(f"/{surface}{path}", values), headers)

    def _post(self, request: Request, body: bytes, kind: str = "application/json") -> Request:
        return Request(request.path, request.headers | {"Content-Type": kind}, "POST", body)

    def _client(self, number: int) -> str:
        return self.samples.clients[number % len(self.samples.clients)]

    def _word(self, number: int) -> str:
        return self.samples.words[number % len(self.samples.words)]

    def listing(self, name: str, status: str = "", deep: bool = False) -> Job:
        """A list of 50 clients."""
        asked = {"status": status, "after": self.samples.cursor if deep else ""}
        key, row = self.samples.middle if deep else ("", "")
        return Job(
            name,
            {"html": 15, "api": 8},
            lambda _i: self._page("/clients/", **asked),
            lambda _i: self._api("/clients", **asked),
            lambda surface, _i: self._floor(surface, "/list", status=status, key=key, id=row),
        )

    def variant(self, name: str, asked: dict[str, str]) -> Job:
        """A list with other filters or in another order; no floor."""
        return Job(
            name,
            {},
            lambda _i: self._page("/clients/", **asked),
            lambda _i: self._api("/clients", **asked),
            lambda surface, _i: self._floor(surface, "/list"),
        )

    def searching(self) -> Job:
        """A search while one types."""
        return Job(
            "search",
            {"html": 6, "api": 4},
            lambda i: self._page("/search/palette/", q=self._word(i)),
            lambda i: self._api("/search", q=self._word(i)),
            lambda surface, i: self._floor(surface, "/search", q=self._word(i)),
        )

    def opening(self) -> Job:
        """A client's page."""
        return Job(
            "open",
            {"html": 15, "api": 6},
            lambda i: self._page(f"/clients/{self._client(i)}/"),
            lambda i: self._api(f"/clients/{self._client(i)}"),
            lambda surface, i: self._floor(surface, f"/open/{self._client(i)}"),
        )

    def _typed(self) -> dict[str, str]:
        number = next(self._numbers)
        return {
            "name": f"Maria Nouescu {number}",
            "reference": f"N-{number}",
            "email": f"maria.nouescu{number}@example.com",
            "phone": f"+4031{number:07}",
        }

    def _create_page(self, _number: int) -> Request:
        typed = self._typed()
        values = {
            "csrfmiddlewaretoken": CSRF, "name": typed["name"], "reference": typed["reference"], "kind": "person",
            "status": "active", "language": "", "contact_name": "", "contact_role": "", "tags": "",
            "emails-TOTAL_FORMS": 1, "emails-INITIAL_FORMS": 0, "emails-0-value": typed["email"], "emails-0-label": "",
            "phones-TOTAL_FORMS": 1, "phones-INITIAL_FORMS": 0, "phones-0-value": typed["phone"], "phones-0-label": "",
            **{f"address-{name}": "" for name in ("street", "postal_code", "city", "region", "country", "label")},
        }  # fmt: skip
        return self._post(self._page("/clients/new/"), form(values), "application/x-www-form-urlencoded")

    def _create_api(self, _number: int) -> Request:
        typed = self._typed()
        contact = {"name": "", "emails": [{"value": typed["email"]}], "phones": [{"value": typed["phone"]}]}
        body = {"name": typed["name"], "reference": typed["reference"], "contact": contact}
        return self._post(self._api("/clients"), json.dumps(body).encode())

    def creating(self) -> Job:
        """A new client with its primary contact."""
        return Job(
            "create",
            {"html": 8, "api": 6},
            self._create_page,
            self._create_api,
            lambda surface, _i: self._post(self._floor(surface, "/create"), json.dumps(self._typed()).encode()),
        )

    def noting(self) -> Job:
        """A note about a client."""
        body = "Asked for a quote for the spring; call back on Thursday."
        typed, kind = json.dumps({"body": body}).encode(), "application/x-www-form-urlencoded"
        page = form({"csrfmiddlewaretoken": CSRF, "body": body})
        return Job(
            "note",
            {"html": 8, "api": 6},
            lambda i: self._post(self._page(f"/clients/{self._client(i)}/notes/"), page, kind),
            lambda i: self._post(self._api(f"/clients/{self._client(i)}/notes"), typed),
            lambda surface, i: self._post(self._floor(surface, f"/note/{self._client(i)}"), typed),
        )

    def reading(self) -> list[Job]:
        """The jobs that change nothing."""
        return [
            self.listing("list-first"),
            self.listing("list-deep", deep=True),
            self.listing("list-filtered", status="prospect"),
            self.searching(),
            self.opening(),
        ]

    def all(self) -> list[Job]:
        """Every job."""
        return [*self.reading(), self.creating(), self.noting()]


def _address(path: str, values: dict[str, str]) -> str:
    query = urlencode({name: value for name, value in values.items() if value})
    return path + ("?" + query if query else "")
