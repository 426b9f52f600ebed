"""The ASGI application: live streams under /rt/ run on the event loop, every page in a thread through the bridge."""

from django.conf import settings

from .wsgi import application as pages

# After the line above has set up Django.
from .bridge import Bridge, Pieces  # isort: skip
from frontdesk.live.asgi import application as streams  # isort: skip

LIVE_PREFIX = "/rt/"
# A form around the largest permitted file: its own check can then name the field.
FORM_OVERHEAD = 1024 * 1024
_pages = Bridge(pages, max_body=settings.MAX_PLAIN_BYTES + FORM_OVERHEAD)
_pieces = Pieces(_pages)


async def application(scope, receive, send) -> None:
    """Route one HTTP connection."""
    if scope["type"] != "http":
        return
    if scope["path"].startswith(LIVE_PREFIX):
        await streams(scope, receive, send)
    elif Pieces.takes(scope):
        await _pieces(scope, receive, send)
    else:
        await _pages(scope, receive, send)
