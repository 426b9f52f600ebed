"""The little markup of help topics and notices: paragraphs, lists with `- `, `**strong**` and `*term*`."""

import re

from markupsafe import Markup, escape

_STRONG = re.compile(r"\*\*(.+?)\*\*")
_TERM = re.compile(r"\*(.+?)\*")


def _line(text: str) -> Markup:
    marked = _STRONG.sub(r"<b>\1</b>", str(escape(text)))
    return Markup(_TERM.sub(r"<em>\1</em>", marked))  # noqa: S704 escaped before


def _block(text: str) -> Markup:
    lines = text.splitlines()
    if not all(line.startswith("- ") for line in lines):
        return Markup("<p>{}</p>").format(_line(" ".join(lines)))
    return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(_line(one[2:])) for one in lines))


def rendered(body: str) -> Markup:
    """Text with the markup as HTML."""
    return Markup("\n").join(_block(part) for part in re.split(r"\n\s*\n", body.strip()) if part.strip())
