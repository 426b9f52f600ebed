"""A private Dovecot: its own directory, an unprivileged port, mailboxes that are made when somebody signs in."""

import getpass
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import time
from pathlib import Path

PROGRAM = Path("/usr/sbin/dovecot")
PASSWORD = "secret-of-the-box"
CONFIG = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
ssl = {ssl}
{certificate}
disable_plaintext_auth = no
auth_failure_delay = 0
mail_location = maildir:{home}/mail/%u
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={user_group} home={home}/mail/%u
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
"""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Dovecot:
    """A server; `certificate` (file, key) lets it speak TLS."""

    def __init__(self, home: Path, certificate: tuple[Path, Path] | None = None):
        self.home, self.port, self.tls_port = home, free_port(), free_port()
        home.mkdir(parents=True, exist_ok=True)
        (home / "mail").mkdir()
        root = os.getuid() == 0
        own = getpass.getuser()
        user = "nobody" if root else own
        if root:
            # Dovecot serves no mail of root's, and its other users must come through to the directory.
            shutil.chown(home / "mail", user)
            for folder in (home, *home.parents):
                if folder.owner() == "root" and str(folder) not in ("/", "/tmp"):
                    folder.chmod(folder.stat().st_mode | 0o011)
        secure = "yes" if certificate else "no"
        said = f"ssl_cert = <{certificate[0]}\nssl_key = <{certificate[1]}" if certificate else ""
        (home / "conf").write_text(
            CONFIG.format(
                home=home, port=self.port, tls_port=self.tls_port, password=PASSWORD, ssl=secure,
                certificate=said, internal="dovecot" if root else own, login="dovenull" if root else own,
                group="dovecot" if root else pwd.getpwnam(own).pw_gid, user=user, user_group=pwd.getpwnam(user).pw_gid,
            )
        )  # fmt: skip
        self.process: subprocess.Popen | None = None
        self.start()

    def start(self) -> None:
        """Begin to serve."""
        self.process = subprocess.Popen([str(PROGRAM), "-F", "-c", str(self.home / "conf")])
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                self.box("probe").logout()
                return
            except (OSError, imaplib.IMAP4.error):
                time.sleep(0.1)
        raise RuntimeError((self.home / "log").read_text())

    def stop(self) -> None:
        """Serve no more."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(10)
            self.process = None

    def box(self, user: str) -> imaplib.IMAP4:
        """A connection to a user's mailbox."""
        made = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        made.login(user, PASSWORD)
        return made

    def put(self, user: str, *mails: bytes, folder: str = "INBOX") -> None:
        """Put mails into a folder."""
        box = self.box(user)
        for mail in mails:
            assert box.append(folder, None, None, mail)[0] == "OK"
        box.logout()

    def flags(self, user: str, folder: str = "INBOX") -> list[str]:
        """The flags of each mail in a folder."""
        box = self.box(user)
        count = int(box.select(folder, readonly=True)[1][0])
        said = box.fetch("1:*", "(FLAGS)")[1] if count else []
        box.logout()
        return [line.decode() for line in said if line]

    def renumber(self, user: str) -> None:
        """Number the mails of the inbox anew, as after a repair."""
        for path in (self.home / "mail" / user).glob("dovecot*"):
            if path.is_file():
                path.unlink()
