"""What people are told of clients."""

from collections.abc import Iterable
from uuid import UUID

from frontdesk.accounts.models import Invitation, Role
from frontdesk.accounts.queries import admin_ids
from frontdesk.activity.reactions import Happening
from frontdesk.activity.sentences import as_uuid
from frontdesk.core.permissions import CLIENT, OFFICE, PORTAL, TEAM
from frontdesk.core.tenancy.context import current_account_id
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.core.text import ngettext as _n
from frontdesk.notify import kinds
from frontdesk.notify.kinds import Area, NoticeData, NoticeKind, Wording
from frontdesk.notify.models import Notice
from frontdesk.ui.jinja import url

from .access import clients_for
from .following import queries as following
from .imports.models import ClientImport
from .merging.registry import register_rule
from .models import Assignment, ClientAccess

AREA = Area("clients", _lazy("%(Clients)s"), "users", "clients:list", order=20)
PORTAL_AREA = Area("yours", _lazy("About you"), "user-circle", "portal:home", order=30)
OWN_DETAILS = (
    "client.changed", "client.availability", "contact.added", "contact.changed", "contact.primary", "contact.removed",
    "address.added", "address.changed", "address.removed",
)  # fmt: skip


def names(found: list[NoticeData], reader) -> dict[UUID, str]:
    """The names of the clients whom notices are about, as far as the reader sees them now."""
    ids = {data.client_id for data in found if data.client_id}
    return dict(clients_for(reader).filter(pk__in=ids).values_list("pk", "name"))


def serving(client_id: UUID | None) -> set[UUID]:
    """The members who serve a client; the admins where nobody does."""
    found = set(Assignment.objects.filter(client_id=client_id).values_list("member_id", flat=True))
    return found or set(admin_ids())


def own_people(client_id: UUID | None) -> set[UUID]:
    """Those who sign in as this client."""
    found = ClientAccess.objects.filter(client_id=client_id, member__role=Role.CLIENT)
    return set(found.values_list("member_id", flat=True))


def _from_portal(happening: Happening) -> bool:
    return happening.actor is not None and happening.actor.is_portal


def _client(happening: Happening) -> str:
    return str(happening.client_id)


def _href(data: NoticeData) -> str:
    return url("clients:show", data.client_id)


def _assigned(happening: Happening) -> Iterable[UUID]:
    member = as_uuid(happening.data.get("member"))
    still = Assignment.objects.filter(client_id=happening.client_id, member_id=member)
    return [member] if member and still.exists() else ()


def _say_assigned(data: NoticeData, reader) -> Wording | None:
    name = data.loaded.get(data.client_id)
    if data.count > 1:
        title = _n(
            "%(who)s assigned %(num)s %(client)s to you", "%(who)s assigned %(num)s %(clients)s to you",
            data.count, who=data.who,
        )  # fmt: skip
        return Wording(title, _("%(name)s was the last.", name=name) if name else "", url("clients:list"))
    return Wording(_("%(who)s assigned %(name)s to you", who=data.who, name=name), href=_href(data)) if name else None


def _changed_by_them(happening: Happening) -> Iterable[UUID]:
    return serving(happening.client_id) if _from_portal(happening) else ()


def _say_changed(data: NoticeData, reader) -> Wording | None:
    name = data.loaded.get(data.client_id)
    if name is None:
        return None
    body = _n("%(num)s change", "%(num)s changes", data.count) if data.count > 1 else ""
    if data.who == name:
        return Wording(_("%(who)s changed their details", who=data.who), body, _href(data))
    return Wording(_("%(who)s changed the details of %(name)s", who=data.who, name=name), body, _href(data))


def _registered(happening: Happening) -> Iterable[UUID]:
    if happening.data.get("role") not in PORTAL:
        return ()
    sent = Invitation.objects.filter(
        account_id=current_account_id(), member_id=happening.subject_id, invited_by__isnull=False
    )
    found = set(sent.values_list("invited_by_id", flat=True))
    for client_id in ClientAccess.objects.filter(member_id=happening.subject_id).values_list("client_id", flat=True):
        found |= serving(client_id)
    return found


def _of_subject(found: list[NoticeData], reader) -> dict[UUID, tuple[str, UUID, str]]:
    """Member -> their name, and a client that they belong to and the reader sees."""
    ids = {data.subject_id for data in found if data.subject_id}
    rows = ClientAccess.objects.filter(member_id__in=ids, client__in=clients_for(reader))
    return {row[0]: row[1:] for row in rows.values_list("member_id", "member__name", "client_id", "client__name")}


def _say_registered(data: NoticeData, reader) -> Wording | None:
    known = data.loaded.get(data.subject_id)
    if known is None:
        return None
    name, client_id, client = known
    body = "" if client == name else client
    return Wording(_("%(name)s registered and signs in to the portal", name=name), body, url("clients:show", client_id))


def _guest(happening: Happening) -> Iterable[UUID]:
    return serving(happening.client_id)


def _say_guest(data: NoticeData, reader) -> Wording | None:
    name = data.loaded.get(data.client_id)
    if name is None:
        return None
    return Wording(_("%(who)s added a guest to %(name)s", who=data.who, name=name), href=_href(data))


def _importer(happening: Happening) -> Iterable[UUID]:
    found = ClientImport.objects.filter(pk=happening.subject_id, member__isnull=False)
    return list(found.values_list("member_id", flat=True))


def _say_import(data: NoticeData, reader) -> Wording | None:
    known = data.loaded.get(data.subject_id)
    if known is None:
        return None
    body = _("%(created)s added, %(updated)s updated, %(skipped)s skipped, %(rejected)s rejected", **data.data)
    title = _("Your import stopped by an error") if known == "failed" else _("Your import is done")
    return Wording(title, body, url("clients:import_show", data.subject_id))


def _imports(found: list[NoticeData], reader) -> dict[UUID, str]:
    own = ClientImport.objects.filter(member_id=reader.id, pk__in=[data.subject_id for data in found])
    return dict(own.values_list("pk", "state"))


def _changed_by_office(happening: Happening) -> Iterable[UUID]:
    return () if _from_portal(happening) or happening.actor is None else own_people(happening.client_id)


def _say_own_changed(data: NoticeData, reader) -> Wording | None:
    if data.client_id not in data.loaded:
        return None
    title = _("%(who)s changed the details of %(name)s", who=data.who, name=data.loaded[data.client_id])
    return Wording(title, href=url("portal:client", data.client_id))


def _served(happening: Happening) -> Iterable[UUID]:
    return own_people(happening.client_id)


def _say_served(data: NoticeData, reader) -> Wording | None:
    if data.client_id not in data.loaded:
        return None
    return Wording(
        _("Somebody new looks after %(name)s", name=data.loaded[data.client_id]),
        href=url("portal:client_team", data.client_id),
    )


KINDS = [
    NoticeKind(
        "clients.assigned", _lazy("%(Clients)s assigned to you"), _lazy("Somebody lets you serve %(a_client)s"),
        AREA.key, TEAM, ("client.assigned",), _assigned, _say_assigned, thread_key=lambda happening: "assigned",
        defaults=kinds.IN_APP_AND_PUSH, load=names, icon="user-share", order=10,
    ),
    NoticeKind(
        "clients.changed", _lazy("Changes by %(clients)s"),
        _lazy("%(A_client)s whom you serve changes their details or availability"),
        AREA.key, TEAM, OWN_DETAILS, _changed_by_them, _say_changed, thread_key=_client, load=names, icon="edit",
        order=20,
    ),
    NoticeKind(
        "clients.registered", _lazy("New in the portal"), _lazy("Somebody whom you invited or serve signs in at last"),
        AREA.key, TEAM, ("member.registered",), _registered, _say_registered, load=_of_subject, icon="user-check",
        order=30,
    ),
    NoticeKind(
        "clients.guest", _lazy("New guests"), _lazy("Somebody takes part as a guest of %(a_client)s whom you serve"),
        AREA.key, TEAM, ("guest.granted",), _guest, _say_guest, thread_key=_client, load=names, icon="user-heart",
        order=40,
    ),
    NoticeKind(
        "clients.import", _lazy("Imports"), _lazy("An import of yours is done, or was stopped by an error"),
        AREA.key, OFFICE, ("import.finished", "import.failed"), _importer, _say_import,
        thread_key=lambda happening: str(happening.subject_id), defaults=kinds.IN_APP_AND_PUSH, load=_imports,
        icon="file-import", tells_actor=True, order=50,
    ),
    NoticeKind(
        "yours.changed", _lazy("Your details"), _lazy("The office changes your details or availability"),
        PORTAL_AREA.key, CLIENT, OWN_DETAILS, _changed_by_office, _say_own_changed, thread_key=_client, load=names,
        icon="edit", order=110,
    ),
    NoticeKind(
        "yours.served", _lazy("Who looks after you"), _lazy("Somebody new looks after you"),
        PORTAL_AREA.key, CLIENT, ("client.assigned",), _served, _say_served, thread_key=_client, load=names,
        icon="users", order=120,
    ),
]  # fmt: skip


def _merged(merge) -> None:
    """Of two clients who become one: what was told of the one is about the other now."""
    merge.move(Notice, "client_id", Notice.objects.filter(client_id=merge.gone.pk))


def register() -> None:
    """Called once at start-up."""
    kinds.follow_gates.register("clients", following.told)
    register_rule("notify.notice", _merged)
    for area in (AREA, PORTAL_AREA):
        kinds.areas.register(area.key, area)
    for kind in KINDS:
        kinds.register(kind)
