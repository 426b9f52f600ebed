"""REST: API tokens of one's own."""

from datetime import UTC
from uuid import UUID

from ninja import Router

from frontdesk.core.rest.answers import answer, answer_once, no_content
from frontdesk.core.rest.operation import operation

from .. import access, actions, queries
from ..permissions import TOKENS, TOKENS_VIEW
from . import schemas, shapes

router = Router(tags=["Tokens"])


@operation(router, "GET", "/tokens", right=TOKENS_VIEW, answer=schemas.TokenRows, summary="List your tokens")
def list_tokens(request):
    """Newest first, without their secrets."""
    return answer({"data": [shapes.token(token) for token in queries.tokens(request.actor)]})


@operation(router, "POST", "/tokens", right=TOKENS, answer=schemas.TokenMade, status=201, summary="Make a token")
def create_token(request, body: schemas.TokenIn):
    """A token of your own; the answer shows its secret once."""
    expires_at = body.expires_at
    if expires_at is not None and expires_at.tzinfo is None:
        expires_at = expires_at.replace(tzinfo=UTC)
    made, secret = actions.create_token(request.actor, name=body.name, scopes=body.scopes, expires_at=expires_at)
    return answer_once({**shapes.token(made), "token": secret}, 201)


@operation(
    router, "DELETE", "/tokens/{uuid:token_id}", right=TOKENS, obj="token", status=204, summary="Revoke a token"
)  # fmt: skip
def revoke_token(request, token_id: UUID):
    """It stops working at once."""
    actions.revoke_token(request.actor, access.get_token(request.actor, token_id))
    return no_content()
