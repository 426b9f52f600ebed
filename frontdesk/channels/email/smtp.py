"""Handing one mail to an SMTP server, step by step, so that it is known how far it came."""

import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from ..registry import Postponed
from .answers import CONTENT, RECIPIENT, SENDER, error_of
from .connecting import STARTTLS, TLS, NotAllowed, connect, deadline, tls_context

SECONDS, REPLY_SECONDS = 90, 30


@dataclass(frozen=True)
class Server:
    """A server that takes mails; `own` is the installation's, which may be in its own network."""

    host: str
    port: int
    security: str = STARTTLS
    user: str = ""
    password: str = ""
    own: bool = False


class _Connection(smtplib.SMTP):
    """Connects to an address that was checked; the certificate must be the name's."""

    def __init__(self, server: Server):
        self.server = server
        super().__init__(local_hostname=_own_name(), timeout=REPLY_SECONDS)
        self._host = server.host

    def _get_socket(self, host, port, timeout):
        plain = connect(self.server.host, self.server.port, self.server.own)
        plain.settimeout(REPLY_SECONDS)
        # The end of a mail is sent by itself: without this it waits 40 ms until the server has confirmed the rest.
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.server.security != TLS:
            return plain
        # Held already, so that the deadline reaches a server that says nothing in the middle of the handshake.
        self.sock = plain
        return tls_context().wrap_socket(plain, server_hostname=self.server.host)


def _own_name() -> str:
    """How we introduce ourselves; asking the system for it could take a name server's patience."""
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    return host if "." in host and host.isascii() else "[127.0.0.1]"


def deliver(server: Server, sender: str, to: str, raw: bytes) -> str:
    """Hand over a mail; what the server said. Raises Refused, Postponed."""
    connection = _Connection(server)
    with deadline(SECONDS, lambda: connection.sock):
        try:
            _greet(connection, server)
            _address(connection, sender, to, len(raw))
            return _content(connection, raw)
        except (ssl.SSLError, ssl.CertificateError) as error:
            raise Postponed("certificate", str(error)[:300], whole=True) from error
        except NotAllowed as error:
            raise Postponed("private", str(error), whole=True) from error
        except smtplib.SMTPResponseException as error:
            raise Postponed("garbage", f"{error.smtp_code} {_text(error.smtp_error)}", whole=True) from error
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise Postponed("unreachable", _said(error), whole=True) from error
        finally:
            with suppress(OSError, smtplib.SMTPException):
                connection.close()


def _said(error: Exception) -> str:
    return "timeout" if isinstance(error, TimeoutError) else str(error)[:200] or type(error).__name__


def _text(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(text.split())


def _greet(connection: smtplib.SMTP, server: Server) -> None:
    """Greeting, encryption, sign-in; whatever fails here has nothing to do with the mail."""
    try:
        connection.connect(server.host, server.port)
        connection.ehlo_or_helo_if_needed()
        if server.security == STARTTLS:
            connection.starttls(context=tls_context())
            connection.ehlo()
        if server.user:
            connection.login(server.user, server.password)
    except smtplib.SMTPAuthenticationError as error:
        reason = "credentials" if error.smtp_code >= 500 else "busy"
        raise Postponed(reason, f"{error.smtp_code} {_text(error.smtp_error)}", whole=True) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Postponed("no_tls" if "STARTTLS" in str(error) else "no_sign_in", str(error)[:200], whole=True) from error
    except smtplib.SMTPResponseException as error:
        known = 400 <= error.smtp_code < 600
        said = f"{error.smtp_code} {_text(error.smtp_error)}"
        raise Postponed("busy" if known else "garbage", said, whole=True) from error


def _address(connection: smtplib.SMTP, sender: str, to: str, size: int) -> None:
    options = [f"size={size}"] if connection.has_extn("size") else []
    if not (sender + to).isascii() and connection.has_extn("smtputf8"):
        options += ["SMTPUTF8", "BODY=8BITMIME"]
    code, said = connection.mail(sender, options)
    if code != 250:
        raise error_of(code, _text(said), SENDER)
    code, said = connection.rcpt(to)
    if code not in (250, 251, 252):
        raise error_of(code, _text(said), RECIPIENT)


def _content(connection: smtplib.SMTP, raw: bytes) -> str:
    code, said = connection.docmd("DATA")
    if code != 354:
        raise error_of(code, _text(said), CONTENT)
    lines = smtplib._quote_periods(raw if raw.endswith(b"\r\n") else raw + b"\r\n")
    connection.send(lines)
    try:
        # From here on the server may have the mail, whatever becomes of its answer.
        connection.send(b".\r\n")
        code, said = connection.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise Postponed("unreachable", _said(error), whole=True, uncertain=True) from error
    if code != 250:
        uncertain = not 400 <= code < 600
        error = error_of(code, _text(said), CONTENT)
        raise Postponed("garbage", _text(said), whole=True, uncertain=True) if uncertain else error
    with suppress(OSError, smtplib.SMTPException):
        connection.docmd("QUIT")
    return _text(said)
