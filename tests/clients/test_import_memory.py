"""A long import stays small in memory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = 30_000
MOST_MIB = 300
_RUN = """
import csv, io, sys
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from frontdesk.accounts.models import Account, Member, User
from frontdesk.clients.imports import actions
from frontdesk.clients.imports.models import ClientImport
from frontdesk.core.jobs.worker import run_due
from frontdesk.core.tenancy.context import account_context
class File:
    name = "clients.csv"
    def chunks(self):
        text = io.StringIO()
        write = csv.writer(text).writerow
        write(["Name", "E-mail", "Phone", "Reference", "City", "Note"])
        for n in range(ROWS):
            email = f"p{n}@example.com" if n % 3 else "nonsense"
            write([f"Țurcanu {n}", email, f"0722{n:06}", f"R-{n}", "Iași", "note " * 40])
        yield text.getvalue().encode()
account = Account.objects.create(name="A", country="RO")
user = User.objects.create_user(email="a@example.com", password="x")
member = Member.objects.create(account=account, user=user, role="admin", name="A", sort_name="a")
with account_context(account):
    source = actions.upload(member, File())
    actions.start_check(member, source)
run_due()
with account_context(account):
    actions.start(member, ClientImport.objects.get())
run_due()
with account_context(account):
    found = ClientImport.objects.get()
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(found.state, found.created, found.rejected, int(peak) // 1024)
"""


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_the_worker_stays_small_whatever_the_rows(tmp_path):
    environment = {**os.environ, "FRONTDESK_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "frontdesk.config.settings"}
    environment.pop("FRONTDESK_DATABASE", None)
    command = [sys.executable, "-c", _RUN.replace("ROWS", str(ROWS))]
    said = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    state, created, rejected, peak = said.split()
    assert (state, int(created), int(rejected)) == ("finished", ROWS * 2 // 3, ROWS // 3)
    assert int(peak) < MOST_MIB, peak
