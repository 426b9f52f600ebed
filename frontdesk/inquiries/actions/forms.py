"""Setting up forms."""

import re
from dataclasses import asdict, dataclass, field
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.text import gettext as _
from frontdesk.teams.models import Team
from frontdesk.ui.hues import KNOWN
from frontdesk.undo.ledger import Ledger, begin
from frontdesk.undo.models import Change
from frontdesk.undo.trees import note_deletion

from .. import access, permissions
from ..models import Ask, InquiryForm
from ..wording import PARTS

MOST_FORMS, MOST_TOPICS, MOST_SITES = 50, 20, 20
LONGEST_TOPIC = 80
DELETE = "inquiries.delete"
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?")


@dataclass(frozen=True)
class FormInput:
    """A form as typed; see `models.InquiryForm`."""

    name: str
    email: str = Ask.OPTIONAL.value
    phone: str = Ask.OPTIONAL.value
    photos: bool = False
    topics: list[str] = field(default_factory=list)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    sites: list[str] = field(default_factory=list)
    listed: bool = False
    hue: int = 0
    team: UUID | None = None


def _lines(errors: Errors, name: str, typed: list[str], most: int, longest: int) -> list[str]:
    found = [line for line in (errors.line(name, one, longest) for one in typed) if line]
    if len(found) > most:
        errors.add(name, _("At most %(most)s are allowed.", most=most))
    return list(dict.fromkeys(found))


def _origin(errors: Errors, typed: str) -> str:
    """A site as browsers name it: scheme, host and port."""
    text = typed.lower() if "://" in typed else f"https://{typed.lower()}"
    try:
        found = urlsplit(text)
        host = found.netloc.encode("idna").decode() if found.port is None else found.netloc
    except (ValueError, UnicodeError):
        host, found = "", None
    if found is None or found.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        errors.add("sites", _("“%(text)s” is not the address of a site, such as https://www.example.com.", text=typed))
        return ""
    return f"{found.scheme}://{host}"


def _topics(errors: Errors, name: str, text: str, count: int) -> str:
    """The topics in one language, as many as the form has."""
    lines = _lines(errors, name, text.splitlines(), MOST_TOPICS, LONGEST_TOPIC)
    if lines and len(lines) != count:
        errors.add(name, _("Write one line for each topic: %(count)s in all.", count=count))
    return "\n".join(lines)


def _texts(errors: Errors, typed: dict[str, dict[str, str]], topics: int) -> dict[str, dict[str, str]]:
    """Own texts by language, for a form with so many topics; what is empty is left out."""
    known, made = {code for code, _name in settings.LANGUAGES}, {}
    for language, parts in typed.items():
        if language not in known or set(parts) - set(PARTS):
            errors.add("texts", _("Choose from the list."))
            continue
        own = {part: errors.block(f"{part}_{language}", text, PARTS[part]) for part, text in parts.items()}
        own["topics"] = _topics(errors, f"topics_{language}", own.get("topics", ""), topics)
        made[language] = {part: text for part, text in own.items() if text}
    return {language: own for language, own in made.items() if own}


def _checked(typed: FormInput) -> dict:
    """The values of a form; raises Invalid."""
    errors = Errors()
    values = {**asdict(typed), "name": errors.line("name", typed.name, 80, required=True)}
    for name in ("email", "phone"):
        errors.choice(name, values[name], Ask)
    if values["email"] == values["phone"] == Ask.NO:
        errors.add("email", _("Ask for an e-mail address or a phone number, or you cannot answer."))
    values["topics"] = _lines(errors, "topics", typed.topics, MOST_TOPICS, LONGEST_TOPIC)
    sites = [_origin(errors, one) for one in _lines(errors, "sites", typed.sites, MOST_SITES, 200)]
    values["sites"] = list(dict.fromkeys(sites))
    values["texts"] = _texts(errors, typed.texts, len(values["topics"]))
    if typed.hue not in KNOWN | {0}:
        errors.add("hue", _("Choose one from the list."))
    values["team_id"] = values.pop("team")
    if typed.team and not Team.objects.filter(pk=typed.team).exists():
        errors.add("team", _("Choose from the list."))
    errors.raise_any()
    return values


def add_form(actor, typed: FormInput) -> InquiryForm:
    """Add a form, which is there for everybody at once; raises Invalid, Forbidden."""
    access.require(actor, permissions.MANAGE)
    values = _checked(typed)
    with transaction.atomic():
        if InquiryForm.objects.count() >= MOST_FORMS:
            errors = Errors()
            errors.add("name", _("At most %(most)s are allowed.", most=MOST_FORMS))
            errors.raise_any()
        made = InquiryForm.objects.create(account_id=actor.account_id, **values)
        record(actor, "inquiry.form_added", subject_id=made.pk, data={"form": str(made.pk)})
    return made


def change_form(actor, form: InquiryForm, typed: FormInput) -> InquiryForm:
    """Replace everything of a form that `access.get_form` gave; its address stays. Raises Invalid, Forbidden."""
    access.require(actor, permissions.MANAGE)
    values = _checked(typed)
    changed = sorted(name for name, value in values.items() if getattr(form, name) != value)
    if not changed:
        return form
    with transaction.atomic():
        for name in changed:
            setattr(form, name, values[name])
        form.save(update_fields=changed)
        record(actor, "inquiry.form_changed", subject_id=form.pk, data={"form": str(form.pk), "fields": changed})
    return form


def switch(actor, form: InquiryForm, on: bool) -> InquiryForm:
    """Take inquiries by a form, or no more; doing it twice is doing it once. Raises Forbidden."""
    access.require(actor, permissions.MANAGE)
    if form.enabled == on:
        return form
    with transaction.atomic():
        form.enabled = on
        form.save(update_fields=["enabled"])
        verb = "inquiry.form_on" if on else "inquiry.form_off"
        record(actor, verb, subject_id=form.pk, data={"form": str(form.pk)})
    return form


def delete_form(actor, form: InquiryForm) -> Change:
    """Delete a form; what came by it stays. The change it gives can be undone. Raises Forbidden."""
    access.require(actor, permissions.MANAGE)
    form_id = form.pk
    with transaction.atomic():
        change = begin(actor, DELETE, total=1, data={"form": str(form_id)})
        ledger = Ledger(change)
        note_deletion(ledger, InquiryForm, {form_id: form_id})
        InquiryForm.objects.filter(pk=form_id).delete()
        record(actor, "inquiry.form_deleted", subject_id=form_id)
        ledger.close()
    return change
