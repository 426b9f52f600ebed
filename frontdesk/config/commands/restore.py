"""Makes an installation from a backup, in an empty place."""

import os
import sys
import zipfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.db import Error

from frontdesk.config import env
from frontdesk.core.backup import BackupError
from frontdesk.core.backup.archive import Manifest, verified
from frontdesk.core.backup.staging import extract, staged

from . import set_up_django


def run(options) -> int:
    """Check the file, then the place, then restore; 1 when it could not be done."""
    source, data = Path(options.file).expanduser(), env.data_path()
    try:
        manifest = verified(source)
        with staged(data) as place, zipfile.ZipFile(source) as archive:
            extract(archive, manifest, place)
            other_key = _fill(archive, manifest, place)
    except (BackupError, OSError, Error, ImproperlyConfigured) as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"Restored what was saved on {manifest.made_at} into {data}. Now: frontdesk run, then frontdesk doctor.")
    if other_key:
        print("The signing key is another one: set FRONTDESK_SECRET_KEY as it was, or people must sign in anew.")
    return 0


def _fill(archive, manifest: Manifest, place: Path) -> bool:
    """Fill the database with the restored settings; whether the signing key is another one."""
    os.environ["FRONTDESK_DATA"] = str(place)
    set_up_django()
    from frontdesk.core.backup.restoring import fill_database, same_key

    fill_database(archive, manifest)
    return not same_key(manifest)
