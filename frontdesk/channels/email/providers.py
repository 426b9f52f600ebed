"""Providers of e-mail that django-anymail speaks with, and how each is set up."""

from dataclasses import dataclass

# By which a provider's reports name the dispatch.
METADATA = "dispatch"


@dataclass(frozen=True)
class Provider:
    """`key` is anymail's name of the setting that holds the key; `domain` that of the sender's domain, "" for none.

    `tracking` and `inbound` are anymail's views for what the provider tells, `signature` the setting by which they
    check who calls; without one it is a password in the address.
    """

    label: str
    backend: str
    key: str = "api_key"
    second: str = ""
    domain: str = ""
    tracking: str = ""
    inbound: str = ""
    signature: str = ""


def _views(module: str, name: str) -> dict[str, str]:
    path = f"anymail.webhooks.{module}.{name}"
    return {"tracking": f"{path}TrackingWebhookView", "inbound": f"{path}InboundWebhookView"}


PROVIDERS = {
    "brevo": Provider("Brevo", "brevo", tracking="anymail.webhooks.brevo.BrevoTrackingWebhookView"),
    "mailgun": Provider(
        "Mailgun", "mailgun", domain="sender_domain", signature="webhook_signing_key", **_views("mailgun", "Mailgun")
    ),
    "mailjet": Provider("Mailjet", "mailjet", second="secret_key", **_views("mailjet", "Mailjet")),
    "postmark": Provider("Postmark", "postmark", key="server_token", **_views("postmark", "Postmark")),
    "sendgrid": Provider("SendGrid", "sendgrid", **_views("sendgrid", "SendGrid")),
    "sparkpost": Provider("SparkPost", "sparkpost", **_views("sparkpost", "SparkPost")),
}
