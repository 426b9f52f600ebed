"""Forms by which strangers write to a business, and what came by them."""

import secrets

from django.db import models

from frontdesk.clients.models import Client
from frontdesk.core.tenancy.fields import AccountForeignKey
from frontdesk.core.tenancy.models import TenantModel
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.teams.models import Team


class Ask(models.TextChoices):
    """Whether a form asks for something."""

    NO = "no", _lazy("Not asked")
    OPTIONAL = "optional", _lazy("Optional")
    REQUIRED = "required", _lazy("Required")


def new_token() -> str:
    """The part of a form's address that nobody guesses."""
    return secrets.token_hex(8)


class InquiryForm(TenantModel):
    """A form with a public address.

    `texts` maps a language to the account's own title, introduction, consent and thanks; what is missing there is the
    text that comes with Frontdesk. `sites` are the origins that may embed the form; none means any. `hue` is one of
    eight colours, 0 the usual one.
    """

    name = models.CharField(max_length=80)
    token = models.CharField(max_length=16, default=new_token)
    enabled = models.BooleanField(default=True)
    email = models.CharField(max_length=8, choices=Ask, default=Ask.OPTIONAL)
    phone = models.CharField(max_length=8, choices=Ask, default=Ask.OPTIONAL)
    photos = models.BooleanField(default=False)
    topics = models.JSONField(default=list, blank=True)
    texts = models.JSONField(default=dict, blank=True)
    sites = models.JSONField(default=list, blank=True)
    listed = models.BooleanField(default=False, help_text="Whether search engines may show its page.")
    hue = models.PositiveSmallIntegerField(default=0)
    team = AccountForeignKey(Team, models.SET_NULL, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "token"], name="inquiry_form_token")]
        indexes = [
            models.Index(fields=["account", "team"], condition=models.Q(team__isnull=False), name="inquiry_form_team")
        ]

    def __str__(self):
        return self.name


class Inquiry(TenantModel):
    """What somebody sent by a form; what they wrote is a message in the conversation with the client.

    `key` is made of the page on which it was written and the words, so that sending it twice is sending it once.
    `consent` is the wording that was agreed to. `marks` says why it is suspected to be advertising; such a one opened
    no conversation.
    """

    client = AccountForeignKey(Client, models.CASCADE, related_name="+", db_index=False)
    form = AccountForeignKey(InquiryForm, models.SET_NULL, null=True, related_name="+", db_index=False)
    key = models.UUIDField()
    at = models.DateTimeField()
    language = models.CharField(max_length=12)
    topic = models.CharField(max_length=80, blank=True)
    consent = models.TextField()
    suspected = models.BooleanField(default=False)
    marks = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="inquiry_once")]
        indexes = [
            models.Index(fields=["account", "client", "id"], name="inquiries_of_client"),
            models.Index(fields=["account", "form", "id"], name="inquiries_of_form"),
        ]
