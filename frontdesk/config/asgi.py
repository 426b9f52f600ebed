"""The ASGI application: live streams under /rt/ run on the event loop, every page in a thread through the bridge."""

from django.conf import settings

from .bridge import Bridge
from .wsgi import application as pages

LIVE_PREFIX = "/rt/"
# A form around the largest permitted file: its own check can then name the field.
FORM_OVERHEAD = 1024 * 1024
_pages = Bridge(pages, max_body=settings.MAX_IMPORT_BYTES + FORM_OVERHEAD)


async def _live(_scope, _receive, send) -> None:
    """No live stream exists at this address."""
    await send({"type": "http.response.start", "status": 404, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"Not found"})


async def application(scope, receive, send) -> None:
    """Route one HTTP connection."""
    if scope["type"] != "http":
        return
    if scope["path"].startswith(LIVE_PREFIX):
        await _live(scope, receive, send)
    else:
        await _pages(scope, receive, send)
