"""Mail servers, and an account that uses them."""

import pytest

from frontdesk.channels import access, actions
from frontdesk.channels.registry import Reach

from .servers import PASSWORD, USER, Smtp, certificate


@pytest.fixture
def server():
    """A function that starts a server, good or misbehaving."""
    made = []

    def start(kind=Smtp, *args, **options):
        made.append(kind(*args, **options))
        return made[-1]

    yield start
    for one in made:
        one.close()


@pytest.fixture
def pem(tmp_path, monkeypatch):
    """A certificate for localhost, which this process trusts."""
    paths = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(paths[0]))
    return paths


@pytest.fixture
def configure(within):
    """A function that sets up the channel as the admin does."""

    def apply(secrets=None, **config):
        return actions.configure(within.ana, access.get_channel(within.ana, "email"), config, secrets or {})

    return apply


@pytest.fixture
def by_smtp(configure):
    """A function that has mails leave by a server."""

    def apply(one, security="none", **more):
        host = "localhost" if security != "none" else "127.0.0.1"
        config = {"sending": "smtp", "smtp_host": host, "smtp_port": one.port, "smtp_security": security,
                  "sender_address": USER, "smtp_user": USER if more.pop("sign_in", False) else ""}  # fmt: skip
        return configure({"smtp_password": more.pop("password", PASSWORD)}, **config, **more)

    return apply


@pytest.fixture
def mail_to(within, seen):
    """A function that makes an e-mail to Maria."""
    numbers = iter(range(1000))

    def make(text="Your jacket is ready.", to="maria@ionescu.example", name="Maria Ionescu", **given):
        given.setdefault("subject", "Your jacket")
        key = given.pop("key", f"planted:mail:{next(numbers)}")
        reach = Reach(to, to, name)
        return actions.Letter("email", reach, text, "planted", key, client=given.pop("client", within.maria), **given)

    return make
