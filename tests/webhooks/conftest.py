"""Receivers, and endpoints that lead to them."""

import pytest

from frontdesk.webhooks.actions import add_endpoint

from .receiver import Receiver, status


@pytest.fixture(autouse=True)
def local(settings):
    """Loopback and http are allowed, as on a machine for tests."""
    settings.WEBHOOKS_LOCAL = True


@pytest.fixture
def receive():
    """A function that starts a receiver; it ends with the test."""
    made = []

    def start(*answers: bytes, slow: float = 0) -> Receiver:
        made.append(Receiver(list(answers) or [status(200)], slow))
        return made[-1]

    yield start
    for receiver in made:
        receiver.close()


@pytest.fixture
def hook(within, receive):
    """A function that makes an endpoint with its receiver: (endpoint, secret, receiver)."""

    def make(*answers: bytes, kinds=("*",), slow: float = 0):
        receiver = receive(*answers, slow=slow)
        return *add_endpoint(within.ana, url=receiver.url, kinds=list(kinds)), receiver

    return make
