"""Files picked, sent in pieces, resumed, looked at, taken home: F2, F3, F4."""

import contextlib
import re

import pytest
from playwright.sync_api import Error, expect

from frontdesk.core.errors import Invalid
from frontdesk.core.tenancy.context import account_context
from frontdesk.files import actions
from frontdesk.files.models import StoredFile
from frontdesk.files.types import DEFAULT_EXTENSIONS

from ..faults import hostile_files
from ..files import samples
from .checks import everything

LONG = b"long text\n" * 1_800_000

# As picture, film, frame, object and script, in every way in which a page could make something of an address.
OPEN = """(address) => Promise.all(["img", "video", "iframe", "script", "embed"].map((name) => new Promise((done) => {
  const made = document.createElement(name);
  for (const type of ["load", "error", "loadedmetadata"]) made.addEventListener(type, done);
  made.src = address;
  document.body.append(made);
  setTimeout(done, 300);
})))"""


def sent(name: str, content: bytes) -> dict:
    """A file as the browser chooses it."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def open_files(window, cast):
    """The files of Maria in somebody's browser."""
    window.page.goto(f"/clients/{cast.maria.pk}/files/")
    return window.page, window.page.locator(".pick input[multiple]")


def _until_all_can_be_seen(page, count: int) -> None:
    """Previews are made in the background; a page shows those that there are."""
    for _time in range(40):
        if page.get_by_role("link", name=re.compile("^Look at ")).count() == count:
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError("not everything can be seen")


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone, dark"])
def test_files_are_picked_added_looked_at_and_taken_home(desk, cast, working, phone):
    window = desk("cora", phone=True, theme="dark") if phone else desk("cora")
    page, chooser = open_files(window, cast)
    assert everything(page) == []
    with window.expecting(422):
        chooser.set_input_files([
            sent("roof.jpg", samples.located_photo()), sent("Plan.pdf", samples.PDF),
            sent("wall.png", samples.picture()), sent("virus.exe", b"MZ"), sent("fake.png", b"hello"),
        ])  # fmt: skip
        expect(page.locator(".upload[data-state=done]")).to_have_count(3)
    expect(page.locator(".upload[data-state=failed]")).to_have_count(2)
    expect(page.locator(".upload", has_text="fake.png")).to_contain_text("does not hold what png files hold")
    assert everything(page) == []
    assert not phone or window.is_phone_wide()
    for name in ("virus.exe", "fake.png"):
        page.locator(".upload", has_text=name).get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Add to the client").click()
    expect(page.locator(".file-rows li")).to_have_count(3)
    assert everything(page) == []

    _until_all_can_be_seen(page, 3)
    page.get_by_role("link", name="Look at roof.jpg").click()
    expect(page.locator(".lightbox .shown img")).to_have_js_property("complete", True)
    assert page.locator(".lightbox .shown img").evaluate("picture => picture.naturalWidth") > 0
    assert everything(page) == []
    before = page.locator(".lightbox small").text_content()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert re.fullmatch(r"\d / 3", page.locator(".lightbox small").text_content()) and before
    page.keyboard.press("Escape")
    expect(page.locator(".lightbox")).to_have_count(0)

    for name in ("roof.jpg", "wall.png"):
        # On a phone the bar of what can be done lies over the end of the list.
        page.get_by_label(f"Select {name}").press("Space")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "files.zip"


def test_a_lost_connection_and_a_reload_cost_nothing_but_the_wait(desk, cast):
    window = desk("cora")
    page, chooser = open_files(window, cast)
    broken = iter([False, True])
    page.route("**/uploads/*/", lambda route: route.abort() if _breaks(route, broken) else route.continue_())
    window.faults.clear()
    chooser.set_input_files(sent("long.txt", LONG))
    expect(page.locator(".upload small")).to_contain_text("No connection")
    page.locator(".upload").get_by_role("button", name="Pause").click()
    expect(page.locator(".upload")).to_have_attribute("data-state", "paused")
    assert everything(page) == []
    page.unroute_all()
    page.reload()
    page.locator(".pick input[multiple]").set_input_files(sent("long.txt", LONG))
    expect(page.locator(".upload")).to_have_attribute("data-state", "done")
    window.faults[:] = [said for said in window.faults if "ERR_FAILED" not in said]
    with account_context(cast.account):
        assert StoredFile.objects.get().size == len(LONG)
    page.get_by_role("button", name="Add to the client").click()
    expect(page.locator(".file-rows")).to_contain_text("long.txt")


def _breaks(route, broken) -> bool:
    """The second piece is lost, whatever comes after it too."""
    return route.request.method == "PATCH" and next(broken, True)


def test_a_form_that_is_sent_too_early_waits_for_its_files(desk, cast):
    page, chooser = open_files(desk("cora"), cast)
    chooser.set_input_files(sent("long.txt", LONG))
    page.get_by_role("button", name="Add to the client").click()
    expect(page.locator(".file-rows")).to_contain_text("long.txt")


BRING = """(kind) => {
  const data = new DataTransfer();
  data.items.add(new File(["hello"], `${kind}.txt`));
  const common = { bubbles: true, cancelable: true };
  if (kind === "drop") {
    const made = new DragEvent("drop", { ...common, dataTransfer: data });
    document.querySelector("[data-drop-zone]").dispatchEvent(made);
  } else {
    const made = new ClipboardEvent("paste", { ...common, clipboardData: data });
    document.querySelector(".add-files").dispatchEvent(made);
  }
}"""


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_a_dropped_and_a_pasted_file_are_taken(desk, cast, kind):
    page, _chooser = open_files(desk("cora"), cast)
    page.evaluate(BRING, kind)
    expect(page.locator(".upload[data-state=done]", has_text=f"{kind}.txt")).to_be_visible()


def test_a_film_is_played_in_the_page(desk, cast):
    window = desk("cora")
    page, chooser = open_files(window, cast)
    chooser.set_input_files(sent("sound.wav", samples.sound()))
    expect(page.locator(".upload")).to_have_attribute("data-state", "done")
    page.get_by_role("button", name="Add to the client").click()
    page.get_by_role("link", name="Play sound.wav").click()
    player = page.locator(".lightbox audio")
    expect(player).to_be_visible()
    page.wait_for_function("document.querySelector('.lightbox audio').readyState >= 1")
    assert everything(page) == []


@pytest.mark.slow
def test_nothing_of_a_hostile_file_runs_when_it_is_opened(desk, cast):
    """Whatever was kept of two kinds of files in one is opened by every address; no script of it runs."""
    with account_context(cast.account):
        made = []
        actions.set_limits(cast.ana, [*DEFAULT_EXTENSIONS, "svg", "html", "xml"], 100)
        for _what, name, content in hostile_files.kept():
            with contextlib.suppress(Invalid):
                made.append(actions.receive(cast.cora, samples.upload(name, content)))
    assert len(made) > 8
    window = desk("cora")
    page = window.page
    page.goto(f"/clients/{cast.maria.pk}/files/")
    seen: list[str] = []
    page.on("request", lambda asked: seen.append(asked.url))
    window.context.on("dialog", lambda dialog: seen.append("pwned by a dialog"))
    with window.expecting(404, 409):
        for file in made:
            for end in ("show/", "", "preview/320/"):
                page.evaluate(OPEN, f"/files/{file.pk}/{end}")
            assert page.evaluate("window.pwned") is None
            with contextlib.suppress(Error):
                page.goto(f"/files/{file.pk}/show/")
                assert page.evaluate("window.pwned") is None
            page.goto(f"/clients/{cast.maria.pk}/files/")
    assert page.evaluate("window.pwned") is None and not [one for one in seen if "pwned" in one]
    window.faults.clear()
