"""What can be done with forms, and with what comes by them."""

from .forms import FormInput, add_form, change_form, delete_form, switch
from .sending import Typed, check, send

__all__ = [
    "FormInput", "Typed", "add_form", "change_form", "check", "delete_form", "send", "switch",
]  # fmt: skip
