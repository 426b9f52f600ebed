"""Searching (A2, as far as clients and contacts): palette, page, API; always within what the searcher may see."""

import pytest
from django.urls import reverse

from frontdesk.search.queries import search, words_of


def test_the_best_match_comes_first(within):
    from frontdesk.clients import actions
    from frontdesk.clients.values import ClientInput

    actions.create_client(within.sam, ClientInput(name="Anamaria Zamfir"))
    assert [hit.title for hit in search(within.sam, "maria")][0] == "Maria Ionescu"


def test_contacts_names_are_found_too(within):
    from frontdesk.clients import actions
    from frontdesk.clients.values import ContactInput

    actions.add_contact(within.sam, within.victor, ContactInput("Gheorghe Bunicul"))
    assert [hit.title for hit in search(within.sam, "bunicul")] == ["Victor Țurcanu"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("0745 112-908", ["745112908"]),
        ("+40 (745) 112", ["40745112"]),
        ("0040745", ["40745"]),
        ("Ștefan  ȚURCANU", ["stefan", "turcanu"]),
        ("12", ["12"]),
        ("", []),
        (" | ", []),
    ],
)
def test_what_is_typed_becomes_words(query, words):
    assert words_of(query) == words


def test_the_palette_answers_fragments_and_shortcuts(cast, browser_of):
    browser = browser_of(cast.sam)
    assert "Maria Ionescu" in browser.get(reverse("search:palette"), {"q": "mar"}).content.decode()
    assert reverse("clients:new") in browser.get(reverse("search:palette")).content.decode()
    nothing = browser.get(reverse("search:palette"), {"q": "<script>"}).content.decode()
    assert "<script>" not in nothing and "&lt;script&gt;" in nothing


def test_the_page_works_without_scripts(cast, browser_of):
    assert "Maria Ionescu" in browser_of(cast.cora).get(reverse("search:page"), {"q": "ionescu"}).content.decode()
    assert "Victor" not in browser_of(cast.cora).get(reverse("search:page"), {"q": "victor"}).content.decode().split(
        "</form>"
    )[-1].replace("“victor”", "")


def test_the_api_searches(cast, api_of):
    found = api_of(cast.sam).get("/api/v1/search", {"q": "maria@"}).json()["data"]
    assert [hit["id"] for hit in found] == [str(cast.maria.pk)]
    assert api_of(cast.cole).get("/api/v1/search", {"q": "maria"}).json()["data"] == []
    assert api_of(cast.mia).get("/api/v1/search", {"q": "maria"}).status_code == 403
    assert api_of(cast.sam).get("/api/v1/search").status_code == 422
