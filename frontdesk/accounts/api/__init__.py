"""REST operations on people, invitations, tokens, oneself and the account."""

from ninja import Router

from . import account, away, invitations, letters, me, members, options, privacy, security, seen, tokens, words

router = Router()
for part in (me, members, away, options, seen, invitations, letters, tokens, security, account, words, privacy):
    router.add_router("", part.router)
