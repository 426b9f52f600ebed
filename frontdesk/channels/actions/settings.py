"""Channels are set up and tried."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from frontdesk.activity.spine import record
from frontdesk.clients.subscriptions.rule import TRANSACTIONAL
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Conflict, Invalid
from frontdesk.core.text import gettext as _

from .. import access, permissions, queries
from ..fields import defaults
from ..models import ChannelSettings, Dispatch, new_token
from ..registry import Channel, Reach
from ..waking import wake_later
from .queueing import Letter, queue

TEST = "test"


def _row(channel: Channel) -> ChannelSettings:
    made, _is_new = ChannelSettings.objects.get_or_create(channel=channel.key)
    return ChannelSettings.objects.select_for_update().get(pk=made.pk)


def _checked(
    channel: Channel, row: ChannelSettings, config: Mapping[str, Any], secrets: Mapping[str, str | None]
) -> tuple[dict, dict]:
    """All settings and secrets as they are to be; raises Invalid."""
    errors, known = Errors(), {field.key: field for field in channel.fields}
    for key in [key for key in (*config, *secrets) if key not in known]:
        errors.add(str(key)[:60], _("There is no such setting."))
    kept = {**defaults(channel.fields), **row.config}
    kept |= {key: known[key].clean(errors, value) for key, value in config.items() if key in known}
    sealed = _opened(row)
    for key, value in secrets.items():
        if key in known and value is None:
            sealed.pop(key, None)
        elif key in known and value:
            sealed[key] = known[key].clean(errors, value)
    channel.check(errors, kept, set(sealed))
    errors.raise_any()
    return kept, sealed


def _opened(row: ChannelSettings) -> dict[str, str]:
    """The secrets; those that were kept under another key of the installation are lost."""
    try:
        return row.opened()
    except ValueError:
        return {}


def configure(
    actor, channel: Channel, config: Mapping[str, Any], secrets: Mapping[str, str | None] | None = None,
    enabled: bool | None = None,
) -> ChannelSettings:  # fmt: skip
    """Change settings of a channel; what is left out stays. An empty secret stays too, None forgets one.

    Raises Invalid, Forbidden.
    """
    access.require(actor, permissions.CONFIGURE)
    with transaction.atomic():
        row = _row(channel)
        row.config, sealed = _checked(channel, row, config, secrets or {})
        row.seal(sealed)
        row.enabled = row.enabled if enabled is None else enabled
        row.failures, row.problem, row.problem_detail, row.problem_at, row.paused_until = 0, "", "", None, None
        row.problem_since = row.told_at = None
        row.save()
        record(actor, "channels.settings.changed", subject_id=row.pk, data={"channel": channel.key})
        wake_later(channel.key)
    return row


def new_address(actor, channel: Channel) -> ChannelSettings:
    """Make the addresses of a channel's hooks anew; the former ones work no more. Raises Forbidden."""
    access.require(actor, permissions.CONFIGURE)
    with transaction.atomic():
        row = _row(channel)
        row.token = new_token()
        row.save(update_fields=["token"])
        record(actor, "channels.settings.addressed", subject_id=row.pk, data={"channel": channel.key})
    return row


def send_test(actor, channel: Channel, to: str = "") -> Dispatch:
    """Send a message to oneself, or to an address; raises Conflict while nothing can be sent, Invalid, Forbidden."""
    access.require(actor, permissions.CONFIGURE)
    said = queries.why_not(channel.key)
    if said:
        raise Conflict(said)
    to = (to or channel.test_to(actor)).strip()
    if not to:
        raise Invalid({"to": [_("This field is required.")]})
    text = _("This is a test of %(business)s. If you read it, sending works.", business=actor.account.name)
    letter = Letter(
        channel.key, Reach(channel.address(to), to, actor.name), text, TEST, f"{TEST}:{uuid4()}", TRANSACTIONAL,
        subject=_("Test message"),
    )  # fmt: skip
    with transaction.atomic():
        row = _row(channel)
        row.checked_at, row.paused_until = timezone.now(), None
        row.save(update_fields=["checked_at", "paused_until"])
        return queue(actor, letter)
