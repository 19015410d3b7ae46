"""A proxy to a server that cuts connections at random, before a request arrives or before it is answered."""

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.postgres.server import HOST

CHUNK = 65536


class Proxy:
    """Listens on its own port, forwards to another, and cuts a connection with some probability at each request."""

    def __init__(self, port: int, seed: int) -> None:
        """Forward to `port`; with `chance` set, cut connections as the seed determines."""
        self.chance = 0.0
        self.cuts = 0
        self._random = random.Random(seed)  # noqa: S311 - not a secret
        self._to = port
        self._listening = socket.create_server((HOST, 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.create_connection((HOST, self._to))
                threading.Thread(target=self._requests, args=(client, server), daemon=True).start()
                threading.Thread(target=self._answers, args=(server, client), daemon=True).start()

    def _requests(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while data := client.recv(CHUNK):
                drawn = self._random.random()
                if drawn < self.chance:
                    self.cuts += 1
                    _cut(client)
                    if drawn < self.chance / 2:
                        # The server got what was sent, and does it; nobody hears of it.
                        server.sendall(data)
                        server.shutdown(socket.SHUT_WR)
                        return
                    break
                server.sendall(data)
        _cut(client)
        _cut(server)

    @staticmethod
    def _answers(server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while data := server.recv(CHUNK):
                client.sendall(data)
        _cut(client)
        _cut(server)


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()


@contextmanager
def through_proxy(url: str, port: int, seed: int) -> Iterator[tuple[Proxy, str]]:
    """Yield a proxy to the server on `port`, and the URL that leads through it."""
    proxy = Proxy(port, seed)
    try:
        yield proxy, url.replace(f":{port}/", f":{proxy.port}/")
    finally:
        proxy.close()
