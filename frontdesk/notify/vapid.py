"""The installation's own key for web push, made when it is first needed and kept beside the signing key."""

import base64
import functools
import os
import secrets
import time
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from py_vapid import Vapid02

LASTS = 12 * 60 * 60


def _make(path: Path) -> None:
    """Write a new key as a whole; another process that does the same at this moment may be first."""
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    draft = path.with_name(f"vapid.{secrets.token_hex(8)}")
    draft.write_bytes(b"")
    draft.chmod(0o600)
    draft.write_bytes(pem)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()


@functools.cache
def _key(folder: Path) -> Vapid02:
    path = folder / "keys" / "vapid"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make(path)
    return Vapid02.from_pem(path.read_bytes())


def key() -> Vapid02:
    """The key of this installation."""
    return _key(Path(settings.DATA_DIR))


def public_key() -> str:
    """What browsers subscribe with: the public part, base64url without padding."""
    point = key().public_key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )  # fmt: skip
    return base64.urlsafe_b64encode(point).decode().rstrip("=")


def headers(endpoint: str) -> dict[str, str]:
    """The header that says to a push service who sends."""
    parts, sender = urlsplit(endpoint), parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}", "exp": int(time.time()) + LASTS, "sub": f"mailto:{sender}",
    }  # fmt: skip
    return key().sign(claims)
