"""A language is added to an installed Frontdesk by its command, without a clone (A6)."""

import gettext

import pytest
from babel.messages.pofile import read_po

from frontdesk.config import cli
from frontdesk.core import catalogues


def run(folder, *arguments) -> int:
    """One command in a folder of its own."""
    return cli.main(["language", "--folder", str(folder), *arguments])


def translated(path, words: dict[str, str]) -> None:
    """Translate some texts of a file."""
    with path.open("rb") as file:
        texts = read_po(file, locale="de")
    for source, target in words.items():
        texts.get(source).string = target
    with path.open("wb") as file:
        catalogues.write_po(file, texts)


def test_a_language_begins_with_every_text_and_is_compiled(tmp_path, capsys):
    assert run(tmp_path, "add", "de") == 0
    path = tmp_path / "de" / "LC_MESSAGES" / "django.po"
    assert (tmp_path / "de" / "words.json").exists()
    with path.open("rb") as file, (catalogues.OWN / "fr" / "LC_MESSAGES" / "django.po").open("rb") as model:
        texts, known = read_po(file, locale="de"), read_po(model, locale="fr")
    assert {(m.id, m.context) for m in texts} == {(m.id, m.context) for m in known} and len(texts) > 500
    assert not any(message.string for message in texts if message.id and isinstance(message.id, str))
    translated(path, {"Save": "Sichern", "Add %(a_client)s": "%(A_client)s dazu"})
    assert run(tmp_path, "compile") == 0
    with path.with_suffix(".mo").open("rb") as file:
        said = gettext.GNUTranslations(file)
    assert said.gettext("Save") == "Sichern" and said.gettext("Add %(a_client)s") == "%(A_client)s dazu"


def test_what_is_translated_stays_when_texts_are_added(tmp_path):
    run(tmp_path, "add", "de")
    path = tmp_path / "de" / "LC_MESSAGES" / "django.po"
    translated(path, {"Save": "Sichern"})
    assert run(tmp_path, "add", "de") == 0
    with path.open("rb") as file:
        assert read_po(file, locale="de").get("Save").string == "Sichern"


@pytest.mark.parametrize("code", ["xx_nowhere", "../de", ""])
def test_a_code_of_no_language_is_refused(tmp_path, capsys, code):
    assert run(tmp_path, "add", code) == 1
    assert "No language has the code" in capsys.readouterr().err and list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_read_is_said(tmp_path, capsys):
    path = tmp_path / "de" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(b'msgid "\xff\xfe"\nmsgstr "x"\n')
    assert run(tmp_path, "compile") == 1 and "cannot be read" in capsys.readouterr().err
