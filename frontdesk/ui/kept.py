"""Parts of a page that are the same on the next one: rendered once, kept, and given this page's token and address."""

from functools import lru_cache
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from frontdesk.core import text
from frontdesk.core.reader import language

from .components import csrf_input

_KEPT = 1024
# No stored text holds NUL, so nobody can write these marks into a page.
_TOKEN, _ADDRESS = "\0token\0", "\0address\0"


@lru_cache(_KEPT)
def _rendered(environment: Environment, name: str, words: tuple, values: tuple) -> str:
    """The template rendered from these values alone; `words` is only here to tell kept parts apart."""
    return environment.get_template(name).render(
        dict(values), csrf_once=lambda: csrf_input(_TOKEN), page_address=_ADDRESS
    )


@pass_context
def kept(context: Context, name: str, **values: Any) -> Markup:
    """The template `name`, rendered from the language, the words and the given hashable values, and nothing else.

    Whatever varies between pages, people or accounts has to be among the values: the rest of the page's context
    is out of reach, so that no kept part can show one reader what another may see. Forms in it get the token
    of this page, and `page_address` is its address.
    """
    values["language"] = language()
    part = _rendered(context.environment, name, text.words_key(), tuple(sorted(values.items())))
    if "\0" in part:
        part = part.replace(_TOKEN, escape(context["csrf_token"]))
        part = part.replace(_ADDRESS, escape(context["page_address"]))
    return Markup(part)  # noqa: S704 made of an escaped template and escaped values
