"""REST: what one is told, how and when."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Router
from pydantic import Field, StringConstraints

from frontdesk.core.rest.answers import answer, no_content
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input, Schema

from .. import access, actions, permissions, queries
from ..choices import Line, Matrix, matrix_for_all, matrix_of

router = Router(tags=["Notifications"])
OWN, ALL = "/me/notification-preferences", "/account/notification-preferences"
DEVICES = "/me/push-devices"
ONE = "/members/{uuid:member_id}/notification-preferences"
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class ChannelsIn(Input):
    """By which channels; what is left out stays, null is as for everybody."""

    app: bool | None = None
    push: bool | None = None
    mail: bool | None = None


class PreferencesPatch(Input):
    """What changes. Quiet hours that end when they begin are none; days are 0 (Monday) to 6, those they begin on."""

    choices: dict[str, ChannelsIn] = Field({}, max_length=200)
    rhythm: str | None = Field(None, max_length=20)
    digest_at: Clock | None = None
    quiet_from: Clock | None = None
    quiet_until: Clock | None = None
    quiet_days: list[int] | None = Field(None, max_length=7)


class KindOut(Schema):
    """A kind of notification: what holds, and what was chosen (null: as for everybody)."""

    kind: str
    area: str
    label: str
    app: bool
    push: bool
    mail: bool
    chosen: dict[str, bool]


class PreferencesOut(Schema):
    """What one is told, how and when."""

    kinds: list[KindOut]
    rhythm: str
    digest_at: str
    quiet_from: str
    quiet_until: str
    quiet_days: list[int]


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _minute(clock: str | None) -> int | None:
    return int(clock[:2]) * 60 + int(clock[3:]) if clock else None


def _kind(line: Line) -> dict:
    kind = line.kind
    chosen = {cell.channel: cell.own for cell in line.cells if cell.own is not None}
    own = {cell.channel: cell.on for cell in line.cells}
    return {"kind": kind.key, "area": kind.area, "label": str(kind.label), "chosen": chosen, **own}


def _out(matrix: Matrix) -> dict:
    times = matrix.times
    return {
        "kinds": [_kind(line) for line in matrix.lines], "rhythm": times.rhythm, "digest_at": _clock(times.digest_at),
        "quiet_from": _clock(times.quiet_from), "quiet_until": _clock(times.quiet_until),
        "quiet_days": times.quiet_days,
    }  # fmt: skip


def _typed(body: PreferencesPatch) -> actions.PreferenceInput:
    choices = {kind: channels.dict(exclude_unset=True) for kind, channels in body.choices.items()}
    return actions.PreferenceInput(
        choices, body.rhythm, _minute(body.digest_at), _minute(body.quiet_from), _minute(body.quiet_until),
        body.quiet_days,
    )  # fmt: skip


@operation(
    router, "GET", OWN, right=permissions.VIEW, answer=PreferencesOut, summary="See how you are notified"
)  # fmt: skip
def own_preferences(request):
    """What you are told, how and when."""
    return answer(_out(matrix_of(request.actor)))


@operation(
    router, "PATCH", OWN, right=permissions.CHOOSE, answer=PreferencesOut, summary="Choose how you are notified"
)  # fmt: skip
def choose_own(request, body: PreferencesPatch):
    """What is left out stays."""
    actions.choose(request.actor, request.actor, _typed(body))
    return answer(_out(matrix_of(request.actor)))


class DeviceOut(Schema):
    """A browser of yours that takes pushes."""

    id: UUID
    name: str
    created_at: datetime
    used_at: datetime | None


class DeviceRows(Schema):
    """All of them, newest first."""

    data: list[DeviceOut]


@operation(
    router, "GET", DEVICES, right=permissions.VIEW, answer=DeviceRows, summary="List your devices with push"
)  # fmt: skip
def list_devices(request):
    """A device is added by its browser, in your profile."""
    names = ("id", "name", "created_at", "used_at")
    return answer({"data": [{name: getattr(row, name) for name in names} for row in queries.devices(request.actor)]})


@operation(
    router, "DELETE", DEVICES + "/{uuid:device_id}", right=permissions.CHOOSE, obj="device", status=204,
    summary="End push to a device",
)  # fmt: skip
def remove_device(request, device_id: UUID):
    """It gets no more pushes."""
    actions.remove_device(request.actor, access.get_device(request.actor, device_id))
    return no_content()


@operation(
    router, "GET", ONE, right=permissions.OTHERS, obj="member", answer=PreferencesOut,
    summary="See how somebody is notified",
)  # fmt: skip
def preferences_of(request, member_id: UUID):
    """What somebody is told, how and when."""
    return answer(_out(matrix_of(access.get_reader(request.actor, member_id))))


@operation(
    router, "PATCH", ONE, right=permissions.OTHERS, obj="member", answer=PreferencesOut,
    summary="Choose how somebody is notified",
)  # fmt: skip
def choose_for(request, member_id: UUID, body: PreferencesPatch):
    """What is left out stays."""
    member = access.get_reader(request.actor, member_id)
    actions.choose(request.actor, member, _typed(body))
    return answer(_out(matrix_of(member)))


@operation(
    router, "GET", ALL, right=permissions.DEFAULTS, answer=PreferencesOut,
    summary="See how people are notified at first",
)  # fmt: skip
def defaults(request):
    """What holds for those who chose nothing."""
    return answer(_out(matrix_for_all()))


@operation(
    router, "PATCH", ALL, right=permissions.DEFAULTS, answer=PreferencesOut,
    summary="Choose how people are notified at first",
)  # fmt: skip
def choose_for_all(request, body: PreferencesPatch):
    """What is left out stays; null is as Frontdesk proposes."""
    actions.choose_for_all(request.actor, _typed(body))
    return answer(_out(matrix_for_all()))
