"""A row of the file as a checked client, made without the database by the rules that every client keeps."""

import re
from dataclasses import dataclass, field
from uuid import UUID

from frontdesk.core.checks import Errors
from frontdesk.core.fold import fold
from frontdesk.core.tables.reading import Row
from frontdesk.core.text import gettext as _

from ..custom.values import clean_values
from ..models import CustomField, Kind
from ..values import AddressInput, CheckedClient, ClientInput, ContactInput, PointInput, clean_client
from .fields import EMAILS, PHONES, template_examples
from .options import Options
from .vocabulary import Vocabulary

LONGEST_NOTE = 20_000
_LIST = re.compile("[,;\n]")
# Where the rules name a wrong value, and the column that it stands in.
_PLACES = {
    "contact.name": "contact_name",
    "contact.role": "contact_role",
    **{f"contact.emails.{index}": key for index, key in enumerate(EMAILS)},
    **{f"contact.phones.{index}": key for index, key in enumerate(PHONES)},
    **{f"address.{name}": name for name in ("street", "postal_code", "city", "region", "country")},
}
_NO_NAME = "–"
_PERSON = Kind.PERSON.value


@dataclass(slots=True)
class Draft:
    """What a row asks for: `given` are the fields whose cells hold something; `errors` maps fields to sentences.

    `missing` are own fields that a new client must have and the row lacks.
    """

    number: int
    checked: CheckedClient
    given: frozenset[str]
    note: str = ""
    members: list[UUID] = field(default_factory=list)
    errors: dict[str, list[str]] = field(default_factory=dict)
    is_example: bool = False
    missing: list[str] = field(default_factory=list)

    @property
    def has_name(self) -> bool:
        """Whether the row names the client; without, it can only update one."""
        return bool(self.given & {"name", "first_name", "last_name"})


class Drafter:
    """Turns rows into drafts by a mapping (a field's key or "" for each column), options and the account's words."""

    def __init__(
        self, mapping: list[str], options: Options, words: Vocabulary, country: str, fields: list[CustomField]
    ):
        self.places = [(key, index) for index, key in enumerate(mapping) if key]
        self.options = options
        self.words = words
        self.country = options.country or country
        self.fields = fields
        self.mapped = {key for key, _index in self.places}
        self.emails, self.phones = self._up_to_last(EMAILS), self._up_to_last(PHONES)
        self.own = [field for field in fields if field.path in self.mapped]
        self.required = [field for field in fields if field.required]
        self.examples = template_examples(fields)

    def _up_to_last(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """The keys up to the last one that is mapped, so that positions keep their meaning."""
        return keys[: max((index + 1 for index, key in enumerate(keys) if key in self.mapped), default=0)]

    def draft(self, row: Row) -> Draft:
        """The row as a client, with everything that is wrong with it."""
        cells = {key: cell for key, index in self.places if (cell := row.cells[index]) is not None}
        errors = Errors()
        country = self._word(errors, "country", cells)
        typed = self._client(errors, cells, country)
        checked = clean_client(errors, typed, country or self.country, [])
        checked.client.custom = self._custom(errors, cells)
        draft = Draft(row.number, checked, frozenset(cells))
        draft.missing = [field.path for field in self.required if field.path not in cells]
        if "note" in cells:
            draft.note = errors.block("note", cells["note"], LONGEST_NOTE)
        if "team" in cells:
            draft.members = self._members(errors, cells["team"])
        if errors.found:
            draft.errors = self._placed(errors.found)
        draft.is_example = row.cells in self.examples
        return draft

    def _client(self, errors: Errors, cells: dict[str, str], country: str) -> ClientInput:
        get = cells.get
        person = " ".join(filter(None, (get("first_name"), get("last_name"))))
        name = get("name") or person
        return ClientInput(
            name=name or _NO_NAME,
            kind=self._word(errors, "kind", cells) or _PERSON,
            status=self._word(errors, "status", cells) or self.options.status,
            reference=get("reference", ""),
            language=self._word(errors, "language", cells),
            contact=ContactInput(
                name=get("contact_name") or person or name,
                role=get("contact_role", ""),
                emails=[PointInput(get(key, "")) for key in self.emails],
                phones=[PointInput(get(key, "")) for key in self.phones],
            ),
            address=self._address(cells, country),
            tags=_split(cells["tags"]) if "tags" in cells else [],
        )

    def _custom(self, errors: Errors, cells: dict[str, str]) -> dict:
        """Values of own fields; an empty cell says nothing."""
        typed = {str(field.pk): cells[field.path] for field in self.own if field.path in cells}
        return clean_values(errors, self.own, typed, {})

    def _address(self, cells: dict[str, str], country: str) -> AddressInput:
        get = cells.get
        made = AddressInput(get("street", ""), get("postal_code", ""), get("city", ""), get("region", ""))
        if made:
            made.country = country or self.options.country
        return made

    def _word(self, errors: Errors, name: str, cells: dict[str, str]) -> str:
        """The value that a cell's word stands for; "" and a note for an unknown word."""
        text = cells.get(name)
        if text is None:
            return ""
        words = getattr(self.words, name)
        value = words.get(text)
        if value is None and (value := words.get(fold(text))) is not None:
            words[text] = value
        if value is None:
            errors.add(name, _("“%(text)s” is not known here.", text=text[:60]))
            return ""
        return value

    def _members(self, errors: Errors, text: str) -> list[UUID]:
        found: list[UUID] = []
        for name in _split(text):
            members = self.words.team.get(fold(name), [])
            if len(members) == 1:
                found += members
            elif members:
                errors.add("team", _("Several people are called “%(text)s”. Write the e-mail address.", text=name[:60]))
            else:
                errors.add("team", _("Nobody of the team is called “%(text)s”.", text=name[:60]))
        return list(dict.fromkeys(found))

    def _placed(self, found: dict[str, list[str]]) -> dict[str, list[str]]:
        """Errors by the fields of this file: a part of the name that is too long is found in its column."""
        placed: dict[str, list[str]] = {}
        for path, reasons in found.items():
            key = _PLACES.get(path, path)
            if key not in self.mapped:
                key = next((name for name in ("name", "last_name", "first_name") if name in self.mapped), "")
            placed.setdefault(key, [])
            placed[key] += [reason for reason in reasons if reason not in placed[key]]
        return placed


def _split(text: str) -> list[str]:
    return [part.strip() for part in _LIST.split(text) if part.strip()]
