"""The public addresses that providers call: `/hooks/<channel>/<account>-<token>/<name>/`."""

import hmac
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from frontdesk.accounts.mails import absolute
from frontdesk.accounts.models import Account
from frontdesk.core.http import PUBLIC, page
from frontdesk.core.tenancy.context import account_context

from .models import ChannelSettings
from .registry import channels


@dataclass(frozen=True)
class Hook:
    """A call by a provider, for the account whose address it called; `url` is that address as the provider knows it."""

    request: HttpRequest
    account: Account
    settings: ChannelSettings
    url: str


def address(settings: ChannelSettings, name: str) -> str:
    """The public address of a hook."""
    token = f"{settings.account_id.hex}-{settings.token}"
    return absolute(reverse("channels:hook", args=[settings.channel, token, name]))


def _account_id(token: str) -> UUID | None:
    try:
        return UUID(hex=token.partition("-")[0])
    except ValueError:
        return None


def _settings(channel: str, token: str) -> ChannelSettings | None:
    row = ChannelSettings.objects.filter(channel=channel).first()
    known = row and hmac.compare_digest(row.token.encode(), token.partition("-")[2].encode())
    return row if known else None


@csrf_exempt
@page(PUBLIC, methods=("POST",))
def hook(request, channel: str, token: str, name: str) -> HttpResponse:
    """What a provider tells; an address that was not given out is not there."""
    known, account_id = channels.get(channel), _account_id(token)
    account = Account.objects.filter(pk=account_id).first() if account_id else None
    if known is None or name not in known.hooks or account is None:
        raise Http404("hook")
    with account_context(account):
        settings = _settings(channel, token)
        if settings is None:
            raise Http404("hook")
        query = request.META.get("QUERY_STRING", "")
        url = address(settings, name) + (f"?{query}" if query else "")
        return known.hooks[name](Hook(request, account, settings, url))
