"""The privacy notice of an account: proposed, edited, public, linked (A8)."""

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse

from frontdesk.accounts import mails
from frontdesk.accounts.models import Invitation, PrivacyNotice
from frontdesk.accounts.privacy import FOLDER, notices
from frontdesk.core.tenancy.context import account_context

from .helpers import verbs

EDIT, API = "/settings/privacy/", "/api/v1/account/privacy"


def address(cast) -> str:
    return reverse("accounts:privacy_of", args=[cast.account.pk])


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_there_is_a_proposal_in_every_language(cast, language):
    assert (FOLDER / f"{language}.md").exists()
    cast.account.contact_email = "office@folio.example"
    with account_context(cast.account):
        text = notices(cast.account)[language].text
    assert "Folio Repairs" in text and "office@folio.example" in text and "%(" not in text


def test_anybody_reads_the_notice_of_an_account(cast, client):
    shown = client.get(address(cast), headers={"accept-language": "ro"}).content.decode()
    assert "Folio Repairs folosește Frontdesk" in shown
    assert client.get(address(cast.other)).status_code == 200
    assert client.get(reverse("accounts:privacy_of", args=["00000000-0000-7000-8000-00000000dead"])).status_code == 404


def test_an_admin_writes_their_own_and_goes_back(cast, browser_of, client):
    ana = browser_of(cast.ana)
    assert "Folio Repairs uses Frontdesk" in ana.get(EDIT, {"language": "en"}).content.decode()
    assert ana.post(EDIT + "?language=en", {"text": "We keep **little** <b>."}).status_code == 302
    assert "We keep <b>little</b> &lt;b&gt;." in client.get(address(cast)).content.decode()
    assert "utilise Frontdesk" in client.get(address(cast), headers={"accept-language": "fr"}).content.decode()
    assert verbs(cast.account)[-1] == "account.privacy_changed"
    assert ana.post(EDIT + "?language=en", {"text": "x" * 20_001}).status_code == 422
    assert ana.post(EDIT + "?language=en", {"text": "We keep", "reset": "1"}).status_code == 302
    with account_context(cast.account):
        assert not PrivacyNotice.objects.exists()


def test_the_notice_through_the_api(cast, api_of):
    ana = api_of(cast.ana)
    assert [one["language"] for one in ana.get(API).json()["data"]] == [code for code, _name in settings.LANGUAGES]
    rows = ana.put(API + "/fr", {"text": "Peu de choses."}, content_type="application/json").json()["data"]
    french = next(one for one in rows if one["language"] == "fr")
    assert french["text"] == "Peu de choses." and french["changed_at"]
    assert ana.put(API + "/xx", {"text": "a"}, content_type="application/json").status_code == 422
    assert api_of(cast.mia).get(API).json()["data"] == rows
    assert api_of(cast.other.olga).get(API).json()["data"] != rows


def test_writing_it_is_the_admins(cast, browser_of, api_of):
    for member in (cast.sam, cast.cora, cast.mia):
        assert browser_of(member).get(EDIT).status_code == 403
        assert api_of(member).put(API + "/fr", {"text": "a"}, content_type="application/json").status_code == 403


def test_sign_in_portal_and_mails_lead_to_it(cast, client, browser_of):
    general = reverse("accounts:privacy")
    assert f'href="{general}"' in client.get(reverse("account_login")).content.decode()
    assert "notice of its own" in client.get(general).content.decode()
    assert f'href="{general}"' in browser_of(cast.mia).get(reverse("portal:home"), follow=True).content.decode()
    assert "Folio Repairs uses Frontdesk" in browser_of(cast.mia).get(general).content.decode()
    with account_context(cast.account):
        made = Invitation(member=cast.mia, email="mia@folio.example", invited_by=cast.ana)
        mails.send_invitation(made, "https://example.com/x")
    sent = mail.outbox[-1]
    assert address(cast) in sent.body and address(cast) in sent.alternatives[0][0]
