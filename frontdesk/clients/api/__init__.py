"""REST operations of clients."""

from ninja import Router

from ..bulk.api import router as bulk
from ..colours.api import router as colours
from ..custom.api import router as custom
from ..distinct.api import router as distinct
from ..files.api import router as files
from ..following.api import router as following
from ..imports.api import router as imports
from ..merging.api import router as merging
from ..personal.api import router as personal
from ..private.api import router as private
from ..saved.api import router as saved
from ..sla.api import router as sla
from ..subscriptions.api import router as subscriptions
from . import guests, options, parts, records, seen

router = Router(tags=["Clients"])
router.add_router("", records.router)
router.add_router("", parts.router)
router.add_router("", colours)
router.add_router("", following)
router.add_router("", custom)
router.add_router("", saved)
router.add_router("", private)
router.add_router("", guests.router)
router.add_router("", options.router)
router.add_router("", seen.router)
router.add_router("", sla)
router.add_router("", files)
router.add_router("", subscriptions)
router.add_router("", imports)
router.add_router("", bulk)
router.add_router("", merging)
router.add_router("", distinct)
router.add_router("", personal)
