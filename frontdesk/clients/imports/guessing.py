"""Which column holds what, guessed from its heading or remembered from the last file with the same headings."""

import hashlib
import re

from .fields import FIELDS, Field, folded_heading, in_each_language, own_fields
from .models import RememberedColumns

_NUMBERED = re.compile(r"(.+?) ?([1-9])")


def signature(columns: list[str]) -> str:
    """What files with these headings have in common."""
    return hashlib.sha256("\n".join(folded_heading(column) for column in columns).encode()).hexdigest()


def _names() -> dict[str, list[Field]]:
    """Folded heading to the fields it may mean: synonyms, the account's own, then the labels of every language."""
    known: dict[str, list[Field]] = {}
    own = own_fields()
    for field in FIELDS:
        for name in field.synonyms:
            known.setdefault(name, []).append(field)
    for field in own:
        known.setdefault(field.synonyms[0], []).append(field)
    for _code in in_each_language():
        for field in FIELDS:
            found = known.setdefault(folded_heading(str(field.label)), [])
            if field not in found and (not found or _label(found[0]) == field.label.message):
                found.append(field)
    return known


def _label(field: Field) -> str:
    """What a field is called in the source; own ones are not translated."""
    return getattr(field.label, "message", "")


def _candidates(heading: str, known: dict[str, list[Field]]) -> list[Field]:
    """The fields that a heading may mean, the likeliest first."""
    name = folded_heading(heading)
    if name in known:
        return known[name]
    numbered = _NUMBERED.fullmatch(name)
    if not numbered or numbered[1] not in known:
        return []
    wanted = int(numbered[2])
    return sorted(known[numbered[1]], key=lambda field: (field.number or 1) != wanted)


def guess(columns: list[str]) -> list[str]:
    """A field's key for each heading, "" where none is likely; each field at most once."""
    known, taken = _names(), set()
    mapping = []
    for column in columns:
        chosen = next((field.key for field in _candidates(column, known) if field.key not in taken), "")
        taken.add(chosen)
        mapping.append(chosen)
    return _with_a_name(mapping)


def _with_a_name(mapping: list[str]) -> list[str]:
    """ "Nom" and "Nume" alone are the whole name; beside a first name they are the last."""
    if "last_name" in mapping and not {"first_name", "name"} & set(mapping):
        return ["name" if key == "last_name" else key for key in mapping]
    return mapping


def remembered(columns: list[str]) -> RememberedColumns | None:
    """What was chosen the last time for these headings."""
    return RememberedColumns.objects.filter(signature=signature(columns)).first()


def remember(account_id, columns: list[str], mapping: list[str], options: dict) -> None:
    """Keep a choice for the next file with these headings."""
    chosen = {"mapping": mapping, "options": options}
    RememberedColumns.objects.update_or_create(account_id=account_id, signature=signature(columns), defaults=chosen)
