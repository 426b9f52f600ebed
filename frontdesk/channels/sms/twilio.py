"""Talking to a provider in Twilio's protocol: form in, JSON out, the account's SID and token as basic auth."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from frontdesk.webhooks.sending import request

from ..models import ChannelSettings
from ..registry import Postponed, Refused
from .setup import TWILIO

MOST_BYTES = 512 * 1024
SECONDS = 20
TOO_FAST = {20429, 14107, 30001, 63018}
OPTED_OUT = 21610
NO_ANSWER = {"certificate": "certificate", "garbage": "garbage", "private": "private", "https": "private"}
BAD_ADDRESS = {21211, 21214, 21217, 21401, 21421, 21601, 21614, 30003, 30005, 30006}
NO_WAY = {21408, 21612, 21215, 30004, 30007}
BAD_CONTENT = {21602, 21605, 21617, 21619, 21623}
BAD_SENDER = {21212, 21603, 21606, 21611, 21621, 21659, 21660, 21661, 21701, 21703, 21705}
BAD_ACCOUNT = {20003, 20005, 20006, 20404, 30002, 30010, 90010}


@dataclass(frozen=True)
class Said:
    """What the provider answered."""

    status: int
    data: dict[str, Any] = field(default_factory=dict)
    after: timedelta | None = None

    @property
    def code(self) -> int:
        """Its own number of an error."""
        code = self.data.get("code") or self.data.get("error_code") or 0
        return int(code) if str(code).isdigit() else 0

    @property
    def detail(self) -> str:
        """What to show an admin."""
        return f"{self.code or self.status} {self.data.get('message') or ''!s}".strip()


def reason_of(code: int) -> str:
    """Our code for a provider's number of an error."""
    kinds = ((BAD_ADDRESS, "address"), (NO_WAY, "blocked"), (BAD_CONTENT, "content"), ({OPTED_OUT}, "opted_out"))
    return next((reason for codes, reason in kinds if code in codes), "rejected")


def _authorization(settings: ChannelSettings) -> str:
    pair = f"{settings.config.get('account_sid', '')}:{settings.secret('auth_token')}"
    return "Basic " + base64.b64encode(pair.encode()).decode()


def server(settings: ChannelSettings) -> str:
    """The provider's address."""
    return settings.config.get("server") or TWILIO


def headers(settings: ChannelSettings) -> dict[str, str]:
    """By which the provider knows the account."""
    return {"Authorization": _authorization(settings), "User-Agent": "Frontdesk", "Connection": "close"}


def ask(settings: ChannelSettings, method: str, path: str, form: Mapping[str, str | list[str]]) -> Said:
    """One request below the account's address; raises Postponed when there was no proper answer."""
    url, body = f"{server(settings)}/2010-04-01/Accounts/{settings.config.get('account_sid', '')}{path}", None
    told = headers(settings) | {"Accept": "application/json"}
    if method == "GET":
        url += "?" + urlencode(form, doseq=True)
    else:
        body = urlencode(form, doseq=True).encode()
        told["Content-Type"] = "application/x-www-form-urlencoded"
    reply = request.call(method, url, told, body, most=MOST_BYTES, seconds=SECONDS)
    if reply.status is None:
        raise Postponed(NO_ANSWER.get(reply.error, "unreachable"), whole=True, uncertain=reply.left)
    return _read(reply)


def _read(reply: request.Reply) -> Said:
    status = reply.status or 0
    after = timedelta(seconds=reply.retry_after) if reply.retry_after else None
    try:
        data = json.loads(reply.content)
    except ValueError:
        data = None
    if status >= 500:
        raise Postponed("provider", str(status), after, whole=True, uncertain=True)
    if not isinstance(data, dict):
        if status == 429:
            raise Postponed("busy", "429", after, whole=True)
        raise Postponed("garbage", str(status), after, whole=True, uncertain=status < 300)
    return Said(status, data, after)


def check(said: Said) -> None:
    """Raise what an answer means for a message unless it was taken: Postponed or Refused."""
    if said.status < 300:
        return
    code, detail = said.code, said.detail
    if said.status == 429 or code in TOO_FAST:
        raise Postponed("busy", detail, said.after, whole=True)
    if code in BAD_SENDER:
        raise Postponed("sender", detail, whole=True)
    if code in BAD_ACCOUNT or said.status in (401, 403, 404) or said.status < 400:
        raise Postponed("credentials", detail, whole=True)
    raise Refused(reason_of(code), detail)
