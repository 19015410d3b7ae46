"""How a run ends: a sentence and an exit code for each way, and what was recorded until then.

Exit code 0 says that everything was done. After any other, standard error has a line that begins with `recorded:` if
something was recorded or made and its receipt may not have been shown; without one, nothing was.
"""

import errno
import os
import sys
from contextlib import suppress

import click

from cli.messages import print_error, print_message
from cli.session import Session
from cli.signals import Terminated
from cli.terminal import OutputFault, say, say_line
from ledger.domain.errors import CONFLICT, LedgerError

DEFECT = 70
"""Exit code of a defect of the software itself (sysexits: EX_SOFTWARE)."""
CLOSED_PIPE = 141
"""Exit code if the reader of standard output went away: that of a program that SIGPIPE ends in a shell."""
INTERRUPTED = 130


class NotShown(LedgerError):
    """Standard output cannot be written; what was recorded stands."""

    code = "not-shown"
    exit = 74  # sysexits: EX_IOERR

    def __init__(self, why: str) -> None:
        """Say that the output was cut off because `why`."""
        super().__init__(
            f"The output could not be written: {why}.", "Free some space there, or send the output elsewhere."
        )


class SystemFault(LedgerError):
    """The operating system refuses or fails to do something with a file."""

    code = "system-fault"
    exit = CONFLICT

    def __init__(self, error: OSError) -> None:
        """Say what the system said, and of which file."""
        where = f" with {error.filename}" if error.filename else ""
        super().__init__(
            f"The operating system reports a fault{where}: {error.strerror or error}.",
            "Check the name, its permissions and the disk, and give the command again.",
        )


def end(error: BaseException, session: Session) -> int:
    """Print how the run ended, on stderr, and return its exit code; never raise."""
    with suppress(OSError):
        return _said(error, session)
    return _silent(error)


def _said(error: BaseException, session: Session) -> int:
    match error:
        case click.exceptions.Exit():
            code = error.exit_code
        case click.ClickException():
            code = _say_usage(error, session)
        case click.Abort() | KeyboardInterrupt() | Terminated():
            code = _say_interrupted(error, session)
        case BrokenPipeError():
            drop_output()
            _say_recorded(session)
            code = CLOSED_PIPE
        case OSError():
            code = _say_error(_fault(error), session)
        case LedgerError():
            code = _say_error(error, session)
        case _:
            code = _say_defect(error, session)
    return code


def _say_error(error: LedgerError, session: Session) -> int:
    outcome = session.outcome
    if outcome.doubtful:
        error.hint = outcome.repeated()
    else:
        error.hint = session.pasteable(error.hint)
    print_error(error)
    if not outcome.is_shown:
        _say_recorded(session)
    elif error.exit == CONFLICT and outcome.writes and not outcome.doubtful and not outcome.recorded():
        print_message("note", "nothing was recorded.")
    return error.exit


def _silent(error: BaseException) -> int:
    # Nothing can be printed on stderr either.
    drop_output()
    return NotShown.exit if isinstance(error, OSError) else getattr(error, "exit", DEFECT)


def _fault(error: OSError) -> LedgerError:
    if isinstance(error, OutputFault) or (error.filename is None and _is_stuck()):
        drop_output()
        return NotShown(error.strerror or str(error))
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        from ledger.stores.errors import DiskFull

        return DiskFull(str(error.filename or "a temporary file"))
    return SystemFault(error)


def _is_stuck() -> bool:
    # What click prints itself (--help): a text that could not be written is still in the buffer.
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        return True
    except AttributeError:  # there is no standard output
        return False
    return False


def drop_output() -> None:
    """Send what is still to be written to standard output nowhere, so that it does not fail again at the exit."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _say_recorded(session: Session) -> None:
    outcome = session.outcome
    if recorded := outcome.recorded():
        print_message("recorded", f"{recorded}.")
    if outcome.rows is not None and outcome.again is not None:
        print_message("hint", f"to import what is left, give the same command: {outcome.again('')}")


def _say_usage(error: click.ClickException, session: Session) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        say(error.format_message(), err=True)
        return 2
    print_message("error", f"usage: {' '.join(error.format_message().split())}")
    context = getattr(error, "ctx", None)
    path = context.command_path if context else _command_path(session.words)
    hint = getattr(error, "hint", "") or _filter_meant(error, context)
    print_message("hint", hint or f"'{path} --help' shows what it takes.")
    return 2


def _filter_meant(error: click.ClickException, context: click.Context | None) -> str:
    """Return a hint with the filter of a list that somebody means who tries its column as an option."""
    if not isinstance(error, click.NoSuchOption) or context is None:
        return ""
    name = error.option_name.lstrip("-").replace("-", "_")
    for option in context.command.params:
        if option.name == "where" and any(item.value == f"{name}=" for item in option.shell_complete(context, name)):
            return f"Write it as a filter: --where {name}=VALUE."
    return ""


def _command_path(words: list[str]) -> str:
    """Return the command that was typed, as far as it is one, where click does not say it."""
    from cli.command_groups import GROUPS
    from cli.noun_registry import NOUNS

    typed = [word for word in words if not word.startswith("-")][:2]
    if not typed or all(typed[0] not in group.commands for group in GROUPS):
        return "ledger"
    return " ".join(["ledger", *typed[: 2 if typed[0] in NOUNS else 1]])


def _say_interrupted(error: BaseException, session: Session) -> int:
    outcome = session.outcome
    word, code = ("terminated", 128 + error.number) if isinstance(error, Terminated) else ("interrupted", INTERRUPTED)
    if outcome.doubtful:
        say_line(f"{word}: it is not known whether {outcome.doubtful} is recorded.", err=True)
        print_message("hint", outcome.repeated())
    elif outcome.recorded():
        say_line(f"{word}: nothing more was recorded.", err=True)
    else:
        say_line(f"{word}: nothing was recorded.", err=True)
    _say_recorded(session)
    return code


def _say_defect(error: BaseException, session: Session) -> int:
    if os.environ.get("LEDGER_DEBUG"):
        raise error
    print_message("error", f"internal: this is a defect of the software: {type(error).__name__}: {error}")
    print_message("hint", "no partial entry was recorded; LEDGER_DEBUG=1 shows the traceback. Please report it.")
    _say_recorded(session)
    return DEFECT
