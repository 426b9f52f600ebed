"""`python -m bench.floor DESCRIPTOR`: serves the floor on a listening socket, as Frontdesk serves itself."""

import gc
import socket
import sys

import uvicorn

from .application import application

gc.collect()
gc.freeze()
settings = uvicorn.Config(
    application, loop="uvloop", http="httptools", ws="none", lifespan="off", access_log=False, log_config=None,
    server_header=False, timeout_keep_alive=30, timeout_graceful_shutdown=1,
)  # fmt: skip
uvicorn.Server(settings).run(sockets=[socket.socket(fileno=int(sys.argv[1]))])
