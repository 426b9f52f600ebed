"""Idempotency keys: a POST repeated with the same key is answered again, not done again."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils import timezone

from frontdesk.core.text import gettext as _

from .models import IdempotencyKey
from .problems import problem

KEPT = timedelta(days=1)
LONGEST_KEY = 120


def _uploaded(request) -> Iterator[bytes]:
    """The fields and files of a form: its body differs each time by the boundary between its parts."""
    yield repr(sorted(request.POST.lists())).encode()
    for name, file in sorted(request.FILES.items()):
        yield f"\0{name}\0{file.name}\0{file.size}\0".encode()
        yield from file.chunks()
        file.seek(0)


def _fingerprint(request) -> str:
    found = hashlib.sha256(f"{request.method}\0{request.path}\0".encode())
    is_upload = request.content_type == "multipart/form-data"
    for part in _uploaded(request) if is_upload else [request.body]:
        found.update(part)
    return found.hexdigest()


def _repeat(row: IdempotencyKey, fingerprint: str) -> HttpResponse:
    if row.fingerprint != fingerprint:
        reason = _("This key was used for another request.")
        return problem(422, errors=[{"field": "Idempotency-Key", "reason": reason}])
    if row.status != 204 and not row.body:
        return problem(409, _("This was done already. What it showed once is not kept."))
    return HttpResponse(
        row.body, status=row.status, content_type="application/json", headers={"Idempotent-Replayed": "true"}
    )


def _first_time(request, key: str, fingerprint: str, run) -> HttpResponse:
    with transaction.atomic():
        row = IdempotencyKey.objects.create(
            account_id=request.actor.account_id, token_id=request.actor.token_id, key=key, fingerprint=fingerprint
        )
        response = run()
        if response.status_code >= 400:
            row.delete()
        else:
            row.status = response.status_code
            row.body = "" if getattr(response, "shown_once", False) else response.content.decode()
            row.save(update_fields=["status", "body"])
    return response


def once(request, run) -> HttpResponse:
    """Run an operation, or repeat its first answer when the request's Idempotency-Key was seen.

    The key is written in the transaction of the operation, so both happen or neither does; of two at the same
    moment the second waits for the first and repeats its answer. What
    `answer_once` gave is not kept: its repetition is a conflict.
    """
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return run()
    if len(key) > LONGEST_KEY or not key.isprintable():
        reason = _("At most %(most)s are allowed.", most=LONGEST_KEY)
        return problem(422, errors=[{"field": "Idempotency-Key", "reason": reason}])
    fingerprint = _fingerprint(request)
    known = IdempotencyKey.objects.filter(token_id=request.actor.token_id, key=key)
    seen = known.first()
    if seen is not None:
        return _repeat(seen, fingerprint)
    try:
        return _first_time(request, key, fingerprint, run)
    except IntegrityError:
        seen = known.first()
        if seen is None:
            raise
        return _repeat(seen, fingerprint)


def prune() -> int:
    """Forget keys older than a day; the number of rows."""
    return IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]
