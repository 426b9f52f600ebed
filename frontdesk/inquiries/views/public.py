"""The pages that anybody opens who has a form's address: the form, the thanks, and the script that embeds it.

They need neither cookie nor session: a page inside a page of another site gets none.
"""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from frontdesk.accounts.mails import absolute, speaking
from frontdesk.accounts.models import System
from frontdesk.core.errors import Invalid
from frontdesk.core.http import PUBLIC, page
from frontdesk.core.reader import language
from frontdesk.core.tenancy.context import account_context
from frontdesk.core.text import gettext as _
from frontdesk.files.actions import receive

from .. import access, actions, limits, tickets
from ..actions.sending import Typed, sent_before
from .showing import MOST_PHOTOS, PHOTOS, Page, confirm_page, form_page, page_of, shown

RETRY = 600
CLOSED = 410


def _spoken(request, token: str, answer: Callable[[Page], HttpResponse]) -> HttpResponse:
    """Answer in the form's account and the visitor's language; raises Missing."""
    account, form = access.at_address(token)
    with account_context(account):
        asked = page_of(request, account, form)
        with speaking(account, asked.extra.get("lang") or language()):
            return answer(asked) if form.enabled else shown(asked, "closed.html", status=CLOSED)


@csrf_exempt
@page(PUBLIC, methods=("GET", "POST"))
def ask(request, token: str) -> HttpResponse:
    """Show the form, and take what is sent by it."""
    verb = _posted if request.method == "POST" else lambda asked: form_page(asked, tickets.new())
    return _spoken(request, token, verb)


@page(PUBLIC)
def thanks(request, token: str) -> HttpResponse:
    """Where somebody gets who has sent an inquiry; reloading it sends nothing."""
    return _spoken(request, token, lambda asked: shown(asked, "thanks.html"))


@page(PUBLIC)
def embed(request, token: str) -> HttpResponse:
    """The script that puts the form into a page of another site."""
    account, form = access.at_address(token)
    context = {"source": absolute(Page(request, account, form).href()), "name": account.name}
    answer = render(request, "inquiries/embed.js", context, content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "public, max-age=300"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _typed(post) -> Typed:
    names = ("name", "email", "phone", "topic", "message")
    values = {name: post.get(name, "") for name in names}
    return Typed(**values, agreed=bool(post.get("agreed")), trap=post.get("more", ""))


def _posted(asked: Page) -> HttpResponse:
    """What becomes of a page that was sent: only a whole one for which somebody worked becomes an inquiry."""
    post, typed = asked.request.POST, _typed(asked.request.POST)
    ticket = tickets.read(asked.form, post.get("ticket", ""))
    if ticket is None or ticket.is_old:
        notice = _("This page was open for too long. What you wrote is still here: please send it again.")
        return form_page(asked, tickets.new(), typed, Invalid({}), status=422, notice=notice)
    if "speak" in post:
        return form_page(asked, ticket, typed)
    if sent_before(typed.key(ticket.key)):
        return redirect(asked.href("thanks"))
    if not limits.tries_left(asked.request):
        return _too_many(asked, ticket, typed)
    try:
        checked, photos = actions.check(asked.account, asked.form, typed), _photos(asked)
    except Invalid as refused:
        return form_page(asked, ticket, typed, refused, status=422)
    if not ticket.is_earned(post.get("proof", "")):
        return confirm_page(asked, tickets.to_confirm(ticket), typed)
    return _sent(asked, ticket, typed, checked, photos)


def _too_many(asked: Page, ticket: tickets.Ticket, typed: Typed) -> HttpResponse:
    notice = _("Too much was sent from here just now. What you wrote is still here: please send it again in a while.")
    answer = form_page(asked, ticket, typed, Invalid({}), status=429, notice=notice)
    answer.headers["Retry-After"] = str(RETRY)
    return answer


def _sent(asked: Page, ticket: tickets.Ticket, typed: Typed, checked, photos: list) -> HttpResponse:
    """Send it; whoever has sent other words from this page already confirms by hand, as for a new one."""
    key = typed.key(ticket.key)
    if not limits.sending_left(asked.request, asked.form, checked.sender):
        return _too_many(asked, ticket, typed)
    if not ticket.serves(key):
        return confirm_page(asked, tickets.to_confirm(tickets.new()), typed)
    left = partial(limits.letter_left, asked.request, checked.sender.email)
    try:
        actions.send(asked.account, asked.form, checked, key, _stored(asked, photos), letter_left=left)
    except Invalid as refused:
        return form_page(asked, ticket, typed, refused, status=422)
    return redirect(asked.href("thanks"))


def _photos(asked: Page) -> list:
    """What came as photos, of which nothing is stored yet; raises Invalid with the reasons under `photos`."""
    came = asked.request.FILES.getlist("photos") if asked.form.photos else []
    if len(came) > MOST_PHOTOS:
        raise Invalid({"photos": [_("At most %(most)s files at once.", most=MOST_PHOTOS)]})
    if any(one.name.rpartition(".")[2].lower() not in PHOTOS for one in came):
        raise Invalid({"photos": [_("Only photos can be added here.")]})
    return came


def _stored(asked: Page, photos: list) -> list[UUID]:
    """The photos as stored files; raises Invalid as above."""
    if not all(limits.photo_left(asked.request, asked.form) for _one in photos):
        raise Invalid({"photos": [_("Too many photos were sent from here just now. Send it without them, or later.")]})
    try:
        return [receive(System(asked.account), one).pk for one in photos]
    except Invalid as refused:
        raise Invalid({"photos": [said for reasons in refused.errors.values() for said in reasons]}) from None
