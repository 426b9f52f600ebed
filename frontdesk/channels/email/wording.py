"""Why an e-mail did not leave, did not arrive or was not taken in, in plain words."""

from frontdesk.core.text import gettext_lazy as _lazy

from .. import wording

REASONS = wording.REASONS | {
    "address": _lazy("There is no such address."),
    "nowhere": _lazy("The domain of the address takes no e-mails."),
    "full": _lazy("The mailbox is full."),
    "large": _lazy("The e-mail is too large for the other side."),
    "spam": _lazy("The other side took it for unwanted mail. See to it that SPF and DKIM of your domain are set up."),
    "content": _lazy("The other side refused what is in the e-mail."),
    "rejected": _lazy("The other side refused the e-mail."),
    "greylist": _lazy("The other side asked to try again later."),
    "busy": _lazy("The mail server has too much to do just now."),
    "sender": _lazy("The mail server does not let you send from this address."),
    "credentials": _lazy("User name, password or key is wrong."),
    "certificate": _lazy("The certificate of the server is not right, so the connection would not be safe."),
    "no_tls": _lazy("The server offers no encryption. Choose another kind of encryption or another port."),
    "no_sign_in": _lazy("The server does not let anybody sign in on this port."),
    "private": _lazy("This server is in a private network, which may not be reached from here."),
    "unreachable": _lazy("The server does not answer."),
    "garbage": _lazy("The server answers something that makes no sense. Is it the right port?"),
    "provider": _lazy("The provider has trouble just now."),
    "folder": _lazy("There is no such folder in the mailbox."),
    "opted_out": _lazy("The recipient does not want e-mails of yours; the provider holds them back."),
    "too_large": _lazy("It is larger than 50 MB."),
    "no_sender": _lazy("It has no sender."),
    "not_a_mail": _lazy("It is no e-mail."),
    "unreadable": _lazy("It could not be read."),
    "duplicate": _lazy("It came a second time."),
    "loop": _lazy("It was sent by a machine again and again, or came back from where it went."),
    "report": _lazy("It tells of an e-mail that was not sent from here."),
}


def said(code: str) -> str:
    """A reason in the reader's language; "" for none."""
    return str(REASONS.get(code, REASONS["rejected"])) if code else ""
