"""A long upload in pieces, everything included, against receiving and writing the same bytes."""

import base64
import json
import os
import re
import time
from pathlib import Path
from statistics import median

from . import servers
from .client import Connection, Failed, Request
from .report import Report
from .visitors import Visitor

MEBIBYTE = 1024 * 1024
PIECE = 8 * MEBIBYTE
MOST_RATIO, MOST_GROWTH = 2, 20
ROUNDS, QUICK_ROUNDS = 7, 3
FILM = b"\0\0\0\x18ftypisom\0\0\0\0isomiso2"
_TUS = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"}


def _peak(pid: int) -> float:
    """The most memory since it was forgotten, in MiB."""
    text = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"^VmHWM:\s+(\d+)", text, re.M)[1]) / 1024


def _forget_peak(pid: int) -> None:
    Path(f"/proc/{pid}/clear_refs").write_text("5")


class _Sender:
    """Sends one file over one connection, by the application's protocol or the floor's."""

    def __init__(self, port: int, visitor: Visitor, size: int):
        self.connection, self.visitor = Connection(port), visitor
        self.size, self.content = size, FILM + os.urandom(PIECE - len(FILM))

    def _pieces(self):
        for offset in range(0, self.size, PIECE):
            yield offset, self.content[: min(PIECE, self.size - offset)]

    def application(self) -> None:
        """Announce, send, and have a file that is ready."""
        name = base64.b64encode(b"long.mp4").decode()
        told = {"Upload-Length": str(self.size), "Upload-Metadata": f"filename {name}", "Tus-Resumable": "1.0.0"}
        made = self.connection.expect(Request("/api/v1/uploads", {**self.visitor.bearer(), **told}, "POST"))
        path = "/api/v1/uploads/" + json.loads(made)["id"]
        for offset, piece in self._pieces():
            headers = {**self.visitor.bearer(), **_TUS, "Upload-Offset": str(offset)}
            self.connection.expect(Request(path, headers, "PATCH", piece))
        if b'"state":"ready"' not in self.connection.expect(Request(path, self.visitor.bearer())):
            raise Failed("the upload did not become a file")

    def floor(self) -> None:
        """Send."""
        for offset, piece in self._pieces():
            name = "long-last" if offset + len(piece) == self.size else "long"
            self.connection.expect(Request(f"/receive/{name}/{offset}", {}, "PATCH", piece))


def _seconds(work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def run(report: Report, data: Path, visitor: Visitor, *, quick: bool) -> None:
    """100 MiB, in turns."""
    size = (32 if quick else 96) * MEBIBYTE
    with servers.application(data) as server, servers.floor(data) as floor:
        own, bare = _Sender(server.port, visitor, size), _Sender(floor.port, visitor, size)
        own.application()
        bare.floor()
        os.sync()
        _forget_peak(server.pid)
        before = _peak(server.pid)
        rounds = [
            (_seconds(own.application), _seconds(bare.floor)) for _round in range(QUICK_ROUNDS if quick else ROUNDS)
        ]
        grown = _peak(server.pid) - before
    value, least = (median(values) for values in zip(*rounds, strict=True))
    report.note([f"uploads: {size / MEBIBYTE / value:.0f} MiB a second, the floor {size / MEBIBYTE / least:.0f}"])
    report.add("uploads.time", value, "s", least, MOST_RATIO)
    report.add("uploads.memory", max(grown, 0.1), "MiB", 1, MOST_GROWTH)
