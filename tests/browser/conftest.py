"""Fixtures of the browser tests: the server, and windows of signed-in people on desktop and phone."""

import os

# Playwright's synchronous interface keeps an event loop in the thread in which the tests use the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import threading

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection

from frontdesk.core.jobs import worker

from ..conftest import sign_in
from .desk import DESKTOP, PHONE, Window, session_cookie
from .server import Server, require_shared_database

CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
PATIENCE = 20_000


def pytest_collection_modifyitems(items):
    """Everything in this folder is a browser test."""
    for item in items:
        if "/tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium."""
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    return {**browser_type_launch_args, "executable_path": chromium, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """SQLite in a file, which the server's threads share with the tests."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        worker_name = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        database["TEST"]["NAME"] = str(settings.DATA_DIR / f"browser-{worker_name}.sqlite3")


@pytest.fixture(autouse=True)
def sql_guard():
    """Only the server's threads are guarded here: emptying the tables between tests rightly touches every account."""


@pytest.fixture(scope="session")
def running(django_db_setup):
    """The server of all tests."""
    require_shared_database()
    server = Server()
    settings.PUBLIC_URL = server.url
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def server(running, transactional_db):
    """The server's address; the database is empty before anything else is made, and limits on tries begin anew."""
    for cache in caches.all():
        cache.clear()
    if connection.vendor == "sqlite":
        # Emptying the tables leaves out the full-text indexes, which are no tables of models.
        with connection.cursor() as cursor:
            for table in ("search_text", "messaging_text"):
                cursor.execute(f"INSERT INTO {table}({table}) VALUES ('delete-all')")
    return running.url


@pytest.fixture
def working(server):
    """A background worker beside the test."""
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(stop,), daemon=True)
    thread.start()
    yield
    stop.set()
    thread.join(10)


@pytest.fixture
def windows(server, browser):
    """A function that opens a window; after the test none of them may have seen a fault."""
    opened: list[Window] = []

    def open_window(who="visitor", *, member=None, phone=False, locale="en-GB", theme="light", scripts=True, **shape):
        shape = (PHONE if phone else DESKTOP) | shape
        context = browser.new_context(
            **shape, base_url=server, locale=locale, timezone_id="Europe/Bucharest", color_scheme=theme,
            java_script_enabled=scripts, reduced_motion="reduce", accept_downloads=True,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        if member is not None:
            context.add_cookies([session_cookie(sign_in(member).session.session_key, server)])
        window = Window(context, who)
        opened.append(window)
        return window

    yield open_window
    faults = [fault for window in opened for fault in window.faults]
    for window in opened:
        window.context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def desk(windows, cast):
    """A function from a name of the cast to their window: `desk("ana").page`, `desk("mia", phone=True)`."""

    def open_desk(name: str, **options):
        member = getattr(cast, name)
        return windows(name, member=member, **options)

    return open_desk


@pytest.fixture
def pictures():
    """A function that keeps a picture of a page when FRONTDESK_PICTURES names a folder to look through."""
    folder = os.environ.get("FRONTDESK_PICTURES")

    def take(page, name: str) -> None:
        if folder:
            page.screenshot(full_page=True, path=f"{folder}/{name.replace(' ', '_').replace(':', '-')}.png")

    return take
