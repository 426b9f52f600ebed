"""Connections of `requests` to the very address that was checked, whatever its name says a moment later."""

from typing import Any

import requests
from requests.adapters import HTTPAdapter

from frontdesk.webhooks.sending import addresses


class CheckedAdapter(HTTPAdapter):
    """Looks a name up once, checks what it leads to and connects there; the certificate must be the name's.

    An address that may not be called raises `requests.exceptions.InvalidURL` before anything leaves.
    """

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: Any, cert: Any = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Where to connect, and whose certificate to expect there."""
        place, options = super().build_connection_pool_key_attributes(request, verify, cert)
        try:
            target = addresses.parse(str(request.url))
            place["host"] = addresses.resolve(target)
        except addresses.BadAddress as refused:
            raise requests.exceptions.InvalidURL(refused.reason) from None
        if target.scheme == "https":
            options |= {"server_hostname": target.host, "assert_hostname": target.host}
        return place, options

    def add_headers(self, request: requests.PreparedRequest, **kwargs: Any) -> None:
        """Ask for the name, not for the address."""
        request.headers["Host"] = addresses.parse(str(request.url)).host_header
