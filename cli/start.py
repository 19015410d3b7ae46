"""Where the program `ledger` starts: nothing is imported yet, and Ctrl-C while it is prints no traceback."""

import signal

if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # nothing was done yet; `cli.signals` handles it from `run` on


def main() -> None:
    """Run the command and exit with its code."""
    from cli.main import main as started

    started()
