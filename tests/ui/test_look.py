"""The environment, the form controls, the icons and the shells of every page."""

import re
from pathlib import Path

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from markupsafe import Markup

from frontdesk.ui import components, fields, jinja

UI = Path(components.__file__).parent
PROJECT = UI.parent
ICON_CALL = re.compile(r"""icon(?:_name)?(?:\(|=\s*|":\s*)["']([a-z0-9-]+)["']""")


KINDS = [("a", "First"), ("b", fields.Explained("Second", "The other one"))]


class Sample(forms.Form):
    """One control of each kind."""

    name = forms.CharField(help_text="As on invoices.")
    born = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(choices=KINDS, widget=forms.RadioSelect)
    size = forms.ChoiceField(choices=[("s", "Small"), ("Large ones", [("l", "Large")])])
    news = forms.BooleanField(required=False)
    note = forms.CharField(widget=forms.Textarea, required=False)


@pytest.fixture
def pages():
    return engines.all()[0].env


def render(pages, source, **context):
    return pages.from_string(source).render(**context)


def test_values_are_escaped_and_marked_up_parts_stay(pages):
    with translation.override("en"):
        shown = jinja.gettext("%(who)s added %(what)s", who=Markup("<b>Ana</b>"), what="<script>")
    assert shown == Markup("<b>Ana</b> added &lt;script&gt;")
    assert render(pages, "{{ value }}", value="<i>") == "&lt;i&gt;"


def test_an_invalid_field_names_its_hint_and_error(pages):
    form = Sample({"name": "", "kind": "a", "size": "l"})
    shown = render(pages, "{{ ui.field(form.name) }}", form=form)
    assert 'aria-describedby="id_name-hint id_name-error"' in shown
    assert 'aria-invalid="true"' in shown and 'id="id_name-error"' in shown and 'for="id_name"' in shown


def test_choices_keep_what_was_chosen(pages):
    form = Sample({"name": "x", "kind": "b", "size": "l"})
    assert 'value="b" checked' in render(pages, "{{ ui.field(form.kind) }}", form=form)
    assert "<small>The other one</small>" in render(pages, '{{ ui.field(form.kind, css="tiles") }}', form=form)
    shown = render(pages, "{{ ui.field(form.size) }}", form=form)
    assert '<optgroup label="Large ones"><option value="l" selected>Large' in shown


def test_plain_values_make_a_field_too(pages):
    shown = render(pages, '{{ ui.field("q", label="Ask", value="a\\"b", errors=["No"]) }}')
    assert 'name="q"' in shown and 'value="a&quot;b"' in shown and ">No<" in shown


def test_text_of_a_textarea_cannot_leave_it(pages):
    form = Sample({"note": "</textarea><script>"})
    assert "<script>" not in render(pages, "{{ ui.field(form.note) }}", form=form)


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 503])
@pytest.mark.parametrize("language", ["en", "fr", "ro"])
def test_error_pages_need_no_database(pages, status, language):
    with translation.override(language):
        template = engines.all()[0].get_template("ui/error.html")
        shown = template.render({"status": status}, RequestFactory().get("/"))
    assert str(status) in shown and "<h1>" in shown


def test_every_icon_in_use_is_in_the_sprite():
    listed = set((UI / "static_src/icons/names.txt").read_text().split())
    files = [path for kind in ("*.html", "*.py") for path in PROJECT.rglob(kind)]
    used = {name for path in files for name in ICON_CALL.findall(path.read_text(encoding="utf-8"))}
    assert used - listed == set()


def test_pages_carry_no_inline_style_or_script():
    for path in PROJECT.glob("*/templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        if "mail" not in path.parts:
            assert not re.search(r"\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|hx-on|js:", text), path
