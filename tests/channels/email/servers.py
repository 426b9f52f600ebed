"""Mail servers on the loopback: a good one (aiosmtpd), and ones that misbehave."""

import datetime
import ipaddress
import ssl
import threading
import time
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from socket import SHUT_RDWR, create_server, socket

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from .dovecot import free_port

USER, PASSWORD = "office@folio.example", "pass-word"


def certificate(folder: Path, host: str = "localhost") -> tuple[Path, Path]:
    """A certificate for a host, which is its own authority, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.datetime.now(datetime.UTC)
    names = x509.SubjectAlternativeName([x509.DNSName(host), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1)).add_extension(names if host == "localhost" else
        x509.SubjectAlternativeName([x509.DNSName(host)]), False)
        .add_extension(x509.BasicConstraints(True, None), True).sign(key, hashes.SHA256())
    )  # fmt: skip
    paths = folder / f"{host}.pem", folder / f"{host}.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return paths


class Post:
    """What a good server does with mails: keeps them, after the answers that a test wants first."""

    def __init__(self):
        self.mails: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.answers: dict[str, list[str]] = {"rcpt": [], "data": [], "mail": []}

    def _next(self, stage: str) -> str | None:
        return self.answers[stage].pop(0) if self.answers[stage] else None

    async def handle_MAIL(self, server, session, envelope, address, options):
        said = self._next("mail")
        if said:
            return said
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        said = self._next("rcpt")
        if said:
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        said = self._next("data")
        if said is None or said.startswith("250"):
            self.raw.append(envelope.content)
            self.mails.append(message_from_bytes(envelope.content.replace(b"\r\n", b"\n"), policy=policy.default))
        return said or "250 taken"


def _authenticate(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=False)


class Smtp:
    """A server that works; with TLS at once or by STARTTLS where it has a certificate, and sign-in on request."""

    def __init__(
        self, pem: tuple[Path, Path] | None = None, *, implicit: bool = False, sign_in: bool = False, port: int = 0
    ):
        self.post = Post()
        context = None
        if pem:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(*map(str, pem))
        options = {"authenticator": _authenticate, "auth_required": True, "auth_require_tls": False} if sign_in else {}
        if context and not implicit:
            options |= {"tls_context": context, "require_starttls": True}
        self.port = port or free_port()
        self.controller = Controller(
            self.post, hostname="127.0.0.1", port=self.port, ssl_context=context if implicit else None, **options
        )
        self.controller.start()

    @property
    def mails(self) -> list[EmailMessage]:
        """What was taken."""
        return self.post.mails

    def close(self) -> None:
        """Serve no more."""
        with suppress(RuntimeError):
            self.controller.stop(no_assert=True)


class Grumpy:
    """A server that does what `behave(connection)` does, for each connection in a thread of its own."""

    def __init__(self, behave):
        self.listener: socket = create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.behave, self.held, self.count = behave, [], 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection = self.listener.accept()[0]
            except OSError:
                return
            self.count += 1
            self.held.append(connection)
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket) -> None:
        with suppress(OSError):
            self.behave(connection)

    def close(self) -> None:
        """Serve no more."""
        with suppress(OSError):
            self.listener.shutdown(SHUT_RDWR)
        self.listener.close()
        for connection in self.held:
            connection.close()


def hang(connection: socket) -> None:
    """Say nothing."""
    time.sleep(120)


def garbage(connection: socket) -> None:
    """Speak another language."""
    connection.sendall(b"\x00\xff<html>no\r\n" * 50)
    connection.recv(100)
    connection.sendall(b"{]\r\n" * 50)
    connection.close()


def drip(connection: socket) -> None:
    """A byte at a time, for ever."""
    while True:
        connection.sendall(b"2")
        time.sleep(0.05)


def hang_up(connection: socket) -> None:
    """Close at once."""
    connection.close()


def after_data(connection: socket) -> None:
    """Take a mail and break down before saying so."""
    connection.sendall(b"220 hi\r\n")
    reader = connection.makefile("rb")
    for line in reader:
        if line.upper().startswith(b"DATA"):
            connection.sendall(b"354 go\r\n")
            for row in reader:
                if row == b".\r\n":
                    connection.shutdown(SHUT_RDWR)
                    return
        connection.sendall(b"250 ok\r\n")
