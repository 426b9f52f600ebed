"""What the verbs of clients say in the timeline and the log."""

from uuid import UUID

from frontdesk.accounts.sentences import option_changes
from frontdesk.activity.sentences import Change, register, register_box, register_group, register_names
from frontdesk.core.tenancy.prepared import PreparedObjects
from frontdesk.core.text import gettext_lazy as _lazy

from .colours import sentences as _colours  # noqa: F401
from .custom import sentences as _custom  # noqa: F401
from .following import sentences as _following  # noqa: F401
from .imports import sentences as _imports  # noqa: F401
from .models import Note, Status
from .options import portal_options
from .private import sentences as _private  # noqa: F401
from .saved import sentences as _saved  # noqa: F401
from .sla import sentences as _sla  # noqa: F401
from .subscriptions import sentences as _subscriptions  # noqa: F401
from .undoing import load_names

FIELDS = {"name": _lazy("name"), "kind": _lazy("kind"), "reference": _lazy("reference"), "language": _lazy("language")}


def _fields(data: dict) -> dict:
    return {"fields": ", ".join(str(FIELDS.get(name, name)) for name in data.get("fields", []))}


def _status_change(data: dict) -> list[Change]:
    return [Change(_lazy("Status"), Status(data["from"]).label, Status(data["to"]).label)]


def _tags(data: dict) -> dict:
    return {"tags": ", ".join(data.get("tags", [])) or "–"}


NOTES = PreparedObjects(Note, {}, lambda ids: Note.objects.filter(pk__in=ids))


def load_notes(ids: list[UUID]) -> dict[UUID, Note]:
    """Notes by id."""
    return {note.pk: note for note in NOTES(ids)}


register_group("client", _lazy("%(Clients)s"))
register_group("contact", _lazy("Contacts"))
register_group("address", _lazy("Addresses"))
register_group("note", _lazy("Notes"))
register_group("access", _lazy("Portal access"))
register_group("guest", _lazy("Guests"))
register("client.told_apart", icon="copy", sentence=_lazy("%(who)s said that some %(clients)s are not duplicates"))
register("client.created", icon="user-plus", hue="green", sentence=_lazy("%(who)s added %(the_client)s"))
register("client.imported", icon="file-import", hue="green", sentence=_lazy("%(who)s imported %(the_client)s"))
register("client.reimported", icon="file-import", sentence=_lazy("%(who)s updated %(the_client)s by an import"))
register("client.changed", icon="edit", values=_fields, sentence=_lazy("%(who)s changed %(fields)s"))
register("client.tag_added", icon="tag", sentence=_lazy("%(who)s added the tag %(tag)s"))
register("client.tag_removed", icon="tag", sentence=_lazy("%(who)s removed the tag %(tag)s"))
register("client.undone", icon="arrow-back-up", hue="amber", sentence=_lazy("%(who)s undid a change"))
register("client.merged", icon="users", hue="blue", sentence=_lazy("%(who)s merged two %(clients)s"))
register("client.bundle", icon="file-description", sentence=_lazy("%(who)s asked for all data of %(the_client)s"))
register("client.erased", icon="trash", hue="red", sentence=_lazy("%(who)s erased the data of %(a_client)s"))
register("client.deleted", icon="trash", hue="red", sentence=_lazy("%(who)s deleted %(a_client)s"))
register("client.status", icon="flag", sentence=_lazy("%(who)s changed the status"), changes=_status_change)
register("client.tagged", icon="tag", values=_tags, sentence=_lazy("%(who)s set the tags: %(tags)s"))
register(
    "client.assigned",
    icon="user-check",
    hue="blue",
    names={"member": "member"},
    sentence=_lazy("%(who)s assigned %(member)s"),
)
register(
    "client.unassigned",
    icon="user-minus",
    names={"member": "member"},
    sentence=_lazy("%(who)s removed %(member)s from the team"),
)
register("client.availability", icon="clock", sentence=_lazy("%(who)s changed the weekly availability"))
register(
    "client.invited",
    icon="send",
    hue="blue",
    names={"member": "member"},
    sentence=_lazy("%(who)s sent a portal invitation to %(member)s"),
)
register("contact.added", icon="id-badge", sentence=_lazy("%(who)s added a contact"))
register("contact.changed", icon="id-badge", sentence=_lazy("%(who)s changed a contact"))
register("contact.primary", icon="star", sentence=_lazy("%(who)s changed the primary contact"))
register("contact.removed", icon="id-badge", sentence=_lazy("%(who)s removed a contact"))
register("address.added", icon="map-pin", sentence=_lazy("%(who)s added an address"))
register("address.changed", icon="map-pin", sentence=_lazy("%(who)s changed an address"))
register("address.removed", icon="map-pin", sentence=_lazy("%(who)s removed an address"))
register("note.added", icon="lock", hue="amber", sentence=_lazy("%(who)s left an internal note"))
register("note.changed", icon="lock", sentence=_lazy("%(who)s changed a note"))
register("note.deleted", icon="lock", sentence=_lazy("%(who)s deleted a note"))
register(
    "access.granted",
    icon="key",
    hue="green",
    names={"member": "member"},
    sentence=_lazy("%(who)s gave %(member)s access to the portal"),
)
register(
    "access.revoked",
    icon="key",
    hue="red",
    names={"member": "member"},
    sentence=_lazy("%(who)s took portal access from %(member)s"),
)

register(
    "guest.granted",
    icon="user-heart",
    hue="green",
    names={"member": "member"},
    sentence=_lazy("%(who)s let %(member)s take part as a guest"),
)
register(
    "guest.revoked",
    icon="user-minus",
    hue="red",
    names={"member": "member"},
    sentence=_lazy("%(who)s ended that %(member)s takes part as a guest"),
)
register(
    "account.portal_options",
    icon="adjustments-horizontal",
    sentence=_lazy("%(who)s changed what %(clients)s may do in the portal"),
    changes=option_changes(portal_options),
)
register(
    "client.portal_options",
    icon="adjustments-horizontal",
    sentence=_lazy("%(who)s changed what %(the_client)s may do in the portal"),
    changes=option_changes(portal_options),
)

register_box("note.added", load_notes, template="clients/parts/note_box.html")
register_names("client", load_names, url_name="clients:show")
