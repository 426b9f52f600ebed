"""Pages for machines: is it alive, is it ready, what does it count."""

import ipaddress
import secrets

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse

from frontdesk.core.http import PUBLIC, page

from .checks import READINESS
from .metrics import exposition


@page(PUBLIC)
def live(request):
    """200 while the process answers; touches nothing else."""
    return HttpResponse(b"ok", content_type="text/plain")


@page(PUBLIC)
def ready(request):
    """200 when everything needed for work is there, else 503; names the parts, not the reasons."""
    findings = [check() for check in READINESS]
    parts = {finding.name: "ok" if finding.ok else "failed" for finding in findings}
    return JsonResponse(parts, status=200 if all(finding.ok for finding in findings) else 503)


def _may_read_metrics(request) -> bool:
    """With a token configured only by the token; otherwise from this machine."""
    token = getattr(settings, "METRICS_TOKEN", "")
    if token:
        given = request.headers.get("Authorization", "")
        return secrets.compare_digest(given.encode(), f"Bearer {token}".encode())
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


@page(PUBLIC)
def metrics(request):
    """Prometheus' text format, for this machine or the bearer of FRONTDESK_METRICS_TOKEN; 404 for others."""
    if not _may_read_metrics(request):
        raise Http404
    return HttpResponse(exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")
