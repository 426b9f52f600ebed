"""Where to go after a form was sent."""

from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme


def back(request, default: str = "/") -> HttpResponseRedirect:
    """To the posted `next` when it is an address of this site, else to `default`."""
    wanted = request.POST.get("next", "")
    return HttpResponseRedirect(wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else default)
