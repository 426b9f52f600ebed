"""M4: an e-mail's own look, in a real browser: nothing of the scripts of strangers runs, nothing is loaded unasked."""

import pytest
from django.utils import timezone

from frontdesk.channels.email.reading import markup
from frontdesk.channels.models import Arrival, ReceivedMail
from frontdesk.core.tenancy.context import account_context

from ..channels.email.hostile import SCRIPTS

HARM = "window.top.harmed=window.harmed=1"


def planted(cast, html: str, number: int = 0) -> str:
    """The address of a mail of Maria's with this look."""
    with account_context(cast.account):
        came = Arrival.objects.create(
            channel="email", provider_id=f"planted {number}", received_at=timezone.now(), client=cast.maria
        )
        ReceivedMail.objects.create(
            arrival=came, sender="maria@ionescu.example", subject="Hello", html=html, fingerprint=f"{number:064d}"
        )
    return f"/channels/mails/{came.pk}/"


def read(source: str) -> str:
    """The document that is kept."""
    return markup.read(source, {}, 100_000).html


def test_no_script_of_a_stranger_runs(desk, cast):
    """First without any policy, by what is left of the document alone; then on its page."""
    page = desk("sam").page
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto("about:blank")
    for script in SCRIPTS:
        page.set_content(f"<body>{read(script.replace('X', HARM))}</body>", wait_until="domcontentloaded")
        for name in ("mouseover", "focus", "toggle"):
            page.evaluate(f"document.querySelectorAll('*').forEach((one) => one.dispatchEvent(new Event('{name}')))")
        assert not page.evaluate("window.harmed"), script
    asked.clear()
    page.goto(planted(cast, "".join(read(script.replace("X", HARM)) for script in SCRIPTS)))
    page.wait_for_timeout(300)
    assert [url for url in asked if "/channels/mails/" not in url] == []


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_pictures_wait_until_they_are_asked_for(desk, cast, pictures, phone):
    page = desk("sam", phone=phone).page
    asked: list[str] = []

    def answer(route):
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="image/gif", body=b"GIF89a\x01\x00\x01\x00\x00\x00\x00;")

    page.context.route("https://pictures.example/**", answer)
    html = read(
        "<h1>Offer</h1><p>Good day, <b>here</b> is <a href='https://x.example/'>our offer</a>.</p>"
        "<img src='https://pictures.example/logo.gif' alt='Logo'><div class=gmail_quote>You wrote: hello</div>"
    )
    page.goto(planted(cast, html))
    assert asked == [] and page.locator("img").get_attribute("alt") == "Logo"
    assert page.get_by_text("You wrote: hello").is_hidden()
    # In a document that may run nothing, axe cannot run either.
    assert page.title() == "Hello" and page.locator("html").get_attribute("lang")
    pictures(page, f"mail {'phone' if phone else 'desktop'}")
    page.get_by_role("link", name="Show pictures").click()
    page.wait_for_url("**?images=1")
    page.wait_for_timeout(200)
    assert asked == ["https://pictures.example/logo.gif"]
