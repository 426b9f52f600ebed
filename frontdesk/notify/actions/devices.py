"""Browsers that take pushes: set up in the session that uses them, and given up."""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction

from frontdesk.accounts.models import Session
from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Conflict
from frontdesk.core.text import gettext as _
from frontdesk.core.vault import sealed
from frontdesk.webhooks.sending.addresses import BadAddress, parse

from .. import access, permissions
from ..models import Device

MOST = 20
PURPOSE = "push"


@dataclass(frozen=True)
class DeviceInput:
    """A subscription as the browser gives it."""

    endpoint: str
    p256dh: str
    auth: str
    agent: str = ""


def mark_of(endpoint: str) -> str:
    """What tells one endpoint from another."""
    return hashlib.sha256(endpoint.encode()).hexdigest()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def _is_point(raw: bytes) -> bool:
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    except ValueError:
        return False
    return len(raw) == 65


def _check(typed: DeviceInput) -> None:
    errors = Errors()
    try:
        parse(typed.endpoint)
    except BadAddress:
        errors.add("endpoint", _("This is not the address of a push service."))
    if not _is_point(_bytes(typed.p256dh)):
        errors.add("p256dh", _("This is not a key of a browser."))
    if len(_bytes(typed.auth)) != 16:
        errors.add("auth", _("This is not a key of a browser."))
    errors.raise_any()


def add_device(actor, session_key: str, typed: DeviceInput) -> Device:
    """Let the browser of a session take the actor's pushes; raises Invalid, Conflict without an open session."""
    access.require(actor, permissions.CHOOSE)
    _check(typed)
    session = Session.objects.filter(session_key=session_key, user_id=actor.user_id).first()
    if session is None:
        raise Conflict(_("Sign in on this device first."))
    keys = sealed(json.dumps({"p256dh": typed.p256dh, "auth": typed.auth}), PURPOSE)
    values = {
        "session": session.public_id, "endpoint": typed.endpoint, "secrets": keys, "agent": typed.agent[:300],
    }  # fmt: skip
    with transaction.atomic():
        own = {"account_id": actor.account_id, "member_id": actor.id, "mark": mark_of(typed.endpoint)}
        found, made = Device.objects.update_or_create(**own, defaults=values)
        if made:
            _drop_oldest(actor)
            record(actor, "notify.device_added", subject_id=actor.id)
    return found


def _drop_oldest(actor) -> None:
    kept = Device.objects.filter(member_id=actor.id).order_by("-id").values_list("pk", flat=True)[:MOST]
    Device.objects.filter(member_id=actor.id).exclude(pk__in=list(kept)).delete()


def remove_device(actor, device: Device) -> None:
    """Push nothing to a device any more that `access.get_device` gave."""
    access.require(actor, permissions.CHOOSE)
    with transaction.atomic():
        device.delete()
        record(actor, "notify.device_removed", subject_id=actor.id)


def forget_endpoint(actor, endpoint: str) -> None:
    """Push nothing any more to the browser that asks."""
    found = access.devices_for(actor).filter(mark=mark_of(endpoint)).first()
    if found is not None:
        remove_device(actor, found)
