"""The welcome, and mails whose text an account writes itself (P8, A7)."""

import pytest
from django.urls import reverse
from django.utils import translation

from frontdesk.accounts import actions, letters
from frontdesk.accounts.actions.members import PersonInput
from frontdesk.accounts.mail_kinds import INVITATION, WELCOME
from frontdesk.accounts.models import Member, User
from frontdesk.core.errors import Conflict, Forbidden, Invalid
from frontdesk.core.jobs.models import QueuedJob
from frontdesk.core.tenancy.context import account_context

from .helpers import is_signed_in, link_in, mailed, sign_in_with, verbs

TEXT = reverse("accounts:mail_text", args=["welcome"])


def password_in(message) -> str:
    """The temporary password of a welcome."""
    return message.body.partition("temporary password is: ")[2].split()[0]


def test_the_welcome_is_sent_on_creation_with_a_password_that_works(cast, browser_of):
    typed = {"name": "New Person", "email": "new@folio.example", "role": "staff", "method": "welcome"}
    answer = browser_of(cast.ana).post(reverse("accounts:person_new"), typed)
    assert answer.status_code == 302
    sent = mailed()[0]
    assert sent.to == ["new@folio.example"] and sent.subject == "Welcome to Folio Repairs"
    assert "/sign-in/" in sent.body and "as new@folio.example." in sent.body
    password = password_in(sent)
    assert password not in str(list(QueuedJob.objects.values()))
    answer, _browser = sign_in_with("new@folio.example", password)
    assert answer.status_code == 302
    assert User.objects.get(email="new@folio.example").must_change_password


def test_a_welcome_without_an_address_is_refused_on_creation(within):
    with pytest.raises(Invalid) as refused:
        actions.create_member(within.ana, PersonInput("New", "staff", username="newcomer"), welcome=True)
    assert set(refused.value.errors) == {"email"} and not User.objects.filter(username="newcomer").exists()


def test_later_it_brings_a_link_and_leaves_the_chosen_password(cast, browser_of):
    answer = browser_of(cast.ana).post(reverse("accounts:member_welcome", args=[cast.sam.pk]))
    assert answer.status_code == 302 and verbs(cast.account)[-1] == "member.welcomed"
    sent = mailed()[0]
    assert "/password/" in link_in(sent) and is_signed_in(sign_in_with("sam@folio.example")[1])


@pytest.mark.parametrize(("who", "why"), [("dora", "switched off"), ("invited", "has not registered")])
def test_only_active_people_are_welcomed_and_others_are_told_why(cast, within, api_of, who, why):
    invited = actions.invite_member(within.ana, PersonInput("I", "staff", "i@folio.example"), mail=False)
    member = invited if who == "invited" else cast.dora
    with pytest.raises(Conflict) as refused:
        actions.send_welcome(within.ana, member)
    assert why in str(refused.value)
    answer = api_of(cast.ana).post(f"/api/v1/members/{member.pk}/welcome")
    assert answer.status_code == 409 and why in answer.content.decode() and mailed() == []


def test_nobody_without_an_address_is_welcomed(within):
    User.objects.filter(pk=within.sam.user_id).update(email=None, username="sam.w")
    Member.objects.filter(pk=within.sam.pk).update(email="")
    within.sam.refresh_from_db()
    with pytest.raises(Conflict):
        actions.send_welcome(within.ana, within.sam)


def test_staff_welcome_portal_people_and_not_colleagues(within):
    actions.send_welcome(within.sam, within.mia)
    with pytest.raises(Forbidden):
        actions.send_welcome(within.sam, within.cora)


def test_the_accounts_own_text_goes_out_in_that_language_only(cast, within, browser_of):
    browser = browser_of(cast.ana)
    typed = {"language": "en", "subject": "Hi { name }!", "body": "Use {access}.\n\nBye, {business} 100% {{x}}"}
    refused = browser.post(TEXT, typed)
    assert refused.status_code == 422 and "There is no {x}" in refused.content.decode()
    assert browser.post(TEXT, {**typed, "body": "Use {access}.\n\nBye, {business} 100%"}).status_code == 302
    browser.post(reverse("accounts:member_welcome", args=[cast.sam.pk]))
    sent = mailed()[0]
    assert sent.subject == "Hi Sam!" and "Bye, Folio Repairs 100%" in sent.body
    with translation.override("fr"):
        assert not letters.letter(cast.account, WELCOME, "fr").own
    assert verbs(cast.account)[-2] == "account.mail_changed"


@pytest.mark.parametrize(
    ("subject", "body", "field", "why"),
    [
        ("Hi", "{acess}", "body", "There is no {acess}"),
        ("Hi {password}", "{access}", "subject", "There is no {password}"),
        ("Hi", "{access} {", "body", "brace stands alone"),
        ("Hi", "{access} {{name}}", "body", "brace stands alone"),
        ("Hi", "no way in", "body", "of no use"),
        ("Hi {access}", "{access}", "subject", "out of the subject"),
        ("", "{access}", "subject", "required"),
        ("x" * 201, "{access}", "subject", "At most"),
    ],
)
def test_what_the_mail_does_not_know_is_refused_with_the_reason(within, subject, body, field, why):
    with pytest.raises(Invalid) as refused:
        actions.change_letter(within.ana, WELCOME, "en", subject=subject, body=body)
    assert why in " ".join(refused.value.errors[field]) and not letters.letter(within.account, WELCOME, "en").own


def test_values_are_never_read_as_placeholders(within):
    text = letters.Letter("{name}", "{access}")
    assert letters.filled(text, {"name": "{access}", "access": "secret"}).subject == "{access}"


def test_a_preview_shows_real_values_and_saves_nothing(cast, within, browser_of):
    typed = {"language": "en", "subject": "S", "body": "For {username}: {access}", "preview": "1"}
    shown = browser_of(cast.ana).post(TEXT, typed).content.decode()
    assert "For ana@folio.example: Your temporary password is" in shown
    assert not letters.letter(cast.account, WELCOME, "en").own


def test_one_sends_it_to_oneself(cast, browser_of):
    browser_of(cast.ana).post(reverse("accounts:mail_text_test", args=["welcome"]), {"language": "fr"})
    assert [mail.to for mail in mailed()] == [["ana@folio.example"]]


def test_the_default_comes_back(cast, within, browser_of):
    browser = browser_of(cast.ana)
    browser.post(TEXT, {"language": "en", "subject": "Mine", "body": "{access}"})
    assert browser.post(reverse("accounts:mail_text_reset", args=["welcome"]), {"language": "en"}).status_code == 302
    assert letters.letter(cast.account, WELCOME, "en").subject == "Welcome to {business}"


def test_the_invitation_can_be_written_too(within):
    actions.change_letter(within.ana, INVITATION, "en", subject="Come, {name}", body="{invited_as}")
    actions.invite_member(within.ana, PersonInput("New Person", "staff", "n@folio.example"))
    sent = mailed()[0]
    assert sent.subject == "Come, New Person" and "/invitation/" in link_in(sent)


def test_an_account_does_not_see_the_text_of_another(cast, within):
    actions.change_letter(within.ana, WELCOME, "en", subject="Mine", body="{access}")
    with account_context(cast.other.account):
        assert letters.letter(cast.other.account, WELCOME, "en").subject == "Welcome to {business}"


def test_the_api_writes_shows_and_resets(cast, api_of):
    api, address = api_of(cast.ana), "/api/v1/mails/welcome/en"
    assert [row["mail"] for row in api.get("/api/v1/mails").json()["data"]][:2] == ["welcome", "invitation"]
    body = {"subject": "Hi", "body": "{acces}"}
    refused = api.put(address, body, content_type="application/json")
    assert refused.status_code == 422 and refused.json()["errors"][0]["field"] == "body"
    made = api.put(address, {"subject": "Hi", "body": "{access}"}, content_type="application/json").json()
    assert made["own"] and made["preview"]["body"].startswith("Your temporary password")
    assert api.delete(address).json()["own"] is False
    assert api.get("/api/v1/mails/nothing/en").status_code == 404 == api.get("/api/v1/mails/welcome/xx").status_code
    assert api.post(address + "/test").status_code == 204 and mailed()[0].to == ["ana@folio.example"]
    assert api_of(cast.sam).get(address).status_code == 403
