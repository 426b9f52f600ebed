"""Messages between machines through Redis; while it is away, every machine looks into the database by itself."""

import hashlib
import threading
import time
from collections.abc import Callable

import redis
import structlog
from django.conf import settings

log = structlog.get_logger("live")
# A page waits for this at its end, so a server that does not answer is not asked again for a while.
TIMEOUT_SECONDS = 0.5
REST_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 10.0


def channel() -> str:
    """Of this installation alone: several may share a Redis, whose channels do not keep its databases apart."""
    return "frontdesk:live:" + hashlib.sha256(b"live" + settings.SECRET_KEY.encode()).hexdigest()[:24]


def _client(**options) -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS, socket_connect_timeout=TIMEOUT_SECONDS, **options)


class _Mouth:
    """Publishes; after a failure it rests for some seconds, so that nobody waits for a Redis that is away."""

    def __init__(self):
        self.client = _client(socket_timeout=TIMEOUT_SECONDS)
        self.rests_until = 0.0

    def send(self, message: bytes) -> None:
        """To every process that is subscribed."""
        if time.monotonic() < self.rests_until:
            return
        try:
            self.client.publish(channel(), message)
        except redis.RedisError as error:
            self.rests_until = time.monotonic() + REST_SECONDS
            log.warning("redis is away", error=type(error).__name__)


_mouths: dict[str, _Mouth] = {}


def send(message: bytes) -> None:
    """Tell every process of every machine that shares the Redis."""
    mouth = _mouths.get(settings.REDIS)
    if mouth is None:
        mouth = _mouths[settings.REDIS] = _Mouth()
    mouth.send(message)


class Ear:
    """Stays subscribed in a thread of its own until `close`, connecting anew as often as needed."""

    def __init__(self, heard: Callable[[bytes], None]):
        self.heard = heard
        self.closed = threading.Event()
        threading.Thread(target=self._stay, name="live-redis", daemon=True).start()

    def _stay(self) -> None:
        pause = 0.5
        while not self.closed.is_set():
            began = time.monotonic()
            try:
                self._listen()
            except (redis.RedisError, OSError) as error:
                log.info("redis connection lost", error=type(error).__name__)
            pause = 0.5 if time.monotonic() - began > REST_SECONDS else min(pause * 2, LONGEST_PAUSE_SECONDS)
            self.closed.wait(pause)

    def _listen(self) -> None:
        with _client(health_check_interval=10) as client, client.pubsub(ignore_subscribe_messages=True) as subscribed:
            subscribed.subscribe(channel())
            # What was missed before may be told by now.
            self.heard(b"")
            while not self.closed.is_set():
                message = subscribed.get_message(timeout=1.0)
                if message is not None:
                    self.heard(message["data"])

    def close(self) -> None:
        """Listen no longer, within a second."""
        self.closed.set()
