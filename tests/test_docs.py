"""The documentation keeps up with the code: every setting is in the table, every link leads somewhere."""

import ast
import re
from pathlib import Path

import pytest

from frontdesk.config.commands.lifeline import VARIABLE as SET_BY_THE_SUPERVISOR

ROOT = Path(__file__).resolve().parent.parent
RUNNING = ROOT / "docs" / "running.md"
TESTS = ROOT / "docs" / "developers" / "tests.md"
NAME = re.compile(r"FRONTDESK_[A-Z_]+")
ROW = re.compile(r"^\| `([A-Z_]+)` \| (.*?) \|", re.M)
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)[^)]*\)")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
READERS = {"text", "flag", "number"}


def documented(page: Path) -> dict[str, str]:
    """Name to default, of every variable in a page's tables."""
    return dict(ROW.findall(page.read_text(encoding="utf-8")))


def trees() -> list[ast.AST]:
    """The product's code, parsed."""
    return [ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "frontdesk").rglob("*.py"))]


def read_by_the_product() -> set[str]:
    """Every constant in the code that is the name of a variable, and nothing but that."""
    constants = (node.value for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Constant))
    names = {value for value in constants if isinstance(value, str) and NAME.fullmatch(value)}
    return (names | {"PORT"}) - {SET_BY_THE_SUPERVISOR}


def plain_defaults() -> dict[str, str]:
    """Name to default, where both are written out in the call that reads the variable."""
    found = {}
    for node in (one for tree in trees() for one in ast.walk(tree) if isinstance(one, ast.Call)):
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        given = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        if called in READERS and len(given) == 2 and given[1] != "" and re.fullmatch("[A-Z_]+", str(given[0])):
            found[given[0]] = str(given[1])
    return found


def test_every_setting_is_documented_and_every_documented_one_is_read():
    assert set(documented(RUNNING)) == read_by_the_product()


def test_defaults_are_told_as_they_are():
    told = documented(RUNNING)
    assert len(plain_defaults()) >= 5
    assert {name: told[name] for name, default in plain_defaults().items() if told[name] != f"`{default}`"} == {}


def test_variables_of_tests_and_tools_are_documented():
    places = ["Makefile", "scripts/*", "tests/**/*.py", "bench/**/*.py"]
    files = [path for place in places for path in ROOT.glob(place) if path.is_file() and path != Path(__file__)]
    used = {name for path in files for name in NAME.findall(path.read_text(encoding="utf-8"))}
    assert used - read_by_the_product() - {SET_BY_THE_SUPERVISOR} == set(documented(TESTS))


@pytest.mark.parametrize("document", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document):
    targets = LINK.findall(document.read_text(encoding="utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []
