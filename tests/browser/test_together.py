"""Two colleagues in one conversation see each other, and the second answer stops once (M4)."""

from playwright.sync_api import expect

from .checks import everything


def test_colleagues_see_each_other_and_answer_once(desk, cast, pictures):
    ana, window = desk("ana").page, desk("cora")
    cora = window.page
    for page in (ana, cora):
        page.goto(f"/inbox/client/{cast.maria.pk}/")
    expect(ana.locator("[data-together]")).to_have_text("Cora is looking at this conversation", timeout=20_000)
    expect(cora.locator("[data-together]")).to_have_text("Ana is looking at this conversation", timeout=20_000)
    ana.locator("#message-body").press_sequentially("At four")
    expect(cora.locator("[data-together]")).to_have_text("Ana is writing an answer")
    pictures(cora, "together")
    assert everything(cora) == []
    ana.locator("#message-send").click()
    expect(cora.locator(".msg").last).to_contain_text("At four")
    expect(cora.locator("[data-together]")).to_have_text("Ana is looking at this conversation")
    # As if the answer had not reached this page yet.
    cora.locator("[data-thread-page]").evaluate("page => { page.dataset.last = '0.0'; }")
    cora.locator("#message-body").fill("Tomorrow")
    with window.expecting(422):
        cora.locator("#message-send").click()
        expect(cora.locator(".meanwhile")).to_contain_text("Ana answered meanwhile: “At four”")
    expect(cora.locator("#message-body")).to_have_value("Tomorrow")
    pictures(cora, "meanwhile")
    assert everything(cora) == []
    cora.get_by_role("button", name="Send mine too").click()
    expect(cora.locator(".msg").last).to_contain_text("Tomorrow")
    expect(cora.locator("#message-body")).to_have_value("")
