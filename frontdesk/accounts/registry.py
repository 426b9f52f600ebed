"""Places of this domain where higher ones plug in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from frontdesk.core.registry import Registry


@dataclass(frozen=True)
class MemberPanel:
    """A section on a member's page, fetched from `url_name` (takes the member's id) once the page is shown.

    `applies(actor, member)` says whether it is there at all.
    """

    key: str
    label: Any
    url_name: str
    applies: Callable[[Any, Any], bool]
    order: int = 100


@dataclass(frozen=True)
class FirstStep:
    """An entry of the checklist of a fresh account; `done(actor)` says whether it may be ticked."""

    key: str
    label: Any
    text: Any
    url_name: str
    action: Any
    done: Callable[[Any], bool]
    permission: str | None = None
    order: int = 100


@dataclass(frozen=True)
class MailKind:
    """A mail whose text an account may write itself.

    `placeholders` maps the names that may stand in braces to what they are; `required` must be in the body, `secret`
    must not be in the subject. `subject` and `body` are the default, translated; `action` names the button, "" for
    none. `sample(actor)` gives values for preview and test, those of the actor where there are any.
    """

    key: str
    label: Any
    text: Any
    placeholders: dict[str, Any]
    subject: Any
    body: Any
    action: Any
    sample: Callable[[Any], dict[str, str]]
    required: frozenset[str] = frozenset()
    secret: str = ""
    order: int = 100


@dataclass(frozen=True)
class PeopleFilter:
    """A filter of the directory: `choices(actor)` are (value, label) pairs after "", which has the label `any`.

    `narrow(found, value)` narrows members; raises Invalid for a value that is none.
    """

    key: str
    any: Any
    choices: Callable[[Any], list[tuple[str, str]]]
    narrow: Callable[[Any, str], Any]
    order: int = 100


people_filters: Registry[PeopleFilter] = Registry("filter of people")
mail_kinds: Registry[MailKind] = Registry("mail")
member_panels: Registry[MemberPanel] = Registry("member panel")
first_steps: Registry[FirstStep] = Registry("first step")
