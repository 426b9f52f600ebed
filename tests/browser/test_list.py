"""The list of clients and the keyboard: C2, A2."""

import re

import pytest
from playwright.sync_api import expect

from .checks import everything
from .scene import furnish


@pytest.fixture
def scene(cast):
    """A business in use."""
    return furnish(cast)


def names(page) -> list[str]:
    """The names on the page, in order."""
    return page.locator(".rows .cover").all_inner_texts()


def test_search_as_one_types(scene, desk):
    """The list narrows while the field keeps the focus; the address can be shared; Back leads out."""
    page = desk("ana").page
    page.goto("/clients/")
    field = page.get_by_placeholder("Name, e-mail or phone")
    field.click()
    field.press_sequentially("maria io", delay=30)
    expect(page.locator(".rows .cover")).to_have_count(1)
    expect(field).to_be_focused()
    expect(field).to_have_value("maria io")
    expect(page).to_have_url(re.compile(r"q=maria"))
    field.press_sequentially("nothing like it", delay=10)
    expect(page.get_by_text("Nothing matches")).to_be_visible()
    assert everything(page) == []
    field.fill("")
    expect(page.locator(".rows .cover")).to_have_count(50)


@pytest.mark.parametrize("phone", [False, True])
def test_filter_by_status_and_panel(scene, desk, phone):
    """Counters filter; the panel filters further; each filter shows as a chip that can be taken off."""
    page = desk("ana", phone=phone).page
    page.goto("/clients/")
    page.get_by_label("Status").get_by_role("link", name=re.compile("^Inactive")).click()
    expect(page.get_by_text("Nothing matches")).to_be_visible()
    page.goto("/clients/")
    page.locator("[popovertarget=filter-panel]").click()
    assert everything(page) == []
    page.get_by_label("Served by").select_option(label="Cora")
    page.locator("#filter-panel").get_by_role("button", name="Apply").click()
    expect(page.locator(".rows .cover")).to_have_count(2)
    expect(page.locator(".chips")).to_contain_text("Cora")
    assert everything(page) == []
    page.locator(".chips .drop").click()
    expect(page.locator(".rows .cover")).to_have_count(50)


def test_sort_and_pages(scene, desk):
    """Every client is on exactly one page, forwards and back again, and in the order that was asked for."""
    page = desk("ana").page
    page.goto("/clients/")
    first = names(page)
    page.get_by_role("link", name="Next").click()
    page.wait_for_url(re.compile("after="))
    second = names(page)
    assert not set(first) & set(second) and len(first + second) == 4 + 7 + 50
    page.get_by_role("link", name="Previous").click()
    page.wait_for_url(re.compile("before="))
    assert names(page) == first
    page.get_by_label("Sort by").select_option(label="Name, Z to A")
    page.wait_for_url(re.compile("sort=-name"))
    assert names(page)[-1] not in first[:9] and names(page) != first


def test_rows_by_keyboard(scene, desk):
    """j and k move, Enter opens, c adds, ? explains; typing in a field does nothing of it."""
    page = desk("ana").page
    page.goto("/clients/")
    wanted = names(page)[1]
    for key in "jjjk":
        page.keyboard.press(key)
    expect(page.locator("[data-active] .cover")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(wanted)
    page.go_back()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    assert everything(page) == []
    page.keyboard.press("Escape")
    page.get_by_placeholder("Name, e-mail or phone").press_sequentially("c")
    expect(page).to_have_url(re.compile(r"/clients/(\?q=c)?$"))
    page.keyboard.press("Tab")
    page.keyboard.press("c")
    expect(page).to_have_url(re.compile("/clients/new/"))


@pytest.mark.parametrize("opener", ["Control+k", "/"])
def test_palette(scene, desk, opener):
    """A2: Ctrl K or / opens the search over everything; arrows choose, Enter opens, Escape closes."""
    page = desk("ana").page
    page.goto("/")
    page.keyboard.press(opener)
    palette = page.get_by_role("dialog", name="Search and commands")
    expect(palette).to_be_visible()
    page.keyboard.press("Escape")
    expect(palette).to_be_hidden()
    page.keyboard.press(opener)
    page.keyboard.type("popescu")
    options = palette.get_by_role("option").filter(has_text="Popescu")
    expect(options).to_have_count(2)
    assert everything(page) == []
    chosen = options.nth(1).locator("b").inner_text()
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(chosen)


def test_search_page_without_a_keyboard(scene, desk):
    """On the phone the magnifier opens the same search."""
    window = desk("cora", phone=True)
    page = window.page
    page.goto("/")
    page.locator("[data-palette]").click()
    page.keyboard.type("maria")
    expect(page.get_by_role("option").filter(has_text="Maria Ionescu")).to_be_visible()
    assert everything(page) == []
    page.get_by_role("option").filter(has_text="Maria Ionescu").click()
    expect(page.locator("h1")).to_contain_text("Maria Ionescu")
    assert window.is_phone_wide()


def test_coworker_finds_only_their_own(scene, desk):
    """P1: list and search know nothing of clients that somebody else serves."""
    page = desk("cora").page
    page.goto("/clients/")
    assert len(names(page)) == 2
    page.keyboard.press("/")
    page.keyboard.type("victor")
    expect(page.get_by_text("Nothing found for")).to_be_visible()


def test_export(scene, desk):
    """What the filters leave is downloaded."""
    page = desk("ana").page
    page.goto("/clients/?q=popescu")
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="As text (csv)").click()
    text = download.value.path().read_text("utf-8-sig")
    assert "Ioana Popescu" in text and "Maria" not in text
