"""What each verb of the spine says in the timeline, the audit log and the API.

Every domain registers its verbs in its own `sentences.py`, which is loaded at start-up:

    from frontdesk.activity.sentences import plural as _n, register, register_box, register_names
    from frontdesk.core.text import gettext_lazy as _lazy

    register("clients.client.added", icon="user-plus", hue="green", sentence=_lazy("%(who)s added %(the_client)s"))
    register("clients.client.assigned", icon="user-share", names={"member": "member"},
             sentence=_lazy("%(who)s assigned %(member)s"))             # data = {"member": "<member id>"}
    register("clients.import.finished", icon="file-import",
             sentence=_n("%(who)s imported %(num)s row", "%(who)s imported %(num)s rows", "count"))
    register("clients.client.status", icon="flag", sentence=lambda data: STATUS_SENTENCES[data["to"]],
             changes=lambda data: [Change(_("Status"), LABELS[data["from"]], LABELS[data["to"]])])

    register_box("clients.note.added", load_notes, template="clients/parts/note_box.html")
    register_names("client", load=lambda ids: {id: name, …}, url_name="clients:detail")
    register_group("clients", _lazy("%(Clients)s"))    # the first part of the verbs, as a filter of the log

`%(who)s` and the values of `data` fill a sentence; `values` may turn `data` into other words first. `names` says which
keys of `data` hold an id, and of what kind, so that a page of sentences resolves all of them in one query a kind.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from markupsafe import Markup, escape

from frontdesk.core import text
from frontdesk.core.registry import Registry
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.ui import jinja


@dataclass(frozen=True)
class Plural:
    """A sentence with a form for one and for many, chosen by the number in `data[count]`."""

    singular: str
    plural: str
    count: str


@dataclass(frozen=True)
class Change:
    """One changed value, as the timeline shows it."""

    label: Any
    old: Any
    new: Any


@dataclass(frozen=True)
class Sentence:
    """How a verb reads; see the module. One that is `aside` merely goes along with what else happens at the moment."""

    verb: str
    icon: str
    hue: str
    sentence: Any
    values: Callable[[dict], dict] | None = None
    names: dict[str, str] = field(default_factory=dict)
    changes: Callable[[dict], list[Change]] | None = None
    aside: bool = False


@dataclass(frozen=True)
class Box:
    """What stands under a sentence: `load(subject_ids)` gives id -> object, shown by `template` as `box`."""

    load: Callable[[list[UUID]], dict[UUID, Any]]
    template: str = ""


@dataclass(frozen=True)
class Names:
    """Names of one kind of thing: `load(ids)` gives id -> name; `url_name` is the route of its page, if any."""

    load: Callable[[list[UUID]], dict[UUID, str]]
    url_name: str = ""


@dataclass(frozen=True)
class Entry:
    """One activity with its actor's name ("" for the account itself)."""

    id: UUID
    at: datetime
    actor_id: UUID | None
    who: str
    verb: str
    subject_id: UUID | None
    client_id: UUID | None
    data: dict


UNKNOWN = Sentence("", "point", "", _lazy("%(who)s did something that this version does not know (%(verb)s)"))
FORMER = _lazy("someone who is gone")
AUTOMATIC = _lazy("Frontdesk")
sentences: Registry[Sentence] = Registry("sentence")
boxes: Registry[Box] = Registry("timeline box")
name_kinds: Registry[Names] = Registry("kind of name")
groups: Registry[Any] = Registry("group of verbs")


def register(
    verb: str, *, icon: str, hue: str = "", sentence, values=None, names=None, changes=None, aside: bool = False
) -> Sentence:
    """Say how a verb reads; `sentence` is a lazy message, a `plural`, or a function of `data` that gives one."""
    return sentences.register(verb, Sentence(verb, icon, hue, sentence, values, names or {}, changes, aside))


def plural(singular: str, many: str, count: str) -> Plural:
    """A sentence that depends on the number in `data[count]`; import it as `_n`, so that it is found to translate."""
    return Plural(singular, many, count)


def register_box(verb: str, load, template: str = "") -> Box:
    """Load what is shown under a verb's sentences, all of a page in one call."""
    return boxes.register(verb, Box(load, template))


def register_names(kind: str, load, url_name: str = "") -> Names:
    """Resolve ids of a kind in sentences, all of a page in one call."""
    return name_kinds.register(kind, Names(load, url_name))


def sentence_of(verb: str) -> Sentence:
    """The verb's sentence, or one that names the unknown verb."""
    return sentences.get(verb) or UNKNOWN


def register_group(key: str, label) -> None:
    """Name the verbs that begin with `key` and a full stop."""
    groups.register(key, label)


def verb_groups() -> list[tuple[str, str]]:
    """(first part, label) of all verbs, sorted by label, to filter by."""
    keys = {verb.partition(".")[0] for verb, _sentence in sentences.items()}
    return sorted(((key, str(groups.get(key) or key)) for key in keys), key=lambda pair: pair[1].casefold())


def as_uuid(value) -> UUID | None:
    """An id as it stands in `data`; None for anything else."""
    try:
        return UUID(str(value))
    except ValueError:
        return None


def resolve(entries: Iterable[Entry]) -> dict[str, dict[UUID, str]]:
    """Kind -> id -> name of everything that the entries' sentences mention; one call a kind."""
    wanted: dict[str, set[UUID]] = {}
    for entry in entries:
        for key, kind in sentence_of(entry.verb).names.items():
            named = as_uuid(entry.data.get(key))
            if named:
                wanted.setdefault(kind, set()).add(named)
    return {kind: name_kinds[kind].load(sorted(ids)) for kind, ids in wanted.items() if name_kinds.get(kind)}


def _named(kind: str, value, names: dict, html: bool):
    found = as_uuid(value)
    name = names.get(kind, {}).get(found)
    if name is None:
        return str(FORMER)
    known = name_kinds.get(kind)
    href = jinja.url_if(known.url_name, found) if html and known and known.url_name else ""
    return Markup('<a href="{}">{}</a>').format(href, name) if href else name


def _variables(known: Sentence, entry: Entry, names: dict, html: bool) -> dict:
    who = entry.who or str(AUTOMATIC)
    values = {**entry.data, **(known.values(entry.data) if known.values else {})}
    values |= {key: _named(kind, entry.data.get(key), names, html) for key, kind in known.names.items()}
    return {**values, "verb": entry.verb, "who": Markup("<b>{}</b>").format(who) if html else who}


def _filled(message, variables: dict, speaker) -> str:
    if isinstance(message, Plural):
        return speaker.ngettext(message.singular, message.plural, int(variables.get(message.count) or 0), **variables)
    return speaker.gettext(message.message, **variables)


def describe(entry: Entry, names: dict | None = None, html: bool = True) -> Markup | str:
    """The sentence in the language in use: Markup with the actor in bold, or plain text; never raises for old data."""
    known = sentence_of(entry.verb)
    speaker = jinja if html else text
    variables = _variables(known, entry, names or {}, html)
    try:
        message = known.sentence(entry.data) if callable(known.sentence) else known.sentence
        filled = _filled(message, variables, speaker)
    except (KeyError, ValueError, TypeError):
        filled = _filled(UNKNOWN.sentence, variables, speaker)
    return escape(filled) if html else str(filled)


def changes_of(entry: Entry) -> list[Change]:
    """The changed values to list under the sentence."""
    known = sentence_of(entry.verb)
    return known.changes(entry.data) if known.changes else []
