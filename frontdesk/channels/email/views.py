"""The page of an e-mail as it came: a document that runs nothing and belongs to no page."""

from django.shortcuts import redirect, render

from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from .. import permissions
from . import access, actions
from .reading import markup

# Pictures from elsewhere are loaded only where somebody asks; everything else never.
POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data:{pictures}; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff", "X-Frame-Options": "SAMEORIGIN", "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store", "Cross-Origin-Resource-Policy": "same-origin",
}  # fmt: skip


@page(permissions.MAIL, obj="mail")
def document(request, arrival_id):
    """An e-mail as it looks; with `images=1` its pictures are loaded from where they are."""
    mail = access.get_mail(request.actor, arrival_id)
    wanted = request.GET.get("images") == "1"
    shown = markup.shown_with(mail.html, str) if wanted else mail.html
    context = {
        "body": shown, "mail": mail,
        # A frame's own links would arrive without the session; the page around it offers the pictures instead.
        "offers": "data-remote" in shown and request.headers.get("Sec-Fetch-Dest") != "iframe",
    }  # fmt: skip
    answer = render(request, "channels/email/document.html", context)
    answer.headers["Content-Security-Policy"] = POLICY.format(pictures=" https: http:" if wanted else "")
    for name, value in HEADERS.items():
        answer.headers[name] = value
    return answer


@page(permissions.CONFIGURE, methods=("POST",))
def look(request):
    """Look into the mailbox now rather than in a minute."""
    began = actions.look_now(request.actor)
    if began:
        flash(request, _("The mailbox is being looked through. What comes of it is shown here in a moment."))
    else:
        flash(request, _("No mailbox is set up."), level="error")
    return redirect("channels:channel", "email")
