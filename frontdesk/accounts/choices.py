"""Time zones, currencies, countries and languages to choose from, named in the reader's language."""

import functools
import zoneinfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import get_timezone_location
from babel.numbers import get_territory_currencies
from django.conf import settings
from django.utils import translation

AREAS = {
    "Europe": "150", "America": "019", "Asia": "142", "Africa": "002", "Australia": "009", "Pacific": "009",
    "Atlantic": "001", "Indian": "001", "Antarctica": "AQ",
}  # fmt: skip
HOME_COUNTRIES = {"en": "GB", "fr": "FR", "ro": "RO"}
HOME_ZONES = {"GB": "Europe/London", "US": "America/New_York", "CA": "America/Toronto", "AU": "Australia/Sydney",
              "FR": "Europe/Paris", "RO": "Europe/Bucharest", "DE": "Europe/Berlin", "ES": "Europe/Madrid",
              "PT": "Europe/Lisbon", "MD": "Europe/Chisinau"}  # fmt: skip


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


@functools.cache
def zone_codes() -> frozenset[str]:
    """Every time zone that is a place, and UTC."""
    places = {zone for zone in zoneinfo.available_timezones() if zone.partition("/")[0] in AREAS and "/" in zone}
    return frozenset(places | {"UTC"})


@functools.cache
def country_codes() -> frozenset[str]:
    """ISO 3166 codes of the countries that have a currency of their own or shared."""
    return frozenset(code for code in get_global("territory_currencies") if len(code) == 2 and currency_of(code))


@functools.cache
def currency_codes() -> frozenset[str]:
    """ISO 4217 codes of the currencies in use."""
    return frozenset(code for country in country_codes() for code in get_territory_currencies(country))


@functools.cache
def currency_of(country: str) -> str:
    """The currency of a country; "" where none is known."""
    return next(iter(get_territory_currencies(country)), "")


@functools.cache
def zone_of(country: str) -> str:
    """The time zone of a country, one of them where it has several; UTC where none is known."""
    if country in HOME_ZONES:
        return HOME_ZONES[country]
    places = get_global("zone_territories").items()
    return min((zone for zone, place in places if place == country and zone in zone_codes()), default="UTC")


@functools.cache
def _zones(language: str) -> list:
    locale = _locale(language)
    groups: dict[str, list] = {}
    for zone in zone_codes() - {"UTC"}:
        area = AREAS[zone.partition("/")[0]]
        place = get_timezone_location(zone, locale=locale, return_city=True)
        groups.setdefault(locale.territories.get(area, area), []).append((zone, place))
    ordered = [(area, sorted(places, key=lambda pair: pair[1])) for area, places in sorted(groups.items())]
    return [("UTC", "UTC"), *ordered]


@functools.cache
def _currencies(language: str) -> list:
    names = _locale(language).currencies
    return sorted(((code, f"{code} – {names.get(code, code)}") for code in currency_codes()), key=lambda pair: pair[0])


@functools.cache
def _countries(language: str) -> list:
    names = _locale(language).territories
    return sorted(((code, names.get(code, code)) for code in country_codes()), key=lambda pair: pair[1])


def time_zones() -> list:
    """(zone, city) pairs grouped by part of the world."""
    return _zones(translation.get_language() or "en")


def currencies() -> list:
    """(code, name) pairs."""
    return _currencies(translation.get_language() or "en")


def countries() -> list:
    """(code, name) pairs by name."""
    return _countries(translation.get_language() or "en")


def languages() -> list:
    """(code, own name) of each language on offer."""
    return list(settings.LANGUAGES)


def language_codes() -> frozenset[str]:
    """The codes of the languages on offer."""
    return frozenset(code for code, _name in settings.LANGUAGES)


def guessed_country(accept_language: str) -> str:
    """The country that a browser's Accept-Language names, else the home of the language in use, else ""."""
    for part in accept_language.split(","):
        region = part.partition(";")[0].strip().partition("-")[2].upper()
        if region in country_codes():
            return region
    return HOME_COUNTRIES.get((translation.get_language() or "en").partition("-")[0], "")
