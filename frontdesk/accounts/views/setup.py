"""The page that makes the first account of an installation; gone afterwards."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from frontdesk.core.errors import Missing
from frontdesk.core.http import PUBLIC, SIGNED_IN, page

from .. import actions, choices, demo
from ..forms.account import SetupForm
from ..signin.sessions import enter

DEMO_CLIENTS = 200
DEMO_SEED = 1
READY_KEY = "demo_sign_in"


def _guess(request) -> dict:
    country = choices.guessed_country(request.headers.get("Accept-Language", ""))
    return {
        "language": translation.get_language(), "country": country,
        "time_zone": choices.zone_of(country), "currency": choices.currency_of(country) or "EUR",
    }  # fmt: skip


def _require_fresh() -> None:
    if not actions.is_fresh():
        raise Missing("setup")


@page(PUBLIC, methods=("GET", "POST"))
def setup(request) -> HttpResponse:
    """Make the business and its admin, who is signed in then."""
    _require_fresh()
    form = SetupForm(request.POST or None, initial=_guess(request))
    if request.method == "POST" and form.run(lambda data: actions.set_up(*form.inputs(data))):
        enter(request, form.result)
        return redirect("accounts:home")
    return render(request, "accounts/setup.html", {"form": form}, status=422 if form.is_bound else 200)


@page(PUBLIC, methods=("POST",))
def setup_demo(request) -> HttpResponse:
    """Make a demo business in the visitor's language and sign in as its admin."""
    _require_fresh()
    world = demo.first_demo(DEMO_CLIENTS, DEMO_SEED, translation.get_language())
    enter(request, world.admin)
    request.session[READY_KEY] = {"password": world.password, "people": demo.sign_in_data(world)}
    return redirect("accounts:demo_ready")


@page(SIGNED_IN)
def demo_ready(request) -> HttpResponse:
    """Who signs in to the demo business, and with which password."""
    ready = request.session.get(READY_KEY)
    if not ready:
        return redirect("accounts:home")
    return render(request, "accounts/demo_ready.html", ready)
