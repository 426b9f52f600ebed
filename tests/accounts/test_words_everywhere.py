"""After the account has chosen its words, no page, file or mail says a built-in one, in any language (P15, X14)."""

import html
import re
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.urls import Resolver404, resolve, reverse

from frontdesk.accounts import actions, mails
from frontdesk.accounts.models import Invitation, User
from frontdesk.clients.actions import add_note
from frontdesk.core.tenancy.context import account_context

INVENTED = {
    "client": ("zorbel", "zorbels"), "coworker": ("mulvex", "mulvexs"), "job": ("tandrif", "tandrifs"),
    "session": ("pelgrun", "pelgruns"),
}  # fmt: skip
BUILT_IN = {
    "en": r"\b(?:clients?|co-?workers?|jobs?|sessions?)\b",
    "fr": r"\b(?:client(?:e?s?|èles?)|collaborateurs?|collaboratrices?|interventions?|séances?)\b",
    "ro": r"\b(?:clien[tț]\w*|colaborator\w*|lucr[aă]r\w*|ședinț\w*)\b",
}
# The same letters with another meaning: work of the machine, what the browser has open, and names in the API.
HOMONYMS = re.compile(
    r"background jobs?|failed jobs?|no job has failed|open sessions?|your sessions?|job title|discard this job"
    r"|clients:(?:read|write)|\b[a-z_]+\.[a-z_]+\b",
    re.I,
)
# This page shows the built-in words on purpose; the other describes addresses and fields, whose names stay.
SHOWN_ON_PURPOSE = {"accounts:words", "api_docs", "api_description"}
NOT_READ = re.compile(r"<(script|style|svg)\b.*?</\1>|<code.*?</code>|<small>[a-z_.]+</small>", re.DOTALL)
SPOKEN = re.compile(r'\b(?:aria-label|title|placeholder|alt|data-confirm|content)="([^"]*)"')
LINK = re.compile(r'<a\b[^>]*\bhref="([^"#]+)"')
ENOUGH = {"ana": 25, "cora": 8, "mia": 6}


def said(source: str) -> str:
    """What a person reads or hears of a page."""
    source = NOT_READ.sub(" ", source)
    return html.unescape(" ".join([re.sub(r"<[^>]*>", " ", source), *SPOKEN.findall(source)]))


def built_in_words(text: str, language: str) -> list[str]:
    """The built-in words in a text, each with what stands around it."""
    text = HOMONYMS.sub("", " ".join(text.split()))
    found = re.finditer(BUILT_IN[language], text, re.I)
    return [text[max(0, one.start() - 40) : one.end() + 30] for one in found]


def invent(account, admin) -> None:
    """Words that occur nowhere else."""
    typed = {
        language: {term: {"one": one, "many": many} for term, (one, many) in INVENTED.items()} for language in BUILT_IN
    }
    with account_context(account):
        admin.account.words = actions.change_words(admin, typed).words


@pytest.fixture
def worded(cast):
    """The first account, with invented words and something to read."""
    invent(cast.account, cast.ana)
    with account_context(cast.account):
        add_note(cast.ana, cast.maria, "Likes mornings.")
    return cast


def crawl(browser, start: str):
    """Route and text of every page that can be reached by links, once a route."""
    seen, waiting = set(), [start]
    while waiting:
        address = waiting.pop(0)
        try:
            route = resolve(urlsplit(address).path).view_name
        except Resolver404:
            continue
        if not address.startswith("/") or route in seen or route in SHOWN_ON_PURPOSE:
            continue
        seen.add(route)
        answer = browser.get(address, follow=True)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if not answer.headers["Content-Type"].startswith(("text/html", "text/csv")):
            continue
        page = body.decode("utf-8-sig")
        yield route, page
        waiting += [html.unescape(href) for href in LINK.findall(page)]


@pytest.mark.parametrize("language", list(BUILT_IN))
@pytest.mark.parametrize("who", list(ENOUGH))
def test_no_page_says_a_built_in_word(worded, browser_of, who, language):
    member = getattr(worded, who)
    User.objects.filter(pk=member.user_id).update(language=language)
    faults, routes, heard = [], set(), ""
    for route, page in crawl(browser_of(member), "/"):
        routes.add(route)
        heard += page
        faults += [f"{route}: …{found}…" for found in built_in_words(said(page), language)]
    assert not faults, "\n".join(dict.fromkeys(faults))
    assert len(routes) >= ENOUGH[who], sorted(routes)
    assert "zorbel" in heard.lower() or who == "mia"


def test_the_crawl_finds_a_built_in_word():
    assert built_in_words("Add a client now", "en") and built_in_words("lista clienților", "ro")
    assert not built_in_words("Background jobs, open sessions", "en")


@pytest.mark.parametrize("language", list(BUILT_IN))
def test_mails_say_the_accounts_words(worded, api_of, language):
    User.objects.filter(pk=worded.ana.user_id).update(language=language)
    made = api_of(worded.ana).post(
        "/api/v1/members", {"name": "Eva", "role": "coworker", "email": "eva@example.com", "method": "mail"}
    )
    assert made.status_code == 201
    with account_context(worded.account):
        invitation = Invitation.objects.select_related("member__account", "invited_by").latest("created_at")
        mails.send_invitation(invitation, "https://example.com/x", language)
    text = mail.outbox[-1].body + said(mail.outbox[-1].alternatives[0][0])
    assert "mulvex" in text.lower()
    assert not built_in_words(text, language)


@pytest.mark.parametrize("language", list(BUILT_IN))
def test_headings_of_files_say_the_accounts_words(worded, browser_of, language):
    User.objects.filter(pk=worded.ana.user_id).update(language=language)
    ana = browser_of(worded.ana)
    for address in (reverse("activity:audit_export", args=["csv"]), reverse("clients:export", args=["csv"])):
        heading = b"".join(ana.get(address).streaming_content).decode("utf-8-sig").splitlines()[0]
        assert not built_in_words(heading, language)
