"""The page behind the link in an e-mail about notifications; a GET changes nothing, since scanners open links."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from frontdesk.accounts.mails import speaking
from frontdesk.accounts.models import Member
from frontdesk.core.http import PUBLIC, page
from frontdesk.core.tenancy.context import account_context

from .. import actions, links
from ..kinds import kinds
from ..models import Channel
from ..wishes import Wishes

ONE_CLICK = ("List-Unsubscribe", "One-Click")
PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


def _member(link: links.Link) -> Member | None:
    found = Member.objects.filter(pk=link.member_id, account_id=link.account_id)
    return found.select_related("user", "account").first()


def _stopped(member: Member, key: str) -> bool:
    wishes = Wishes([member.pk])
    named = [kind for kind in kinds if member.role in kind.audience and key in ("", kind.key)]
    return not any(wishes.wants(member.pk, kind, Channel.MAIL) for kind in named)


def _shown(request, member: Member, key: str) -> HttpResponse:
    language = (member.user.language if member.user else "") or member.account.language
    with speaking(member.account, language):
        context = {
            "business": member.account.name, "kind": kinds.get(key), "stopped": _stopped(member, key),
            "one_language": True,
        }  # fmt: skip
        return render(request, "notify/stop.html", context)


def _answered(request, member: Member, key: str) -> HttpResponse:
    if request.method == "POST":
        actions.stop_mail(member, key)
        if request.POST.get(ONE_CLICK[0]) != ONE_CLICK[1]:
            return redirect(request.path)
    return _shown(request, member, key)


@csrf_exempt
@page(PUBLIC, methods=("GET", "POST"))
def stop(request, token: str) -> HttpResponse:
    """End e-mails about notifications by the link in one."""
    link = links.read(token)
    member = _member(link) if link else None
    if link is None or member is None or (link.kind and kinds.get(link.kind) is None):
        return render(request, "notify/stop_unknown.html", status=404)
    with account_context(member.account_id):
        answer = _answered(request, member, link.kind)
    for name, value in PRIVATE.items():
        answer.headers[name] = value
    return answer
