"""A7: the e-mail channel is set up, looked at and tried on its settings page; every wrong setting says why."""

import pytest

from frontdesk.channels import access, actions
from frontdesk.channels.models import ChannelSettings, Mailbox
from frontdesk.core.errors import Invalid
from frontdesk.core.jobs.models import QueuedJob

PAGE = "/settings/channels/email/"
SMTP = {"sending": "smtp", "smtp_host": "smtp.example.com", "sender_address": "office@example.com"}
IMAP = {"receiving": "imap", "imap_host": "imap.example.com", "imap_user": "office"}


@pytest.mark.parametrize(
    ("config", "field"),
    [
        ({"sending": "smtp"}, "smtp_host"),
        (SMTP | {"smtp_host": "a b"}, "smtp_host"),
        (SMTP | {"smtp_port": "x"}, "smtp_port"),
        (SMTP | {"smtp_port": 70000}, "smtp_port"),
        (SMTP | {"sender_address": "nobody"}, "sender_address"),
        ({"sending": "pigeon"}, "sending"),
        ({"sending": "provider", "provider": "postmark"}, "sender_address"),
        ({"sending": "provider", "provider": "mailgun", "sender_address": "a@b.example"}, "provider_domain"),
        ({"sending": "provider", "sender_address": "a@b.example", "provider_server": "file:///etc"}, "provider_server"),
        ({"receiving": "imap"}, "imap_host"),
        (IMAP | {"imap_after": "move"}, "imap_moved_to"),
        ({"receiving": "provider"}, "receiving"),
        ({"reply_style": "plus", "reply_address": "inbox@example.com"}, "reply_style"),
        (IMAP | {"reply_style": "plus"}, "reply_address"),
        (IMAP | {"reply_style": "plus", "reply_address": "a-very-long-address-here@example.com"}, "reply_address"),
        (IMAP | {"reply_style": "domain", "reply_address": "inbox@example.com"}, "reply_address"),
        (IMAP | {"trusted": "two words"}, "trusted"),
    ],
)
def test_what_does_not_fit_is_named(within, config, field):
    with pytest.raises(Invalid) as refused:
        actions.configure(within.ana, access.get_channel(within.ana, "email"), config, {})
    assert field in refused.value.errors


def test_the_page_shows_mailbox_addresses_and_hints(within, browser_of, configure):
    configure({"provider_key": "k"}, sending="provider", provider="postmark", sender_address="office@folio.example",
              receiving="provider")  # fmt: skip
    text = browser_of(within.ana).get(PAGE).content.decode()
    assert "/hooks/email/" in text and "frontdesk:" in text and "_dmarc.folio.example" in text
    assert "/hooks/email/" not in browser_of(within.sam).get(PAGE).content.decode(), "for admins only"
    assert browser_of(within.cora).get(PAGE).status_code == 403


def test_the_mailbox_is_looked_through_on_request(within, browser_of, configure):
    admin = browser_of(within.ana)
    answer = admin.post("/channels/mailbox/look/", follow=True)
    assert "No mailbox is set up." in answer.content.decode()
    configure({"imap_password": "x"}, **IMAP)
    assert "being looked through" in admin.post("/channels/mailbox/look/", follow=True).content.decode()
    assert QueuedJob.objects.filter(name="channels.mailbox").count() == 1
    assert browser_of(within.sam).post("/channels/mailbox/look/").status_code == 403
    Mailbox.objects.update(problem="credentials", detail="NO LOGIN failed")
    text = admin.get(PAGE).content.decode()
    assert "User name, password or key is wrong." in text and "NO LOGIN failed" in text


def test_secrets_are_sealed_and_never_shown(within, browser_of, api_of, configure):
    configure({"smtp_password": "very-secret", "imap_password": "also-secret"}, **SMTP, **IMAP)
    row = ChannelSettings.objects.get(channel="email")
    assert "very-secret" not in row.secrets and row.secret("smtp_password") == "very-secret"
    for text in (
        browser_of(within.ana).get(PAGE).content.decode(),
        api_of(within.ana).get("/api/v1/channels/email").content.decode(),
    ):
        assert "very-secret" not in text and "also-secret" not in text
