"""The letter that tells somebody that their inquiry came, whose text the account may write itself."""

from frontdesk.accounts.registry import MailKind
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy


def values(business: str, title: str) -> dict[str, str]:
    """What the placeholders stand for: nothing that the sender typed, so that nobody sends words of theirs by it."""
    return {"business": business, "form": title}


def _sample(actor) -> dict[str, str]:
    business = actor.account.name
    return values(business, _("Write to %(business)s", business=business))


INQUIRY = MailKind(
    key="inquiry", label=_lazy("Inquiry received"), text=_lazy("Tells somebody that what they sent by a form has come"),
    placeholders={"business": _lazy("Name of your business"), "form": _lazy("Title of the form")},
    subject=_lazy("{business}: we have your message"),
    body=_lazy(
        "Hello,\n\nwe have your message and will answer as soon as we can.\n\nTo add something, just answer this "
        "e-mail.\n\nIf you did not write to us, somebody entered your address by mistake, and there is nothing to "
        "do.\n\n{business}"
    ),
    action="", sample=_sample, order=30,
)  # fmt: skip
