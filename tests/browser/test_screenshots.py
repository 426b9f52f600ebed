"""The pictures of the README, made only when FRONTDESK_SCREENSHOTS names the folder for them."""

import os
from pathlib import Path

import pytest

from frontdesk.accounts.demo import make_world
from frontdesk.clients import actions, queries
from frontdesk.clients.models import Client
from frontdesk.core.tenancy.context import account_context

FOLDER = os.environ.get("FRONTDESK_SCREENSHOTS")
LARGEST = 150_000
SHAPE = {"viewport": {"width": 1280, "height": 800}}
SHARP = {"device_scale_factor": 1.6}

pytestmark = pytest.mark.skipif(not FOLDER, reason="FRONTDESK_SCREENSHOTS names no folder")


def keep(page, name: str) -> None:
    """Save what the window shows; pictures in a repository stay small."""
    page.wait_for_load_state("networkidle")
    path = Path(FOLDER) / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path)
    assert path.stat().st_size < LARGEST, path


@pytest.fixture
def world(server):
    """A demo business, the same on every run."""
    return make_world(120, 7, "en")


def liveliest(world) -> Client:
    """The client with the most to show."""
    with account_context(world.account):
        clients = [client for client in world.clients if client.status == "active" and client.kind == "person"]
        chosen = max(clients, key=lambda client: len(queries.team_of([client.pk]).get(client.pk, [])))
        actions.add_note(world.members[2], chosen, "Prefers to be called after 16:00. The key is with the neighbour.")
        actions.set_tags(world.admin, chosen, ["VIP", "Weekly"])
        return chosen


def portal_member(world, client: Client):
    """Somebody who signs in for the client."""
    with account_context(world.account):
        actions.open_sign_in(world.admin, client, "portal")
        member = queries.accesses_of(client)[0].member
        member.user.must_change_password = False
        member.user.save(update_fields=["must_change_password"])
        return member


def test_pictures(world, windows):
    """Office on the desktop and on the phone, in light and dark, and the portal."""
    client, admin = liveliest(world), world.admin
    desk = windows("desk", member=admin, **SHAPE).page
    for name, address in (("home", "/"), ("clients", "/clients/"), ("client", f"/clients/{client.pk}/")):
        desk.goto(address)
        keep(desk, name)
    dark = windows("dark", member=admin, theme="dark", **SHAPE).page
    dark.goto("/clients/")
    dark.keyboard.press("Control+k")
    dark.keyboard.type(client.name.split()[0].lower())
    dark.locator("#palette [role=option]").first.wait_for()
    keep(dark, "search-dark")
    phone = windows("phone", member=admin, phone=True, theme="dark", **SHARP).page
    phone.goto("/clients/")
    keep(phone, "phone-dark")
    portal = windows("portal", member=portal_member(world, client), phone=True, **SHARP).page
    portal.goto("/portal/")
    keep(portal, "portal")
