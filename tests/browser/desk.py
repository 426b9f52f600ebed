"""Browser windows of people, each of which watches for everything that goes wrong unseen."""

import contextlib
from collections.abc import Iterator

from django.conf import settings

DESKTOP = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
ON_VIOLATION = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));"""
# The browser logs every answer of 400 and above; answers are looked at themselves.
ANSWER_LOGGED = "Failed to load resource"


class Window:
    """One person's browser: `page` is its tab, `faults` what nobody expected."""

    def __init__(self, context, who: str):
        self.context, self.who = context, who
        self.faults: list[str] = []
        self._expected: set[int] = set()
        context.add_init_script(ON_VIOLATION)
        context.on("console", self._console)
        context.on("weberror", lambda error: self._note(f"error: {error.error}"))
        context.on("requestfailed", self._failed)
        context.on("response", self._response)
        self.page = context.new_page()

    def _note(self, said: str) -> None:
        self.faults.append(f"{self.who} at {self.page.url}: {said}")

    def _console(self, message) -> None:
        if message.type in ("error", "warning") and ANSWER_LOGGED not in message.text:
            self._note(f"console: {message.text}")

    def _failed(self, request) -> None:
        # Leaving a page, and writing on in a search field, abort what is no longer wanted.
        # A page that is left while the service worker still asks for it fails instead; what its reader sees is tested.
        page = request.is_navigation_request() or request.url == self.page.url
        left = request.failure == "net::ERR_FAILED" and page
        if request.failure != "net::ERR_ABORTED" and not left:
            self._note(f"failed: {request.url} {request.failure}")

    def _response(self, response) -> None:
        if response.status >= 400 and response.status not in self._expected:
            self._note(f"{response.status}: {response.request.method} {response.url}")

    @contextlib.contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """Let these statuses pass within the block."""
        before, self._expected = self._expected, self._expected | set(statuses)
        try:
            yield
        finally:
            self._expected = before

    def is_phone_wide(self) -> bool:
        """Whether nothing made the phone's page wider than the phone."""
        return self.page.evaluate("innerWidth") == PHONE["viewport"]["width"]


def session_cookie(key: str, url: str) -> dict:
    """The cookie that signs a browser in."""
    return {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": url}
