"""People write to each other: live, with files, replies, reactions and search (M1, M8, M10, A2)."""

import re

from playwright.sync_api import expect

from .checks import everything


def _room(window, client):
    page = window.page
    page.goto(f"/messages/client/{client.pk}/")
    expect(page.locator("#message-body")).to_be_visible()
    return page


def _say(page, text: str) -> None:
    page.locator("#message-body").fill(text)
    page.locator("#message-send").click()
    expect(page.locator("#message-body")).to_have_value("")


def test_a_message_arrives_while_one_looks(desk, cast):
    cora = _room(desk("cora"), cast.maria)
    phone = desk("mia", phone=True, theme="dark")
    mia = _room(phone, cast.maria)
    assert everything(cora) == [] and everything(mia) == []
    mia.locator("#message-body").press_sequentially("Is it", delay=20)
    expect(cora.locator(".typing")).to_contain_text("Mia is typing")
    _say(mia, "Is it **ready**?")
    arrived = cora.locator(".msg").last
    expect(arrived).to_contain_text("Is it ready?")
    expect(arrived).not_to_have_class(re.compile("out"))
    expect(mia.locator("[data-readers]")).to_contain_text("Read by Cora")
    _say(cora, "Yes, @Mia!")
    expect(mia.locator(".msg").last.locator(".mention.mine")).to_have_text("@Mia")
    assert mia.locator(".msg").count() == 2 and cora.locator(".msg").count() == 2
    assert everything(cora) == [] and everything(mia) == []
    assert phone.is_phone_wide()


def test_the_number_beside_messages_follows(desk, cast):
    sam, ana = desk("sam").page, desk("ana")
    sam.goto("/clients/")
    room = ana.page
    room.goto("/messages/")
    room.locator(".talks a", has_text="Folio Repairs").click()
    badge = sam.locator('.side [data-counter="messages"]')
    expect(badge).to_be_hidden()
    _say(room, "Good morning")
    expect(badge).to_have_text("1")
    sam.goto("/messages/")
    sam.locator(".talks a").first.click()
    expect(badge).to_be_hidden()


def test_reply_react_change_and_delete(desk, cast):
    cora = _room(desk("cora"), cast.maria)
    _say(cora, "Frist")
    message = cora.locator(".msg").last
    message.hover()
    message.locator(".more").click()
    dialog = cora.locator("#message-actions")
    expect(dialog).to_be_visible()
    assert everything(cora) == []
    dialog.get_by_role("button", name="Answer with 👍").click()
    expect(cora.locator(".msg .sign")).to_have_text(re.compile("👍 1"))
    cora.locator(".msg .sign").click()
    expect(cora.locator(".msg .sign")).to_have_count(0)

    cora.locator(".msg").last.hover()
    cora.locator(".msg .more").last.click()
    dialog.get_by_role("link", name="Reply").click()
    expect(cora.locator("[data-reply] span")).to_have_text(re.compile("Frist"))
    _say(cora, "I mean first")
    expect(cora.locator(".msg").last.locator(".quoted")).to_contain_text("Frist")

    cora.locator(".msg").first.hover()
    cora.locator(".msg .more").first.click()
    dialog.get_by_label("Change the message").fill("First")
    # What is told live may show the change in the page that is just being left.
    with cora.expect_navigation():
        dialog.get_by_role("button", name="Save").click()
    expect(cora.locator(".msg").first).to_contain_text("First")
    expect(cora.locator(".msg").first).to_contain_text("edited")
    cora.locator(".msg").first.hover()
    cora.locator(".msg .more").first.click()
    dialog.get_by_role("button", name="Delete").click()
    expect(cora.locator(".msg").first).to_contain_text("This message was deleted.")
    cora.get_by_role("button", name="Undo").click()
    expect(cora.locator(".msg").first).to_contain_text("First")


def test_somebody_is_mentioned_by_the_keyboard(desk, cast):
    cora = _room(desk("cora"), cast.maria)
    field = cora.locator("#message-body")
    field.press_sequentially("Look @Mi", delay=20)
    expect(cora.get_by_role("listbox", name="People to mention")).to_be_visible()
    field.press("Enter")
    expect(field).to_have_value("Look @Mia ")
    field.press("Enter")
    expect(cora.locator(".msg .mention")).to_have_text("@Mia")


def test_what_was_begun_waits_on_another_device_and_later_is_later(desk, cast):
    cora = _room(desk("cora"), cast.maria)
    with cora.expect_response(lambda answer: answer.url.endswith("/draft/")):
        cora.locator("#message-body").press_sequentially("Half a thought")
    phone = desk("cora", phone=True, theme="dark")
    other = _room(phone, cast.maria)
    expect(other.locator("#message-body")).to_have_value("Half a thought")
    other.locator("summary[aria-label='Send later']").click()
    other.get_by_label("Send at").fill("2199-01-01T10:00")
    with phone.expecting(422):
        other.locator("#message-send").click()
        expect(other.locator(".composer .error")).to_contain_text("At most a year ahead.")
    assert everything(other) == []


def test_a_file_goes_with_a_message(desk, cast):
    cora = _room(desk("cora"), cast.maria)
    cora.locator(".composer input[type=file][multiple]").set_input_files(
        files=[{"name": "plan.txt", "mimeType": "text/plain", "buffer": b"The plan"}]
    )
    expect(cora.locator(".composer .upload[data-state=done]")).to_be_visible()
    cora.locator("#message-send").click()
    expect(cora.locator(".msg .attachments")).to_contain_text("plan.txt")
    assert everything(cora) == []


def test_an_admin_who_looks_in_is_seen(desk, cast):
    cora = desk("cora").page
    cora.goto("/messages/new/")
    assert everything(cora) == []
    cora.get_by_role("button", name="Write to Cole").click()
    _say(cora, "Between the two of us")
    thread = cora.url
    ana = desk("ana", phone=True, theme="dark").page
    ana.goto(thread)
    expect(ana.locator(".closed")).to_contain_text("You read this room without taking part")
    assert everything(ana) == []
    cora.reload()
    expect(cora.locator(".thread > header")).to_contain_text("Ana looked in")
    cora.get_by_role("link", name="About this conversation").click()
    assert everything(cora) == []


def test_messages_are_found(desk, cast):
    cora = _room(desk("cora"), cast.maria)
    _say(cora, "The boiler is repaired")
    cora.goto("/messages/search/?q=boiler")
    assert everything(cora) == []
    cora.locator(".lines .cover").click()
    expect(cora.locator(".msg.found")).to_contain_text("The boiler is repaired")


def test_without_a_connection_a_message_waits_and_is_sent_once(desk, cast):
    window = desk("cora")
    cora = _room(window, cast.maria)
    _say(cora, "Before")
    window.context.set_offline(True)
    cora.locator("#message-body").fill("From the cellar")
    cora.locator("#message-send").click()
    expect(cora.locator(".composer [data-trouble]")).to_contain_text("Not sent yet")
    window.context.set_offline(False)
    expect(cora.locator(".msg").last).to_contain_text("From the cellar", timeout=15_000)
    assert cora.locator(".msg").count() == 2
    window.faults.clear()
