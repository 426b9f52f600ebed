"""The wheel carries everything: installed on its own, it starts."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from .test_cli import free_port, wait_for_page

ROOT = Path(__file__).resolve().parent.parent
pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """A wheel built from a copy of the source, so that nothing of an earlier build slips in."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    shutil.copytree(ROOT / "frontdesk", source / "frontdesk", ignore=shutil.ignore_patterns("__pycache__"))
    for path in [ROOT / "pyproject.toml", ROOT / "MANIFEST.in", *ROOT.glob("README.md")]:
        shutil.copy(path, source)
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", target, source], check=True, capture_output=True
    )
    return next(target.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The console command of a clean environment with the locked libraries and the wheel."""
    environment = tmp_path_factory.mktemp("clean") / "venv"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    pip = [environment / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", ROOT / "requirements.lock"], check=True)
    subprocess.run([*pip, "--no-deps", wheel], check=True)
    return environment / "bin" / "frontdesk"


def test_it_holds_assets_templates_and_translations(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"frontdesk/ui/static/dist/app.css", "frontdesk/ui/static/dist/app.js"} <= names
    templates = {str(path.relative_to(ROOT)) for path in (ROOT / "frontdesk").glob("*/templates/**/*.html")}
    catalogues = {str(path.relative_to(ROOT)) for path in (ROOT / "frontdesk" / "locale").rglob("*.[mp]o")}
    assert templates | catalogues <= names


def test_it_starts_in_a_clean_environment(installed, tmp_path):
    port = free_port()
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("FRONTDESK_", "PYTHON", "DJANGO_"))
    }
    environment = {**kept, "FRONTDESK_DATA": str(tmp_path / "data"), "PORT": str(port)}
    process = subprocess.Popen([installed, "run"], env=environment, cwd=tmp_path, stdout=subprocess.DEVNULL)
    try:
        page = wait_for_page(port, process)
        assert page.status == 200 and page.path.startswith("/setup")
    finally:
        process.terminate()
        assert process.wait(timeout=30) == 0
