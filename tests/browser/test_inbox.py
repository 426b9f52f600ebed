"""Clients write, colleagues answer and note, all of it live (M4, M5, M6, M8)."""

import re

from playwright.sync_api import expect

from .checks import everything


def _say(page, text: str) -> None:
    page.locator("#message-body").fill(text)
    page.locator("#message-send").click()
    expect(page.locator("#message-body")).to_have_value("")


def test_a_client_writes_and_the_team_answers_and_notes(desk, cast):
    cora = desk("cora").page
    cora.goto(f"/inbox/client/{cast.maria.pk}/")
    thread = cora.locator("[data-thread-page]").get_attribute("data-thread-page").split(" ")[0]
    phone = desk("mia", phone=True, theme="dark")
    mia = phone.page
    mia.goto(f"/messages/{thread}/")
    _say(mia, "Is it ready?")
    arrived = cora.locator(".msg").last
    expect(arrived).to_contain_text("Is it ready?")
    expect(cora.locator("[data-conversations] li").first).to_contain_text("Maria Ionescu")
    cora.locator("#way").select_option("portal:")
    _say(cora, "Come at *four*")
    expect(mia.locator(".msg").last).to_contain_text("Come at four")
    cora.locator(".modes a", has_text="Internal note").click()
    expect(cora.locator(".composer.noting")).to_be_visible()
    _say(cora, "She owes us")
    expect(cora.locator(".msg.inside")).to_contain_text("She owes us")
    assert everything(cora) == [] and everything(mia) == []
    expect(mia.locator(".msg")).to_have_count(2)
    cora.get_by_role("button", name="Close", exact=True).first.click()
    expect(cora.get_by_text("Conversation closed.").first).to_be_visible()
    expect(cora.locator(".happened").last).to_contain_text(re.compile("Cora closed"))


def test_keys_go_through_the_inbox_on_a_wide_screen_and_a_phone_is_served_too(desk, cast):
    ana = desk("ana").page
    for client in (cast.maria, cast.victor):
        ana.goto(f"/inbox/client/{client.pk}/")
        _say(ana, "Hello")
    ana.goto("/inbox/")
    ana.keyboard.press("j")
    expect(ana.locator(".thread h1")).to_have_text("Victor Țurcanu")
    ana.keyboard.press("j")
    expect(ana.locator(".thread h1")).to_have_text("Maria Ionescu")
    ana.keyboard.press("n")
    expect(ana.locator(".composer.noting")).to_be_visible()
    assert everything(ana) == []
    phone = desk("sam", phone=True)
    phone.page.goto("/inbox/")
    assert everything(phone.page) == [] and phone.is_phone_wide()
    phone.page.locator(".talks a").first.click()
    expect(phone.page.locator("#message-body")).to_be_visible()
    assert everything(phone.page) == [] and phone.is_phone_wide()
