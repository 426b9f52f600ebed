"""Working out the forms of a word from singular, plural and gender, so that a person types two words instead of seven.

What comes out is a proposal for regular words; every form can be typed over. A language without rules here repeats
the two words, and its forms are typed by hand.
"""

import re
from collections.abc import Callable

from frontdesk.core.fold import fold

GENDERS: dict[str, tuple[str, ...]] = {"fr": ("m", "f"), "ro": ("m", "f", "n")}
_VOWELS = "aeiou"
_SOUNDS_LIKE_YOU = re.compile(r"(?:uni(?!n)|use|usu|eu|one\b|ura)", re.I)
_SILENT_H = re.compile(r"(?:hour|honest|heir|honou?r)", re.I)
# French words that begin with an h before which nothing is dropped.
_ASPIRATED = re.compile(r"(?:handicap|heros|hall|hockey|hangar|haut|hero\b)")


def _base(language: str) -> str:
    return language.partition("-")[0]


def genders(language: str) -> tuple[str, ...]:
    """The genders that a word of the language can have; none where the forms do not depend on one."""
    return GENDERS.get(_base(language), ())


def _english(one: str, many: str, _gender: str) -> dict[str, str]:
    first = fold(one)[:1]
    vowel = (first and first in _VOWELS and not _SOUNDS_LIKE_YOU.match(one)) or _SILENT_H.match(one)
    owner = "'" if many.endswith("s") else "'s"
    return {
        "a_one": f"{'an' if vowel else 'a'} {one}", "the_one": f"the {one}", "of_the_one": f"the {one}'s",
        "the_many": f"the {many}", "of_the_many": f"the {many}{owner}",
    }  # fmt: skip


def _is_elided(word: str) -> bool:
    plain = fold(word)
    return plain[:1] in _VOWELS or (plain[:1] == "h" and not _ASPIRATED.match(plain))


def _french(one: str, many: str, gender: str) -> dict[str, str]:
    a, the, of_the = ("une", "la", "de la") if gender == "f" else ("un", "le", "du")
    elided = _is_elided(one)
    return {
        "a_one": f"{a} {one}", "the_one": f"l’{one}" if elided else f"{the} {one}",
        "of_the_one": f"de l’{one}" if elided else f"{of_the} {one}",
        "the_many": f"les {many}", "of_the_many": f"des {many}",
    }  # fmt: skip


def _romanian_feminine(one: str, many: str) -> tuple[str, str]:
    """With the article, and as an owner."""
    if one.endswith("ă"):
        the = one[:-1] + "a"
    elif one.endswith("ie"):
        return one[:-1] + "a", one[:-1] + "ei"
    else:
        the = one + ("ua" if one.endswith("a") else "a")
    return the, many + "i"


def _romanian_other(one: str) -> tuple[str, str]:
    """Masculine and neuter: with the article, and as an owner."""
    if one.endswith("e"):
        return one + "le", one + "lui"
    the = one + ("l" if one.endswith("u") else "ul")
    return the, the + "ui"


def _romanian(one: str, many: str, gender: str) -> dict[str, str]:
    # The first word takes the endings: "asistent medical" is "asistentul medical".
    head, _space, rest = one.partition(" ")
    heads, _space, others = many.partition(" ")
    the, owner = _romanian_feminine(head, heads) if gender == "f" else _romanian_other(head)
    singular = {"a_one": f"{'o' if gender == 'f' else 'un'} {head}", "the_one": the, "of_the_one": owner}
    plural = {"the_many": heads + ("i" if gender == "m" else "le"), "of_the_many": heads + "lor"}
    return {form: f"{text} {rest}".strip() for form, text in singular.items()} | {
        form: f"{text} {others}".strip() for form, text in plural.items()
    }


_RULES: dict[str, Callable[[str, str, str], dict[str, str]]] = {"en": _english, "fr": _french, "ro": _romanian}


def _bare(one: str, many: str, _gender: str) -> dict[str, str]:
    return {"a_one": one, "the_one": one, "of_the_one": one, "the_many": many, "of_the_many": many}


def bend(language: str, one: str, many: str, gender: str = "") -> dict[str, str]:
    """All forms of a word in a language; `gender` is one of `genders(language)`, the first where it is not said."""
    chosen = gender or next(iter(genders(language)), "")
    return {"one": one, "many": many, **_RULES.get(_base(language), _bare)(one, many, chosen)}
