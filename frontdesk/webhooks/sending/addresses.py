"""Which addresses may be called: public ones over https, so that nobody makes Frontdesk reach into its own network."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# IPv6 ranges that lead to an IPv4 address which they carry: translation, and tunnels that nobody needs today.
_CARRIERS = [ipaddress.ip_network(text) for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")]
PORTS = {"https": 443, "http": 80}
LONGEST = 500


class BadAddress(ValueError):
    """An address that is not called; `reason` is a key of `wording.ERRORS`."""

    def __init__(self, reason: str):
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Target:
    """The parts of an address."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        """The value of the header Host."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def parse(url: str) -> Target:
    """An address's parts; raises BadAddress."""
    if len(url) > LONGEST or not url.isascii() or any(sign <= " " or sign == "\x7f" for sign in url) or "\\" in url:
        raise BadAddress("address")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadAddress("address") from None
    if parts.scheme not in PORTS or not parts.hostname or parts.username is not None or port == 0:
        raise BadAddress("address")
    if parts.scheme == "http" and not settings.WEBHOOKS_LOCAL:
        raise BadAddress("https")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, parts.hostname, port or PORTS[parts.scheme], path)


def is_public(address: Address) -> bool:
    """Whether an address is one of the open internet."""
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped is not None:
        return is_public(mapped)
    if any(address.version == carrier.version and address in carrier for carrier in _CARRIERS):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def resolve(target: Target) -> str:
    """The address to connect to: the name's first, once all that it leads to are allowed; raises BadAddress."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise BadAddress("name") from None
    addresses = [str(entry[4][0]) for entry in found]
    if not settings.WEBHOOKS_LOCAL and not all(is_public(ipaddress.ip_address(text)) for text in addresses):
        raise BadAddress("private")
    return addresses[0]
