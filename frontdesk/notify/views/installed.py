"""What makes Frontdesk an app: its description, the service worker, and the page without a connection."""

import json
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from frontdesk.core.http import PUBLIC, page
from frontdesk.core.reader import in_language, language
from frontdesk.core.text import gettext as _
from frontdesk.ui.components import static_address as static

KNOWN = {code for code, _name in settings.LANGUAGES}
WORKER, STYLE, SCRIPT = "dist/sw.js", "dist/app.css", "dist/app.js"
ICONS = [("dist/icon-192.png", "192x192", "any"), ("dist/icon-512.png", "512x512", "any"),
         ("dist/maskable-512.png", "512x512", "maskable")]  # fmt: skip


def _language(request) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in KNOWN else language()


@page(PUBLIC)
def manifest(request) -> HttpResponse:
    """The app as a device installs it: under the name of the business for whoever is signed in."""
    name = request.actor.account.name if request.actor else "Frontdesk"
    icons = [{"src": static(path), "sizes": sizes, "type": "image/png", "purpose": use} for path, sizes, use in ICONS]
    return JsonResponse({
        "id": "/", "name": name, "short_name": name[:12], "start_url": "/", "scope": "/", "display": "standalone",
        "lang": language(), "background_color": "#f5f4f1", "theme_color": "#f5f4f1", "icons": icons,
        "shortcuts": [{"name": _("Notifications"), "url": reverse("notify:list")}],
    }, content_type="application/manifest+json")  # fmt: skip


def _source() -> str:
    if staticfiles_storage.exists(WORKER):
        with staticfiles_storage.open(WORKER) as file:
            return file.read().decode()
    found = finders.find(WORKER)
    if not found:
        raise Http404("worker")
    return Path(found).read_text(encoding="utf-8")


@page(PUBLIC)
def worker(request) -> HttpResponse:
    """The service worker with what it keeps: the page without a connection in one language, style and script."""
    code, source = _language(request), _source()
    known = {
        "offline": f"{reverse('notify:offline')}?language={code}", "static": settings.STATIC_URL,
        "assets": [static(STYLE), static(SCRIPT)], "icon": static("dist/icon-192.png"),
    }  # fmt: skip
    known["version"] = sha256((source + json.dumps(known)).encode()).hexdigest()[:16]
    body = f"self.FRONTDESK = {json.dumps(known)};\n{source}"
    answer = HttpResponse(body, content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@page(PUBLIC)
def offline(request) -> HttpResponse:
    """What a device shows without a connection; says nothing of anybody."""
    request.actor = None
    with in_language(_language(request)):
        return render(request, "notify/offline.html", {"one_language": True})
