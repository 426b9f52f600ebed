"""Kept parts of pages: made once, but never with another reader's token, address, words or language."""

import pytest
from django.utils import translation

from frontdesk.core import text
from frontdesk.ui.kept import _rendered


def _page(person, address="/clients/") -> str:
    return person.get(address).content.decode()


def test_the_shell_of_the_next_page_is_not_rendered_again(cast, browser_of):
    ana = browser_of(cast.ana)
    _page(ana)
    made = _rendered.cache_info().misses
    _page(ana)
    assert _rendered.cache_info().misses == made


def test_each_page_has_its_own_token_and_address_in_kept_forms(cast, browser_of):
    ana = browser_of(cast.ana)
    first, second = _page(ana), _page(ana, "/clients/?status=active")
    assert '<input type="hidden" name="next" value="/clients/?status=active">' in second
    assert "status=active" not in first.partition('id="user-menu"')[2].partition("</div>")[0]
    assert "\0" not in first + second
    token = second.partition('name="csrf-token" content="')[2].partition('"')[0]
    assert second.count(f'name="csrfmiddlewaretoken" value="{token}"') > 2


def test_an_address_with_markup_is_escaped(cast, browser_of):
    assert "<script>alert" not in _page(browser_of(cast.ana), '/clients/?q="><script>alert(1)</script>')


def test_two_readers_do_not_see_each_others_names(cast, browser_of):
    page_of_ana, page_of_sam = _page(browser_of(cast.ana)), _page(browser_of(cast.sam))
    assert "<span>Ana<small>" in page_of_ana and "<span>Ana<small>" not in page_of_sam


@pytest.mark.parametrize(("language", "expected"), [("fr", "Cancel"), ("ro", "Cancel")])
def test_kept_parts_follow_the_language(cast, browser_of, language, expected):
    ana = browser_of(cast.ana)
    english = _page(ana)
    cast.ana.user.language = language
    cast.ana.user.save()
    with translation.override(language):
        translated = text.gettext(expected)
    assert f">{translated}</button>" in _page(ana) and f">{expected}</button>" in english
