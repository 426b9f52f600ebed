"""Colleagues and clients are invited, register and see what is theirs: P3, P4, P5, L1, L5, L6, L7."""

import re

from playwright.sync_api import expect

from frontdesk.accounts.models import Member
from frontdesk.core.tenancy.context import account_context

from .checks import everything
from .test_sign_in import mailed_link, sign_in_by_form


def register(page, link: str, name: str = "") -> None:
    """Open the link of an invitation and choose a password."""
    page.goto(link)
    assert everything(page) == []
    if name:
        page.get_by_label("Name", exact=False).first.fill(name)
    page.locator("[name=password]").fill("a phrase of my own")
    page.get_by_role("button", name="Join").click()


def test_coworker_by_mail(desk, windows, cast):
    """P3, P4: invited by mail, registered in another browser, seeing only what is assigned."""
    page = desk("ana").page
    page.goto("/people/")
    page.keyboard.press("c")
    expect(page).to_have_url(re.compile("/people/new/"))
    page.get_by_label("Name", exact=False).first.fill("Ștefan Țîrlea")
    page.get_by_label("E-mail").first.fill("stefan@example.com")
    page.get_by_role("radio", name=re.compile("^Co-worker")).check()
    page.get_by_role("radio", name=re.compile("^Send an invitation")).check()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".hero")).to_contain_text("Invited")
    assert everything(page) == []

    other = windows("stefan", phone=True)
    link = mailed_link()
    register(other.page, link)
    expect(other.page).to_have_url("/")
    other.page.goto("/clients/")
    expect(other.page.locator(".rows .cover")).to_have_count(0)
    with other.expecting(404):
        other.page.goto(f"/clients/{cast.maria.pk}/")
        expect(other.page.get_by_role("heading", name="Nothing here")).to_be_visible()

    page.goto(f"/clients/{cast.maria.pk}/team/")
    page.get_by_label("Ștefan Țîrlea").check()
    page.get_by_role("button", name="Save").click()
    other.page.goto("/clients/")
    expect(other.page.locator(".rows .cover")).to_have_text(["Maria Ionescu"])
    with other.expecting(410):
        other.page.context.clear_cookies()
        other.page.goto(link)
        expect(other.page.get_by_role("heading", name="This invitation was used already")).to_be_visible()


def test_colleague_by_link_and_by_temporary_password(desk, windows, cast, settings):
    """P3, P6: without a mail server the office hands over a link or a password, shown once."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    page = desk("ana").page
    page.goto("/people/new/")
    expect(page.get_by_text("No mail server is set up")).to_be_visible()
    page.get_by_label("Name", exact=False).first.fill("Lena")
    page.get_by_label("E-mail").first.fill("lena@example.com")
    page.get_by_role("radio", name=re.compile("^Show a link")).check()
    page.get_by_role("button", name="Add", exact=True).click()
    link = page.locator(".secret code").inner_text()
    assert everything(page) == []
    register(windows("lena").page, link)

    page.goto("/people/new/")
    page.get_by_label("Name", exact=False).first.fill("Tom")
    page.get_by_label(re.compile("^Username")).fill("tom")
    page.get_by_role("radio", name=re.compile("^Show a temporary password")).check()
    page.get_by_role("button", name="Add", exact=True).click()
    password = page.locator(".secret code").inner_text()
    tom = windows("tom").page
    sign_in_by_form(tom, "tom", password)
    expect(tom.get_by_role("heading", name="Choose your own password")).to_be_visible()


def test_switch_off_asks_and_ends_access(desk, cast):
    """P7: switched off with a question first; switched on again from the same place."""
    window = desk("cora")
    cora = window.page
    cora.goto("/clients/")
    page = desk("ana").page
    page.goto(f"/people/{cast.cora.pk}/")
    # Her stream ends at once, and may ask again before she looks.
    with window.expecting(401):
        page.get_by_role("button", name="Switch off").click()
        page.get_by_role("dialog").get_by_role("button", name="Switch off").click()
        expect(page.locator(".hero")).to_contain_text("Switched off")
        assert everything(page) == []
        cora.reload()
        expect(cora).to_have_url(re.compile("/sign-in/"))
    page.get_by_role("button", name="Switch on").click()
    expect(page.locator(".hero")).to_contain_text("Active")


def test_client_from_invitation_to_portal(desk, windows, cast):
    """P5, L1: Invite on the record, a link by mail, a password, and the portal with one's own data and nothing else."""
    page = desk("ana").page
    page.goto(f"/clients/{cast.ioana.pk}/portal/")
    with account_context(cast.account):
        Member.objects.filter(pk=cast.dan.pk).update(email="other@example.com")
    page.get_by_role("button", name="Invite the primary contact").click()
    expect(page.get_by_text("dan@example.com").first).to_be_visible()
    expect(page.get_by_text("Invited", exact=True)).to_be_visible()
    assert everything(page) == []

    parent = windows("parent", phone=True, theme="dark")
    register(parent.page, mailed_link())
    expect(parent.page).to_have_url(re.compile("/portal/"))
    expect(parent.page.locator("main")).to_contain_text("Ioana Popescu")
    assert everything(parent.page) == []
    assert parent.is_phone_wide()
    for name in ("Maria", "Victor", "Radu", "Secret"):
        expect(parent.page.get_by_text(name)).to_have_count(0)
    for refused in (f"/portal/clients/{cast.maria.pk}/", f"/portal/clients/{cast.maria.pk}/details/"):
        with parent.expecting(404):
            parent.page.goto(refused)
            expect(parent.page.get_by_role("heading", name="Nothing here")).to_be_visible()
    with parent.expecting(403):
        parent.page.goto("/clients/")
        expect(parent.page.get_by_role("heading", name="You cannot open this")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Invited", exact=True)).to_have_count(0)
    expect(page.get_by_text("Signs in", exact=True)).to_have_count(2)


def test_no_invitation_without_an_address(desk, cast):
    """P5: where the primary contact has no e-mail, the page says why Invite is missing."""
    with account_context(cast.account):
        from frontdesk.clients import actions
        from frontdesk.clients.values import ClientInput

        without = actions.create_client(cast.ana, ClientInput(name="Nobody Online"))
    page = desk("ana").page
    page.goto(f"/clients/{without.pk}/portal/")
    expect(page.get_by_role("button", name="Invite the primary contact")).to_have_count(0)
    expect(page.locator(".note.amber")).to_be_visible()
    page.get_by_text("Sign in with a username instead").click()
    assert everything(page) == []
    page.get_by_label(re.compile("^Username")).fill("nobody.online")
    page.get_by_role("button", name="Make a temporary password").click()
    expect(page.locator(".secret code").first).to_have_text("nobody.online")
    assert everything(page) == []


def test_client_keeps_their_own_details(desk, cast):
    """C7, C10, L5, L6: own contacts and week in the portal; what they change is on the record at once."""
    window = desk("mia", phone=True)
    page = window.page
    page.goto("/portal/")
    expect(page.get_by_text("Cora").first).to_be_visible()
    page.locator(".tabbar").get_by_role("link", name="Details").click()
    page.get_by_role("link", name="Add a contact").click()
    page.get_by_label("Name", exact=False).first.fill("Bunica Ana")
    page.get_by_label("Phone numbers").first.fill("0745 999 888")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Bunica Ana")).to_be_visible()
    page.locator(".tabbar").get_by_role("link", name="Availability").click()
    page.get_by_role("button", name=re.compile("Add a time.*Monday")).click()
    page.get_by_label("Monday: from").fill("10:00")
    page.get_by_label("Monday: until").fill("11:30")
    page.get_by_role("button", name="Save").last.click()
    assert everything(page) == []
    office = desk("sam").page
    office.goto(f"/clients/{cast.maria.pk}/contacts/")
    expect(office.get_by_text("Bunica Ana").first).to_be_visible()
    office.goto(f"/clients/{cast.maria.pk}/availability/")
    expect(office.locator(".week")).to_contain_text("10:00 – 11:30")


def test_parent_of_two(desk, cast):
    """C13: one parent chooses between the two children and sees one at a time."""
    page = desk("dan").page
    page.goto("/portal/")
    page.get_by_role("link", name="Ioana Popescu").click()
    expect(page.locator("main")).to_contain_text("Ioana Popescu")
    assert everything(page) == []
    page.get_by_role("link", name="Radu Popescu").click()
    expect(page).to_have_url(re.compile(str(cast.radu.pk)))


def test_guest_sees_what_is_shared_only(desk, cast):
    """L7: a guest sees the client they serve, without contacts, week or notes."""
    page = desk("greta", phone=True).page
    page.goto("/portal/")
    expect(page.locator("main")).to_contain_text("Maria Ionescu")
    for hidden in ("maria@example.com", "Prefers calls"):
        expect(page.get_by_text(hidden)).to_have_count(0)
    assert everything(page) == []
