"""Styles of strangers: a few properties, and values that load, move and cover nothing."""

import re

_NAMES = """
background-color border border-bottom border-bottom-color border-bottom-style border-bottom-width border-collapse
border-color border-left border-left-color border-left-style border-left-width border-radius border-right
border-right-color border-right-style border-right-width border-spacing border-style border-top border-top-color
border-top-style border-top-width border-width color direction display font font-family font-size font-style
font-variant font-weight height letter-spacing line-height list-style-type margin margin-bottom margin-left
margin-right margin-top max-height max-width min-height min-width padding padding-bottom padding-left padding-right
padding-top text-align text-decoration text-indent text-transform vertical-align white-space width word-break
word-wrap overflow-wrap word-spacing
"""
_PROPERTIES = set(_NAMES.split())
# No parenthesis but those of colours, no escapes, comments or addresses.
_VALUE = re.compile(r"(?:[\w\s.,%#!'\"-]|rgba?\([\d\s.,%/]{1,40}\)|hsla?\([\d\s.,%/deg]{1,40}\))*", re.I)
_NEGATIVE = re.compile(r"(^|\s)-[\d.]")
_DISPLAYS = {"none", "block", "inline", "inline-block", "table", "table-row", "table-cell", "list-item"}
_LONGEST = 4000


def clean_style(style: str) -> str:
    """The declarations that are allowed, "" for none."""
    kept = []
    for declaration in style[:_LONGEST].split(";")[:60]:
        name, mark, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip()
        if mark and name in _PROPERTIES and _is_plain(name, value):
            kept.append(f"{name}: {value}")
    return "; ".join(kept)


def _is_plain(name: str, value: str) -> bool:
    if not value or len(value) > 200 or not _VALUE.fullmatch(value):
        return False
    if name == "display":
        return value.lower().removesuffix("!important").strip() in _DISPLAYS
    return not (name.startswith(("margin", "text-indent")) and _NEGATIVE.search(value))
