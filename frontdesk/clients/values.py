"""What the verbs take: plain values, and their cleaning by the rules of the domain."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from frontdesk.core import emails, phones
from frontdesk.core.checks import Errors
from frontdesk.core.text import gettext as _

from .custom.values import clean_values
from .models import ContactPoint, CustomField, Kind, Status

MOST_POINTS = 20
EMAIL, PHONE = ContactPoint.Kind.EMAIL.value, ContactPoint.Kind.PHONE.value
MOST_TAGS = 30


@dataclass
class PointInput:
    """An e-mail address or phone number as typed."""

    value: str
    label: str = ""
    consent: bool = False


@dataclass
class ContactInput:
    """A contact as typed."""

    name: str
    role: str = ""
    emails: list[PointInput] = field(default_factory=list)
    phones: list[PointInput] = field(default_factory=list)


@dataclass
class AddressInput:
    """A postal address as typed; `country` is ISO 3166, two letters."""

    street: str = ""
    postal_code: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    label: str = ""

    def __bool__(self) -> bool:
        return any((self.street, self.postal_code, self.city, self.region, self.country))


@dataclass
class ClientInput:
    """A client as typed; without a `contact` the client's own name becomes the primary contact's.

    `custom` holds values of own fields by the field's id.
    """

    name: str
    kind: str = Kind.PERSON
    status: str = Status.ACTIVE
    reference: str = ""
    language: str = ""
    contact: ContactInput | None = None
    address: AddressInput = field(default_factory=AddressInput)
    tags: list[str] = field(default_factory=list)
    custom: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Point:
    """A checked e-mail address or phone number."""

    kind: str
    value: str
    normal: str
    label: str
    is_mobile: bool
    consent: bool


def clean_email(errors: Errors, field_name: str, typed: PointInput) -> Point | None:
    """A checked address; None when it was empty or wrong (then noted)."""
    text = typed.value.strip()
    if not text:
        return None
    try:
        normal = emails.parse(text)
    except emails.BadEmail:
        errors.add(field_name, _("“%(text)s” is not an e-mail address.", text=text[:80]))
        return None
    return Point(EMAIL, normal, normal, typed.label[:40], False, typed.consent)


def clean_phone(errors: Errors, field_name: str, typed: PointInput, country: str) -> Point | None:
    """A checked number; None when it was empty or wrong (then noted)."""
    text = typed.value.strip()
    if not text:
        return None
    try:
        number = phones.parse(text[:60], country)
    except phones.BadPhone:
        reason = _(
            "“%(text)s” is not a phone number. Write it with its country code, as in +40 745 112 908.", text=text[:40]
        )
        errors.add(field_name, reason)
        return None
    return Point(PHONE, number.e164, number.e164, typed.label[:40], number.mobile, typed.consent)


def clean_points(errors: Errors, typed: ContactInput, country: str, prefix: str = "") -> list[Point]:
    """All addresses and numbers of a contact, each once."""
    found: list[Point | None] = []
    for number, item in enumerate(typed.emails[:MOST_POINTS]):
        found.append(clean_email(errors, f"{prefix}emails.{number}", item))
    for number, item in enumerate(typed.phones[:MOST_POINTS]):
        found.append(clean_phone(errors, f"{prefix}phones.{number}", item, country))
    for name in ("emails", "phones"):
        if len(getattr(typed, name)) > MOST_POINTS:
            errors.add(f"{prefix}{name}", _("At most %(most)s are allowed.", most=MOST_POINTS))
    once = {(point.kind, point.normal): point for point in found if point is not None}
    return list(once.values())


def clean_address(errors: Errors, typed: AddressInput, prefix: str = "") -> AddressInput:
    """An address with every line cleaned."""
    country = typed.country.strip().upper()
    if country and (len(country) != 2 or not country.isascii() or not country.isalpha()):
        errors.add(f"{prefix}country", _("Choose a country."))
    return AddressInput(
        street=errors.line(f"{prefix}street", typed.street, 200),
        postal_code=errors.line(f"{prefix}postal_code", typed.postal_code, 20),
        city=errors.line(f"{prefix}city", typed.city, 100),
        region=errors.line(f"{prefix}region", typed.region, 100),
        country=country[:2],
        label=errors.line(f"{prefix}label", typed.label, 40),
    )


@dataclass
class CheckedClient:
    """A client whose values keep the rules, with its primary contact's name, role, addresses and numbers."""

    client: ClientInput
    contact_name: str
    contact_role: str
    points: list[Point]


def clean_client(errors: Errors, typed: ClientInput, country: str, fields: Iterable[CustomField]) -> CheckedClient:
    """A new client with everything that belongs to it cleaned; what is wrong is noted. `fields` are the account's own.

    Whether another client bears the reference is for the caller to ask.
    """
    contact = typed.contact or ContactInput(name=typed.name)
    cleaned = clean_own_fields(errors, typed)
    cleaned.address = clean_address(errors, typed.address, "address.")
    cleaned.tags = clean_tags(errors, typed.tags)
    cleaned.custom = clean_values(errors, fields, typed.custom)
    return CheckedClient(
        client=cleaned,
        contact_name=errors.line("contact.name", contact.name or cleaned.name, 160),
        contact_role=errors.line("contact.role", contact.role, 80),
        points=clean_points(errors, contact, country, "contact."),
    )


def clean_own_fields(errors: Errors, typed: ClientInput) -> ClientInput:
    """The client's own fields cleaned, without contact, address and tags."""
    return ClientInput(
        name=errors.line("name", typed.name, 160, required=True),
        kind=errors.choice("kind", typed.kind, Kind),
        status=errors.choice("status", typed.status, Status),
        reference=errors.line("reference", typed.reference, 60),
        language=errors.line("language", typed.language, 12),
    )


def clean_tags(errors: Errors, names: list[str]) -> list[str]:
    """Names of tags cleaned, without empty ones."""
    if len(names) > MOST_TAGS:
        errors.add("tags", _("At most %(most)s are allowed.", most=MOST_TAGS))
    return [cleaned for name in names if (cleaned := errors.line("tags", name, 40))]


def typed_normals(values: list[str], country: str) -> list[str]:
    """The normal forms of what looks like e-mail addresses and phone numbers."""
    normals = []
    for value in values[:40]:
        try:
            normals.append(emails.parse(value) if "@" in value else phones.parse(value[:60], country).e164)
        except ValueError:
            continue
    return normals
