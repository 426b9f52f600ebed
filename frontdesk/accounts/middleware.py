"""Sets who acts and in which account, once per request."""

import zoneinfo

import structlog
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import DatabaseError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation

from frontdesk.core import text
from frontdesk.core.reader import one_reader
from frontdesk.core.tenancy import context

from . import actions, preview
from .signin.sessions import member_of_session
from .signin.tokens import member_of_token

API_PREFIX = "/api/"
CODES = {code for code, _name in settings.LANGUAGES}
LANGUAGE_COOKIE = "frontdesk_language"


def _actor(request):
    if request.path_info.startswith(API_PREFIX):
        scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        return member_of_token(token.strip()) if scheme.lower() == "bearer" else None
    member = member_of_session(request.session)
    if member is not None:
        agent = request.headers.get("User-Agent", "")
        request.session.note_use(lambda: get_adapter().get_client_ip(request), agent)
    return preview.eyes_of(request.session, member)


def _found_actor(request):
    """The actor; when the database cannot say, the visitor's language is set for the error page."""
    try:
        return _actor(request)
    except DatabaseError:
        translation.activate(language_of(request, None))
        raise


def _first_known(*codes: str) -> str:
    return next((code for code in codes if code in CODES), settings.LANGUAGE_CODE)


def language_of(request, actor) -> str:
    """The user's choice, else the visitor's cookie, else the account's, else what the browser asks for."""
    if request.path_info.startswith(API_PREFIX) and request.META.get("HTTP_ACCEPT_LANGUAGE"):
        return translation.get_language_from_request(request)
    if actor is not None:
        own = actor.user.language if actor.user else ""
        return _first_known(own, actor.account.language)
    cookie = request.COOKIES.get(LANGUAGE_COOKIE, "")
    return cookie if cookie in CODES else _first_known(translation.get_language_from_request(request))


def zone_of(actor) -> zoneinfo.ZoneInfo:
    """The user's time zone, else the account's, else UTC."""
    for name in filter(None, (actor.user and actor.user.time_zone, actor.account.time_zone)):
        try:
            return zoneinfo.ZoneInfo(name)
        except (ValueError, zoneinfo.ZoneInfoNotFoundError):
            continue
    return zoneinfo.ZoneInfo("UTC")


def _refusal(request, view):
    """The page that says why something is not shown or done while seeing as somebody; None when it is."""
    reason = preview.refused(request, view)
    if not reason:
        return None
    said = {
        "writes": text.gettext("Nothing was changed: you only see what %(name)s sees.", name=request.actor.name),
        "private": text.gettext("Only %(name)s sees this page.", name=request.actor.name),
    }[reason]
    return render(request, "ui/error.html", {"status": 403, "reasons": [said]}, status=403)


PASSWORD_CHANGE_ALLOWED = {"account_change_password", "account_logout", "accounts:language", "account_login"}


FACTOR_ALLOWED = PASSWORD_CHANGE_ALLOWED | {
    "accounts:security", "accounts:confirm", "accounts:factor_app", "accounts:factor_passkey", "accounts:theme",
    "accounts:switch",
}  # fmt: skip


def held(actor) -> tuple[str, set[str]]:
    """The page that this person must deal with first, and the pages that stay open; "" when there is none."""
    if actor.user.must_change_password:
        return "account_change_password", PASSWORD_CHANGE_ALLOWED
    if not actor.user.has_second_factor and actions.needs_factor(actor):
        return "accounts:security", FACTOR_ALLOWED
    return "", set()


class ActorMiddleware:
    """Gives `request.actor`, the account context, language, time zone and the account's words."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        actor = request.actor = _found_actor(request)
        scoped = context.enter(actor.account_id if actor else None)
        worded = text.use_words(actor.account.words if actor else None)
        translation.activate(language_of(request, actor))
        if actor is not None:
            timezone.activate(zone_of(actor))
            structlog.contextvars.bind_contextvars(account=str(actor.account_id), member=str(actor.id))
        try:
            with one_reader():
                return self.get_response(request)
        finally:
            timezone.deactivate()
            text.release_words(worded)
            context.leave(scoped)

    def process_view(self, request, view, args, kwargs):
        """Hold a person who must choose a password or set up a second factor at the page where they do it."""
        if request.actor and request.actor.viewer:
            return _refusal(request, view)
        if request.actor is None or request.actor.user is None or request.path_info.startswith(API_PREFIX):
            return None
        place, allowed = held(request.actor)
        return redirect(reverse(place)) if place and request.resolver_match.view_name not in allowed else None
