"""Between HTML forms and the verbs: what a verb refuses is shown at its field."""

from django import forms

from .errors import Invalid


def show_refusal(form: forms.Form, refused: Invalid, places: dict[str, tuple[forms.Form, str]] | None = None) -> None:
    """Show each reason at its field: `places` says where the paths of nested values are; the rest goes on top."""
    for path, reasons in refused.errors.items():
        target, name = (places or {}).get(path, (form, path))
        for reason in reasons:
            target.add_error(name if name in target.fields else None, str(reason))
