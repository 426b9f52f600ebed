"""C18: one client's personal data as a file, and its erasure, proved by searching everything for a planted word."""

import io
import json
import os
import zipfile
from datetime import time, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection, models
from django.urls import reverse
from django.utils import timezone

from frontdesk.activity.models import Activity
from frontdesk.channels import actions as channels
from frontdesk.channels.models import Arrival, ReceivedMail
from frontdesk.channels.registry import Reach
from frontdesk.clients import actions as clients
from frontdesk.clients.bulk import actions as bulk
from frontdesk.clients.bulk.selection import Selection
from frontdesk.clients.deletion import DeletionCheck, deletion_checks
from frontdesk.clients.imports import actions as imports
from frontdesk.clients.merging.actions import merge
from frontdesk.clients.models import Address, Availability, Client, Contact, PrivateNote, Tally
from frontdesk.clients.personal import actions, gathering
from frontdesk.clients.personal.jobs import prune
from frontdesk.clients.personal.models import PersonalBundle
from frontdesk.clients.subscriptions import actions as subscriptions
from frontdesk.core.errors import Conflict, Forbidden, Invalid
from frontdesk.core.jobs.models import QueuedJob, Status
from frontdesk.core.jobs.worker import run_due
from frontdesk.core.tenancy.context import account_context, across_accounts
from frontdesk.inquiries.models import Inquiry
from frontdesk.messaging import actions as messages
from frontdesk.search import index as search_index
from frontdesk.undo.models import ChangedRow
from frontdesk.undo.trees import keys_to

from ..cast import make_cast
from ..conversations.talks import arrive, begun, mail
from ..messaging.rooms import direct, room_of, say
from .test_import_rows import check

WORD = "Xylomarker"
# Rows of these hold no text of the client's.
NO_TEXT = {
    "clients.servicelevel",
    "clients.pastgrant",
    "clients.clienttag",
    "clients.assignment",
    "clients.clientcolour",
    "clients.clientfollow",
    "clients.notduplicate",
    "clients.clientaccess",
    "clients.mergedclient",
    "conversations.covered",
    "messaging.readmark",
    "messaging.mention",
    "messaging.roommember",
}


def below(model=Client, seen=()) -> list:
    """Every table whose rows go with a client, itself first."""
    found = [model]
    for key in keys_to(model):
        if key.remote_field.on_delete is models.CASCADE and key.model not in (*seen, *found):
            found += below(key.model, (*seen, *found))
    return list(dict.fromkeys(found))


def talk(cast, client) -> None:
    """Let people say something in the client's room, so that every table of messages has a row of it."""
    room = room_of(client)
    said, _answer = say(cast.cora, room, "Hello @Mia"), say(cast.mia, room, "Hello")
    messages.edit_message(cast.cora, said, room, "Hello there, @Mia")
    messages.react(cast.mia, said, room, "👍", True)
    messages.save_draft(cast.cora, room, "And")
    say(cast.ana, direct(cast.ana, cast.mia), f"{WORD} between us")


def plant(client) -> int:
    """Write the word into every text column of every row that belongs to the client; the number of columns."""
    count, rows = 0, gathering.rows_below(client)
    for model in below():
        fields = [
            field for field in model._meta.local_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
            and not field.choices and getattr(field, "max_length", 0) not in range(1, len(WORD))
        ]  # fmt: skip
        ids = [row["id"] for row in rows.get(model._meta.label_lower, [])]
        assert ids or model is PersonalBundle or model._meta.label_lower in NO_TEXT, f"{model} has no row to plant in"
        for field in fields:
            value = {"planted": WORD} if isinstance(field, models.JSONField) else f"{WORD} {field.name}"[-60:]
            # What search knows of a message is as it was added to the index; `raw` names a file.
            if field.name in ("formerly", "folded", "raw"):
                continue
            limit = getattr(field, "max_length", None) or 200
            model.objects.filter(pk__in=ids).update(**{field.name: value if isinstance(value, dict) else value[:limit]})
            count += 1
    return count


def everywhere() -> list[str]:
    """The tables and files that hold the word."""
    found = []
    with across_accounts(), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(WORD.lower() in repr(row).lower() for row in cursor.fetchall()):
                found.append(table)
    for folder, _folders, names in os.walk(settings.DATA_DIR):
        found += [f"{folder}/{name}" for name in names if "sqlite" not in name and _holds_it(Path(folder, name))]
    return found


def _holds_it(path: Path) -> bool:
    """Whether a file holds the word; what another test process has taken away meanwhile does not."""
    try:
        return path.is_file() and WORD.lower().encode() in path.read_bytes().lower()
    except FileNotFoundError:
        return False


def write_to(cast, client) -> None:
    """Let messages leave and arrive."""
    reach = Reach("+40745000111", "0745 000 111", f"{WORD} One")
    letter = channels.Letter("sms", reach, f"{WORD} is ready", "test", "planted", "transactional", client)
    channels.queue(cast.sam, letter)
    came = channels.arrived(cast.account, "sms", "planted", {"Body": WORD}, raw=f"{WORD} as it came".encode())
    Arrival.objects.filter(pk=came.pk).update(client=client, state="done")
    ReceivedMail.objects.create(account=cast.account, arrival=came, sender="planted@example.com", fingerprint="planted")
    arrive(cast.account, mail(text=f"{WORD} here", conversation=begun(client).pk))
    Inquiry.objects.create(
        account=cast.account, client=client, key=uuid4(), at=timezone.now(), language="en", topic=WORD, consent=WORD
    )


def furnish(cast) -> Client:
    """A client that has been through everything, with the word in every place it can be in."""
    source = check(
        cast, ["Name", "E-mail", "Phone", "City", "Note", "Reference"],
        [[f"{WORD} One", f"{WORD.lower()}@example.com", "0745 000 111", WORD, f"{WORD} note", f"{WORD}-1"]],
    )  # fmt: skip
    imports.start(cast.ana, source)
    run_due()
    client = Client.objects.get(reference=f"{WORD}-1")
    clients.set_availability(cast.ana, client, [clients.Interval(0, time(9), time(10))])
    clients.set_tags(cast.sam, client, ["VIP"])
    clients.assign(cast.sam, client, [cast.cora.pk])
    clients.invite_client(cast.sam, client)
    twin = Client.objects.create(
        account=cast.account, name=f"{WORD} Twin", sort_key="twin", created_at=timezone.now(), updated_at=timezone.now()
    )
    Contact.objects.create(account=cast.account, client=twin, name=f"{WORD} Twin", is_primary=True)
    clients.add_note(cast.sam, twin, f"{WORD} of the twin")
    Tally.objects.filter(status="active").update(count=models.F("count") + 1)
    merge(cast.sam, client, twin)
    bulk.start(cast.sam, "language", Selection([client.pk]), {"language": "fr"})
    subscriptions.unsubscribe(cast.sam, client, source="link", address=f"{WORD.lower()}@example.com")
    write_to(cast, client)
    actions.ask_for_bundle(cast.sam, client)
    run_due()
    QueuedJob.objects.create(
        name="planted", account_id=cast.account.pk, status=Status.DEAD, run_at=timezone.now(), ended_at=timezone.now(),
        error=f"ValueError: {WORD.lower()}@example.com bounced",
    )  # fmt: skip
    return Client.objects.get(pk=client.pk)


def test_nothing_is_left_of_an_erased_client(cast, api_of):
    api_of(cast.sam).post(
        "/api/v1/clients", {"name": f"{WORD} Answered"}, headers={"idempotency-key": "one"}
    )  # fmt: skip
    with account_context(cast.account):
        client = furnish(cast)
        answered = Client.objects.get(name=f"{WORD} Answered")
        actions.erase(cast.ana, answered, answered.name)
        before = Activity.objects.count()
        assert len(everywhere()) > 8
        actions.erase(cast.ana, client, client.name)
        run_due()
        assert everywhere() == []
        assert Activity.objects.count() > before, "the log keeps its rows"
        assert Tally.objects.get(status="active").count == 4


def test_every_text_column_goes(within):
    client = within.maria
    for _one in range(2):
        clients.add_note(within.cora, client, "Something")
    clients.set_tags(within.sam, client, ["VIP"])
    Address.objects.create(account=within.account, client=client, street="1 Street")
    Availability.objects.create(account=within.account, client=client, weekday=0, starts="09:00", ends="10:00")
    for about in ({"client": client}, {"member": within.mia}):
        PrivateNote.objects.create(account=within.account, body=f"{WORD} private", **about)
    subscriptions.unsubscribe(within.sam, client)
    talk(within, client)
    write_to(within, client)
    assert plant(client) > 15
    client = Client.objects.get(pk=client.pk)
    assert everywhere()
    actions.erase(within.ana, client, client.name)
    run_due()
    assert [name for name in everywhere() if "search" not in name] == []
    assert not search_index.SearchEntry.objects.filter(object_id=client.pk).exists()


def test_others_stay_and_people_behind_several_clients_too(within):
    actions.erase(within.ana, within.ioana, "ioana popescu")
    within.dan.refresh_from_db()
    assert within.dan.name == "Dan" and within.dan.user
    actions.erase(within.ana, within.radu, "Radu Popescu")
    within.dan.refresh_from_db()
    assert (within.dan.name, within.dan.email, within.dan.user) == ("Erased person", "", None)
    assert Client.objects.filter(pk=within.maria.pk).exists()


def test_the_name_must_be_typed_and_only_admins_erase(within):
    with pytest.raises(Invalid):
        actions.erase(within.ana, within.maria, "Maria")
    with pytest.raises(Forbidden):
        actions.erase(within.sam, within.maria, within.maria.name)
    assert Client.objects.filter(pk=within.maria.pk).exists()


def test_what_must_stay_is_named(within, monkeypatch):
    monkeypatch.setitem(deletion_checks._items, "planted", DeletionCheck(lambda client: ["There are payments."]))
    with pytest.raises(Conflict) as refused:
        actions.erase(within.ana, within.maria, within.maria.name)
    assert refused.value.errors[""] == ["There are payments."]


def test_an_erased_one_cannot_be_brought_back_by_undo(within):
    bulk.start(within.sam, "language", Selection([within.maria.pk, within.radu.pk]), {"language": "fr"})
    actions.erase(within.ana, within.maria, within.maria.name)
    assert set(ChangedRow.objects.values_list("about", flat=True)) == {within.radu.pk}


def test_the_bundle_holds_everything_and_expires(cast, browser_of):
    sam = browser_of(cast.sam)
    address = reverse("clients:personal", args=[cast.maria.pk])
    assert sam.post(address).status_code == 302
    with account_context(cast.account):
        bundle = PersonalBundle.objects.get()
    download = reverse("clients:personal_download", args=[cast.maria.pk, bundle.pk])
    assert sam.get(download).status_code == 404
    run_due()
    assert download in sam.get(address).content.decode()
    content = b"".join(sam.get(download).streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        data = json.loads(archive.read("data.json"))
        page = archive.read("data.html").decode()
    assert data["clients.client"][0]["name"] == "Maria Ionescu"
    assert data["clients.note"][0]["body"] == "Prefers calls after 16:00." in page
    assert {row["normal"] for row in data["clients.contactpoint"]} == {"maria@example.com", "+40745112908"}
    assert any("asked for all data" in row["what"] for row in data["timeline"])
    assert "Victor" not in page and str(cast.account.pk) not in page
    with account_context(cast.account):
        PersonalBundle.objects.update(asked_at=timezone.now() - timedelta(days=8))
    assert sam.get(download).status_code == 404
    prune()
    assert not gathering.path_of(bundle).exists()


def test_every_table_below_a_client_is_in_the_bundle(within):
    known = {model._meta.label_lower for model in below()} - {"clients.personalbundle"}
    for model in below():
        assert all(not isinstance(field, models.BinaryField) for field in model._meta.local_fields), model
    assert set(gathering.rows_below(within.maria)) <= known


def test_the_pages_and_the_api(cast, browser_of, api_of):
    ana, address = browser_of(cast.ana), reverse("clients:erase", args=[cast.maria.pk])
    assert "Write Maria Ionescu to be sure" in ana.get(address).content.decode()
    assert ana.post(address, {"name": "Mary"}).status_code == 422
    assert ana.post(address, {"name": "Maria Ionescu"})["Location"] == reverse("clients:list")
    path = f"/api/v1/clients/{cast.radu.pk}"
    made = api_of(cast.sam).post(f"{path}/personal-data", {})
    assert made.status_code == 201 and made.json()["ready_at"] is None
    run_due()
    assert api_of(cast.sam).get(f"{path}/personal-data").json()["data"][0]["size"] > 0
    assert api_of(cast.cora).get(f"{path}/personal-data").status_code == 403
    assert api_of(cast.other.olga).get(f"{path}/personal-data/{made.json()['id']}").status_code == 404
    assert api_of(cast.sam).post(f"{path}/erase", {"name": "Radu Popescu"}).status_code == 403
    assert api_of(cast.ana).post(f"{path}/erase", {"name": "Radu Popescu"}).status_code == 204
    assert api_of(cast.ana).get(path).status_code == 404


@pytest.mark.sqlite_only
@pytest.mark.django_db(transaction=True)
def test_not_even_the_file_of_the_database_holds_it():
    """Once unused parts were cleared away, the word is neither in SQLite's file nor in its journal."""
    cast = make_cast()
    with account_context(cast.account):
        client = furnish(cast)
        place = Path(connection.settings_dict["NAME"])
        assert held_in(place)
        actions.erase(cast.ana, client, client.name)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert held_in(place) == []


def held_in(place: Path) -> list[str]:
    """The database's files that hold the word."""
    files = place.parent.glob(place.name + "*")
    return [path.name for path in files if WORD.lower().encode() in path.read_bytes().lower()]
