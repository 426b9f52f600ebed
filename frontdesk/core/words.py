"""The built-in words for the four terms that an account may rename, with the forms each language needs.

Forms: `one`, `many`, and with the language's article or ending: `a_one`, `the_one`, `of_the_one`,
`the_many`, `of_the_many`. A language added later brings its `words.json` in its folder.
"""

import functools
import json
from pathlib import Path

from django.conf import settings
from django.utils.translation import to_locale

TERMS = ("client", "coworker", "job", "session")
FORMS = ("one", "many", "a_one", "the_one", "of_the_one", "the_many", "of_the_many")


@functools.cache
def default_words(language: str) -> dict[str, dict[str, str]]:
    """Term -> form -> text of a language; English where the language brings none."""
    for code in (to_locale(language), language.partition("-")[0], "en"):
        for folder in settings.LOCALE_PATHS:
            path = Path(folder) / code / "words.json"
            if path.exists():
                return json.loads(path.read_text(encoding="utf-8"))
    raise FileNotFoundError("en/words.json")
