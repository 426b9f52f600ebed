"""HTML input of clients to the values that the verbs take; the verbs judge the values."""

from datetime import time
from uuid import UUID

from django import forms
from django.conf import settings

from frontdesk.core.checks import Errors
from frontdesk.core.countries import country_choices
from frontdesk.core.errors import Invalid
from frontdesk.core.forms import show_refusal
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.ui.fields import Explained

from .actions import GuestInput, Interval, add_guest
from .custom.forms import CustomValues
from .custom.models import CustomField
from .models import Address, Client, Contact, Kind, Status
from .values import MOST_POINTS, AddressInput, ClientInput, ContactInput, PointInput

WEEKDAYS = range(7)


class PointForm(forms.Form):
    """One e-mail address or phone number."""

    value = forms.CharField(required=False, max_length=254)
    label = forms.CharField(required=False, max_length=40)
    consent = forms.BooleanField(required=False)


PointFormSet = forms.formset_factory(PointForm, extra=1, can_delete=True, max_num=MOST_POINTS + 1)


def _typed_points(formset) -> list[PointInput]:
    """Every row in its place; removed and empty ones have no value, so that positions match the form's rows."""
    rows = []
    for form in formset.forms:
        data = form.cleaned_data if form.is_valid() else {}
        value = "" if data.get("DELETE") else data.get("value", "")
        rows.append(PointInput(value, data.get("label", ""), data.get("consent", False)))
    return rows


class AddressForm(forms.Form):
    """A postal address."""

    label = forms.CharField(
        label=_lazy("Label"), required=False, max_length=40, help_text=_lazy("For example home, office, delivery.")
    )
    street = forms.CharField(
        label=_lazy("Street and number"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    postal_code = forms.CharField(label=_lazy("Postal code"), required=False, max_length=20)
    city = forms.CharField(label=_lazy("City"), required=False, max_length=100)
    region = forms.CharField(label=_lazy("Region"), required=False, max_length=100)
    country = forms.ChoiceField(label=_lazy("Country"), required=False, choices=lambda: [("", ""), *country_choices()])

    def typed(self) -> AddressInput:
        """The address as the verbs take it."""
        return AddressInput(**{name: self.cleaned_data.get(name, "") for name in AddressForm.base_fields})

    @classmethod
    def of(cls, address: Address | None, data=None, **options) -> "AddressForm":
        """The form of an address; bound when `data` is given."""
        initial = {name: getattr(address, name) for name in cls.base_fields} if address else None
        return cls(data, initial=initial, prefix=options.get("prefix"))


class ContactForm(forms.Form):
    """A contact with its e-mail addresses and phone numbers (formsets `emails`, `phones`) and postal address."""

    name = forms.CharField(label=_lazy("Name"), max_length=160)
    role = forms.CharField(
        label=_lazy("Role"), required=False, max_length=80,
        help_text=_lazy("For example mother, accounting, site manager."),
    )  # fmt: skip

    def __init__(self, data=None, *, contact: Contact | None = None, country: str = "", **options):
        initial = {"name": contact.name, "role": contact.role} if contact else None
        super().__init__(data, initial=initial, **options)
        self.emails = PointFormSet(data, prefix="emails", initial=_initial_points(contact, "emails"))
        self.phones = PointFormSet(data, prefix="phones", initial=_initial_points(contact, "phones"))
        self.address = AddressForm.of(getattr(contact, "address", None), data, prefix="address")

    def is_valid(self) -> bool:
        """Whether every part has the right shape."""
        return all([super().is_valid(), self.emails.is_valid(), self.phones.is_valid(), self.address.is_valid()])

    def typed(self) -> ContactInput:
        """The contact as the verbs take it."""
        return ContactInput(
            name=self.cleaned_data["name"],
            role=self.cleaned_data["role"],
            emails=_typed_points(self.emails),
            phones=_typed_points(self.phones),
        )

    def refuse(self, refused: Invalid) -> None:
        """Show what a verb refused at its field."""
        show_refusal(self, refused, point_places(self))


def _initial_points(contact: Contact | None, name: str) -> list[dict]:
    points = getattr(contact, name, [])
    return [{"value": point.value, "label": point.label, "consent": point.consent} for point in points]


def point_places(form, prefix: str = "") -> dict[str, tuple[forms.Form, str]]:
    """Where the paths `emails.0`, `phones.1`, `address.city` of a refusal are on the form."""
    places = {f"address.{name}": (form.address, name) for name in AddressForm.base_fields}
    for kind in ("emails", "phones"):
        for number, row in enumerate(getattr(form, kind).forms):
            places[f"{prefix}{kind}.{number}"] = (row, "value")
    return places


def language_choices() -> list[tuple[str, str]]:
    """The languages a client may be written to in; empty is the account's."""
    return [("", _("As the account")), *settings.LANGUAGES]


class DetailsForm(CustomValues):
    """A client's own fields, and the account's."""

    kind = forms.ChoiceField(label=_lazy("Kind"), choices=Kind.choices, widget=forms.RadioSelect, initial=Kind.PERSON)
    name = forms.CharField(label=_lazy("Name"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    reference = forms.CharField(
        label=_lazy("Reference"), required=False, max_length=60,
        help_text=_lazy("Your own number or code, if you use one."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_lazy("Language"), required=False, choices=language_choices)

    @classmethod
    def of(cls, client: Client, fields: list[CustomField], data=None) -> "DetailsForm":
        """The form of a client; bound when `data` is given."""
        form = cls(data, initial={name: getattr(client, name) for name in DetailsForm.base_fields})
        form.add_custom(fields, client.custom)
        return form

    def changes(self) -> dict:
        """What was typed, as the verb takes it."""
        own = {name: self.cleaned_data[name] for name in DetailsForm.base_fields}
        return {**own, "custom": self.custom_typed()}


class NewClientForm(DetailsForm):
    """A client with its primary contact; `confirmed` says that possible duplicates were seen."""

    status = forms.ChoiceField(label=_lazy("Status"), choices=Status.choices, initial=Status.ACTIVE)
    contact_name = forms.CharField(
        label=_lazy("Contact's name"), required=False, max_length=160,
        help_text=_lazy("Leave empty when it is the same person."),
    )  # fmt: skip
    contact_role = forms.CharField(label=_lazy("Role"), required=False, max_length=80)
    tags = forms.CharField(
        label=_lazy("Tags"), required=False, max_length=1000, help_text=_lazy("Separated by commas.")
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, fields: list[CustomField] | tuple = (), **options):
        super().__init__(data, **options)
        self.add_custom(fields, {})
        self.emails = PointFormSet(data, prefix="emails")
        self.phones = PointFormSet(data, prefix="phones")
        self.address = AddressForm(data, prefix="address")

    def is_valid(self) -> bool:
        """Whether every part has the right shape."""
        return all([super().is_valid(), self.emails.is_valid(), self.phones.is_valid(), self.address.is_valid()])

    def typed(self) -> ClientInput:
        """The client as the verb takes it."""
        data = self.cleaned_data
        contact = ContactInput(
            name=data["contact_name"],
            role=data["contact_role"],
            emails=_typed_points(self.emails),
            phones=_typed_points(self.phones),
        )
        own = {name: data[name] for name in ("name", "kind", "status", "reference", "language")}
        return ClientInput(
            **own,
            contact=contact,
            address=self.address.typed(),
            tags=split_tags(data["tags"]),
            custom=self.custom_typed(),
        )

    def refuse(self, refused: Invalid) -> None:
        """Show what the verb refused at its field."""
        places = point_places(self, "contact.")
        places |= {"contact.name": (self, "contact_name"), "contact.role": (self, "contact_role")}
        show_refusal(self, refused, places)


def split_tags(text: str) -> list[str]:
    """Tags as typed, separated by commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


class NoteForm(forms.Form):
    """A note."""

    body = forms.CharField(label=_lazy("Note"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}))


class SignInForm(forms.Form):
    """A username for a client's contact."""

    username = forms.CharField(
        label=_lazy("Username"), max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip


GUEST_METHODS = [
    ("mail", Explained(_lazy("Send an invitation"), _lazy("They choose their own password."))),
    ("link", Explained(_lazy("Show a link"), _lazy("You hand it over yourself; it works once."))),
    ("password", Explained(_lazy("Show a temporary password"), _lazy("They change it when they first sign in."))),
]


class GuestForm(forms.Form):
    """A guest, and how they come to sign in."""

    name = forms.CharField(label=_lazy("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    method = forms.ChoiceField(
        label=_lazy("How they sign in"), choices=GUEST_METHODS, widget=forms.RadioSelect, initial="mail"
    )
    email = forms.CharField(
        label=_lazy("E-mail"), required=False, max_length=254,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "off"}),
    )  # fmt: skip
    username = forms.CharField(
        label=_lazy("Username"), required=False, max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip

    def typed(self) -> GuestInput:
        """The guest as the verb takes it."""
        return GuestInput(**self.cleaned_data)

    def add(self, actor, client: Client) -> dict | None:
        """Make them a guest and give what is shown once; None when something was refused, then shown on the form."""
        if not self.is_valid():
            return None
        try:
            member, once = add_guest(actor, client, self.typed())
        except Invalid as refused:
            show_refusal(self, refused)
            return None
        return {"member": member, **once}


class ShareForm(forms.Form):
    """Who already signs in for another client."""

    login = forms.CharField(
        label=_lazy("E-mail or username"), max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip


def parse_identifiers(values: list[str], field: str) -> list[UUID]:
    """The ids in a form's values; raises Invalid at `field` for anything else."""
    try:
        return [UUID(value) for value in values if value]
    except ValueError:
        raise Invalid({field: [_("Choose one of the list.")]}) from None


def _parse_time(errors: Errors, field: str, text: str) -> time | None:
    try:
        parsed = time.fromisoformat(text.strip())
    except ValueError:
        parsed = None
    if parsed is None or parsed.tzinfo:
        errors.add(field, _("“%(text)s” is not a time. Write it as 09:30.", text=text[:20]))
        return None
    return parsed


def parse_availability(data) -> list[Interval]:
    """The weekly intervals in a form's fields `starts-<weekday>` and `ends-<weekday>` (repeated, empty pairs ignored).

    Raises Invalid naming the day (`days.<weekday>`) of every wrong time.
    """
    errors, intervals = Errors(), []
    for weekday in WEEKDAYS:
        pairs = zip(data.getlist(f"starts-{weekday}"), data.getlist(f"ends-{weekday}"), strict=False)
        for starts_text, ends_text in pairs:
            if not starts_text.strip() and not ends_text.strip():
                continue
            starts = _parse_time(errors, f"days.{weekday}", starts_text)
            ends = _parse_time(errors, f"days.{weekday}", ends_text)
            if starts and ends:
                intervals.append(Interval(weekday, starts, ends))
    errors.raise_any()
    return intervals
