"""What a column of a file can hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation

from frontdesk.core.fold import fold
from frontdesk.core.tables.template import Column, example_cells
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy

from ..models import Kind, Status

NUMBERED = 3


@dataclass(frozen=True)
class Field:
    """`group` sorts the choices; `synonyms` are folded headings by which other programs call it."""

    key: str
    label: Any
    group: str
    synonyms: tuple[str, ...] = ()
    number: int = 0

    @property
    def title(self) -> str:
        """The label in the language in use, numbered where there are several."""
        return f"{self.label} {self.number}" if self.number > 1 else str(self.label)


GROUPS = {
    "who": _lazy("%(Client)s"),
    "contact": _lazy("Contact"),
    "address": _lazy("Address"),
    "more": _lazy("More"),
}


def _several(key: str, label, synonyms: tuple[str, ...]) -> list[Field]:
    return [Field(f"{key}{number}", label, "contact", synonyms, number) for number in range(1, NUMBERED + 1)]


FIELDS = [
    Field("name", _lazy("Name"), "who", (
        "name", "full name", "client", "client name", "customer", "customer name", "company", "company name",
        "organisation", "organization", "student", "patient", "display name", "nom complet", "raison sociale",
        "societe", "entreprise", "nom du client", "nume complet", "nume client", "nume si prenume", "denumire",
        "firma", "companie", "client nume", "nume elev", "nume pacient",
    )),
    Field("first_name", _lazy("First name"), "who", (
        "first name", "firstname", "given name", "forename", "prenom", "prenume", "prenumele",
    )),
    Field("last_name", _lazy("Last name"), "who", (
        "last name", "lastname", "surname", "family name", "nom", "nom de famille", "nume", "nume de familie", "numele",
    )),
    Field("kind", _lazy("Kind"), "who", ("kind", "type", "client type", "customer type", "genre", "tip", "tip client", "fel")),
    Field("status", _lazy("Status"), "who", ("status", "state", "statut", "etat", "stare", "statutul")),
    Field("reference", _lazy("Reference"), "who", (
        "reference", "ref", "id", "client id", "customer id", "client no", "client number", "customer number", "number",
        "code", "external id", "numero", "numero client", "no client", "code client", "referinta", "cod", "cod client",
        "numar client", "nr client", "nr", "no",
    )),
    Field("language", _lazy("Language"), "who", ("language", "lang", "locale", "langue", "limba", "limba preferata")),
    Field("tags", _lazy("Tags"), "who", (
        "tags", "tag", "labels", "label", "categories", "category", "groups", "etiquettes", "etiquette", "categorie",
        "etichete", "eticheta", "categorii",
    )),
    Field("contact_name", _lazy("Contact's name"), "contact", (
        "contact", "contact name", "primary contact", "contact person", "parent", "nom du contact", "contact principal",
        "personne de contact", "persoana de contact", "nume contact", "parinte",
    )),
    Field("contact_role", _lazy("Contact's role"), "contact", (
        "role", "contact role", "position", "job title", "title", "fonction", "poste", "functie", "functia", "rol",
    )),
    *_several("email", _lazy("E-mail"), (
        "e mail", "email", "mail", "e mail address", "email address", "courriel", "adresse e mail", "adresse email",
        "adresse mail", "adresa de e mail", "adresa e mail", "adresa email", "e mail 1", "posta electronica",
    )),
    *_several("phone", _lazy("Phone"), (
        "phone", "telephone", "tel", "phone number", "mobile", "mobile phone", "mobile number", "cell", "cell phone",
        "cellphone", "landline", "home phone", "work phone", "gsm", "portable", "tel portable", "telephone portable",
        "telephone mobile", "numero de telephone", "tel mobile", "fixe", "tel fixe", "telephone fixe", "telefon",
        "tel mobil", "telefon mobil", "mobil", "telefon fix", "tel fix", "numar de telefon", "nr telefon", "nr tel",
        "celular",
    )),
    Field("street", _lazy("Street and number"), "address", (
        "street", "address", "street address", "address line 1", "address 1", "postal address", "rue", "adresse",
        "adresse postale", "numero et rue", "strada", "adresa", "strada si numar", "strada si numarul", "adresa postala",
    )),
    Field("postal_code", _lazy("Postal code"), "address", (
        "postal code", "postcode", "post code", "zip", "zip code", "code postal", "cp", "cod postal",
    )),
    Field("city", _lazy("City"), "address", ("city", "town", "locality", "ville", "commune", "localite", "oras", "orasul", "localitate", "localitatea")),
    Field("region", _lazy("Region"), "address", (
        "region", "state province", "province", "county", "department", "departement", "judet", "judetul", "regiune", "regiunea",
    )),
    Field("country", _lazy("Country"), "address", ("country", "pays", "tara")),
    Field("note", _lazy("Note"), "more", (
        "note", "notes", "comment", "comments", "remark", "remarks", "remarque", "remarques", "commentaire",
        "commentaires", "observatii", "observatie", "comentarii", "comentariu", "mentiuni",
    )),
    Field("team", _lazy("Assigned %(coworker)s"), "more", (
        "team", "assigned", "assigned to", "coworker", "co worker", "practitioner", "technician", "owner",
        "responsible", "account manager", "equipe", "responsable", "praticien", "technicien", "assigne a", "echipa",
        "responsabil", "alocat", "tehnician", "terapeut", "profesor",
    )),
]  # fmt: skip
BY_KEY = {field.key: field for field in FIELDS}
EMAILS = tuple(f"email{number}" for number in range(1, NUMBERED + 1))
PHONES = tuple(f"phone{number}" for number in range(1, NUMBERED + 1))


def choices() -> list[tuple[str, Any]]:
    """The fields for a select, in groups; "" leaves the column out."""
    grouped: list[tuple[str, Any]] = [("", _("Leave out"))]
    for key, label in GROUPS.items():
        grouped.append((str(label), [(field.key, field.title) for field in FIELDS if field.group == key]))
    return grouped


def in_each_language() -> Iterator[str]:
    """Make each language of the installation the one in use, in turn."""
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            yield code


def _statuses() -> tuple[str, ...]:
    return tuple(str(label) for _value, label in Status.choices)


def template_columns() -> list[Column]:
    """The columns of the file to fill in, in the language in use, with the account's words."""
    kinds = tuple(str(label) for _value, label in Kind.choices)
    languages = tuple(name for _code, name in settings.LANGUAGES)
    details = {
        "name": {"required": True, "example": "Maria Ionescu", "hint": _("The only column that must be filled in.")},
        "kind": {"choices": kinds, "example": str(Kind.PERSON.label)},
        "status": {"choices": _statuses(), "example": str(Status.ACTIVE.label)},
        "reference": {"example": "C-0001", "hint": _("Your own number or code; each only once.")},
        "language": {"choices": languages, "example": languages[0]},
        "tags": {"example": "VIP, 2026", "hint": _("Separated by commas.")},
        "contact_name": {"hint": _("Leave empty when it is the same person.")},
        "email1": {"example": "maria.ionescu@example.com"},
        "phone1": {"example": "+40 745 112 908", "hint": _("With the country code, or as it is dialled at home.")},
        "street": {"example": "Strada Lungă 12"},
        "postal_code": {"example": "500035"},
        "city": {"example": "Brașov"},
        "country": {"example": "RO", "hint": _("The name, or two letters.")},
        "team": {"hint": _("E-mail address or name of a colleague.")},
    }
    left_out = ("first_name", "last_name")
    return [Column(f.key, f.title, **details.get(f.key, {})) for f in FIELDS if f.key not in left_out]


def template_examples() -> list[list[str | None]]:
    """The example row as each language's template has it, by which it is known when it was left in."""
    return [example_cells(template_columns()) for _code in in_each_language()]


def folded_heading(text: str) -> str:
    """A heading as it is compared: no case, no accents, no punctuation."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())
