"""Which addresses are called: public ones over https, the very address that was checked."""

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from frontdesk.webhooks.sending import request
from frontdesk.webhooks.sending.addresses import BadAddress, parse, resolve

PRIVATE = [
    "127.0.0.1", "127.8.9.1", "localhost", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.2.1", "224.0.0.1", "255.255.255.255", "[::1]", "[::]", "[fe80::1]", "[fc00::1]",
    "[fd00:ec2::254]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
    "[ff02::1]", "2130706433", "0x7f.1", "127.1",
]  # fmt: skip


@pytest.fixture(autouse=True)
def guarded(settings):
    """As in production."""
    settings.WEBHOOKS_LOCAL = False


@pytest.mark.parametrize("host", PRIVATE)
def test_addresses_of_private_networks_are_refused(host):
    with pytest.raises(BadAddress) as refused:
        resolve(parse(f"https://{host}/"))
    assert refused.value.reason in ("private", "name")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://example.com/", "https"), ("ftp://example.com/", "address"), ("https://", "address"),
        ("https://user:secret@example.com/", "address"), ("https://exa mple.com/", "address"),
        ("https://example.com:99999/", "address"), ("https://example.com\\@127.0.0.1/", "address"),
        ("https://[::1/", "address"), ("//example.com/", "address"), ("https://example.com/\r\nX: 1", "address"),
    ],
)  # fmt: skip
def test_odd_addresses_are_refused(url, reason):
    with pytest.raises(BadAddress) as refused:
        parse(url)
    assert refused.value.reason == reason


def _answers(monkeypatch, *addresses: str) -> list:
    """Let the name server answer so, one answer a question."""
    asked, given = [], list(addresses)

    def lookup(host, port, *_args, **_kwargs):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (text, port)) for text in given.pop(0).split()]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    return asked


def test_a_name_that_leads_to_one_private_address_among_others_is_refused(monkeypatch):
    _answers(monkeypatch, "93.184.216.34 127.0.0.1")
    with pytest.raises(BadAddress):
        resolve(parse("https://rebind.example/"))


def test_the_checked_address_is_the_one_connected_to(monkeypatch):
    """The name leads elsewhere when it is asked for a second time."""
    asked, tried = _answers(monkeypatch, "93.184.216.34", "127.0.0.1"), []

    def connect(address, *_args, **_kwargs):
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    answer = request.post("https://rebind.example/", {}, b"{}")
    assert (answer.error, tried, asked) == ("connection", [("93.184.216.34", 443)], ["rebind.example"])


def _own_certificate(path) -> None:
    """A key and a certificate for localhost that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]), datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    kept = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    signed = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    path.write_bytes(key.private_bytes(*kept) + signed)


def test_a_certificate_of_nobody_known_is_refused(settings, tmp_path):
    settings.WEBHOOKS_LOCAL = True
    _own_certificate(tmp_path / "both.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "both.pem")
    received = []

    def serve(listener):
        try:
            with context.wrap_socket(listener.accept()[0], server_side=True) as connection:
                received.append(connection.recv(1000))
        except OSError:
            return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        answer = request.post(f"https://localhost:{listener.getsockname()[1]}/", {}, b"{}")
    assert answer.error == "certificate" and b"POST" not in b"".join(received)
