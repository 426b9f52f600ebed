"""The files for servers work as they are: the unit is valid, and a request through nginx arrives as it should."""

import http.client
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from .test_cli import free_port, get, wait_until

SERVER = Path(__file__).resolve().parent.parent / "docs" / "server"
NGINX = shutil.which("nginx", path="/usr/sbin:" + os.environ.get("PATH", ""))
ANALYZE = shutil.which("systemd-analyze")
HOST = "desk.example.com"


@pytest.mark.skipif(not ANALYZE, reason="no systemd here")
def test_the_unit_is_valid(tmp_path):
    unit = (SERVER / "frontdesk.service").read_text()
    program = tmp_path / "frontdesk"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    (tmp_path / "frontdesk.service").write_text(re.sub(r"ExecStart=\S+", f"ExecStart={program}", unit))
    ended = subprocess.run(
        [ANALYZE, "verify", "--man=no", str(tmp_path / "frontdesk.service")], capture_output=True, text=True
    )
    about = [line for line in ended.stderr.splitlines() if "frontdesk" in line]
    assert about == [], ended.stderr


def test_the_example_settings_are_settings():
    from .test_docs import RUNNING, documented

    named = re.findall(r"^(\w+)=", (SERVER / "frontdesk.env").read_text(), re.M)
    assert named and set(named) <= set(documented(RUNNING))


def certificate(folder: Path) -> None:
    """A key and a certificate for the example's host."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)]), datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
    kept = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "privkey.pem").write_bytes(key.private_bytes(*kept))
    (folder / "fullchain.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))


def configuration(folder: Path, port: int, public: int, plain: int) -> Path:
    """nginx's own configuration around the example, with the ports and paths of this test."""
    site = (SERVER / "nginx.conf").read_text()
    site = re.sub(r"^ *listen \[::\].*\n", "", site, flags=re.M)
    site = site.replace("listen 443", f"listen 127.0.0.1:{public}").replace("listen 80", f"listen 127.0.0.1:{plain}")
    site = site.replace("127.0.0.1:8000", f"127.0.0.1:{port}").replace(f"/etc/letsencrypt/live/{HOST}", str(folder))
    paths = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = folder / "nginx.conf"
    whole.write_text(
        f"pid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\nhttp {{\naccess_log off;\n{paths}{site}}}\n"
    )
    return whole


@pytest.fixture(scope="module")
def proxied(tmp_path_factory):
    """An installation behind nginx."""
    folder = tmp_path_factory.mktemp("proxied")
    data, port, public, plain = folder / "data", free_port(), free_port(), free_port()
    certificate(folder)
    config = configuration(folder, port, public, plain)
    subprocess.run([NGINX, "-t", "-c", str(config)], check=True, capture_output=True)
    environment = {
        **os.environ, "FRONTDESK_DATA": str(data), "PORT": str(port), "FRONTDESK_WORKERS": "1",
        "FRONTDESK_URL": f"https://{HOST}", "FRONTDESK_HOSTS": HOST,
    }  # fmt: skip
    for name in ("FRONTDESK_DATABASE", "PROMETHEUS_MULTIPROC_DIR"):
        environment.pop(name, None)
    run = [sys.executable, "-m", "frontdesk.config.cli"]
    app = subprocess.Popen([*run, "run"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    nginx = subprocess.Popen([NGINX, "-c", str(config), "-g", "daemon off;"], stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: _answers(public), 120)
        subprocess.run([*run, "demo", "--clients", "2"], env=environment, check=True, capture_output=True)
        yield SimpleNamespace(data=data, port=port, public=public, plain=plain)
    finally:
        nginx.send_signal(signal.SIGQUIT)
        app.terminate()
        nginx.wait(20)
        app.wait(20)


def ask(port: int, method: str, path: str, body: str | None = None, **headers: str) -> SimpleNamespace:
    """One request through nginx."""
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=60, context=ssl._create_unverified_context())
    connection.request(method, path, body, {"Host": HOST, **{n.replace("_", "-"): v for n, v in headers.items()}})
    answer = connection.getresponse()
    text = answer.read().decode(errors="replace")
    connection.close()
    return SimpleNamespace(status=answer.status, headers=answer.headers, text=text)


def _answers(port: int) -> bool:
    try:
        return ask(port, "GET", "/health/live").status == 200
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.sqlite_only
@pytest.mark.skipif(not NGINX, reason="no nginx here: apt-get install nginx-light")
class TestBehindNginx:
    """One installation for all of these."""

    def test_a_visit_is_secure(self, proxied):
        page = ask(proxied.public, "GET", "/sign-in/")
        assert page.status == 200 and "max-age" in page.headers["Strict-Transport-Security"]
        assert all("Secure" in cookie for cookie in page.headers.get_all("Set-Cookie", []))

    def test_plain_http_leads_to_https(self, proxied):
        answer = get(proxied.plain, "/clients/")
        assert answer.status == 301 and answer.location.startswith("https://")

    def test_nobody_chooses_their_own_address(self, proxied):
        """Metrics are for this machine only: a claim to be elsewhere is believed from nginx, not from its visitors."""
        claim = {"X_Forwarded_For": "203.0.113.9"}
        assert ask(proxied.public, "GET", "/metrics", **claim).status == 200
        direct = http.client.HTTPConnection("127.0.0.1", proxied.port, timeout=60)
        direct.request("GET", "/metrics", headers={"Host": HOST, "X-Forwarded-For": "203.0.113.9"})
        assert direct.getresponse().status == 404

    def test_links_in_mails_lead_to_the_public_address(self, proxied):
        page = ask(proxied.public, "GET", "/password/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
        cookie = page.headers["Set-Cookie"].split(";")[0]
        form = urlencode({"email": "clara@demo.example", "csrfmiddlewaretoken": token})
        sent = ask(
            proxied.public, "POST", "/password/", form, Cookie=cookie, Referer=f"https://{HOST}/",
            Content_Type="application/x-www-form-urlencoded",
        )  # fmt: skip
        assert sent.status == 302, sent.text[:500]
        mails = wait_until(lambda: list((proxied.data / "outbox").iterdir()), 90)
        assert f"https://{HOST}/" in mails[0].read_text() and "http://" not in mails[0].read_text()
