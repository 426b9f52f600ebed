"""The values of each verb for many clients, checked into the data of its change."""

from uuid import UUID

from django.conf import settings

from frontdesk.accounts.models import Member
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Invalid
from frontdesk.core.fold import fold
from frontdesk.core.permissions import TEAM
from frontdesk.core.text import gettext as _

from ..actions.assignments import colleagues
from ..actions.tags import tags_named
from ..following.actions import checked
from ..models import Status, Tag
from ..subscriptions.changing import named
from ..subscriptions.models import Channel, Purpose
from ..subscriptions.rule import KINDS
from ..values import clean_tags


def nothing(actor, values: dict) -> dict:
    """A verb without values."""
    return {}


def status(actor, values: dict) -> dict:
    """One of the statuses."""
    errors = Errors()
    errors.choice("status", values.get("status", ""), Status)
    errors.raise_any()
    return {"status": values["status"]}


def language(actor, values: dict) -> dict:
    """One of the languages, or "" for the account's own."""
    wanted = values.get("language", "")
    if wanted and wanted not in dict(settings.LANGUAGES):
        raise Invalid({"language": [_("Choose one of: %(choices)s.", choices=", ".join(dict(settings.LANGUAGES)))]})
    return {"language": wanted}


def followed(actor, values: dict) -> dict:
    """Kinds of what happens with clients."""
    wanted = checked(values.get("follow") or [])
    if not wanted:
        raise Invalid({"follow": [_("Choose at least one.")]})
    return {"follow": sorted(wanted)}


def messages(actor, values: dict) -> dict:
    """Kinds of messages by channel and purpose; "" stands for each of them."""
    errors = Errors()
    for name, choices in (("channel", Channel), ("purpose", Purpose)):
        if values.get(name):
            errors.choice(name, values[name], choices)
    errors.raise_any()
    wanted = [
        kind for kind in KINDS
        if values.get("channel") in ("", None, kind[0]) and values.get("purpose") in ("", None, kind[1])
    ]  # fmt: skip
    return {"messages": named(wanted)}


def _tag_name(values: dict) -> str:
    errors = Errors()
    names = clean_tags(errors, [values.get("tag", "")])
    if not errors.found and len(names) != 1:
        errors.add("tag", _("This field is required."))
    if errors.found:
        raise Invalid({"tag": [reason for reasons in errors.found.values() for reason in reasons]})
    return names[0]


def new_tag(actor, values: dict) -> dict:
    """A tag by its name, made when it is new."""
    tag = tags_named(actor.account_id, [_tag_name(values)])[0]
    return {"tag": tag.name, "tag_id": str(tag.pk)}


def known_tag(actor, values: dict) -> dict:
    """A tag that exists, by its name."""
    tag = Tag.objects.filter(key=fold(_tag_name(values))).first()
    if tag is None:
        raise Invalid({"tag": [_("There is no such tag.")]})
    return {"tag": tag.name, "tag_id": str(tag.pk)}


def members(actor, values: dict) -> dict:
    """Active members of the team."""
    chosen = colleagues(actor, values.get("members") or [])
    if not chosen:
        raise Invalid({"members": [_("Choose at least one.")]})
    return {"members": [str(member.pk) for member in chosen]}


def _anyone(actor, field: str, ids: list[UUID]) -> list[str]:
    """Members of the team, former ones included."""
    found = Member.objects.filter(account_id=actor.account_id, pk__in=ids, role__in=TEAM)
    known = [str(member_id) for member_id in found.values_list("pk", flat=True)]
    if not known or len(known) != len(set(ids)):
        raise Invalid({field: [_("Choose people of the team.")]})
    return known


def former_members(actor, values: dict) -> dict:
    """Members of the team, former ones included."""
    return {"members": _anyone(actor, "members", values.get("members") or [])}


def handover(actor, values: dict) -> dict:
    """From one member, former ones included, to an active one."""
    member = _anyone(actor, "member", [values["member"]] if values.get("member") else [])
    try:
        to = colleagues(actor, [values["to"]] if values.get("to") else [])
    except Invalid as refused:
        raise Invalid({"to": refused.errors["members"]}) from None
    if not to or str(to[0].pk) == member[0]:
        raise Invalid({"to": [_("Choose another person of the team.")]})
    return {"member": member[0], "to": str(to[0].pk)}
