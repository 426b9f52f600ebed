"""Having a message that failed leave once more."""

from frontdesk.channels.actions import send_again
from frontdesk.channels.models import Dispatch, State
from frontdesk.core.errors import Conflict, Missing
from frontdesk.core.text import gettext as _
from frontdesk.messaging.models import Message

from .. import access, permissions
from ..models import Conversation, Envelope


def retry(actor, conversation: Conversation, message: Message) -> Dispatch:
    """Send a failed message of a conversation again; raises Missing, Conflict for one that did not fail, Forbidden."""
    access.require(actor, permissions.REPLY)
    own = Envelope.objects.filter(message_id=message.pk, message__thread_id=conversation.thread_id, outgoing=True)
    envelope = own.select_related("dispatch").first()
    if envelope is None or envelope.dispatch is None:
        raise Missing("dispatch")
    if envelope.dispatch.state != State.FAILED:
        raise Conflict(_("Only what failed can be sent again."))
    return send_again(actor, envelope.dispatch)
