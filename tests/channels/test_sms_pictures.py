"""M5, M7: pictures go with text messages where the account wants it; nothing goes without saying so."""

from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from frontdesk.channels import access, actions, sending
from frontdesk.channels.models import Dispatch
from frontdesk.channels.sms import pictures
from frontdesk.core.errors import Invalid
from frontdesk.files.actions import receive
from frontdesk.files.models import State, StoredFile
from frontdesk.messaging.models import Message

from ..conversations.talks import answer, arrive, mail
from ..files import samples
from .provider import NUMBER, SID, TOKEN

MARIA = "+40745112908"


@pytest.fixture
def asked(within):
    """Maria has sent a text message."""
    return arrive(within.account, mail(MARIA, "How does it look?", channel="sms"))


@pytest.fixture
def allowed(within, provider, sms):
    """The account sends pictures."""
    config = {"account_sid": SID, "senders": NUMBER, "server": provider.url, "pictures": True}
    actions.configure(within.ana, access.get_channel(within.ana, "sms"), config, {"auth_token": TOKEN})
    return provider


def with_file(actor, conversation, upload, text="Like this"):
    """An answer with a file."""
    file = receive(actor, upload)
    return answer(actor, conversation, text, files=(file.pk,), way=f"sms:{MARIA}")


def photo():
    """A picture as a phone makes it."""
    return samples.upload("Boiler.jpg", samples.picture("JPEG"))


def test_without_the_setting_a_file_is_refused_and_nothing_leaves(within, asked, sms):
    with pytest.raises(Invalid) as refused:
        with_file(within.cora, asked, photo())
    assert "take no files" in refused.value.errors["files"][0]
    assert not Dispatch.objects.exists() and not Message.objects.filter(body="Like this").exists()


def test_the_provider_fetches_the_picture(within, asked, allowed, client):
    with_file(within.cora, asked, photo())
    sending.run("sms")
    ((address,),) = [one["media"] for one in allowed.messages]
    assert Dispatch.objects.get().state == "sent"
    fetched = client.get(urlsplit(address).path)
    file = StoredFile.objects.get(place="message")
    content = b"".join(fetched.streaming_content)
    assert (fetched.status_code, fetched["Content-Type"], len(content)) == (200, "image/jpeg", file.size)
    assert content[:3] == b"\xff\xd8\xff" and fetched["X-Content-Type-Options"] == "nosniff"


def test_the_address_ends_after_a_day_and_cannot_be_made_up(within, asked, allowed, client, monkeypatch):
    with_file(within.cora, asked, photo())
    sending.run("sms")
    path = urlsplit(allowed.messages[0]["media"][0]).path
    token = path.rstrip("/").rpartition("/")[2]
    named, rest = token.split(":", 1)
    assert client.get(reverse("channels:picture", args=[f"{named[:-1]}1:{rest}"])).status_code == 404
    other = signing.TimestampSigner(salt="another").sign(named)
    assert client.get(reverse("channels:picture", args=[other])).status_code == 404
    later = timezone.now().timestamp() + pictures.FETCHED_WITHIN + 60
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "said"), [("Plan.txt", samples.TEXT, "no picture"), ("Empty.txt", b"x" * 10, "no picture")]
)
def test_what_no_carrier_takes_is_refused(within, asked, allowed, name, content, said):
    with pytest.raises(Invalid) as refused:
        with_file(within.cora, asked, samples.upload(name, content))
    assert said in refused.value.errors["files"][0]


def test_at_most_ten_of_five_megabytes(allowed):
    settings = access.ChannelSettings.objects.get(channel="sms")
    small = StoredFile(name="a.jpg", content_type="image/jpeg", size=10)
    large = StoredFile(name="b.jpg", content_type="image/jpeg", size=pictures.LARGEST + 1)
    assert pictures.carries([small] * 10, settings) == ""
    assert "10" in pictures.carries([small] * 11, settings)
    assert "b.jpg" in pictures.carries([small, large], settings)


def refuse(name):
    """The check finds that a file is no picture after all."""
    StoredFile.objects.filter(name=name).update(state=State.REFUSED)


def test_a_picture_that_the_check_refuses_is_never_left_out(within, asked, allowed, client):
    files = tuple(
        receive(within.cora, samples.upload(name, samples.picture("JPEG"))).pk for name in ("Bad.jpg", "Good.jpg")
    )
    answer(within.cora, asked, "Like this", files=files, way=f"sms:{MARIA}")
    refuse("Bad.jpg")
    sending.run("sms")
    row = Dispatch.objects.get()
    assert (row.state, row.reason) == ("failed", "file_refused") and not allowed.messages


def test_the_address_of_a_refused_picture_gives_nothing(within, asked, allowed, client):
    with_file(within.cora, asked, photo())
    sending.run("sms")
    path = urlsplit(allowed.messages[0]["media"][0]).path
    refuse("Boiler.jpg")
    assert client.get(path).status_code == 404
