"""People whose open page is told of messages, and whether each was told of all that are theirs, once and in order."""

from tests.live.processes import Loyal

from .installation import Installation, wait_until
from .spoken import numbers

LATEST_SECONDS = 30


def follow(installation: Installation, name: str, port: int = 0) -> Loyal:
    """Somebody who keeps the messages that their open page is told, by the process that listens on a port."""
    cookie = {"Cookie": f"frontdesk_session={installation.sessions[name]}"}
    return Loyal(f"http://127.0.0.1:{port or installation.port}", "me,rooms", "message", **cookie)


def came(loyal: Loyal) -> dict[str, list[int]]:
    """The numbers that somebody was told of each thread, in that order."""
    found: dict[str, list[int]] = {}
    for event in loyal.events:
        found.setdefault(event["topic"].removeprefix("thread:").replace("-", ""), []).append(event["n"])
    return found


def hear_everything(installation: Installation, rooms: tuple[str, str], followers: list[tuple[str, Loyal]]) -> None:
    """Wait until everybody was told of every message of their rooms, and raise unless it is exactly those."""
    everything = numbers(installation.database)
    group = {thread: found for thread, found in everything.items() if thread == rooms[0].replace("-", "")}
    for name, loyal in followers:
        wanted = group if name == "sam" else everything
        wait_until(lambda loyal=loyal, wanted=wanted: came(loyal) == wanted, LATEST_SECONDS)
        loyal.stop()
        assert came(loyal) == wanted
