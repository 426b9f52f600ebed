"""F1: whoever reads a message gets its files, nobody else does, and nobody takes one out of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from frontdesk.files.actions import receive
from frontdesk.files.models import StoredFile
from frontdesk.messaging import access, actions
from frontdesk.messaging.actions.posting import MessageInput

from ..files import samples
from .rooms import room_of, say


def sent(within, actor) -> StoredFile:
    """A file that somebody sent in Maria's room."""
    made = receive(actor, samples.upload("Plan.txt", samples.TEXT))
    say(actor, room_of(within.maria), "Here it is.", files=(made.pk,))
    return made


def statuses(member, file, browser_of, api_of) -> set[int]:
    """What the addresses of a file answer."""
    return {
        browser_of(member).get(reverse("files:download", args=[file.pk])).status_code,
        api_of(member).get(f"/api/v1/files/{file.pk}/content").status_code,
    }


@pytest.mark.parametrize(
    ("who", "expected"), [("cora", 200), ("mia", 200), ("greta", 200), ("ana", 200), ("cole", 404), ("vic", 404)]
)
def test_who_reads_the_message_gets_its_files(within, cast, browser_of, api_of, who, expected):
    assert statuses(getattr(cast, who), sent(within, within.cora), browser_of, api_of) == {expected}


@pytest.mark.parametrize("who", ["cora", "mia", "ana"])
def test_nobody_takes_a_file_out_of_a_message(within, cast, browser_of, api_of, who):
    file, member = sent(within, within.cora), getattr(cast, who)
    assert browser_of(member).post(reverse("files:remove", args=[file.pk])).status_code == 403
    assert api_of(member).delete(f"/api/v1/files/{file.pk}").status_code == 403
    assert StoredFile.objects.filter(pk=file.pk).exists()


@pytest.mark.parametrize(("who", "expected"), [("cora", 200), ("mia", 404), ("ana", 404), ("cole", 404)])
def test_what_waits_to_be_sent_is_its_authors_alone(within, cast, browser_of, api_of, who, expected):
    made = receive(within.cora, samples.upload("Plan.txt", samples.TEXT))
    thread, at = access.writable(within.cora, room_of(within.maria).pk), timezone.now() + timedelta(hours=1)
    actions.schedule(within.cora, thread, MessageInput("Later.", files=(made.pk,)), at)
    assert statuses(getattr(cast, who), made, browser_of, api_of) == {expected}
