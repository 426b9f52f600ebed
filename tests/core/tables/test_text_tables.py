"""C4: csv in any common encoding and with any common separator."""

import pytest

from frontdesk.core.tables.delimited import detect_separator
from frontdesk.core.tables.reading import TableRefused, open_table

WORDS = {
    "fr": "Hélène Lefèvre;Élodie Côté;François Noël;Île-de-France;Anaïs;garçon;Benoît",
    "ro": "Ștefan Țurcanu;Mădălina Brâncuși;București;Iași;Constanța;Pârvu;Înălțimii",
    "de": "Jürgen Müller;Größe;Käthe Strauß;Straße 5;Jäger",
    "hu": "Szabó Győző;Kovács Ernő;Nagy Árpád;Fűrész;Szűcs",
    "pl": "Łukasz Żółć;Wiśniewski;Kraków;Grażyna Dąbrowska",
    "pt": "João Simões;Conceição;Magalhães;São Paulo",
    "ru": "Анна Иванова;Москва;Дмитрий Смирнов;улица Ленина;Сергей Кузнецов;Екатеринбург",
}
CASES = [
    *[(language, code) for language in WORDS for code in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")],
    *[
        (language, code)
        for language in ("fr", "de", "pt")
        for code in ("cp1252", "iso-8859-1", "iso-8859-15", "mac-roman")
    ],
    *[(language, code) for language in ("ro", "hu", "pl") for code in ("cp1250", "iso-8859-2", "iso-8859-16")],
    ("ru", "cp1251"),
]
CASES.remove(("ru", "utf-16-le"))
CASES.remove(("ru", "utf-16-be"))


def _encoded(text, encoding):
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(str.maketrans("ȘșȚț", "ŞşŢţ")).encode(encoding)


@pytest.mark.parametrize(("language", "encoding"), CASES)
def test_letters_survive_every_encoding(tmp_path, language, encoding):
    """C4: names come out as they were typed; Romanian ones with the comma below."""
    words = WORDS[language].split(";")
    text = "Name;Note\r\n" + "".join(f"{word};plain\r\n" for word in words)
    (tmp_path / "a.csv").write_bytes(_encoded(text, encoding))
    with open_table(tmp_path / "a.csv", "a.csv") as table:
        assert [row.cells[0] for row in table] == words
        assert table.columns == ["Name", "Note"]


def test_typographic_signs_decide_for_windows(tmp_path):
    """C4: the euro sign and curly quotes are those of cp1252."""
    (tmp_path / "a.csv").write_bytes("Name,Price\nL’Été,“5 €”\n".encode("cp1252"))
    with open_table(tmp_path / "a.csv", "a.csv") as table:
        assert next(iter(table)).cells == ["L’Été", "“5 €”"]


def test_a_broken_utf8_file_is_refused_rather_than_garbled(tmp_path):
    """C4: one wrong byte in a UTF-8 file must not turn every other letter into two."""
    lines = ["Name,Town", *[f"Hélène {n},Besançon" for n in range(50)]]
    data = "\n".join(lines).encode() + b"\nbad \xe9,x\n"
    (tmp_path / "a.csv").write_bytes(data)
    with pytest.raises(TableRefused) as refused:
        open_table(tmp_path / "a.csv", "a.csv")
    assert (refused.value.code, refused.value.details["row"]) == ("unknown_encoding", 52)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_detected(tmp_path, separator):
    """C4: also where cells hold the other separators, quotes and newlines."""
    rows = [["Name", "Note", "Rate"], ["Pop; Ana, Ltd | x", 'said "hi"\nand left', "1,5"], ["Sam", "", "2,5"]]
    lines = [separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    (tmp_path / "a.txt").write_text("\r\n".join(lines), newline="")
    with open_table(tmp_path / "a.txt", "a.txt") as table:
        assert table.columns == rows[0]
        assert [row.cells for row in table] == [rows[1], ["Sam", None, "2,5"]]
        assert table.about.separator == separator


def test_separators_unquoted():
    """C4: decimal commas do not win over the semicolons between cells."""
    assert detect_separator(["a;b;c\n", "1,5;2,5;3\n", "1;2,5;3\n"]) == ";"
    assert detect_separator(["just one column\n", "a, b\n"]) == ","
    assert detect_separator(["Name, first;Town\n", "Pop, Ana;Iasi\n", "Ion;Cluj\n"]) == ";"


def test_the_hint_of_excel_is_taken_and_old_mac_newlines_read(tmp_path):
    """C4: `sep=` on the first line names the separator; lines may end in CR alone."""
    (tmp_path / "a.csv").write_bytes(b"sep=|\rName|Town\rAna|Cluj\r")
    with open_table(tmp_path / "a.csv", "a.csv") as table:
        assert table.columns == ["Name", "Town"]
        assert [(row.number, row.cells) for row in table] == [(3, ["Ana", "Cluj"])]
