"""Sessions that let people read while nothing can be written."""

from django.conf import settings
from django.contrib.sessions import middleware
from django.db import OperationalError

from . import trouble
from .nul import NUL

READING = ("GET", "HEAD", "OPTIONS")


class SessionMiddleware(middleware.SessionMiddleware):
    """A page that was read is answered even when its session cannot be saved; a message is then shown again."""

    def process_request(self, request):
        """Open the session; a key with NUL is none."""
        if NUL in request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""):
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
        super().process_request(request)

    def process_response(self, request, response):
        """Save the session; raises OperationalError for what was to be written."""
        try:
            return super().process_response(request, response)
        except OperationalError as error:
            if request.method not in READING or trouble.status_of(error) == trouble.BROKEN:
                raise
            return response
