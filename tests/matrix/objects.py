"""On what: for every kind of object that a policy names, one in each account, and who gets at it.

A provider makes the object of a cast and answers the values of the parameters that name it. `expect` answers what
a persona who holds the route's right gets on an object of their own account: "ok", "403" or "404".
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from frontdesk.accounts.models import ApiToken, EmailChange, Invitation, Session
from frontdesk.channels.models import Arrival, Dispatch, ReceivedMail
from frontdesk.clients.bulk import actions as bulk
from frontdesk.clients.bulk.selection import Selection
from frontdesk.clients.files.actions import add_files
from frontdesk.clients.imports.actions import upload
from frontdesk.clients.models import Address, Client, ClientAccess, Contact, CustomField, Note, PrivateNote, SavedView
from frontdesk.clients.options import portal_options
from frontdesk.clients.personal.actions import ask_for_bundle
from frontdesk.clients.personal.jobs import make as make_bundle
from frontdesk.core.jobs.models import QueuedJob, Status
from frontdesk.core.tenancy.context import account_context
from frontdesk.files.actions import begin, receive
from frontdesk.notify.models import Device, Notice
from frontdesk.teams.models import Team
from frontdesk.webhooks.actions import add_endpoint
from frontdesk.webhooks.models import Delivery, Endpoint
from frontdesk.webhooks.models import Status as DeliveryStatus

from ..cast import Cast, member
from .people import Persona

MISSING = UUID("00000000-0000-7000-8000-00000000dead")


@dataclass(frozen=True)
class Kind:
    """`make(cast)` gives parameter name -> id within one account."""

    make: Callable[[Cast], dict[str, UUID]]
    expect: Callable[[Persona], str]


@dataclass(frozen=True)
class Variant:
    """Another object of a kind in the first account, treated differently; `expect` also gets the route's right."""

    make: Callable[[Cast], dict[str, UUID]]
    expect: Callable[[Persona, str], str]


KINDS: dict[str, Kind] = {}
VARIANTS: dict[str, dict[str, Variant]] = {}


def kind(name: str, expect: Callable[[Persona], str]):
    """Register a provider."""

    def add(make):
        KINDS[name] = Kind(make, expect)
        return make

    return add


def _seen(persona: Persona) -> str:
    return "ok" if persona.sees else "404"


def _own_note(persona: Persona) -> str:
    if not persona.sees:
        return "404"
    return "ok" if persona.role == "admin" or persona.serves else "403"


def _always(persona: Persona) -> str:
    return "ok"


def client_of(cast: Cast):
    """The client that a cast's objects belong to."""
    return cast.clients.get("maria") or cast.clients["zoe"]


def server_of(cast: Cast):
    """The co-worker who serves that client."""
    return cast.people.get("cora") or cast.people["oscar"]


def portal_member_of(cast: Cast):
    """The person who signs in for that client."""
    return cast.people.get("mia") or cast.people["zed"]


def guest_of(cast: Cast):
    """A guest of that client; the second account gets one."""
    return cast.people.get("greta") or cast.people.get("gwen") or _new_guest(cast)


def _new_guest(cast: Cast):
    made = member(cast, "gwen", "guest")
    ClientAccess.objects.create(account=cast.account, client=client_of(cast), member=made)
    return made


def admin_of(cast: Cast):
    """The admin."""
    return cast.people.get("ana") or cast.people["olga"]


@kind("client", _seen)
def _client(cast: Cast) -> dict:
    return _with_options(cast, True)


def _with_options(cast: Cast, allowed: bool) -> dict:
    client_id = client_of(cast).pk
    with account_context(cast.account):
        Client.objects.filter(pk=client_id).update(portal_options={one.key: allowed for one in portal_options})
    return {"client_id": client_id}


def _nothing_permitted(cast: Cast) -> dict:
    return _with_options(cast, False)


def _without_options(persona: Persona, right: str) -> str:
    """Clients lose what the options withhold; nobody else loses anything."""
    if not persona.sees:
        return "404"
    withheld = {name for option in portal_options for name in option.rights}
    return "403" if persona.role == "client" and right in withheld else "ok"


VARIANTS["client"] = {"own, nothing permitted": Variant(_nothing_permitted, _without_options)}


@kind("contact", _seen)
def _contact(cast: Cast) -> dict:
    made = Contact.objects.create(account=cast.account, client=client_of(cast), name="Second Contact")
    return {**_client(cast), "contact_id": made.pk}


@kind("address", _seen)
def _address(cast: Cast) -> dict:
    made = Address.objects.create(account=cast.account, client=client_of(cast), street="1 Planted Street")
    return {**_client(cast), "address_id": made.pk}


@kind("note", _own_note)
def _note(cast: Cast) -> dict:
    return {**_client(cast), "note_id": Note.objects.get(author=server_of(cast)).pk}


@kind("access", _seen)
def _access(cast: Cast) -> dict:
    return {**_client(cast), "member_id": portal_member_of(cast).pk}


@kind("guest", _seen)
def _guest(cast: Cast) -> dict:
    return {**_client(cast), "member_id": guest_of(cast).pk}


@kind("assignment", _seen)
def _assignment(cast: Cast) -> dict:
    return {**_client(cast), "member_id": server_of(cast).pk}


@kind("dead_job", _always)
def _dead_job(cast: Cast) -> dict:
    now = timezone.now()
    made = QueuedJob.objects.create(
        name="planted", account_id=cast.account.pk, status=Status.DEAD, run_at=now, ended_at=now, error="ValueError: x"
    )
    return {"job_id": made.pk}


@kind("member", _always)
def _member(cast: Cast) -> dict:
    return {"member_id": portal_member_of(cast).pk}


def _team_member(persona: Persona, right: str) -> str:
    """Staff manage portal people; the team is the admins' matter, though staff see it."""
    return "403" if right == "accounts.portal:manage" and persona.role != "admin" else "ok"


VARIANTS["member"] = {"own, of the team": Variant(lambda cast: {"member_id": cast.cole.pk}, _team_member)}


@kind("team", _always)
def _team(cast: Cast) -> dict:
    return {"team_id": Team.objects.create(account=cast.account, name="Planted team", key="planted team").pk}


@kind("import", _always)
def _import(cast: Cast) -> dict:
    file = SimpleUploadedFile("planted.csv", b"Name,E-mail\nPlanted Person,planted.person@example.com\n")
    return {"import_id": upload(admin_of(cast), file).pk}


@kind("client_field", _always)
def _client_field(cast: Cast) -> dict:
    made = CustomField.objects.create(account=cast.account, label="Planted Field", kind="text")
    return {"field_id": made.pk}


@kind("bundle", _seen)
def _bundle(cast: Cast) -> dict:
    made = ask_for_bundle(admin_of(cast), client_of(cast))
    make_bundle(bundle_id=str(made.pk))
    return {**_client(cast), "bundle_id": made.pk}


@kind("change", _always)
def _change(cast: Cast) -> dict:
    one = client_of(cast)
    made = bulk.start(admin_of(cast), "language", Selection([one.pk]), {"language": "fr"})
    return {"change_id": made.pk}


@kind("client_view", lambda persona: "ok" if persona.role == "admin" else "404")
def _client_view(cast: Cast) -> dict:
    made = SavedView.objects.create(account=cast.account, member=admin_of(cast), name="Planted View")
    return {"view_id": made.pk}


@kind("private_note", _always)
def _private_note(cast: Cast) -> dict:
    made = PrivateNote.objects.create(account=cast.account, client=client_of(cast), body="Planted private note")
    return {"private_note_id": made.pk}


def _picture() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (8, 8)).save(content, "PNG")
    return SimpleUploadedFile("planted.png", content.getvalue())


@kind("file", lambda persona: "ok" if persona.role == "admin" else "404")
def _file(cast: Cast) -> dict:
    return {"file_id": receive(admin_of(cast), _picture()).pk}


def _attached(cast: Cast) -> dict:
    with account_context(cast.account):
        made = receive(admin_of(cast), _picture())
        add_files(admin_of(cast), client_of(cast), [made.pk])
    return {"file_id": made.pk}


def _team_file(persona: Persona, right: str) -> str:
    """The team sees the files of the clients they see; the office deletes them."""
    if not persona.sees or persona.role in ("client", "guest"):
        return "404"
    return "403" if right == "files.file:remove" and persona.role == "coworker" else "ok"


def _hidden_in_portal(cast: Cast) -> dict:
    return {**_with_options(cast, False), **_attached(cast)}


def _shown_in_portal(cast: Cast) -> dict:
    return {**_client(cast), **_attached(cast)}


def _portal_file(persona: Persona, right: str) -> str:
    """The client reads it too; its guests do not."""
    if persona.sees and persona.role == "client":
        return "403" if right == "files.file:remove" else "ok"
    return _team_file(persona, right)


VARIANTS["file"] = {
    "own, of the client": Variant(_hidden_in_portal, _team_file),
    "own, of the client, in the portal": Variant(_shown_in_portal, _portal_file),
}


@kind("client_file", _seen)
def _client_file(cast: Cast) -> dict:
    return {**_client(cast), **_attached(cast)}


@kind("upload", lambda persona: "ok" if persona.role == "admin" else "404")
def _upload(cast: Cast) -> dict:
    return {"upload_id": begin(admin_of(cast), "planted.txt", 10).pk}


@kind("invitation", _always)
def _invitation(cast: Cast) -> dict:
    made = Invitation.objects.create(
        account=cast.account, member=portal_member_of(cast), email="planted@example.com", token_hash="0" * 64,
        expires_at=timezone.now() + timedelta(days=7),
    )  # fmt: skip
    return {"invitation_id": made.pk}


@kind("token", lambda persona: "ok" if persona.role == "admin" else "404")
def _token(cast: Cast) -> dict:
    made = ApiToken.objects.create(
        account=cast.account, member=admin_of(cast), name="planted", prefix="fd_", token_hash="0" * 64
    )
    return {"token_id": made.pk}


@kind("email_change", _always)
def _email_change(cast: Cast) -> dict:
    made = EmailChange.objects.create(
        account=cast.account, member=admin_of(cast), email="planted@example.com", token_hash="0" * 64,
        expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    return {"email_change_id": made.pk}


@kind("session", lambda persona: "ok" if persona.role == "admin" else "404")
def _session(cast: Cast) -> dict:
    made = Session.objects.create(
        session_key=admin_of(cast).pk.hex, user=admin_of(cast).user, expire_date=timezone.now() + timedelta(days=1)
    )
    return {"session_id": made.public_id}


@kind("factor", lambda persona: "ok" if persona.role == "admin" else "404")
def _factor(cast: Cast) -> dict:
    made = Authenticator.objects.create(user=admin_of(cast).user, type="totp", data={"secret": "planted"})
    return {"factor_id": UUID(int=made.pk)}


@kind("device", lambda persona: "ok" if persona.role == "admin" else "404")
def _device(cast: Cast) -> dict:
    made = Device.objects.create(
        account=cast.account, member=admin_of(cast), session=MISSING, endpoint="https://push.example/planted",
        mark="planted", secrets="planted",
    )  # fmt: skip
    return {"device_id": made.pk}


@kind("notice", lambda persona: "ok" if persona.role == "admin" else "404")
def _notice(cast: Cast) -> dict:
    made = Notice.objects.create(
        account=cast.account, member=admin_of(cast), kind="clients.guest", area="clients", key="planted",
        client_id=client_of(cast).pk, at=timezone.now(),
    )  # fmt: skip
    return {"notice_id": made.pk}


@kind("webhook", _always)
def _webhook(cast: Cast) -> dict:
    made, _secret = add_endpoint(admin_of(cast), url="https://planted.example/", kinds=["*"])
    return {"endpoint_id": made.pk}


@kind("delivery", _always)
def _delivery(cast: Cast) -> dict:
    endpoint = Endpoint.objects.get(pk=_webhook(cast)["endpoint_id"])
    made = Delivery.objects.create(
        account=cast.account, endpoint=endpoint, kind="webhooks.ping", status=DeliveryStatus.FAILED
    )
    return {"endpoint_id": endpoint.pk, "delivery_id": made.pk}


@kind("dispatch", _always)
def _dispatch(cast: Cast) -> dict:
    now = timezone.now()
    made = Dispatch.objects.create(
        account=cast.account, client=client_of(cast), channel="sms", to="+40745112908", text="Planted text",
        purpose="service", cause="test", key="planted", state="kept", due_at=now, queued_at=now,
    )  # fmt: skip
    return {"dispatch_id": made.pk}


@kind("arrival", _always)
def _arrival(cast: Cast) -> dict:
    made = Arrival.objects.create(
        account=cast.account, channel="sms", provider_id="planted", received_at=timezone.now()
    )
    return {"arrival_id": made.pk}


@kind("lost_arrival", _always)
def _lost_arrival(cast: Cast) -> dict:
    made = Arrival.objects.create(
        account=cast.account, channel="sms", provider_id="planted lost", payload={"From": "+40745112908"},
        state=Arrival.State.FAILED, reason="error", received_at=timezone.now(),
    )  # fmt: skip
    return {"arrival_id": made.pk}


@kind("mail", _seen)
def _mail(cast: Cast) -> dict:
    came = Arrival.objects.create(
        account=cast.account, channel="email", provider_id="planted mail", received_at=timezone.now(),
        client=client_of(cast),
    )  # fmt: skip
    ReceivedMail.objects.create(
        account=cast.account, arrival=came, sender="planted@secret.example", fingerprint="0" * 64,
        html="<p>planted</p>", subject="Planted mail",
    )  # fmt: skip
    return {"arrival_id": came.pk}


@dataclass(frozen=True)
class World:
    """The ids of every kind in both accounts: own is the first account's, foreign the second's."""

    cast: Cast
    ids: dict[str, dict[str, dict[str, UUID]]]

    def values(self, name: str, which: str) -> dict[str, UUID]:
        """Parameter values: own, foreign, missing, crossed (an own parent with a foreign part), strayed (an own part
        with another client of the account), or a variant."""
        if which in VARIANTS.get(name, {}):
            return VARIANTS[name][which].make(self.cast)
        own, foreign = self.ids["own"][name], self.ids["foreign"][name]
        if which == "strayed":
            return {**own, "client_id": self.cast.victor.pk}
        if which == "missing":
            return dict.fromkeys(own, MISSING)
        if which == "missing part":
            return {**own, list(own)[-1]: MISSING}
        if which == "crossed":
            return {**own, list(own)[-1]: foreign[list(own)[-1]]}
        return self.ids[which][name]


def make_world(cast: Cast) -> World:
    """Make one object of every kind in each account."""
    ids: dict = {}
    for which, one in (("own", cast), ("foreign", cast.other)):
        with account_context(one.account):
            ids[which] = {name: known.make(one) for name, known in KINDS.items()}
    return World(cast, ids)
