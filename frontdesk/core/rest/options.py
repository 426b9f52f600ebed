"""Options as the API takes and shows them."""

from pydantic import Field

from frontdesk.core.options import Choice

from .schemas import Input, Schema


class OptionOut(Schema):
    """Something that may be allowed: `allowed` is what holds, `own` what was chosen here (null: as for all)."""

    key: str
    label: str
    text: str
    allowed: bool
    own: bool | None


class OptionRows(Schema):
    """Every option."""

    data: list[OptionOut]


class OptionsIn(Input):
    """Options by key: yes, no, or null for as it is for all; those left out stay."""

    options: dict[str, bool | None] = Field(max_length=100)


def option_rows(choices: list[Choice]) -> dict:
    """OptionRows."""
    return {
        "data": [
            {
                "key": one.option.key, "label": str(one.option.label), "text": str(one.option.text),
                "allowed": one.allowed, "own": one.own,
            }
            for one in choices
        ]
    }  # fmt: skip
