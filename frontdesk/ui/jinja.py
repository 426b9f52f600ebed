"""The Jinja2 environment of every page."""

import re
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from jinja2 import pass_context
from markupsafe import Markup

from frontdesk.core import text
from frontdesk.core.countries import country_name
from frontdesk.core.languages import language_name

from . import components, fields, formats
from .components import csrf_input
from .kept import kept
from .rendering import Environment

_KEPT_ADDRESSES = 4096
MACRO_FILES = ("actions", "fields", "overlays", "lists", "page", "options")


@lru_cache(_KEPT_ADDRESSES)
def _address(name: str, args: tuple, kwargs: tuple) -> str:
    return reverse(name, args=args or None, kwargs=dict(kwargs) or None)


@lru_cache(_KEPT_ADDRESSES)
def _around(name: str, count: int) -> list[str]:
    """What stands around the ids in a route's address; they differ on every page, the rest does not."""
    stand_ins = [str(UUID(int=(0xF00D << 112) + number)) for number in range(count)]
    return re.split("|".join(stand_ins), reverse(name, args=stand_ins))


def url(name: str, *args, **kwargs) -> str:
    """The address of a route; raises NoReverseMatch for an unknown one."""
    if kwargs or {UUID}.symmetric_difference(map(type, args)):
        return _address(name, args, tuple(sorted(kwargs.items())))
    address, *rest = _around(name, len(args))
    for value, after in zip(args, rest, strict=True):
        address += f"{value}{after}"
    return address


def url_if(name: str, *args, **kwargs) -> str:
    """The address of a route, or "" when the part that has it is not installed."""
    try:
        return url(name, *args, **kwargs)
    except NoReverseMatch:
        return ""


def _holds_markup(variables: dict) -> bool:
    return any(hasattr(value, "__html__") for value in variables.values())


def _fill_markup(message: str, variables: dict) -> Markup:
    # Catalogues are trusted; the values are escaped by the operator.
    return Markup(message) % {**text.words(), **variables}  # noqa: S704


def gettext(message: str, **variables) -> str:
    """A translated message; when a variable is Markup, the answer is Markup with the others escaped."""
    translated = text.translated(message)
    if "%" not in translated:
        return translated
    if variables and _holds_markup(variables):
        return _fill_markup(translated, variables)
    return translated % ({**text.words(), **variables} if variables else text.words())


def ngettext(singular: str, plural: str, num: int, **variables) -> str:
    """The form of a message for `num`, as gettext; `%(num)s` shows the number in the reader's way."""
    shown = {"num": formats.number(num), **variables}
    message = translation.ngettext(singular, plural, num)
    return _fill_markup(message, shown) if _holds_markup(shown) else message % {**text.words(), **shown}


@pass_context
def csrf_field(context) -> Markup:
    """The hidden input that every form that posts carries."""
    once = context.get("csrf_once")
    return once() if once else csrf_input(str(context.get("csrf_token", "")))


class Macros:
    """Gives templates every macro of ui/macros/ as `ui.name(...)` without an import."""

    def __init__(self, environment: Environment):
        self._environment = environment

    def __getattr__(self, name: str):
        for file in MACRO_FILES:
            module = self._environment.get_template(f"ui/macros/{file}.html").module
            if hasattr(module, name):
                if not self._environment.auto_reload:
                    self.__dict__[name] = getattr(module, name)
                return getattr(module, name)
        raise AttributeError(name)


def _post_button(macros: Macros):
    @pass_context
    def post_button(context, href, label, *given, **options):
        return macros.post_form(href, label, csrf_field(context), *given, **options)

    return post_button


def _away(member) -> str:
    """That somebody is away, of a member or a dict with the times of one."""
    value = member.get if isinstance(member, dict) else lambda name: getattr(member, name)
    return formats.away(value("away_from"), value("away_until"))


GLOBALS = {
    "_": gettext,
    "gettext": gettext,
    "_n": ngettext,
    "ngettext": ngettext,
    "words": text.words,
    "url": url,
    "url_if": url_if,
    "static": components.static_address,
    "csrf_field": csrf_field,
    "kept": kept,
    "control": fields.control,
    "explained": fields.Explained,
    "icon": components.icon,
    "avatar": components.avatar,
    "brand": components.brand,
    "country_name": country_name,
    "weekday_name": formats.weekday_name,
}
FILTERS = {
    "date": formats.date,
    "time": formats.time,
    "datetime": formats.date_time,
    "ago": formats.ago,
    "day": formats.day,
    "number": formats.number,
    "phone": formats.phone,
    "initials": formats.initials,
    "hue": formats.hue,
    "language_name": language_name,
    "iso": formats.iso,
    "wall": formats.wall,
    "moment": formats.moment,
    "away": _away,
    "attrs": fields.attributes,
}


def environment(**options) -> Environment:
    """The environment, with the globals and filters that docs/developers/look.md lists."""
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    made = Environment(**{**options, "autoescape": True})
    macros = Macros(made)
    made.globals.update(GLOBALS, languages=settings.LANGUAGES, ui=macros, post_button=_post_button(macros))
    made.filters.update(FILTERS)
    return made
