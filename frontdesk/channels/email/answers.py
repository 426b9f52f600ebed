"""What mail servers say when they do not take a mail, as codes that pages put in words."""

import re
from datetime import timedelta

from ..registry import Postponed, Refused

_ENHANCED = re.compile(r"\b[245]\.(\d{1,3})\.(\d{1,3})\b")
_BY_STATUS = {
    (1, 2): "nowhere", (1, 10): "nowhere", (4, 4): "nowhere", (2, 2): "full", (2, 3): "large", (3, 4): "large",
}  # fmt: skip
_BY_SUBJECT = {1: "address", 2: "address", 6: "content", 7: "spam"}
SENDER, RECIPIENT, CONTENT = "sender", "recipient", "content"
_BY_CODE = {
    RECIPIENT: {550: "address", 551: "address", 553: "address", 552: "full", 556: "nowhere"},
    CONTENT: {552: "large", 550: "spam", 554: "spam"},
}
_GREY = timedelta(minutes=5)
_SIGN_IN = {530, 534, 535, 538}


def reason_of(code: int, said: str, stage: str = RECIPIENT) -> str:
    """Why a mail was refused for good, by the enhanced status (RFC 3463) where there is one, else by the code."""
    found = _ENHANCED.search(said)
    if found:
        subject, detail = int(found[1]), int(found[2])
        reason = _BY_STATUS.get((subject, detail)) or _BY_SUBJECT.get(subject)
        if reason:
            return reason
    return _BY_CODE.get(stage, {}).get(code, "rejected")


def error_of(code: int, said: str, stage: str) -> Refused | Postponed:
    """What an answer means: refused for good, or to be tried again; what is wrong with our own set-up stops all."""
    detail = f"{code} {said}".strip()[:300]
    if code == 421:
        return Postponed("busy", detail, whole=True)
    if code in _SIGN_IN or (code >= 500 and "relay" in said.lower()):
        return Postponed("credentials", detail, whole=True)
    if stage == SENDER:
        return Postponed("sender" if code >= 500 else "busy", detail, whole=True)
    if 500 <= code < 600:
        return Refused(reason_of(code, said, stage), detail)
    if 400 <= code < 500:
        reason = reason_of(code, said, stage)
        return Postponed("full" if reason == "full" else "greylist", detail, _GREY)
    return Postponed("garbage", detail, whole=True)
