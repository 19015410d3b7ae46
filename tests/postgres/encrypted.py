"""A server that speaks TLS: it answers the beginning of PostgreSQL's protocol, and hands the rest to a real server.

The PostgreSQL of the tests is built without TLS. What is tested is the client's side: libpq's verification, and what
the product says of it.
"""

import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

from tests.postgres.server import HOST

_ASKS_FOR_TLS = 80877103
_CHUNK = 65536


class TlsServer:
    """Listens on a port of its own with a certificate, and forwards what it decrypts."""

    def __init__(self, port: int, context: ssl.SSLContext) -> None:
        """Forward to `port`; who does not ask for TLS is refused, as a server with `hostssl` only does."""
        self._to, self._context = port, context
        self._listening = socket.create_server((HOST, 0))
        self.port = self._listening.getsockname()[1]
        self.encrypted = 0
        """The number of connections that were encrypted."""
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=self._serve, args=self._listening.accept()[:1], daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError, struct.error), closing(client):
            (length,) = struct.unpack("!I", client.recv(4, socket.MSG_WAITALL))
            request = client.recv(length - 4, socket.MSG_WAITALL)
            if request[:4] != struct.pack("!I", _ASKS_FOR_TLS):
                client.sendall(_refusal('no pg_hba.conf entry for host "127.0.0.1", no encryption'))
                return
            client.sendall(b"S")
            with self._context.wrap_socket(client, server_side=True) as safe:
                self.encrypted += 1
                self._forward(safe)

    def _forward(self, client: ssl.SSLSocket) -> None:
        # One thread: an SSLSocket must not be read and written at once from two.
        client.settimeout(0.02)
        with socket.create_connection((HOST, self._to), 0.02) as server:
            while _moved(client, server) and _moved(server, client):
                pass


def _moved(source: socket.socket, target: socket.socket) -> bool:
    with suppress(TimeoutError):
        data = source.recv(_CHUNK)
        target.sendall(data)
        return bool(data)
    return True


def _refusal(message: str) -> bytes:
    fields = b"SFATAL\0VFATAL\0C28000\0M" + message.encode() + b"\0\0"
    return b"E" + struct.pack("!I", len(fields) + 4) + fields


@contextmanager
def tls_server(port: int, context: ssl.SSLContext) -> Iterator[TlsServer]:
    """Yield a server with a certificate in front of the one on `port`."""
    server = TlsServer(port, context)
    try:
        yield server
    finally:
        server.close()
