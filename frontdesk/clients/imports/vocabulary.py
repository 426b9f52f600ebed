"""Words in cells that stand for a choice: kinds, statuses, languages, countries, in every language on offer."""

from dataclasses import dataclass

from babel import Locale
from django.conf import settings

from frontdesk.accounts.models import Member, MemberStatus
from frontdesk.core.countries import country_choices
from frontdesk.core.fold import fold
from frontdesk.core.permissions import TEAM

from ..models import Kind, Status
from .fields import in_each_language

_OTHER_WORDS: dict[str, dict[str, str]] = {
    "kind": {
        "individual": Kind.PERSON, "particulier": Kind.PERSON, "persoana": Kind.PERSON, "persoana fizica": Kind.PERSON,
        "company": Kind.ORGANISATION, "organization": Kind.ORGANISATION, "business": Kind.ORGANISATION,
        "societe": Kind.ORGANISATION, "entreprise": Kind.ORGANISATION, "firma": Kind.ORGANISATION,
        "companie": Kind.ORGANISATION, "persoana juridica": Kind.ORGANISATION,
    },
    "status": {
        "yes": Status.ACTIVE, "true": Status.ACTIVE, "1": Status.ACTIVE, "no": Status.INACTIVE,
        "false": Status.INACTIVE, "0": Status.INACTIVE, "lead": Status.PROSPECT, "archived": Status.INACTIVE,
    },
    "country": {"uk": "GB", "usa": "US", "england": "GB", "great britain": "GB"},
}  # fmt: skip


@dataclass(frozen=True)
class Vocabulary:
    """Folded word to value, for each field with choices; `team` maps e-mail addresses and names to members."""

    kind: dict[str, str]
    status: dict[str, str]
    language: dict[str, str]
    country: dict[str, str]
    team: dict[str, list]


def _choices(field: str, choices_class) -> dict[str, str]:
    words = {value: value for value in choices_class.values} | dict(_OTHER_WORDS[field])
    for _code in in_each_language():
        words |= {fold(str(label)): value for value, label in choices_class.choices}
    return {word: str(value) for word, value in words.items()}


def _languages() -> dict[str, str]:
    words: dict[str, str] = {}
    for code, own_name in settings.LANGUAGES:
        words |= {fold(code): code, fold(own_name): code}
    for reader, _name in settings.LANGUAGES:
        names = Locale.parse(reader.replace("-", "_")).languages
        words |= {fold(names[code]): code for code, _own in settings.LANGUAGES if code in names}
    return words


def _countries() -> dict[str, str]:
    words = dict(_OTHER_WORDS["country"])
    for _code in in_each_language():
        words |= {fold(name): code for code, name in country_choices()}
    return words | {fold(code): code for code, _name in country_choices()}


def _team(account_id) -> dict[str, list]:
    """Names that two colleagues share lead to both, so that neither is taken for the other."""
    words: dict[str, list] = {}
    members = Member.objects.filter(account_id=account_id, role__in=TEAM).exclude(status=MemberStatus.INACTIVE)
    for member_id, name, email in members.values_list("id", "name", "email"):
        for word in {fold(name), fold(email)} - {""}:
            words.setdefault(word, []).append(member_id)
    return words


def load(account_id) -> Vocabulary:
    """The words of an account."""
    return Vocabulary(_choices("kind", Kind), _choices("status", Status), _languages(), _countries(), _team(account_id))
