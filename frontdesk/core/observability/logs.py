"""Logs: one JSON line per event on stderr, or coloured text when a person watches the terminal.

No line carries personal data: requests are named by their route, never by path or query, and of an
exception's message only the first line is kept, since databases quote the offending row below it.
"""

import contextlib
import logging
import logging.config
import os
import sys
import traceback
from typing import Any

import msgspec
import structlog

MESSAGE_LIMIT = 300
_encode = msgspec.json.Encoder(enc_hook=str).encode


def _safe_traceback(raised: BaseException) -> str:
    """The stack of an exception and its causes, each with the first line of its message."""
    lines = []
    for one in _chain(raised):
        message = str(one).split("\n", 1)[0][:MESSAGE_LIMIT]
        lines += traceback.format_tb(one.__traceback__)
        lines.append(f"{type(one).__name__}: {message}\n")
    return "".join(lines).rstrip()


def _chain(raised: BaseException) -> list[BaseException]:
    """The exception's causes, earliest first, then the exception."""
    found: list[BaseException] = []
    one: BaseException | None = raised
    while one is not None and one not in found:
        found.insert(0, one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return found


def _exception(_logger, _method, event: dict) -> dict:
    """Replace `exc_info` by a traceback without row contents."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    if isinstance(info, tuple):
        info = info[1]
    if isinstance(info, BaseException):
        event["exception"] = _safe_traceback(info)
    return event


def _without_addresses(_logger, _method, event: dict) -> dict:
    """Django's own request log puts the path into its message; keep the sentence, drop the arguments."""
    record = event.get("_record")
    if record is not None and record.name.startswith(("django.request", "django.security")):
        event["event"] = str(record.msg).split("%", 1)[0].rstrip(" :'") or "request failed"
    return event


def _json(_logger, _method, event: dict) -> bytes:
    return _encode(event)


def _json_text(_logger, _method, event: dict) -> str:
    return _encode(event).decode()


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    _exception,
]


def configure(options: dict) -> None:
    """Set up structlog and Python's logging; `options["debug"]` adds debug lines (Django's LOGGING_CONFIG)."""
    level = logging.DEBUG if options.get("debug") else logging.INFO
    on_terminal = sys.stderr.isatty()
    render: Any = structlog.dev.ConsoleRenderer() if on_terminal else _json
    structlog.configure(
        processors=[*SHARED, render],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=(
            structlog.PrintLoggerFactory(sys.stderr) if on_terminal else structlog.BytesLoggerFactory(_Stderr())  # type: ignore[arg-type]
        ),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(_standard(on_terminal))


class _Stderr:
    """Writes whole lines to file descriptor 2; a full disk or a reader that left stops no request and no job."""

    def write(self, line: bytes) -> None:
        with contextlib.suppress(OSError):
            os.write(2, line)

    def flush(self) -> None:
        """Nothing is held back."""


def _standard(on_terminal: bool) -> dict:
    """The same lines for everything that logs through Python's logging."""
    render = structlog.dev.ConsoleRenderer() if on_terminal else _json_text
    processors = [_without_addresses, structlog.stdlib.ProcessorFormatter.remove_processors_meta, render]
    lines = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": [*SHARED, structlog.stdlib.add_logger_name],
        "processors": processors,
        "keep_exc_info": False,
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": lines},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {"django.request": {"level": "ERROR"}, "uvicorn": {"level": "WARNING"}},
    }
