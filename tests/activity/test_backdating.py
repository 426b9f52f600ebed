"""A demo's past reaches back some months, in the order in which things can have happened."""

from datetime import timedelta
from itertools import pairwise

from django.utils import timezone

from frontdesk.accounts.demo import make_world
from frontdesk.activity.backdating import backdate
from frontdesk.activity.models import Activity
from frontdesk.activity.seals.check import verify
from frontdesk.activity.seals.sealing import seal_account
from frontdesk.clients.models import Client, Note
from frontdesk.core.tenancy.context import account_context


def _times() -> list:
    return list(Activity.objects.order_by("id").values_list("at", flat=True))


def test_a_demo_looks_like_a_business_in_use(db):
    world = make_world(40, 3, "en")
    with account_context(world.account):
        times = _times()
        assert times == sorted(times), "ids follow time"
        assert times[0] < timezone.now() - timedelta(days=30) and times[-1] <= timezone.now()
        for client in Client.objects.all():
            happened = Activity.objects.filter(client_id=client.pk).exclude(verb__regex=r"^(message|conversation)\.")
            around = list(happened.order_by("id").values_list("verb", "at"))
            assert around[0] == ("client.created", client.created_at) and around[-1][1] == client.updated_at
            assert all(one[1] <= other[1] for one, other in pairwise(around))
        for note in Note.objects.all():
            assert Activity.objects.get(subject_id=note.pk).at == note.created_at


def test_the_past_of_a_demo_is_sealed_like_any_other(db):
    world = make_world(5, 3, "en")
    with account_context(world.account):
        assert seal_account(world.account.pk) == 1
        result = verify()
        assert not result.fault and result.entries == Activity.objects.count()


def test_what_was_sealed_stays_where_it_is(db):
    world = make_world(3, 3, "en")
    with account_context(world.account):
        seal_account(world.account.pk)
        before = _times()
        assert backdate(world.random) == [] and _times() == before
