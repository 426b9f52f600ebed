"""Form controls as templates draw them: one flat description, from a bound field or from plain values."""

from dataclasses import dataclass, field
from typing import Any

from django.forms import BoundField
from markupsafe import Markup

SPECIAL = {
    "textarea": "textarea",
    "select": "select",
    "selectmultiple": "select",
    "checkbox": "checkbox",
    "radioselect": "radio",
    "checkboxselectmultiple": "checks",
}


@dataclass(frozen=True)
class Explained:
    """The label of a choice with a line that explains it; usable as a label in a form's choices."""

    label: Any
    explanation: Any

    def __str__(self):
        return str(self.label)


@dataclass
class Control:
    """One control of a form.

    `kind` is input, textarea, select, checkbox, radio or checks; `choices` are (value, label, chosen) triples
    or (group label, [triples]) pairs; `attrs` are further HTML attributes.
    """

    name: str
    id: str
    label: Any = ""
    kind: str = "input"
    type: str = "text"
    value: Any = ""
    hint: Any = ""
    required: bool = False
    multiple: bool = False
    disabled: bool = False
    checked: bool = False
    errors: list[str] = field(default_factory=list)
    choices: list = field(default_factory=list)
    attrs: dict[str, Any] = field(default_factory=dict)

    @property
    def described_by(self) -> str:
        """The ids of the hint and the error, for aria-describedby."""
        return " ".join([f"{self.id}-hint"] * bool(self.hint) + [f"{self.id}-error"] * bool(self.errors))


def attributes(values: dict) -> Markup:
    """HTML attributes; True gives a bare attribute, False and None give nothing."""
    shown = [(name, value) for name, value in values.items() if value is not None and value is not False]
    parts = [
        Markup(" {}").format(name) if value is True else Markup(' {}="{}"').format(name, value) for name, value in shown
    ]
    return Markup("").join(parts)


def control(source, **overrides) -> Control:
    """Describe a bound field, or make a control from a name and values; overrides win, None is ignored."""
    given = {key: value for key, value in overrides.items() if value is not None}
    made = _bound(source) if isinstance(source, BoundField) else Control(name=source, id=f"id_{source}")
    attrs = {**made.attrs, **given.pop("attrs", {})}
    choices = given.pop("choices", None)
    for key, value in given.items():
        setattr(made, key, value)
    made.attrs = attrs
    if choices is not None:
        made.choices = marked(choices, made.value)
    return made


def _bound(bound: BoundField) -> Control:
    widget = bound.field.widget
    kind = _kind(widget)
    value = bound.value()
    input_type = getattr(widget, "input_type", None) or "text"
    attrs = bound.build_widget_attrs(dict(widget.attrs))
    for name in ("required", "disabled", "aria-describedby", "aria-invalid", "id"):
        attrs.pop(name, None)
    return Control(
        name=bound.html_name,
        id=bound.id_for_label or bound.auto_id,
        label=bound.label,
        kind=kind,
        type=input_type,
        value=_shown(widget, kind, value),
        hint=bound.help_text,
        required=bound.field.required,
        multiple=getattr(widget, "allow_multiple_selected", False),
        disabled=bound.field.disabled,
        checked=kind == "checkbox" and bool(value),
        errors=[str(said) for said in bound.errors],
        choices=marked(getattr(widget, "choices", ()), value),
        attrs=attrs,
    )


def _kind(widget) -> str:
    for base in type(widget).__mro__:
        if base.__name__.lower() in {**SPECIAL, "checkboxinput": ""}:
            return SPECIAL.get(base.__name__.lower(), "checkbox")
    return "input"


def _shown(widget, kind: str, value):
    if kind != "input" and kind != "textarea":
        return value
    secret = getattr(widget, "input_type", "") in ("password", "file")
    if secret and not getattr(widget, "render_value", False):
        return ""
    text = widget.format_value(value)
    return "" if text is None else text


def marked(choices, value) -> list:
    """Choices as (value, label, chosen) triples, groups as (label, [triples])."""
    several = value if isinstance(value, list | tuple | set) else ["" if value is None else value]
    chosen = {str(one) for one in several}
    return [_mark(key, label, chosen) for key, label in choices]


def _mark(key, label, chosen: set[str]):
    if isinstance(label, list | tuple):
        return key, [_mark(inner, text, chosen) for inner, text in label]
    shown = "" if key is None else str(key)
    return shown, label, shown in chosen
