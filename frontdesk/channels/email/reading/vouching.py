"""Whether the receiving server found a sender genuine: Authentication-Results (RFC 8601), of that server alone."""

import re
from email.message import Message

_SIMPLE = re.compile(r"[\w.@+=-]*")
_METHOD = re.compile(r"^\s*([a-z-]+)(?:/\d+)?\s*=\s*([a-z]+)\b(.*)$", re.I | re.S)
_PROPERTY = re.compile(r"\b([a-z-]+\.[a-z-]+)\s*=\s*(\"[^\"]*\"|[^\s;]+)", re.I)


def findings(mail: Message, trusted: str) -> list[str]:
    """What the trusted server added: the topmost Authentication-Results, as long as they bear its name.

    Whoever sends can write such a header too, with that very name; it then stands below the server's own. So below a
    `Received` only one counts, and a method that was named above is not named again.
    """
    found: list[str] = []
    named: set[str] = set()
    received = False
    for name, raw in mail._headers:
        if name.lower() == "received":
            received = True
            if found:
                break
        elif name.lower() == "authentication-results":
            server, *said = _statements(str(raw)[:8000])
            if not trusted or server.strip().partition(" ")[0].lower() != trusted.strip().lower():
                break
            found += [one for one in said if _method(one) not in named]
            named |= {_method(one) for one in said}
            if received:
                break
    return found


def _method(said: str) -> str:
    found = _METHOD.match(said)
    return found[1].lower() if found else ""


def _statements(raw: str) -> list[str]:
    """The parts between semicolons, without comments; what is quoted may be the sender's choice, and says nothing.

    Where brackets or quotes do not close, nothing but the server's name is read.
    """
    parts, depth, quoted, escaped, held = [""], 0, False, False, ""
    for sign in raw:
        if escaped or sign == "\\":
            escaped, held = not escaped, held + sign
        elif depth:
            depth += (sign == "(") - (sign == ")")
        elif sign == '"':
            parts[-1] += (held if _SIMPLE.fullmatch(held) else '""') if quoted else ""
            quoted, held = not quoted, ""
        elif quoted:
            held += sign
        elif sign == "(":
            depth = 1
        elif sign == ";":
            parts.append("")
        else:
            parts[-1] += sign
    return parts[:1] if depth or quoted else parts


def vouched(found: list[str], sender: str, senders: int) -> str:
    """The check that ties the sender's domain to the mail (dmarc, dkim or spf) by its findings, "" for none."""
    if senders != 1 or "@" not in sender or disowned(found):
        return ""
    domain = sender.rpartition("@")[2]
    passed = [one for said in found if (one := _passed(said))]
    methods = {method for method, properties in passed if _aligned(method, properties, domain)}
    return next((method for method in ("dmarc", "dkim", "spf") if method in methods), "")


def disowned(found: list[str]) -> bool:
    """Whether these findings say that the sender's domain did not send it (a failed DMARC)."""
    matches = [_METHOD.match(said) for said in found]
    return any(one[1].lower() == "dmarc" and one[2].lower() == "fail" for one in matches if one)


def _passed(said: str) -> tuple[str, dict[str, str]] | None:
    found = _METHOD.match(said)
    if not found or found[2].lower() != "pass":
        return None
    properties = {name.lower(): value.strip('"').lower() for name, value in _PROPERTY.findall(found[3])}
    return found[1].lower(), properties


def _aligned(method: str, properties: dict[str, str], domain: str) -> bool:
    if method == "dmarc":
        return properties.get("header.from", "").rpartition("@")[2] == domain
    if method == "dkim":
        return _speaks_for(properties.get("header.d") or properties.get("header.i", "").rpartition("@")[2], domain)
    if method == "spf":
        return _speaks_for(properties.get("smtp.mailfrom", "").rpartition("@")[2], domain)
    return False


def _speaks_for(domain: str, sender_domain: str) -> bool:
    """A domain speaks for itself and what lies below it, never for what lies above."""
    return "." in domain and (sender_domain == domain or sender_domain.endswith("." + domain))
