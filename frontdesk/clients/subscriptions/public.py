"""The page behind the link in an e-mail: whoever opens it is asked, and only a POST changes anything.

Mail scanners open every link, so a GET only shows. Mail programs send the POST of RFC 8058 without cookie or token of
a form; the signature in the address is what entitles.
"""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from frontdesk.accounts.mails import speaking
from frontdesk.accounts.models import Account, System
from frontdesk.accounts.signin.limits import link_changes_over, link_guesses_over
from frontdesk.core.http import PUBLIC, page
from frontdesk.core.tenancy.context import account_context

from ..models import Client
from . import actions, links
from .models import Source
from .rule import KINDS, Kind, may_message

ONE_CLICK = ("List-Unsubscribe", "One-Click")
PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


def _unknown(request) -> HttpResponse:
    over = link_guesses_over(request)
    return over or render(request, "clients/subscriptions/unknown.html", {"here": "unsubscribe"}, status=404)


def _of_channel(kind: Kind) -> tuple[Kind, ...]:
    return tuple(one for one in KINDS if one[0] == kind[0])


def _do(request, account: Account, client: Client, link: links.Link) -> None:
    """What a button of the page, or a mail program, asks for."""
    asked, address = request.POST.get("do", "stop"), links.sent_to(link, client)
    verb = actions.resubscribe if asked == "again" else actions.unsubscribe
    kinds = _of_channel(link.kind) if asked == "all" else (link.kind,)
    verb(System(account), client, kinds, source=Source.LINK.value, address=address)


def _shown(request, account: Account, client: Client, kind: Kind) -> HttpResponse:
    others = [one for one in _of_channel(kind) if one != kind]
    context = {
        "here": "unsubscribe", "business": account.name, "channel": kind[0], "purpose": kind[1],
        "subscribed": may_message(client, *kind).allowed,
        "others": any(may_message(client, *one).allowed for one in others),
        "privacy_href": reverse("accounts:privacy_of", args=[account.pk]), "one_language": True,
    }  # fmt: skip
    return render(request, "clients/subscriptions/link.html", context)


def _answered(request, account: Account, link: links.Link) -> HttpResponse:
    client = links.client_of(link)
    if client is None:
        return _unknown(request)
    if request.method == "POST":
        over = link_changes_over(request, str(client.pk))
        if over:
            return over
        _do(request, account, client, link)
        if request.POST.get(ONE_CLICK[0]) != ONE_CLICK[1]:
            return redirect(request.path)
    with speaking(account, client.language or account.language):
        return _shown(request, account, client, link.kind)


@csrf_exempt
@page(PUBLIC, methods=("GET", "POST"))
def link(request, token: str) -> HttpResponse:
    """Unsubscribe, or subscribe again, by the link in an e-mail."""
    found = links.read(token)
    account = Account.objects.filter(pk=found.account_id).first() if found else None
    if found is None or account is None:
        return _unknown(request)
    with account_context(account):
        answer = _answered(request, account, found)
    for name, value in PRIVATE.items():
        answer.headers[name] = value
    return answer
