"""Nobody learns from an answer, or from the time it takes, who signs in here; guesses are limited (P10)."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from frontdesk.accounts import actions
from frontdesk.accounts.actions.members import PersonInput
from frontdesk.accounts.models import User

from .helpers import is_signed_in, mailed, sign_in_with

TOO_MANY = "Too many failed tries"
VOLATILE = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|content="[A-Za-z0-9]{64}"')


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is hashed, which is what takes the time."""

    algorithm = "counting"
    count = 0

    def encode(self, password, salt):
        """Hash and count."""
        type(self).count += 1
        return super().encode(password, salt)


@pytest.fixture
def hashed(settings):
    """A function that tells how many hashes a call takes."""
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher", *settings.PASSWORD_HASHERS]

    def count(call) -> int:
        CountingHasher.count = 0
        call()
        return CountingHasher.count

    return count


def plain(answer, login: str) -> str:
    """What an answer shows, without what was typed."""
    return VOLATILE.sub("", answer.content.decode()).replace(login, "")


def test_a_wrong_password_takes_as_many_hashes_as_an_unknown_login(cast, hashed):
    user = cast.sam.user
    user.set_password("a good long phrase")
    User.objects.filter(pk=user.pk).update(password=user.password, username="sam.w")
    logins = ("sam@folio.example", "sam.w", "nobody@folio.example", "nobody")
    assert {hashed(lambda login=login: sign_in_with(login, "wrong")) for login in logins} == {1}


def test_sign_in_answers_a_known_and_an_unknown_login_alike(cast):
    known, unknown = ("sam@folio.example", "nobody@folio.example")
    assert plain(sign_in_with(known, "wrong")[0], known) == plain(sign_in_with(unknown, "wrong")[0], unknown)


def test_someone_switched_off_looks_unknown_until_the_password_is_right(cast):
    known, unknown = ("dora@folio.example", "nobody@folio.example")
    assert plain(sign_in_with(known, "wrong")[0], known) == plain(sign_in_with(unknown, "wrong")[0], unknown)


def test_a_second_factor_shows_after_the_right_password_only(cast):
    User.objects.filter(pk=cast.sam.user_id).update(has_second_factor=True)
    assert sign_in_with("sam@folio.example", "wrong")[0].status_code == 422


def test_the_reset_answers_alike_and_does_as_much(cast):
    address = reverse("account_reset_password")
    Browser().post(address, {"email": "first@folio.example"})
    seen = []
    for email in ("sam@folio.example", "nobody@folio.example"):
        with CaptureQueriesContext(connection) as queries:
            answer = Browser().post(address, {"email": email}, follow=True)
        seen.append((answer.status_code, plain(answer, email), len(queries)))
    assert seen[0] == seen[1] and [mail.to for mail in mailed()] == [["sam@folio.example"]]


def test_resets_are_limited_for_each_login_and_each_visitor(cast):
    address = reverse("account_reset_password")
    one = [Browser().post(address, {"email": "sam@folio.example"}, REMOTE_ADDR=f"203.0.113.{n}") for n in range(4)]
    assert [answer.status_code for answer in one] == [302, 302, 302, 429]
    many = [Browser().post(address, {"email": f"n{n}@x.example"}, REMOTE_ADDR="198.51.100.7") for n in range(21)]
    assert many[-1].status_code == 429


def test_addresses_of_ipv4_are_counted_one_by_one_where_a_server_wraps_them(cast):
    answers = [
        Browser().post(
            reverse("account_reset_password"), {"email": f"n{n}@x.example"}, REMOTE_ADDR=f"::ffff:198.51.100.{n}"
        )
        for n in range(21)
    ]  # fmt: skip
    assert {answer.status_code for answer in answers} == {302}


def test_inviting_a_known_and_an_unknown_address_is_the_same(within):
    seen = []
    for email in ("olga@other.example", "nobody@other.example"):
        with CaptureQueriesContext(connection) as queries:
            member = actions.invite_member(within.ana, PersonInput("New Person", "staff", email))
        seen.append((member.status, len(queries)))
    assert seen[0] == seen[1]


def guess(count: int, **extra) -> Browser:
    """Guess the password of Sam from as many addresses."""
    for number in range(count):
        answer, _browser = sign_in_with("sam@folio.example", "wrong", REMOTE_ADDR=f"10.0.{number}.1", **extra)
    return answer


def test_guessing_one_login_from_many_addresses_is_limited(cast):
    assert TOO_MANY not in guess(50).content.decode()
    assert TOO_MANY in guess(1).content.decode()
    assert TOO_MANY in sign_in_with("sam@folio.example", REMOTE_ADDR="192.0.2.1")[0].content.decode()
    assert is_signed_in(sign_in_with("cora@folio.example", REMOTE_ADDR="192.0.2.1")[1])


def test_the_owners_own_browser_is_never_kept_out_by_it(cast):
    _answer, own = sign_in_with("sam@folio.example")
    own.post(reverse("account_logout"))
    guess(51)
    assert is_signed_in(sign_in_with("sam@folio.example", browser=own)[1])
    stolen = Browser()
    stolen.cookies["frontdesk_known"] = "forged:1:x"
    assert not is_signed_in(sign_in_with("sam@folio.example", browser=stolen)[1])
