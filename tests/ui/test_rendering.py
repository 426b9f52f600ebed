"""What a template writes and calls is the same as in plain Jinja2, only sooner."""

import datetime
import html
import re
import zoneinfo
from pathlib import Path

import jinja2
import pytest
from django.template import engines
from django.utils import timezone, translation
from jinja2 import pass_context
from markupsafe import Markup, escape

import frontdesk
from frontdesk.core.reader import in_language, language, one_reader, reader
from frontdesk.core.text import gettext_lazy
from frontdesk.ui.rendering import Environment, shown

SOURCES = [
    "{{ value }}",
    "{{ value ~ safe }}",
    "{% macro cell(text) %}<i>{{ text }}{% endmacro %}{{ cell(value) }}{{ cell(safe) }}",
    "{% macro cell(text, kind='a') %}{{ kind }}{{ text }}{% endmacro %}{{ cell(safe, kind=value) }}",
    "{% macro box() %}<div>{{ caller() }}</div>{% endmacro %}{% call box() %}{{ value }}{{ safe }}{% endcall %}",
    "{% set held %}{{ value }}<b>{% endset %}{{ held }}{{ held|upper }}",
    "{% filter upper %}{{ value }}{% endfilter %}",
    "{% for one in [1, 2] %}{{ loop.cycle('odd', 'even') }}{{ named('value') }}{% endfor %}",
    "{% for one in [1, 2] %}{% set value = '<' ~ one %}{{ named('value') }}{% endfor %}",
    "{{ 1.5 }}{{ none }}{{ true }}{{ [value, safe]|join(', ') }}{{ value|e }}{{ value|safe }}",
    "{% autoescape false %}{{ value }}{% endautoescape %}{{ missing }}{{ value.upper() }}{{ dict(a=value).a }}",
]


@pass_context
def named(context, name):
    return context[name]


def written(kind, source):
    made = kind(autoescape=True, extensions=["jinja2.ext.do"])
    made.globals["named"] = named
    text = made.from_string(source).render(value="<i title='x'>&\"", safe=Markup("<b>"))
    return html.unescape(text.replace("&#34;", "&quot;").replace("&#39;", "&#x27;")), text.count("<")


@pytest.mark.parametrize("source", SOURCES)
def test_a_template_says_the_same_as_in_plain_jinja(source):
    assert written(Environment, source) == written(jinja2.Environment, source)


NESTED = {
    "base": "<html>{% block title %}base{% endblock %}|{% block body required %}{% endblock %}</html>",
    "middle": "{% extends 'base' %}{% block title %}{{ super() }}+{{ value }}{% endblock %}"
    "{% block body %}[{% block inner %}{% endblock %}]{% endblock %}",
    "page": "{% extends 'middle' %}{% from 'macros' import cell with context %}{% block inner %}{% for one in rows %}"
    "{% include 'row' %}{{ loop.index }}{% else %}none{% endfor %}{{ self.title() }}{{ cell(value) }}{% endblock %}",
    "row": "{% set held = one ~ value %}<li>{{ held }}{% include 'nowhere' ignore missing %}</li>",
    "macros": "{% macro cell(text) %}<td>{{ text }}{{ safe }}</td>{% endmacro %}",
}


@pytest.mark.parametrize("rows", [[], ["<1>", "2"]])
def test_pages_within_pages_say_the_same_as_in_plain_jinja(rows):
    found = [
        kind(autoescape=True, loader=jinja2.DictLoader(NESTED)).get_template("page").render(
            rows=rows, value="<i>", safe=Markup("<b>")
        )
        for kind in (Environment, jinja2.Environment)
    ]  # fmt: skip
    assert found[0] == found[1] and "base+&lt;i&gt;" in found[0]


@pytest.mark.parametrize("call", ["missing()", "value.nothing()", "named()"])
def test_calling_what_is_not_there_fails_as_in_plain_jinja(call):
    for kind in (Environment, jinja2.Environment):
        with pytest.raises((jinja2.UndefinedError, TypeError)):
            written(kind, "{{ " + call + " }}")


@pytest.mark.parametrize("value", ["<&>'\"", Markup("<b>"), 5, None, gettext_lazy("Save"), "\0 ليلى 🙂"])
def test_what_is_shown_is_what_escape_gives(value):
    assert html.unescape(shown(value)) == html.unescape(escape(value))
    assert ("<" in shown(value)) == ("<" in escape(value))


def test_a_page_keeps_its_reader_but_not_within_another_language():
    with translation.override("fr"), timezone.override("Europe/Paris"), one_reader() as reading:
        assert reading == reader() and reading.zone == zoneinfo.ZoneInfo("Europe/Paris")
        with in_language("ro"):
            assert language() == "ro" and translation.get_language() == "ro"
        assert language() == "fr"
    assert language() == translation.get_language()


def test_pages_rendered_one_after_the_other_do_not_share_their_reader():
    page = engines.all()[0].env.from_string("{{ _('Save') }} {{ at|time }}")
    at = datetime.datetime(2026, 3, 2, 22, 30, tzinfo=datetime.UTC)
    with translation.override("fr"), timezone.override("Europe/Bucharest"):
        assert page.render(at=at) == "Enregistrer 00:30"
    with translation.override("ro"), timezone.override("UTC"):
        assert page.render(at=at) == "Salvați 22:30"


def test_nobody_speaks_another_language_unnoticed_by_the_reader():
    root = Path(frontdesk.__file__).parent
    past = [path for path in root.rglob("*.py") if re.search(r"translation\.(override|activate)\(", path.read_text())]
    assert {str(path.relative_to(root)) for path in past} == {
        "accounts/middleware.py", "core/reader.py", "core/text.py",
    }  # fmt: skip
