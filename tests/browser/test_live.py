"""M8 in the browser: what happens elsewhere shows without reloading, also after having been away."""

from django.db import transaction
from playwright.sync_api import expect

from frontdesk.live.publishing import publish, whisper

from .checks import everything

HEARD = """() => {
  window.heard = [];
  document.addEventListener("frontdesk:live", (event) => window.heard.push(event.detail));
}"""


NO_ANSWER = """window.EventSource = class extends EventTarget {
  readyState = 2;
  constructor() { super(); setTimeout(() => this.dispatchEvent(new Event("error"))); }
  close() {}
};"""


def open_home(desk, name: str = "ana", **options):
    """A window at home that keeps what its stream brings."""
    window = desk(name, **options)
    window.context.add_init_script(f"({HEARD})()")
    with window.page.expect_response("**/rt/stream?**"):
        window.page.goto("/")
    return window


def heard(window, kind: str, count: int = 1) -> list[dict]:
    """The events of a kind that a window heard, once so many have come."""
    window.page.wait_for_function(
        "([kind, count]) => heard.filter((one) => one.kind === kind).length >= count", arg=[kind, count]
    )
    return [one for one in window.page.evaluate("heard") if one["kind"] == kind]


def tell(member, kind: str, **data) -> None:
    with transaction.atomic():
        publish(member.account_id, f"me:{member.pk}", kind, data)


def test_counters_show_in_the_title_and_wherever_the_page_has_a_place(desk, cast):
    window = open_home(desk)
    window.page.evaluate(
        """() => { const place = document.createElement("span"); place.dataset.counter = "chat"; place.hidden = true;
        document.querySelector("main").append(place); }"""
    )
    title = window.page.title()
    tell(cast.ana, "counters", chat=3, tasks=2)
    heard(window, "counters")
    assert window.page.title() == f"(5) {title}"
    assert window.page.inner_text("[data-counter=chat]") == "3"
    tell(cast.ana, "counters", chat=0, tasks=0)
    heard(window, "counters", 2)
    assert window.page.title() == title and window.page.is_hidden("[data-counter=chat]")


def test_a_page_that_was_hidden_catches_up(desk, cast):
    window = open_home(desk)
    window.page.evaluate(
        """() => { Object.defineProperty(document, "hidden", { configurable: true, get: () => window.away ?? false });
        window.away = true; document.dispatchEvent(new Event("visibilitychange")); }"""
    )
    window.page.wait_for_timeout(5500)
    tell(cast.ana, "news", n=1)
    window.page.wait_for_timeout(1000)
    assert window.page.evaluate("heard.filter((one) => one.kind === 'news').length") == 0
    with window.page.expect_response("**/rt/stream?**"):
        window.page.evaluate("() => { window.away = false; document.dispatchEvent(new Event('visibilitychange')); }")
    assert [one["n"] for one in heard(window, "news")] == [1]
    tell(cast.ana, "news", n=2)
    assert [one["n"] for one in heard(window, "news", 2)] == [1, 2]


def test_what_happened_while_the_page_was_made_is_not_missed(desk, cast):
    window = desk("ana")
    window.context.add_init_script(f"({HEARD})()")
    window.page.route("**/rt/stream?**", lambda route: (tell(cast.ana, "news", n=1), route.continue_()))
    window.page.goto("/")
    assert heard(window, "news")


def test_without_a_connection_it_says_so_and_nothing_moves(desk, pictures):
    window = open_home(desk, phone=True)
    page, box = window.page, window.page.locator("main").bounding_box()
    page.evaluate(f"() => {{ {NO_ANSWER} }}")
    with window.expecting(401):
        page.evaluate("dispatchEvent(new Event('pagehide'))")
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
        expect(page.locator("#offline")).to_be_visible(timeout=12_000)
    assert page.locator("main").bounding_box() == box
    assert everything(page) == []
    pictures(page, "offline")


def test_who_is_there_and_who_types_shows_at_once(desk, cast):
    topic = f"me:{cast.ana.pk}"
    window = open_home(desk)
    page = window.page
    page.evaluate(
        """([topic, sam]) => { document.querySelector("main").insertAdjacentHTML("beforeend",
        `<p class="typing" data-typing-topic="${topic}"></p><span data-presence="${sam}">S</span>
        <input aria-label="field" data-typing="${topic}">`); }""",
        [topic, str(cast.sam.pk)],
    )
    open_home(desk, "sam")
    expect(page.locator("[data-presence]")).to_have_class("online")
    whisper(cast.account.pk, topic, "typing", {"member": str(cast.sam.pk)})
    expect(page.locator("[data-typing-topic]")).to_have_text("Sam is typing", timeout=1000)
    expect(page.locator("[data-typing-topic]")).to_have_text("", timeout=6000)
    with page.expect_response("**/live/typing/") as told:
        page.locator("[data-typing]").press_sequentially("hello")
    assert told.value.status == 204
    # One's own typing is not shown to oneself.
    heard(window, "typing", 2)
    expect(page.locator("[data-typing-topic]")).to_have_text("")
