"""REST: notifications, and what one is told."""

from ninja import Router

from . import notices, preferences

router = Router()
for part in (notices, preferences):
    router.add_router("", part.router)
