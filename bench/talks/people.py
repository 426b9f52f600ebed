"""Who talks where while it is tried what an installation bears, and what they send."""

import json
from uuid import uuid4

from frontdesk.core.tenancy.context import account_context
from frontdesk.messaging import actions

from ..client import Request, form
from ..visitors import CSRF, Visitor, colleagues

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}


class Crowd:
    """Colleagues in rooms: each room has a part of them, and each of them some rooms."""

    def __init__(self, admin: Visitor, label: str, people: int, rooms: int, in_room: int):
        self.people = colleagues(admin.member, people, label=label, tokens=True)
        self.rooms_of: list[list[str]] = [[] for _one in self.people]
        self.members_of: dict[str, set[int]] = {}
        for number in range(rooms):
            self._open(admin, number, [(number * 7 + place * 3) % people for place in range(in_room)])

    def _open(self, admin: Visitor, number: int, places: list[int]) -> None:
        with account_context(admin.member.account):
            ids = [self.people[place].member.pk for place in set(places)]
            thread = str(actions.create_group(admin.member, f"Crowd {number}", ids).thread_id)
        self.members_of[thread] = set(places)
        for place in set(places):
            self.rooms_of[place].append(thread)


def post_by_page(visitor: Visitor, thread: str, body: str) -> Request:
    """A message by the form, with a key of its own."""
    typed = {"csrfmiddlewaretoken": CSRF, "body": body, "reply_to": "", "key": str(uuid4()), "send_at": ""}
    return Request(f"/messages/{thread}/post/", visitor.cookies() | FORM, "POST", form(typed))


def post_by_operation(visitor: Visitor, thread: str, body: str) -> Request:
    """A message by a program, with a key of its own."""
    headers = visitor.bearer() | JSON | {"Idempotency-Key": uuid4().hex}
    return Request(f"/api/v1/rooms/{thread}/messages", headers, "POST", json.dumps({"body": body}).encode())


def open_rooms(visitor: Visitor, _thread: str, _body: str) -> Request:
    """The list of rooms."""
    return Request("/messages/", visitor.cookies())


def open_thread(visitor: Visitor, thread: str, _body: str) -> Request:
    """A thread as somebody opens it, which reads it."""
    return Request(f"/messages/{thread}/", visitor.cookies())


def mark_read(visitor: Visitor, thread: str, _body: str) -> Request:
    """As an open page does when a message comes."""
    return Request(f"/messages/{thread}/read/", visitor.cookies() | FORM, "POST", form({"csrfmiddlewaretoken": CSRF}))


def history(visitor: Visitor, thread: str, _body: str) -> Request:
    """The newest messages, for a program."""
    return Request(f"/api/v1/rooms/{thread}/messages", visitor.bearer())


def percentile(seconds: list[float], part: float) -> float:
    """Of sorted times, the one below which that part of them is."""
    return seconds[min(int(len(seconds) * part), len(seconds) - 1)]
