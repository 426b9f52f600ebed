"""The built-in words for the four terms that an account may rename, with the forms each language needs.

Forms: `one`, `many`, and with the language's article or ending: `a_one`, `the_one`, `of_the_one`,
`the_many`, `of_the_many`. A language added later brings `words.json` beside its `django.po`.
"""

import functools
import json
from pathlib import Path

TERMS = ("client", "coworker", "job", "session")
FORMS = ("one", "many", "a_one", "the_one", "of_the_one", "the_many", "of_the_many")
_LOCALE = Path(__file__).resolve().parent.parent / "locale"


@functools.cache
def default_words(language: str) -> dict[str, dict[str, str]]:
    """Term -> form -> text of a language; English where the language brings none."""
    for code in (language, language.partition("-")[0], "en"):
        path = _LOCALE / code / "words.json"
        if path.exists():
            return json.loads(path.read_text(encoding="utf-8"))
    raise FileNotFoundError(_LOCALE / "en" / "words.json")
