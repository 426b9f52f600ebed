"""M4: text messages arrive while the web process and the worker are killed: each is in its conversation, once."""

import os
import random
import threading
import time
from collections import Counter
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from twilio.request_validator import RequestValidator

from ..channels.provider import NUMBER, SID, TOKEN, Provider
from .installation import NO_ANSWER, wait_until
from .planted_channels import set_up
from .test_kill_worker import LEASE_SECONDS

pytestmark = [pytest.mark.faults, pytest.mark.slow]
KILLS = int(os.environ.get("FRONTDESK_TEST_KILLS", "25"))
PER_KILL, SENDERS = 6, 10
SAID = (
    "SELECT m.body FROM messaging_message m JOIN conversations_envelope e ON e.message_id = m.id"
    " WHERE NOT e.outgoing AND e.channel = 'sms'"
)
LEFT = "SELECT count(*) FROM channels_arrival WHERE state = 'new'"


class Phones:
    """People who write; the provider tells each message until it is told that it was taken, some of them twice."""

    def __init__(self, installation):
        self.provider = Provider()
        set_up(installation, self.provider)
        account = installation.account.replace("-", "")
        (token,) = installation.database.column("SELECT token FROM channels_channelsettings WHERE channel = 'sms'")
        self.port, self.path = installation.port, f"/hooks/sms/{account}-{token}/inbound/"
        self.chance, self.written, self.refused = random.Random(3), [], []

    def write(self, number: int) -> None:
        """One message of somebody's."""
        text = f"Message {number}"
        self.written.append(text)
        for _time in range(1 + (number % 3 == 0)):
            self._tell({
                "MessageSid": f"SM{number}", "AccountSid": SID, "From": f"+407451129{number % SENDERS:02}",
                "To": NUMBER, "Body": text, "NumMedia": "0",
            })  # fmt: skip

    def _tell(self, fields: dict) -> None:
        signed = RequestValidator(TOKEN).compute_signature(f"http://localhost:{self.port}{self.path}", fields)
        headers = {"X-Twilio-Signature": signed, "Content-Type": "application/x-www-form-urlencoded"}
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
            try:
                connection.request("POST", self.path, urlencode(fields), headers)
                status = connection.getresponse().status
            except NO_ANSWER:
                time.sleep(0.1)
                continue
            finally:
                connection.close()
            return self.refused.append(status) if status != 200 else None
        raise AssertionError("nobody took the message")


@pytest.fixture
def phones(install):
    """An installation, and people who write to it."""
    installation = install(lease_seconds=LEASE_SECONDS)
    web = installation.start_web()
    made = Phones(installation)
    yield installation, made, web
    made.provider.close()


def all_said_once(installation, phones) -> None:
    """Every message is there once, in one conversation for each of the senders."""
    wait_until(lambda: installation.database.value(LEFT) == 0, 90)
    assert phones.refused == []
    assert Counter(installation.database.column(SAID)) == Counter(phones.written)
    assert installation.database.value("SELECT count(*) FROM conversations_conversation") == SENDERS


@pytest.mark.timeout(400)
def test_the_worker_is_killed_while_it_reads(phones):
    installation, people, _web = phones
    for kill in range(KILLS):
        for number in range(kill * PER_KILL, (kill + 1) * PER_KILL):
            people.write(number)
        worker, left = installation.hatchery.start("worker"), installation.database.value(LEFT)
        wait_until(lambda left=left: installation.database.value(LEFT) < left)
        time.sleep(people.chance.uniform(0, 0.08))
        installation.hatchery.kill(worker)
    again = installation.database.value("SELECT count(*) FROM channels_arrival WHERE tries > 1")
    installation.hatchery.start("worker")
    all_said_once(installation, people)
    print(f"\n{KILLS} kills, {len(people.written)} messages, {again} read again")


@pytest.mark.timeout(400)
def test_the_web_process_is_killed_while_messages_come(phones):
    installation, people, web = phones
    installation.hatchery.start("worker")
    writing = threading.Thread(target=lambda: [people.write(number) for number in range(KILLS * PER_KILL)])
    writing.start()
    kills = 0
    while writing.is_alive():
        time.sleep(people.chance.uniform(0.2, 0.8))
        installation.hatchery.kill(web)
        web, kills = installation.start_web(), kills + 1
    writing.join()
    print(f"\n{kills} kills while {len(people.written)} messages came")
    assert kills > 2
    all_said_once(installation, people)
