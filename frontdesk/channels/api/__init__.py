"""REST: channels and the messages that leave by them."""

from ninja import Router

from ..email import api as mails
from . import arrivals, dispatches, settings

router = Router()
router.add_router("", mails.router)
router.add_router("", settings.router)
router.add_router("", dispatches.router)
router.add_router("", arrivals.router)

__all__ = ["router"]
