"""Of two clients who become one: unsubscribed stays whatever either of them unsubscribed from."""

from django.utils import timezone

from ..merging.registry import register_rule
from .changing import note, rows_of
from .models import OWN_WORD, Source, Subscription


def _stronger(gone: Subscription, kept: Subscription) -> bool:
    """Whether what the one said goes before what the other said."""
    if gone.subscribed == kept.subscribed:
        return gone.source in OWN_WORD and kept.source not in OWN_WORD
    return not gone.subscribed


def _merge(merge) -> None:
    rows, at = rows_of([merge.kept.pk, merge.gone.pk]), timezone.now()
    for (client_id, kind), gone in rows.items():
        if client_id != merge.gone.pk:
            continue
        kept = rows.get((merge.kept.pk, kind))
        if kept is None:
            merge.move(Subscription, "client_id", Subscription.objects.filter(pk=gone.pk))
        elif _stronger(gone, kept):
            names = ("subscribed", "since", "source")
            values = {name: getattr(gone, name) for name in names}
            merge.ledger.changed(merge.kept.pk, kept, {name: (getattr(kept, name), values[name]) for name in names})
            Subscription.objects.filter(pk=kept.pk).update(**values)
        else:
            continue
        note(merge.actor, at, [(merge.kept.pk, kind, gone.subscribed)], Source.MERGE.value)


def register() -> None:
    """Called once at start-up."""
    register_rule("clients.subscription", _merge)
