"""Sessions in the database, read by a prepared statement since every page begins with one."""

import contextlib
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import msgspec
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db import OperationalError
from django.utils import timezone

from frontdesk.core.tenancy.prepared import Prepared

from ..models import Session

SESSION = Prepared(
    lambda key: Session.objects.filter(session_key=key).values_list("session_data", "expire_date", "seen_at"),
    scoped=False,
)
SEEN_GRAIN = timedelta(minutes=5)


class SessionStore(db.SessionStore):
    """Django's database sessions with a faster read, which know whose they are and when they were last used."""

    seen_at = None

    @classmethod
    def get_model_class(cls):
        """Our own table."""
        return Session

    def encode(self, session_dict):
        """The data as JSON; who can write to the database needs no forged session."""
        return msgspec.json.encode(session_dict).decode()

    def decode(self, session_data):
        """The data; empty when it is of another form."""
        try:
            return msgspec.json.decode(session_data)
        except msgspec.DecodeError:
            return {}

    def create_model_instance(self, data):
        """The row, with the user who signed in."""
        made = super().create_model_instance(data)
        made.user_id = UUID(data[SESSION_KEY]) if SESSION_KEY in data else None
        return made

    def load(self):
        """The session's data; empty when it is unknown or has expired."""
        rows = SESSION(self.session_key) if self.session_key else []
        if not rows or rows[0][1] <= timezone.now():
            self._session_key = None
            return {}
        self.seen_at = rows[0][2]
        return self.decode(rows[0][0])

    def note_use(self, find_ip: Callable[[], str], agent: str) -> None:
        """Keep when and from where this browser was last used: one write in five minutes, none on a full disk."""
        now = timezone.now()
        if self.seen_at and now - self.seen_at < SEEN_GRAIN:
            return
        known = {"seen_at": now, "ip": find_ip()[:45], "agent": agent[:300]}
        with contextlib.suppress(OperationalError):
            Session.objects.filter(session_key=self.session_key).update(**known)
