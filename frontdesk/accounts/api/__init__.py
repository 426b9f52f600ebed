"""REST operations on people, invitations, tokens, oneself and the account."""

from ninja import Router

from . import account, invitations, me, members, security, tokens, words

router = Router()
for part in (me, members, invitations, tokens, security, account, words):
    router.add_router("", part.router)
