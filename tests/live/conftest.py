"""Streams from a real server in a thread, with a topic of the tests' own."""

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import transaction

from frontdesk.clients import access as clients
from frontdesk.core.errors import Missing
from frontdesk.live import topics
from frontdesk.live.publishing import publish

from ..browser.server import Server, require_shared_database
from ..conftest import make_token, sign_in
from ..faults.conftest import free_port, install, template  # noqa: F401 -- fixtures
from .follower import Follower


@pytest.fixture(scope="session")
def running(django_db_setup):
    """The server of all tests of this folder."""
    require_shared_database()
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def server(running, transactional_db):
    """The server's address, beside an empty database."""
    for cache in caches.all():
        cache.clear()
    return running.url


@pytest.fixture(autouse=True)
def sql_guard():
    """Only the server's threads are guarded here: emptying the tables between tests rightly touches every account."""


def _sees(actor, key) -> bool:
    try:
        return key is None or bool(clients.get_client(actor, key))
    except Missing:
        return False


def _shown(event, reader) -> dict | None:
    if event.data.get("hidden") and reader.is_portal:
        return None
    return {"html": f"<p>{reader.language} {reader.zone}</p>"} if reader.format == "html" else {}


@pytest.fixture
def probe():
    """The topic `probe:<client>`, for whoever sees the client; `probe` stands for all of one's clients."""
    found = topics.Topic("probe", _sees, _shown, lambda actor: {f"probe:{key}" for key in _all_clients(actor)})
    topics.register(found)
    yield found
    topics.topics._items.pop("probe")


def _all_clients(actor) -> list:
    return list(clients.clients_for(actor).values_list("pk", flat=True))


@pytest.fixture
def follow(server, cast, probe):
    """A function from a name of the cast (or a member, or None) to a follower in their browser."""
    made = []

    def start(who, names: str = "me", *, wait: bool = True, session=None, **options) -> Follower:
        member = getattr(cast, who) if isinstance(who, str) else who
        if member is not None or session:
            key = session or sign_in(member).session.session_key
            options["Cookie"] = f"{settings.SESSION_COOKIE_NAME}={key}"
        made.append(Follower(server, names, **options))
        return made[-1].opened() if wait else made[-1]

    yield start
    for follower in made:
        follower.close()


@pytest.fixture
def follow_as_program(server, cast, probe):
    """As `follow`, with an API token."""
    made = []

    def start(member, names: str = "me", *, scopes=None, wait: bool = True, **options) -> Follower:
        made.append(Follower(server, names, Authorization=f"Bearer {make_token(member, scopes)}", **options))
        return made[-1].opened() if wait else made[-1]

    yield start
    for follower in made:
        follower.close()


@pytest.fixture
def tell(cast):
    """A function that publishes in a transaction of the first account."""

    def say(topic: str, kind: str = "told", account=None, **data) -> None:
        with transaction.atomic():
            publish((account or cast.account).pk, topic, kind, data)

    return say
