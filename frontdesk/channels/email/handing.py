"""Handing a mail to a provider, and what its errors mean.

The libraries that speak with providers are loaded with this module, when the first mail goes to one.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

import requests
from anymail.exceptions import AnymailError, AnymailRecipientsRefused, AnymailRequestsAPIError
from django.core.mail import EmailMultiAlternatives
from django.utils.module_loading import import_string

from frontdesk.webhooks.sending import addresses

from ..models import ChannelSettings
from ..registry import Postponed, Refused, Sent
from .pinning import CheckedAdapter
from .providers import METADATA, PROVIDERS

SECONDS = 30


def connection(settings: ChannelSettings) -> Any:
    """Anymail's backend for the account's provider."""
    config = settings.config
    provider = PROVIDERS[config.get("provider", "")]
    options: dict[str, Any] = {provider.key: settings.secret("provider_key"), "timeout": SECONDS}
    if provider.second:
        options[provider.second] = settings.secret("provider_second")
    if provider.domain:
        options[provider.domain] = config.get("provider_domain") or None
    if config.get("provider_server"):
        options["api_url"] = _checked(config["provider_server"])
    made = import_string(f"anymail.backends.{provider.backend}.EmailBackend")(**options)
    made.open()
    # A provider that sends one elsewhere is not followed: the address was checked, another one was not.
    made.session.max_redirects = 0
    made.session.trust_env = False
    if config.get("provider_server"):
        for scheme in ("http://", "https://"):
            made.session.mount(scheme, CheckedAdapter())
    return made


def _checked(url: str) -> str:
    try:
        addresses.resolve(addresses.parse(url))
    except addresses.BadAddress as refused:
        raise Postponed("private", refused.reason, whole=True) from None
    return url


def send(message: EmailMultiAlternatives, settings: ChannelSettings, dispatch_id: UUID) -> Sent:
    """Hand a mail to the provider; raises Refused, Postponed."""
    try:
        message.connection = connection(settings)
        message.metadata = {METADATA: dispatch_id.hex}
        message.send()
    except AnymailRecipientsRefused as error:
        raise Refused("address", _detail(error)) from error
    except AnymailRequestsAPIError as error:
        raise _meaning(error) from error
    except AnymailError as error:
        raise Refused("rejected", _detail(error)) from error
    except requests.RequestException as error:
        raise Postponed("unreachable", _detail(error), whole=True) from error
    return _sent(message)


def _sent(message: EmailMultiAlternatives) -> Sent:
    found = next(iter(message.anymail_status.recipients.values()), None)
    status, provider_id = (found.status, str(found.message_id or "")) if found else ("", "")
    # A provider that neither says that it took the mail nor gives it a number has not taken it.
    if status in ("rejected", "invalid", "failed") or (status not in ("sent", "queued") and not provider_id):
        raise Refused("address" if status == "invalid" else "rejected", str(status or ""))
    return Sent(provider_id.strip("<>"))


def _detail(error: Exception) -> str:
    return " ".join(str(error).split())[:300]


def _meaning(error: AnymailRequestsAPIError) -> Refused | Postponed:
    """The connection broke, the provider is in trouble, it does not know us, or it does not want this mail."""
    status, detail = error.status_code, _detail(error)
    if status is None:
        early = requests.ConnectTimeout | requests.exceptions.SSLError | requests.exceptions.InvalidURL
        before = isinstance(error, early)
        refused = isinstance(error, requests.ConnectionError) and "refused" in detail.lower()
        return Postponed("unreachable", detail, whole=True, uncertain=not (before or refused))
    if status in (401, 403):
        return Postponed("credentials", detail, whole=True)
    if status == 429:
        return Postponed("busy", detail, _wish(error), whole=True)
    if status >= 500:
        return Postponed("provider", detail, _wish(error), whole=True, uncertain=True)
    if status < 400 or status == 404:
        return Postponed("garbage", detail, whole=True, uncertain=status < 300)
    return Refused("large" if status == 413 else "rejected", detail)


def _wish(error: AnymailRequestsAPIError) -> timedelta | None:
    text = str(error.response.headers.get("Retry-After") or "") if error.response is not None else ""
    return timedelta(seconds=int(text)) if text.isdigit() and len(text) < 7 else None
