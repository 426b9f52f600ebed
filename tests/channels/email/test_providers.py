"""M4: e-mails leave by a provider's API; its answers decide whether one is refused or tried again."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from frontdesk.channels import actions, sending
from frontdesk.channels.models import ChannelSettings, State
from frontdesk.webhooks.sending import addresses

TAKEN = {"ErrorCode": 0, "Message": "OK", "MessageID": "pm-1", "To": "maria@ionescu.example", "SubmittedAt": "now"}


@pytest.fixture
def postmark(configure):
    """A server that speaks Postmark's protocol, and the account that uses it: what it answers, and what it got."""

    class Handler(BaseHTTPRequestHandler):
        answers, got = [], []

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.got.append((self.headers, json.loads(body)))
            status, said, headers = self.answers.pop(0) if self.answers else (200, TAKEN, {})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said if isinstance(said, bytes) else json.dumps(said).encode())

        def log_message(self, *_args):
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    configure({"provider_key": "token"}, sending="provider", provider="postmark", sender_address="office@folio.example",
              provider_server=f"http://127.0.0.1:{server.server_port}/")  # fmt: skip
    yield Handler
    server.shutdown()
    server.server_close()


def test_a_mail_leaves_by_the_provider(within, postmark, mail_to):
    row = actions.queue(within.sam, mail_to())
    sending.run("email")
    row.refresh_from_db()
    assert (row.state, row.provider_id) == (State.SENT, "pm-1")
    headers, data = postmark.got[0]
    assert headers["X-Postmark-Server-Token"] == "token" and data["Metadata"] == {"dispatch": row.pk.hex}
    assert any(one["Value"] == f"<{row.pk.hex}@folio.example>" for one in data["Headers"])


def test_it_leaves_for_the_address_that_was_checked(within, postmark, mail_to, monkeypatch):
    """A name that leads elsewhere a moment later, or nowhere, changes nothing."""
    row = ChannelSettings.objects.get()
    row.config["provider_server"] = row.config["provider_server"].replace("127.0.0.1", "api.folio.invalid")
    row.save()
    monkeypatch.setattr(addresses, "resolve", lambda target: "127.0.0.1")
    actions.queue(within.sam, mail_to())
    sending.run("email")
    assert postmark.got[0][0]["Host"].startswith("api.folio.invalid:")


def test_a_name_that_leads_inside_by_then_is_not_called(within, postmark, mail_to, monkeypatch):
    found = iter(["127.0.0.1"])

    def resolve(target):
        for address in found:
            return address
        raise addresses.BadAddress("private")

    monkeypatch.setattr(addresses, "resolve", resolve)
    row = actions.queue(within.sam, mail_to())
    sending.run("email")
    row.refresh_from_db()
    assert (row.state, row.reason, postmark.got) == (State.QUEUED, "unreachable", [])


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [
        ((401, {"ErrorCode": 10}, {}), State.QUEUED, "credentials"),
        ((429, {}, {"Retry-After": "60"}), State.QUEUED, "busy"),
        ((500, b"oops", {}), State.QUEUED, "provider"),
        ((302, b"", {"Location": "http://169.254.169.254/"}), State.QUEUED, None),
        ((200, b"<html>", {}), None, None),
        ((422, {"ErrorCode": 300, "Message": "Invalid 'To' address"}, {}), State.FAILED, None),
    ],
)
def test_what_the_provider_answers(within, postmark, mail_to, answer, state, reason):
    postmark.answers.append(answer)
    row = actions.queue(within.sam, mail_to())
    sending.run("email")
    row.refresh_from_db()
    print(row.state, row.reason, row.detail[:80])
    assert state is None or row.state == state
    assert reason is None or row.reason == reason
    assert len(postmark.got) == 1, "it is not followed elsewhere"
