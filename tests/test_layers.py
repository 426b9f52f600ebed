"""Imports point downwards only, and at what a domain offers."""

import pytest

from . import layers


def test_imports_point_downwards():
    assert layers.faults() == []


def _planted(tmp_path, place: str, code: str) -> list[str]:
    path = tmp_path / "frontdesk" / place
    path.parent.mkdir(parents=True)
    path.write_text(code)
    return layers.faults(tmp_path / "frontdesk")


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("accounts/actions.py", "from frontdesk.clients.models import Client"),
        ("accounts/actions.py", "def late():\n    from frontdesk.clients import models"),
        ("core/http/policy.py", "import frontdesk.ui.jinja"),
        ("search/queries.py", "from ..clients.access import clients_for"),
        ("search/queries.py", "from frontdesk.notify import access"),
        ("clients/views.py", "from frontdesk.accounts.views import profile"),
        ("clients/views.py", "from frontdesk.accounts import forms"),
        ("clients/actions/notes.py", "from ...accounts.forms import ProfileForm"),
        ("portal/views.py", "from frontdesk.clients.summary import index"),
        ("clients/views.py", "if TYPE_CHECKING:\n    from frontdesk.portal.models import Anything"),
    ],
)
def test_a_breach_is_found(tmp_path, place, code):
    assert len(_planted(tmp_path, place, code)) == 1


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("clients/views.py", "from frontdesk.accounts.models import Member"),
        ("clients/views.py", "from frontdesk.accounts import access"),
        ("clients/actions/notes.py", "from ..models import Note\nfrom . import shared"),
        ("clients/actions/notes.py", "from frontdesk.activity.spine import record"),
        ("clients/views.py", "from frontdesk.core.http import page\nfrom frontdesk.ui.flash import flash"),
        ("api/instance.py", "from frontdesk.clients.api import router"),
        ("config/urls.py", "import frontdesk.clients.views"),
    ],
)
def test_what_is_allowed_passes(tmp_path, place, code):
    assert _planted(tmp_path, place, code) == []


def test_a_domain_without_a_layer_is_refused():
    with pytest.raises(ValueError, match="ORDER"):
        layers.rank("surprises")
