"""Forms about the account itself."""

from dataclasses import replace

from django import forms

from frontdesk.core.text import gettext_lazy as _lazy

from .. import checks, choices
from ..actions.setup import AccountInput, AdminInput
from ..signin.forms import new_password_field
from .base import ActionForm, email_field, line, phone_field, with_empty


class RegionForm(ActionForm):
    """Where an account works, and in which language."""

    language = forms.ChoiceField(label=_lazy("Language"), choices=choices.languages)
    time_zone = forms.ChoiceField(label=_lazy("Time zone"), choices=choices.time_zones)
    country = forms.ChoiceField(
        label=_lazy("Country"), required=False, choices=with_empty(_lazy("None in particular"), choices.countries),
        help_text=_lazy("Phone numbers without a country code belong here."),
    )  # fmt: skip
    currency = forms.ChoiceField(label=_lazy("Currency"), choices=choices.currencies)

    def account_input(self, data: dict, name: str) -> AccountInput:
        """The values for the action."""
        region = {key: data[key] for key in ("language", "time_zone", "currency", "country")}
        return AccountInput(name=name, **region)


class AccountForm(RegionForm):
    """The account's settings."""

    name = line(_lazy("Name of the business"), checks.LONGEST_NAME, autocomplete="organization")
    contact_email = email_field(_lazy("E-mail of the office"), required=False)
    contact_phone = phone_field(_lazy("Phone of the office"))
    field_order = ["name", "language", "contact_email", "contact_phone", "time_zone", "country", "currency"]

    def account_input(self, data: dict, name: str) -> AccountInput:
        """The values for the action."""
        reach = {key: data[key] for key in ("contact_email", "contact_phone")}
        return replace(super().account_input(data, name), **reach)


class SetupForm(RegionForm):
    """The first account and its admin."""

    business = line(_lazy("Name of the business"), checks.LONGEST_NAME, autocomplete="organization")
    name = line(_lazy("Your name"), checks.LONGEST_NAME, autocomplete="name")
    email = email_field(_lazy("Your e-mail"), autocomplete="email")
    password = new_password_field()
    field_order = ["business", "name", "email", "password", "language", "country", "time_zone", "currency"]

    def inputs(self, data: dict) -> tuple[AccountInput, AdminInput]:
        """The values for the action."""
        admin = AdminInput(name=data["name"], email=data["email"], password=data["password"])
        return self.account_input(data, data["business"]), admin
