"""A proxy to a server that cuts connections: at random, or after a number of bytes; or swallows what is sent."""

import random
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Literal, NamedTuple

from tests.postgres.server import HOST

CHUNK = 65536

Way = Literal["up", "down"]
How = Literal["fin", "rst", "silence"]
WAYS: tuple[Way, ...] = ("up", "down")
HOWS: tuple[How, ...] = ("fin", "rst", "silence")


class Cut(NamedTuple):
    """Cut after so many bytes, requests (up) or answers (down): by FIN, by RST, or by losing all that is sent."""

    way: Way
    after: int
    how: How


class Proxy:
    """Listens on its own port, and forwards to another."""

    def __init__(self, port: int, seed: int = 0) -> None:
        """Forward to `port`; with `chance` set, cut connections as the seed determines."""
        self.chance = 0.0
        """The chance that a request is cut off, before or after it arrives."""
        self.delivers: bool | None = None
        """Whether the server gets what chance cuts off; at random if None."""
        self.is_silent = False
        """Whether nothing passes any more, of no connection."""
        self.cuts = 0
        self.at_once = 0
        """The highest number of connections that there were at once."""
        self._open = 0
        self.bytes: dict[Way, int] = {"up": 0, "down": 0}
        """How many bytes passed each way since `count`."""
        self._cut: Cut | None = None
        self._lock = threading.Lock()
        self._random = random.Random(seed)  # noqa: S311 - not a secret
        self._to = port
        self._listening = socket.create_server((HOST, 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def count(self, cut: Cut | None = None) -> None:
        """Count bytes from now on, and cut once where `cut` says."""
        with self._lock:
            self.bytes, self._cut = {"up": 0, "down": 0}, cut

    def close(self) -> None:
        """Stop listening."""
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.create_connection((HOST, self._to))
                link = _Link(self, client, server)
                self.opened(1)
                threading.Thread(target=link.forward, args=(client, server, "up"), daemon=True).start()
                threading.Thread(target=link.forward, args=(server, client, "down"), daemon=True).start()

    def opened(self, number: int) -> None:
        """Count a connection that was opened (1) or ended (-1)."""
        with self._lock:
            self._open += number
            self.at_once = max(self.at_once, self._open)

    def passing(self, way: Way, data: bytes) -> tuple[bytes, How | None]:
        """Return what of the data passes, and how the connection is then cut, if it is."""
        with self._lock:
            before = self.bytes[way]
            self.bytes[way] += len(data)
            cut = self._cut
            if cut is None or cut.way != way or before + len(data) <= cut.after:
                return data, None
            self._cut = None
            self.cuts += 1
            return data[: cut.after - before], cut.how

    def draw(self) -> Literal["before", "after"] | None:
        """Return whether chance cuts a request off before it arrives, or before it is answered."""
        drawn = self._random.random()
        if drawn >= self.chance:
            return None
        self.cuts += 1
        is_delivered = drawn < self.chance / 2 if self.delivers is None else self.delivers
        return "after" if is_delivered else "before"


class _Link:
    """One connection through the proxy."""

    def __init__(self, proxy: Proxy, client: socket.socket, server: socket.socket) -> None:
        self.proxy, self.client, self.server = proxy, client, server
        self.is_silent = self.is_reset = False

    def forward(self, source: socket.socket, target: socket.socket, way: Way) -> None:
        """Forward one way to the end, or to the cut."""
        with suppress(OSError):
            while data := source.recv(CHUNK):
                drawn = self.proxy.draw() if way == "up" else None
                if drawn is not None:
                    _close(self.client)
                    if drawn == "after":
                        # The server got what was sent, and does it; nobody hears of it.
                        target.sendall(data)
                        target.shutdown(socket.SHUT_WR)
                        return
                    break
                if self.is_silent or self.proxy.is_silent:
                    continue
                data, how = self.proxy.passing(way, data)
                target.sendall(data)
                if how == "silence":
                    self.is_silent = True
                elif how is not None:
                    self.is_reset = how == "rst"
                    break
        _close(self.client, is_reset=self.is_reset)
        _close(self.server)
        if way == "up":
            self.proxy.opened(-1)


def _close(connection: socket.socket, *, is_reset: bool = False) -> None:
    with suppress(OSError):
        if is_reset:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        # Who waits for data in the other thread has to wake up; what is shut down for writing ends by FIN.
        connection.shutdown(socket.SHUT_RD if is_reset else socket.SHUT_RDWR)
    connection.close()


@contextmanager
def through_proxy(url: str, port: int, seed: int = 0) -> Iterator[tuple[Proxy, str]]:
    """Yield a proxy to the server on `port`, and the URL that leads through it."""
    proxy = Proxy(port, seed)
    try:
        yield proxy, url.replace(f":{port}/", f":{proxy.port}/")
    finally:
        proxy.close()
