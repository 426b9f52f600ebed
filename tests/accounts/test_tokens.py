"""API tokens (A4)."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from frontdesk.accounts import actions, queries
from frontdesk.accounts.models import ApiToken
from frontdesk.core.errors import Invalid
from frontdesk.core.tenancy.context import account_context

from ..conftest import ApiCaller


def _works(token: str) -> bool:
    return ApiCaller(token).get("/api/v1/me").status_code == 200


def test_a_token_is_shown_once_and_only_its_hash_is_kept(within):
    made, secret = actions.create_token(within.sam, name="Books", scopes=["accounts:read"])
    assert _works(secret) and secret not in str(list(ApiToken.objects.values()))
    assert secret[-4:] == made.prefix[-4:]


def test_a_token_does_no_more_than_its_scopes(within):
    _made, secret = actions.create_token(within.ana, name="Read", scopes=["accounts:read"])
    api = ApiCaller(secret)
    assert api.get("/api/v1/members").status_code == 200
    assert api.post("/api/v1/members", {"name": "N", "role": "admin", "email": "n@example.com"}).status_code == 403
    assert api.post("/api/v1/tokens", {"name": "More", "scopes": ["accounts:write"]}).status_code == 403


def test_scopes_stay_within_the_role_and_within_the_token_that_asks(within):
    with pytest.raises(Invalid):
        actions.create_token(within.mia, name="T", scopes=["activity:read"])
    _made, secret = actions.create_token(within.ana, name="Write", scopes=["accounts:write", "accounts:read"])
    api = ApiCaller(secret)
    refused = api.post("/api/v1/tokens", {"name": "More", "scopes": ["clients:write"]})
    assert refused.status_code == 422 and refused.json()["errors"][0]["field"] == "scopes"
    assert api.post("/api/v1/tokens", {"name": "Same", "scopes": ["accounts:read"]}).status_code == 201


def test_a_token_made_through_another_does_not_outlive_it(within):
    end = timezone.now() + timedelta(days=1)
    scopes = ["accounts:read", "accounts:write"]
    _made, secret = actions.create_token(within.ana, name="Short", scopes=scopes, expires_at=end)
    child = ApiCaller(secret).post("/api/v1/tokens", {"name": "Long", "scopes": scopes}).json()
    assert child["expires_at"].startswith(end.strftime("%Y-%m-%dT%H:%M"))
    with time_machine.travel(end + timedelta(hours=1), tick=False):
        assert not _works(child["token"]) and not _works(secret)


def test_a_revoked_token_stops_at_once(within):
    made, secret = actions.create_token(within.sam, name="Books", scopes=["accounts:read"])
    actions.revoke_token(within.sam, made)
    assert not _works(secret) and queries.tokens(within.sam) == []


def test_the_page_makes_lists_and_revokes(cast, browser_of):
    browser, address = browser_of(cast.sam), reverse("accounts:tokens")
    assert browser.post(address, {"name": "", "scopes": []}).status_code == 422
    made = browser.post(address, {"name": "Books", "scopes": ["clients:read"], "days": "30"})
    assert "not shown again" in made.content.decode() and made.headers["Cache-Control"] == "no-store"
    with account_context(cast.account):
        token = ApiToken.objects.get(name="Books")
    assert "Books" in browser.get(address).content.decode()
    assert browser.post(reverse("accounts:token_revoke", args=[token.pk])).status_code == 302
    assert "Books" not in browser.get(address).content.decode()


def test_nobody_revokes_the_token_of_another(cast, within, browser_of, api_of):
    made, secret = actions.create_token(within.sam, name="Books", scopes=["accounts:read"])
    for actor in (cast.ana, cast.other.people["olga"]):
        assert browser_of(actor).post(reverse("accounts:token_revoke", args=[made.pk])).status_code == 404
        assert api_of(actor).delete(f"/api/v1/tokens/{made.pk}").status_code == 404
    assert _works(secret)


@pytest.mark.parametrize("expires_at", ["2001-01-01T00:00:00Z", "2001-01-01T00:00:00"])
def test_an_end_in_the_past_is_refused(cast, api_of, expires_at):
    body = {"name": "T", "scopes": ["accounts:read"], "expires_at": expires_at}
    answer = api_of(cast.ana).post("/api/v1/tokens", body)
    assert answer.status_code == 422 and answer.json()["errors"][0]["field"] == "expires_at"
