"""REST: files."""

from ninja import Router

from . import content, limits, uploads

router = Router(tags=["Files"])
for part in (content, limits, uploads):
    router.add_router("", part.router)

__all__ = ["router"]
