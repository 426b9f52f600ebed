"""What is asked of the child process that reads mails, and what it answers."""

import msgspec

MIB = 1 << 20


class Limits(msgspec.Struct):
    """How much of a mail is read; what lies beyond is kept in a file, left out, or makes the mail refused."""

    raw_bytes: int = 52 * MIB
    boundaries: int = 150
    depth: int = 12
    parts: int = 200
    files: int = 60
    header_bytes: int = 256 * 1024
    headers: int = 1000
    text_chars: int = 200_000
    html_chars: int = 1_500_000
    picture_bytes: int = 256 * 1024
    pictures_bytes: int = MIB


class Task(msgspec.Struct):
    """A mail in the file `path`; its files are written into `folder`.

    `trusted` is the name by which the receiving server signs its findings; `whole` asks not to take the mail apart,
    after that has failed.
    """

    path: str
    folder: str
    trusted: str = ""
    whole: bool = False
    limits: Limits = msgspec.field(default_factory=Limits)
    cpu_seconds: int = 10


class FilePart(msgspec.Struct):
    """An attachment; its content is the file `number` in the folder, and for an `inline` one in the document too."""

    number: int
    name: str
    content_type: str
    size: int
    content_id: str = ""
    inline: bool = False


class Failure(msgspec.Struct):
    """What a bounce says of one mail of ours; `ids` are Message-IDs that it names, `to` who did not get it."""

    ids: list[str]
    to: str = ""
    status: str = ""
    said: str = ""
    final: bool = True


class Mail(msgspec.Struct):
    """A mail as it was understood; `refused` says why nothing of it was.

    `vouched` names the check by which the receiving server found the sender genuine; `disowned` says that it found the
    sender forged. `automatic` says how a machine was
    recognised, "" for people. `kept_whole` is a mail too odd to take apart, whose beginning is its text.
    """

    refused: str = ""
    sender: str = ""
    sender_name: str = ""
    vouched: str = ""
    disowned: bool = False
    recipients: list[str] = msgspec.field(default_factory=list)
    message_id: str = ""
    answers: list[str] = msgspec.field(default_factory=list)
    sent_at: float | None = None
    subject: str = ""
    text: str = ""
    quoted: str = ""
    html: str = ""
    files: list[FilePart] = msgspec.field(default_factory=list)
    automatic: str = ""
    failure: Failure | None = None
    kept_whole: bool = False
    fingerprint: str = ""
