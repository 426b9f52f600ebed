"""JSON answers, encoded without a detour through models."""

import msgspec
from django.http import HttpResponse

_encoder = msgspec.json.Encoder()


def answer(data, status: int = 200, **headers: str) -> HttpResponse:
    """An answer with any JSON value; dates, UUIDs and decimals included."""
    return HttpResponse(_encoder.encode(data), status=status, content_type="application/json", headers=headers or None)


def answer_once(data, status: int = 200) -> HttpResponse:
    """An answer with a secret (a token, a password, a link) that is shown now and kept nowhere."""
    response = answer(data, status)
    response.shown_once = True
    return response


def no_content() -> HttpResponse:
    """204."""
    return HttpResponse(status=204)
