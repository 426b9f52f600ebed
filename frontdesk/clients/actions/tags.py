"""Tags on clients."""

import zlib

from django.db import transaction
from django.utils import timezone

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.fold import fold

from .. import access, permissions
from ..models import Client, ClientTag, Tag
from ..values import clean_tags

HUES = 8


def _hue(key: str) -> int:
    return zlib.crc32(key.encode()) % HUES + 1


def tags_named(account_id, names: list[str]) -> list[Tag]:
    """The account's tags of those names, made where they are new; case and accents make no difference."""
    wanted = {fold(name): name for name in names if name.strip()}
    known = {tag.key: tag for tag in Tag.objects.filter(key__in=wanted)}
    for key, name in wanted.items():
        if key not in known:
            known[key] = Tag.objects.create(account_id=account_id, name=name, key=key, hue=_hue(key))
    return [known[key] for key in wanted]


def set_tags(actor, client: Client, names: list[str], *, recorded: bool = True) -> list[Tag]:
    """Make these the client's tags; raises Invalid, Forbidden."""
    access.require(actor, permissions.EDIT)
    errors = Errors()
    names = clean_tags(errors, names)
    errors.raise_any()
    with transaction.atomic():
        wanted = {tag.pk: tag for tag in tags_named(actor.account_id, names)}
        present = set(ClientTag.objects.filter(client_id=client.pk).values_list("tag_id", flat=True))
        added, removed = set(wanted) - present, present - set(wanted)
        ClientTag.objects.filter(client_id=client.pk, tag_id__in=removed).delete()
        rows = [
            ClientTag(account_id=actor.account_id, client=client, tag=wanted[pk], sort_key=client.sort_key)
            for pk in wanted
            if pk in added
        ]
        ClientTag.objects.bulk_create(rows)
        if recorded and (added or removed):
            Client.objects.filter(pk=client.pk).update(updated_at=timezone.now())
            data = {"tags": sorted(tag.name for tag in wanted.values())}
            record(actor, "client.tagged", subject_id=client.pk, client_id=client.pk, data=data)
    return list(wanted.values())
