"""A mail server that takes everything: `python -m bench.mail.sink DESCRIPTOR` counts what it gets on a socket.

It says the number of e-mails and of different ones to whoever gives the command `SEEN`.
"""

import asyncio
import re
import socket
import sys

import uvloop

MESSAGE_ID = re.compile(rb"^message-id:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
ANSWERS = {
    b"EHLO": b"250-bench\r\n250-SIZE 60000000\r\n250 8BITMIME\r\n", b"HELO": b"250 bench\r\n",
    b"QUIT": b"221 Bye\r\n", b"DATA": b"354 Go on\r\n",
}  # fmt: skip


class Sink:
    """Speaks as much SMTP as a sender needs."""

    def __init__(self):
        self.count = 0
        self.different: set[bytes] = set()

    def _keep(self, document: bytes) -> None:
        found = MESSAGE_ID.search(document)
        self.count += 1
        self.different.add(found[1] if found else document)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        writer.write(b"220 bench ESMTP\r\n")
        while line := await reader.readline():
            verb = line.split(None, 1)[0].upper() if line.strip() else b""
            if verb == b"SEEN":
                writer.write(f"250 {self.count} {len(self.different)}\r\n".encode())
                continue
            writer.write(ANSWERS.get(verb, b"250 OK\r\n"))
            if verb == b"DATA":
                self._keep(await reader.readuntil(b"\r\n.\r\n"))
                writer.write(b"250 Taken\r\n")
            if verb == b"QUIT":
                break
        writer.close()


async def _serve(bound: socket.socket) -> None:
    server = await asyncio.start_server(Sink().talk, sock=bound, limit=2**26)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(_serve(socket.socket(fileno=int(sys.argv[1]))))
