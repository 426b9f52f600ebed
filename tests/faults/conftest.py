"""Installations that tests may break."""

import socket
import time

import pytest

from .attacker import Attacker
from .installation import Installation, drop_database, make_template


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A prepared installation, made once and copied."""
    made = make_template(tmp_path_factory.mktemp("template"))
    yield made
    drop_database(made.database)


@pytest.fixture
def install(template, tmp_path):
    """A function that makes an installation, with the options of the hatchery; it ends with the test."""
    made = []

    def make(data=None, **options) -> Installation:
        made.append(Installation(template, data or tmp_path / "data", **options))
        return made[-1]

    yield make
    for installation in made:
        installation.close()


@pytest.fixture
def free_port():
    """A port that nothing uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def attacker(cast):
    """An attacker; at the end nothing may have been found."""
    made, began = Attacker(cast), time.process_time()
    yield made
    print(f"\n{made.count} requests in {time.process_time() - began:.0f} s of CPU, {len(made.found)} failures")
    assert not made.found, "\n".join(f"{where}: {said}" for where, said in made.found.items())
