"""Adds languages to an installation, in its data directory."""

import sys
from pathlib import Path

from babel.messages.pofile import PoFileError

from frontdesk.config import env
from frontdesk.core import catalogues


def run(options) -> int:
    """Begin a language, or compile all of them; 1 when it could not be done."""
    folder = Path(options.folder) if options.folder else env.data_path() / "locale"
    try:
        _begin(folder, options.code) if options.verb == "add" else _compile(folder)
    except catalogues.UnknownLanguage:
        print(f"No language has the code {options.code}: it is like de or pt_BR.", file=sys.stderr)
        return 1
    except (OSError, ValueError, PoFileError) as problem:
        print(f"A file of texts cannot be read or written: {problem}", file=sys.stderr)
        return 1
    return 0


def _begin(folder: Path, code: str) -> None:
    print(f"Translate {catalogues.begin_language(folder, code)} and words.json, then: frontdesk language compile")


def _compile(folder: Path) -> None:
    compiled = catalogues.compile_all(folder)
    for source in compiled:
        print(f"Compiled {source}")
    print("Restart Frontdesk to use them." if compiled else f"There is no language in {folder}.")
