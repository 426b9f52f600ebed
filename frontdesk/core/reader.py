"""Who reads what is being written: in which language, and in whose time.

Django answers both from storage that follows threads and coroutines, at more than a microsecond a question; a page asks
two hundred times. Within a request, and while a mail is rendered, neither changes, so the answers are kept until it is
done; whoever speaks another language in between does so by `in_language`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import tzinfo
from typing import NamedTuple

from django.utils import timezone, translation


class Reader(NamedTuple):
    """`language` is a code such as "fr"; `zone` the time zone in use."""

    language: str
    zone: tzinfo


_kept: ContextVar[Reader | None] = ContextVar("reader", default=None)


def _asked() -> Reader:
    return Reader(translation.get_language() or "en", timezone.get_current_timezone())


def reader() -> Reader:
    """The language and time zone in use."""
    return _kept.get() or _asked()


def language() -> str:
    """The language in use; English where none is."""
    kept = _kept.get()
    return kept.language if kept else translation.get_language() or "en"


@contextmanager
def one_reader() -> Iterator[Reader]:
    """Keep the language and the time zone that are in use now until the block ends."""
    reading = _asked()
    token = _kept.set(reading)
    try:
        yield reading
    finally:
        _kept.reset(token)


@contextmanager
def in_language(code: str | None) -> Iterator[None]:
    """Use another language within the block."""
    token = _kept.set(None)
    try:
        with translation.override(code):
            yield
    finally:
        _kept.reset(token)
