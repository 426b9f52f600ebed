"""Everything that is known of a client, read by the keys that models declare, so that no table is forgotten."""

import csv
import io
import json
import zipfile
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.html import format_html, format_html_join

from frontdesk.activity.models import Activity
from frontdesk.activity.queries import FIELDS, entry_of
from frontdesk.activity.sentences import describe, resolve
from frontdesk.core.text import gettext as _
from frontdesk.undo.plain import row_values
from frontdesk.undo.trees import keys_to

from ..models import Client
from .models import PersonalBundle
from .registry import personal_parts

# What is no data about the client itself.
LEFT = {"account_id"}
_BATCH = 2000


def folder() -> Path:
    """Where bundles lie until they are deleted."""
    return Path(settings.DATA_DIR) / "files" / "bundles"


def path_of(bundle: PersonalBundle) -> Path:
    """The file of one bundle."""
    return folder() / f"{bundle.pk}.zip"


def rows_below(client: Client) -> dict[str, list[dict]]:
    """Table to rows, of the client and of all that hangs on it."""
    found: dict[str, dict] = {Client._meta.label_lower: {client.pk: client}}
    _add(Client, [client.pk], found)
    return {table: [row_values(row) for row in rows.values()] for table, rows in found.items() if rows}


def _add(model: type[models.Model], ids: list, found: dict[str, dict]) -> None:
    for key in keys_to(model):
        table = key.model._meta.label_lower
        if key.model is PersonalBundle or key.remote_field.on_delete is not models.CASCADE:
            continue
        known = found.setdefault(table, {})
        rows = key.model._base_manager.filter(**{f"{key.attname}__in": ids}).order_by("pk")
        new = {row.pk: row for row in rows if row.pk not in known}
        known |= new
        if new:
            _add(key.model, list(new), found)


def timeline(client: Client) -> list[dict]:
    """Everything that was recorded, as sentences, oldest first."""
    ids = [client.pk, *(client.formerly or ())]
    rows = Activity.objects.filter(client_id__in=ids).order_by("id").values(*FIELDS)
    entries = [entry_of(row) for row in rows.iterator(chunk_size=_BATCH)]
    names = resolve(entries)
    return [{"at": entry.at.isoformat(), "what": describe(entry, names, html=False)} for entry in entries]


def _title(table: str) -> str:
    return str(apps.get_model(table)._meta.verbose_name_plural).capitalize()


def _html_table(title: str, rows: list[dict]) -> str:
    names = list(rows[0])
    head = format_html_join("", '<th scope="col">{}</th>', ((name,) for name in names))
    body = format_html_join(
        "", "<tr>{}</tr>",
        ((format_html_join("", "<td>{}</td>", ((_shown(row[name]),) for name in names)),) for row in rows),
    )  # fmt: skip
    return format_html('<h2>{}</h2><table border="1"><tr>{}</tr>{}</table>', title, head, body)


def _shown(value) -> str:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def _csv(rows: list[dict]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(rows[0])
    writer.writerows([_shown(value) for value in row.values()] for row in rows)
    return text.getvalue()


def write(bundle: PersonalBundle, client: Client) -> int:
    """Write the bundle's file; its size."""
    tables, happened = rows_below(client), timeline(client)
    if happened:
        tables["timeline"] = happened
    titles = {table: _("Timeline") if table == "timeline" else _title(table) for table in tables}
    parts = "".join(_html_table(titles[table], rows) for table, rows in tables.items())
    page = format_html('<!doctype html><meta charset="utf-8"><title>{0}</title><h1>{0}</h1>', client.name) + parts
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    target = path_of(bundle)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(tables, ensure_ascii=False, indent=1))
        archive.writestr("data.html", page)
        for table, rows in tables.items():
            archive.writestr(f"csv/{table}.csv", _csv(rows))
        for part in personal_parts:
            for name, content in part.files(client):
                with archive.open(f"files/{name}", "w", force_zip64=True) as entry:
                    for piece in content:
                        entry.write(piece)
    target.chmod(0o600)
    return target.stat().st_size
