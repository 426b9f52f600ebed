"""The WSGI application, for servers of other make."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.config.settings")
application = get_wsgi_application()
