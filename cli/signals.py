"""Signals that end the program: held from the beginning of a commit until its receipt is out.

Ctrl-C, SIGTERM (`timeout`, systemd) and SIGHUP (a terminal that closes) all end a run the same way: as an exception,
so that temporary files are removed, and with a sentence.
"""

import signal
from contextlib import suppress
from types import FrameType

_ENDING = ("SIGINT", "SIGTERM", "SIGHUP")


class Terminated(BaseException):  # like KeyboardInterrupt: no `except Exception` takes it for a fault
    """The process was asked to end by a signal other than that of Ctrl-C."""

    def __init__(self, number: int) -> None:
        """Store the number of the signal."""
        super().__init__(number)
        self.number = number


class SignalHold:
    """Turns signals into exceptions, at once or, while it holds them, later."""

    def __init__(self) -> None:
        """Hold nothing; until `install` is called, signals do what they did."""
        self._is_held = False
        self._waiting: int | None = None
        self._is_over = False

    def install(self) -> None:
        """Handle the signals that end the program, except those that its parent ignores (nohup)."""
        for name in _ENDING:
            number = getattr(signal, name, None)
            with suppress(ValueError):  # only the main thread may
                if number is not None and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
                    signal.signal(number, self._handle)

    def hold(self) -> None:
        """Keep the next signal waiting; only a second one ends the program."""
        self._is_held = True

    def release(self) -> None:
        """Let signals through again. Raises KeyboardInterrupt or Terminated if one is waiting."""
        self._is_held = False
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            _end(waiting)

    def stop(self) -> None:
        """Heed no more signals: the run has ended, and only says so."""
        self._is_over = True

    def _handle(self, number: int, _: FrameType | None) -> None:
        if self._is_over:
            return
        if self._is_held and self._waiting is None:
            self._waiting = number
        else:
            _end(number)


def _end(number: int) -> None:
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise Terminated(number)
