"""What an account writes in mails in its own words."""

from django.db import models

from frontdesk.core.tenancy.models import TenantModel


class MailText(TenantModel):
    """An account's own text of a mail in one language; without a row the default is sent."""

    mail = models.CharField(max_length=40)
    language = models.CharField(max_length=12)
    subject = models.CharField(max_length=200)
    body = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "mail", "language"], name="mail_text_once")]
