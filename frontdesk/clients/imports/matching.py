"""What becomes of each row: new, an update, skipped or rejected, by the clients that exist and the rows before it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from frontdesk.core.fold import fold
from frontdesk.core.text import gettext as _

from ..models import Client, ContactPoint
from .drafts import Draft
from .models import ClientImport, ImportedClient
from .options import Key, Matched, Options, Unmatched

NEW, UPDATED, SKIPPED, REJECTED = "created", "updated", "skipped", "rejected"
_AT_ONCE = 5000


@dataclass(slots=True)
class Decision:
    """A draft and what becomes of it: `client_id` of an update, `reasons` by field of what is left out."""

    draft: Draft
    outcome: str
    client_id: UUID | None = None
    reasons: dict[str, list[str]] = field(default_factory=dict)


def keys_of(draft: Draft, key: str) -> list[str]:
    """The normal forms by which a draft is recognised; none when the row does not tell."""
    if key == Key.REFERENCE:
        return [draft.checked.client.reference] if draft.checked.client.reference else []
    if key == Key.NAME:
        return [fold(draft.checked.client.name)[:160]] if draft.has_name else []
    return [point.normal for point in draft.checked.points if point.kind == key]


def _batches(values: Iterable[str]) -> Iterator[list[str]]:
    distinct = sorted(set(values))
    for start in range(0, len(distinct), _AT_ONCE):
        yield distinct[start : start + _AT_ONCE]


def _bearers_of(key: str, wanted: list[str]) -> Iterable[tuple[str, UUID]]:
    if key in (Key.EMAIL, Key.PHONE):
        points = ContactPoint.objects.filter(normal__in=wanted, kind=key)
        return points.values_list("normal", "contact__client_id")
    column = "reference" if key == Key.REFERENCE else "sort_key"
    return Client.objects.filter(**{f"{column}__in": wanted}).values_list(column, "id")


def _existing(key: str, values: Iterable[str]) -> dict[str, set[UUID]]:
    """Normal form to the clients that bear it."""
    found: dict[str, set[UUID]] = {}
    for wanted in _batches(values):
        for value, client_id in _bearers_of(key, wanted):
            found.setdefault(value, set()).add(client_id)
    return found


class Matcher:
    """Decides rows in their order. It remembers the keys of the rows before, whose clients may not exist yet.

    `remembers` says whether rows are remembered beyond their chunk: a check writes nothing, so it must; a run
    finds them among the clients that this import has made.
    """

    def __init__(self, source: ClientImport, options: Options, remembers: bool):
        self.source = source
        self.options = options
        self.remembers = remembers
        self.seen: dict[str, int] = {}
        self.references: dict[str, int] = {}

    def decide(self, drafts: list[Draft]) -> list[Decision]:
        """What becomes of each draft; three queries at most, whatever the number."""
        if not self.remembers:
            self.seen, self.references = {}, {}
        key = self.options.key
        self.bearers = _existing(
            Key.REFERENCE, (d.checked.client.reference for d in drafts if d.checked.client.reference)
        )
        self.known = {}
        if self.options.matched != Matched.CREATE:
            wanted = [value for draft in drafts for value in keys_of(draft, key)]
            self.known = self.bearers if key == Key.REFERENCE else _existing(key, wanted)
        self.own = self._rows_of_own_clients()
        return [self._remembered(self._decide(draft)) for draft in drafts]

    def _rows_of_own_clients(self) -> dict[UUID, int]:
        """Clients that this import has made or updated before, with their rows."""
        ids = {client_id for found in (*self.known.values(), *self.bearers.values()) for client_id in found}
        if self.remembers or not ids:
            return {}
        rows = ImportedClient.objects.filter(source_id=self.source.pk, client_id__in=ids)
        return dict(rows.values_list("client_id", "row"))

    def _remembered(self, decision: Decision) -> Decision:
        if decision.outcome in (NEW, UPDATED):
            draft = decision.draft
            if self.options.matched != Matched.CREATE:
                for value in keys_of(draft, self.options.key):
                    self.seen.setdefault(value, draft.number)
            if draft.checked.client.reference:
                self.references.setdefault(draft.checked.client.reference, draft.number)
        return decision

    def _decide(self, draft: Draft) -> Decision:
        if draft.is_example:
            return Decision(draft, SKIPPED, reasons={"": [_("This is the example of the template.")]})
        if draft.errors:
            return Decision(draft, REJECTED, reasons=draft.errors)
        keys = [] if self.options.matched == Matched.CREATE else keys_of(draft, self.options.key)
        earlier = next((self.seen[value] for value in keys if value in self.seen), None)
        matches = {client_id for value in keys for client_id in self.known.get(value, ())}
        earlier = earlier or next((self.own[client_id] for client_id in matches if client_id in self.own), None)
        if earlier:
            return self._repeated(draft, earlier)
        if matches:
            return self._matched(draft, matches)
        return self._unmatched(draft)

    def _repeated(self, draft: Draft, earlier: int) -> Decision:
        reason = _("Row %(row)s has the same: %(key)s.", row=earlier, key=Key(self.options.key).label)
        skips = self.options.matched == Matched.SKIP
        return Decision(draft, SKIPPED if skips else REJECTED, reasons={"": [reason]})

    def _matched(self, draft: Draft, matches: set[UUID]) -> Decision:
        if self.options.matched == Matched.SKIP:
            return Decision(draft, SKIPPED, reasons={"": [_("%(The_client)s is here already.")]})
        if len(matches) > 1:
            label = Key(self.options.key).label
            return Decision(
                draft, REJECTED, reasons={"": [_("Several %(clients)s have the same: %(key)s.", key=label)]}
            )
        (client_id,) = matches
        taken = self._reference_taken(draft, besides=client_id)
        return taken or Decision(draft, UPDATED, client_id)

    def _unmatched(self, draft: Draft) -> Decision:
        if self.options.unmatched == Unmatched.SKIP:
            return Decision(draft, SKIPPED, reasons={"": [_("There is no such %(client)s.")]})
        if not draft.has_name:
            return Decision(draft, REJECTED, reasons={"name": [_("This field is required.")]})
        if draft.missing:
            return Decision(draft, REJECTED, reasons={path: [_("This field is required.")] for path in draft.missing})
        return self._reference_taken(draft) or Decision(draft, NEW)

    def _reference_taken(self, draft: Draft, besides: UUID | None = None) -> Decision | None:
        reference = draft.checked.client.reference
        bearers = self.bearers.get(reference, set()) - {besides}
        row = self.references.get(reference) or next((self.own[i] for i in bearers if i in self.own), None)
        if not reference or not (row or bearers):
            return None
        reason = _("Row %(row)s has this reference.", row=row) if row else _("Another %(client)s has this reference.")
        return Decision(draft, REJECTED, reasons={"reference": [reason]})
