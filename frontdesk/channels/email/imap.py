"""One conversation with a mailbox (IMAP): mails that are new, in pieces that fit into memory."""

import hashlib
import imaplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError, LoginError

from .connecting import STARTTLS, TLS, NotAllowed, connect, deadline, tls_context

SECONDS, REPLY_SECONDS = 120, 30
PIECE = 1 << 20
MOST_LITERAL = 4 << 20


class Trouble(Exception):
    """The mailbox cannot be read now: `reason` is a code, `detail` what the server said."""

    def __init__(self, reason: str, detail: str = ""):
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail[:300]


class Refusal(Exception):
    """The server does not do one thing that was asked; the rest goes on."""


@dataclass(frozen=True)
class Server:
    """A mailbox: where it is and how to get in."""

    host: str
    port: int
    security: str
    user: str
    password: str
    folder: str = "INBOX"


class _Protocol(imaplib.IMAP4):
    """Connects to an address that was checked, and believes no server that announces more than was asked for."""

    def __init__(self, server: Server, held: list[socket.socket]):
        self._server, self._held = server, held
        super().__init__(server.host, server.port)

    def _create_socket(self, timeout=None):
        plain = connect(self._server.host, self._server.port)
        plain.settimeout(REPLY_SECONDS)
        self._held[:] = [plain]
        if self._server.security != TLS:
            return plain
        made = tls_context().wrap_socket(plain, server_hostname=self._server.host)
        self._held[:] = [made]
        return made

    def read(self, size):
        """Of a literal; raises abort for one that is too long to hold."""
        if size > MOST_LITERAL:
            raise self.abort(f"a literal of {size} bytes")
        return super().read(size)


class _Client(IMAPClient):
    def __init__(self, server: Server, held: list[socket.socket]):
        self._server, self._held = server, held
        timeouts = SocketTimeout(connect=REPLY_SECONDS, read=REPLY_SECONDS)
        super().__init__(server.host, server.port, ssl=server.security == TLS, timeout=timeouts)
        self.normalise_times = False

    def _create_IMAP4(self):
        return _Protocol(self._server, self._held)


@contextmanager
def opened(server: Server, readonly: bool = False) -> Iterator["Folder"]:
    """The folder of a mailbox; raises Trouble, also for what goes wrong within the block."""
    held: list[socket.socket] = []
    with deadline(SECONDS, lambda: held[0] if held else None):
        try:
            client = _Client(server, held)
            try:
                yield _signed_in(client, server, readonly)
            finally:
                with suppress(Exception):
                    client.shutdown()
        except LoginError as error:
            raise Trouble("credentials", str(error)) from error
        except ssl.SSLError as error:
            raise Trouble("certificate", str(error)) from error
        except NotAllowed as error:
            raise Trouble("private", str(error)) from error
        except TimeoutError as error:
            raise Trouble("unreachable", "timeout") from error
        except OSError as error:
            raise Trouble("unreachable", str(error)) from error
        except (IMAPClientError, imaplib.IMAP4.error, ValueError, KeyError, TypeError, IndexError) as error:
            raise Trouble("garbage", f"{type(error).__name__}: {error}") from error


def _signed_in(client: IMAPClient, server: Server, readonly: bool) -> "Folder":
    if server.security == STARTTLS:
        client.starttls(tls_context())
    client.login(server.user, server.password)
    try:
        return Folder(client, client.select_folder(server.folder, readonly=readonly))
    except IMAPClientError as error:
        if isinstance(error, imaplib.IMAP4.abort | imaplib.IMAP4.readonly):
            raise
        raise Trouble("folder", f"{server.folder}: {error}") from error


class Folder:
    """A selected folder."""

    def __init__(self, client: IMAPClient, said: dict):
        self.client = client
        self.validity = int(said[b"UIDVALIDITY"])
        self.count = int(said.get(b"EXISTS", 0))
        self._next = int(said[b"UIDNEXT"]) if b"UIDNEXT" in said else None

    def newest(self) -> int:
        """The highest number that a mail has now, 0 in an empty folder."""
        if self._next is not None:
            return self._next - 1
        return max(self.client.search(["UID", "*"]) if self.count else [0], default=0)

    def after(self, uid: int) -> list[int]:
        """The numbers of mails beyond one, in their order."""
        # A range that begins beyond the last mail names the last mail.
        return sorted(found for found in self.client.search(["UID", f"{uid + 1}:*"]) if found > uid)

    def since(self, day: date) -> list[int]:
        """The numbers of mails that came on or after a day, in their order."""
        return sorted(self.client.search(["SINCE", day]))

    def size(self, uid: int) -> int | None:
        """How large a mail is; None when it is gone."""
        found = self.client.fetch([uid], ["RFC822.SIZE"]).get(uid)
        return int(found[b"RFC822.SIZE"]) if found else None

    def download(self, uid: int, size: int, path: Path) -> str:
        """Write a mail into a file, piece by piece; the digest of its bytes."""
        digest = hashlib.sha256()
        with path.open("wb") as file:
            position = 0
            while position < size + PIECE:
                piece = self._piece(uid, position)
                digest.update(piece)
                file.write(piece)
                position += len(piece)
                if len(piece) < PIECE:
                    break
        return digest.hexdigest()

    def _piece(self, uid: int, position: int) -> bytes:
        found = self.client.fetch([uid], [f"BODY.PEEK[]<{position}.{PIECE}>"]).get(uid, {})
        value = next((value for key, value in found.items() if key.startswith(b"BODY[")), None)
        return value or b""

    def seen(self, uid: int) -> None:
        """Mark a mail as read; raises Refusal."""
        with _refusing():
            self.client.add_flags([uid], [b"\\Seen"], silent=True)

    def move(self, uid: int, folder: str) -> None:
        """Move a mail to another folder; raises Refusal."""
        with _refusing():
            if self.client.has_capability("MOVE"):
                self.client.move([uid], folder)
                return
            self.client.copy([uid], folder)
            self.client.delete_messages([uid], silent=True)
            if self.client.has_capability("UIDPLUS"):
                self.client.uid_expunge([uid])


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except IMAPClientError as error:
        if isinstance(error, imaplib.IMAP4.abort):
            raise
        raise Refusal(str(error)) from error
