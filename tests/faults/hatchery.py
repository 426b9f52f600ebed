"""A process that has loaded Frontdesk once and forks servers from itself, so that a restart takes milliseconds.

Started by `installation.Hatchery`; reads one command a line from stdin and answers each with one line:

    prepare           make database, cast and credentials; answers them as JSON when done
    web <count>       start web processes on the listening socket (the first argument: its descriptor)
    worker            start a background worker

Started processes are their own group, whose id is the answer. The second argument holds settings as JSON.
"""

import contextlib
import gc
import json
import os
import signal
import sys
from datetime import timedelta
from types import SimpleNamespace

from frontdesk.config.bridge import protocol
from frontdesk.config.commands import lifeline, set_up_django, web, worker

# Servers end with this process, which ends with the tests: only it holds the writing end.
followed, held = os.pipe()


def _adjust(options: dict) -> None:
    """Shorten what takes minutes in production."""
    from django.conf import settings

    from frontdesk.channels import schedule
    from frontdesk.channels.sms import twilio
    from frontdesk.core.jobs import queue
    from frontdesk.live import asgi

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    if "lock_seconds" in options and "sqlite3" in settings.DATABASES["default"]["ENGINE"]:
        settings.DATABASES["default"]["OPTIONS"]["timeout"] = options["lock_seconds"]
    if "head_seconds" in options:
        protocol.HEAD_SECONDS = options["head_seconds"]
    if "streams_of_member" in options:
        asgi.MOST_PER_MEMBER = options["streams_of_member"]
    if "pace" in options:
        schedule.PACE = options["pace"]
    if "provider_seconds" in options:
        twilio.SECONDS = options["provider_seconds"]
    if "lease_seconds" in options:
        queue.LEASE = timedelta(seconds=options["lease_seconds"])
        queue.BACK_OFF = [timedelta(seconds=0.2)]


def _warm_up(session: str, token: str) -> None:
    """Answer a page, a form and an operation here, so that no forked server loads templates and modules again."""
    from django.conf import settings
    from django.db import connections
    from django.test import Client

    browser = Client(headers={"authorization": f"Bearer {token}"})
    browser.cookies[settings.SESSION_COOKIE_NAME] = session
    browser.get("/clients/")
    browser.post("/clients/new/", {})
    browser.post("/api/v1/clients", {"name": ""}, content_type="application/json", headers={"idempotency-key": "warm"})
    connections.close_all()


def _prepare() -> str:
    """Make the database with the cast; the credentials of its admin as JSON."""
    from django.conf import settings
    from django.core.management import call_command

    from tests.cast import make_cast
    from tests.conftest import make_token, sign_in

    settings.STATIC_ROOT.mkdir(exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    cast = make_cast()
    team = {name: cast.people[name] for name in ("ana", "sam", "cora")}
    credentials = {
        "sessions": {name: sign_in(one).cookies[settings.SESSION_COOKIE_NAME].value for name, one in team.items()},
        "tokens": {name: make_token(one) for name, one in team.items()},
        "members": {name: str(one.pk) for name, one in team.items()},
    }
    own = {"token": credentials["tokens"]["ana"], "session": credentials["sessions"]["ana"]}
    ids = {"account": str(cast.account.pk), "client": str(cast.maria.pk), "admin": str(cast.ana.pk)}
    return json.dumps(credentials | own | ids)


def _child(action) -> None:
    """Run an action in this forked process and end with it."""
    try:
        action()
    finally:
        os._exit(0)


def _web(descriptor: int, count: int) -> None:
    for _number in range(count - 1):
        if os.fork() == 0:
            break
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    web.run(SimpleNamespace(socket=descriptor))


def _fork(action) -> int:
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        os.close(held)
        os.environ[lifeline.VARIABLE] = str(followed)
        _child(action)
    # Both sides set the group, so that it exists whichever runs first.
    with contextlib.suppress(PermissionError):
        os.setpgid(child, child)
    return child


def _prepared() -> str:
    reader, writer = os.pipe()
    child = _fork(lambda: os.write(writer, _prepare().encode()))
    os.close(writer)
    with os.fdopen(reader) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said


def _obey(command: str, descriptor: int) -> str:
    verb, *rest = command.split()
    if verb == "prepare":
        return _prepared()
    if verb == "web":
        return str(_fork(lambda: _web(descriptor, int(rest[0]))))
    return str(_fork(lambda: worker.run(None)))


def main() -> None:
    """Load everything, then obey until stdin ends."""
    descriptor, options = int(sys.argv[1]), json.loads(sys.argv[2])
    set_up_django()
    _adjust(options)
    from django.urls import get_resolver

    import frontdesk.config.asgi
    from tests.faults import planted_jobs

    get_resolver().url_patterns  # noqa: B018 -- loads every view
    if "warm" in options:
        _warm_up(**options["warm"])
    gc.freeze()
    print("ready", planted_jobs.__name__, frontdesk.config.asgi.__name__, flush=True)
    for line in sys.stdin:
        print(_obey(line, descriptor), flush=True)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


if __name__ == "__main__":
    main()
