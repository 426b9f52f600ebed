"""M9: a stranger writes on the form's page, within a page of another site, and without scripts."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from frontdesk.core.tenancy.context import account_context
from frontdesk.inquiries import actions
from frontdesk.inquiries.access import address_of
from frontdesk.inquiries.models import Inquiry

from .checks import everything, unfolded_axe


@pytest.fixture
def form(cast):
    """A form that asks everything."""
    typed = actions.FormInput("Contact", topics=["A quote", "Something else"], photos=True, hue=7)
    with account_context(cast.account):
        return actions.add_form(cast.ana, typed)


class Site:
    """A site of somebody else's, on an origin of its own, whose one page holds the form."""

    def __init__(self, snippet: str):
        html = f'<!doctype html><html lang="fr"><title>Site</title><body><h1>Site</h1>{snippet}</body></html>'.encode()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200 if self.path == "/" else 204)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(html if self.path == "/" else b"")

            def log_message(self, *args):
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        """End it."""
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def site(server, form):
    """A site that embeds the form, by the line that the settings show."""
    script = server + reverse("inquiries:embed", args=[address_of(form)])
    made = Site(f'<script src="{script}" async></script>')
    yield made
    made.close()


def path_of(form) -> str:
    return reverse("inquiries:ask", args=[address_of(form)])


def came(cast) -> list[Inquiry]:
    with account_context(cast.account):
        return list(Inquiry.objects.select_related("client"))


def fill(page, name="Nora New") -> None:
    page.locator("[name=name]").fill(name)
    page.locator("[name=email]").fill("nora@example.com")
    page.locator("[name=topic]").select_option("A quote")
    page.locator("[name=message]").fill("Can you come on Monday?\nIn the morning 🎻")
    page.locator("[name=agreed]").check()


@pytest.mark.parametrize(("phone", "theme"), [(False, "light"), (True, "dark")])
def test_on_a_page_of_its_own(windows, cast, form, pictures, phone, theme):
    window = windows(phone=phone, theme=theme)
    page = window.page
    page.goto(path_of(form))
    assert everything(page) == []
    pictures(page, f"ask {theme}")
    with window.expecting(422):
        page.locator("#send").click()
        expect(page.get_by_text("We need your consent").first).to_be_visible()
    assert everything(page) == []
    pictures(page, f"ask refused {theme}")
    fill(page)
    page.locator("#send").click()
    expect(page.get_by_role("heading", name="Sent")).to_be_visible()
    assert everything(page) == []
    pictures(page, f"ask thanks {theme}")
    assert [one.client.name for one in came(cast)] == ["Nora New"] and not page.context.cookies()


def test_within_a_page_of_another_site(windows, cast, form, site, pictures):
    window = windows(locale="fr-FR")
    page = window.page
    page.goto(site.url)
    frame = page.frame_locator("iframe")
    expect(frame.locator("html")).to_have_attribute("lang", "fr")
    expect(frame.locator("#send")).to_be_visible()
    inner = next(one for one in page.frames if one.parent_frame)
    inner.wait_for_function("document.documentElement.scrollHeight <= innerHeight + 1")
    pictures(page, "ask embedded")
    fill(frame)
    frame.locator("#send").click()
    expect(frame.locator(".tick")).to_be_visible()
    inner.wait_for_function("innerHeight < 500")
    pictures(page, "ask embedded thanks")
    assert len(came(cast)) == 1 and not page.context.cookies()


def test_another_site_than_the_listed_ones_shows_nothing(windows, cast, form, site):
    with account_context(cast.account):
        typed = actions.FormInput("Contact", sites=["https://www.example.com"])
        actions.change_form(cast.ana, form, typed)
    window = windows()
    page = window.page
    page.goto(site.url)
    page.wait_for_timeout(1500)
    assert page.frame_locator("iframe").locator("#send").count() == 0
    assert any("frame-ancestors" in fault for fault in window.faults)
    window.faults.clear()


def test_without_scripts_one_waits_and_confirms(windows, cast, form, pictures):
    page = windows(scripts=False, phone=True).page
    page.goto(path_of(form) + "?lang=fr")
    fill(page)
    page.locator("#send").click()
    expect(page.locator("blockquote")).to_contain_text("Can you come on Monday?")
    pictures(page, "ask confirm")
    page.wait_for_timeout(3200)
    page.locator("button.primary").click()
    expect(page.locator(".tick")).to_be_visible()
    assert len(came(cast)) == 1


def test_the_language_changes_and_what_was_typed_stays(windows, form):
    page = windows().page
    page.goto(path_of(form))
    fill(page)
    page.get_by_role("button", name="Română").click()
    expect(page.locator("html")).to_have_attribute("lang", "ro")
    expect(page.locator("[name=message]")).to_have_value("Can you come on Monday?\nIn the morning 🎻")
    assert unfolded_axe(page) == []


def test_an_admin_sets_a_form_up(desk, cast, form, pictures):
    window = desk("ana")
    page = window.page
    for name, args in (("forms", []), ("form", [form.pk]), ("edit", [form.pk]), ("new", [])):
        page.goto(reverse(f"inquiries:{name}", args=args))
        assert everything(page) == []
        pictures(page, f"inquiries {name}")
    page.locator("[name=name]").fill("Second form")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Second form")).to_be_visible()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").or_(
        page.get_by_role("dialog").locator("button.danger")
    ).first.click()
    expect(page.get_by_text("Second form was deleted.")).to_be_visible()


def test_on_a_phone_in_the_dark(desk, form):
    window = desk("ana", phone=True, theme="dark")
    for name, args in (("forms", []), ("form", [form.pk]), ("edit", [form.pk])):
        window.page.goto(reverse(f"inquiries:{name}", args=args))
        assert everything(window.page) == [] and window.is_phone_wide()
