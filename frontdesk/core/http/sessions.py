"""Sessions that let people read while nothing can be written."""

from django.contrib.sessions import middleware
from django.db import OperationalError

from . import trouble

READING = ("GET", "HEAD", "OPTIONS")


class SessionMiddleware(middleware.SessionMiddleware):
    """A page that was read is answered even when its session cannot be saved; a message is then shown again."""

    def process_response(self, request, response):
        """Save the session; raises OperationalError for what was to be written."""
        try:
            return super().process_response(request, response)
        except OperationalError as error:
            if request.method not in READING or trouble.status_of(error) == trouble.BROKEN:
                raise
            return response
