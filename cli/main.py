"""The command `ledger`: the table of its commands, run by `run`; `cli.ending` sets exit codes."""

import os
import sys
from collections.abc import Sequence

import click

from cli.ending import end
from cli.lazy import LazyGroup
from cli.noun_registry import NOUNS
from cli.outcome import Outcome
from cli.session import Session
from cli.terminal import Printed, colours, writing_output
from ledger import __version__
from ledger.stores.errors import ChangedUnderReader

COMMANDS = {
    "init": ("cli.commands.write.init:init", "Make a ledger."),
    **{name: (f"cli.nouns.group:{name}", noun.summary) for name, noun in NOUNS.items()},
    "undo": ("cli.commands.write.void:undo", "Take back your last command."),
    "void": ("cli.commands.write.void:void", "Void entries; they stay in the log."),
    "correct": (
        "cli.commands.write.correct:correct",
        "Correct an entry; what stood on it is recorded again.",
    ),
    "record": ("cli.commands.write.record:record", "Record commands from a file of JSON Lines."),
    "import": ("cli.commands.write.import_:import_", "Import a register."),
    "imports": ("cli.commands.write.imports:imports", "The imports, and what of each still stands."),
    "next": (
        "cli.commands.read.next:next_",
        "What is due this week, this month and since when, with the command for it.",
    ),
    "status": ("cli.commands.read.status:status", "Overview: engagements, money, what is not disclosed."),
    "totals": ("cli.commands.read.totals:totals", "Money by party, type, region, year, …"),
    "history": ("cli.commands.read.history:history", "What changed in an engagement, party or disclosure, in words."),
    "changes": ("cli.commands.read.changes:changes", "What changed since the last disclosure, by engagement."),
    "log": ("cli.commands.read.log:log", "Entries of the log, filtered."),
    "show": ("cli.commands.read.show:show", "Entries in words, or one as its exact bytes."),
    "sample": ("cli.commands.read.sample:sample", "Entries drawn at random, which anybody can draw again."),
    "disclosures": (
        "cli.commands.read.disclosures:disclosures",
        "What was disclosed, what was not, what changed since.",
    ),
    "report": ("cli.commands.read.report:report", "Reports to the governing body."),
    "explain": ("cli.commands.read.explain:explain", "The entries behind a figure."),
    "verify": ("cli.commands.trust.verify:verify", "Check that nothing was altered."),
    "key": ("cli.commands.trust.key:key", "Keys that sign checkpoints: new, show, rotate, retire, revoke."),
    "checkpoint": (
        "cli.commands.trust.checkpoint:checkpoint",
        "Sign size and root; list, show, ask witnesses, add cosignatures.",
    ),
    "witness": (
        "cli.commands.trust.witness:witness",
        "Cosign other organisations' logs: init, trust, distrust, cosign, show.",
    ),
    "publish": ("cli.commands.trust.publish:publish", "Publish the log as files that any static host can serve."),
    "prove": (
        "cli.commands.trust.prove:prove",
        "Write proofs of entries, or that the log extends an earlier checkpoint.",
    ),
    "verify-proof": ("cli.commands.trust.verify_proof:verify_proof", "Check proofs with a policy alone."),
    "definitions": ("cli.commands.trust.definitions:definitions", "Definitions of proved reports: adopt, list, show."),
    "verify-report": ("cli.commands.trust.verify_report:verify_report", "Check a report that came with its proof."),
    "guard": ("cli.commands.trust.guard:guard", "The rollback guard, in a second place: start, show."),
    "backup": ("cli.commands.upkeep.backup:backup", "Write a backup, while others record."),
    "restore": (
        "cli.commands.upkeep.restore:restore",
        "Restore a ledger from a backup, from published entries, or from both.",
    ),
    "copy": ("cli.commands.upkeep.copy:copy", "Copy a whole ledger to another place: a file, or a server."),
    "migrate": (
        "cli.commands.upkeep.migrate:migrate",
        "Create or update the schema on a server, and grant roles their privileges.",
    ),
    "whoami": ("cli.commands.upkeep.whoami:whoami", "Who records: show your staff id, or keep it."),
    "man": ("cli.commands.upkeep.man:man", "Manual pages: show one, or install all."),
    "completion": (
        "cli.commands.upkeep.completion:completion",
        "The script with which a shell completes commands, references and names.",
    ),
}


class Root(LazyGroup):
    """The top-level group; its options precede the noun."""


@click.group(
    cls=Root, table=COMMANDS, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, "--version", message="ledger %(version)s")
@click.option("--url", metavar="URL", help="Where the ledger is (LEDGER_URL); sqlite:///ledger.db if not given.")
@click.option("--read-url", metavar="URL", help="Where reading commands connect to: a standby (LEDGER_READ_URL).")
@click.option("--guard", metavar="PATH", help="The rollback guard that the log must extend (LEDGER_GUARD).")
@click.pass_context
def root(context: click.Context, url: str | None, read_url: str | None, guard: str | None) -> None:
    """Record an organisation's engagements with third parties, and show anyone what was recorded.

    Staff type `ledger NOUN VERB`, auditors and readers `ledger VERB`.
    """
    session = context.ensure_object(Session)
    session.url = url or session.url
    session.read_url = read_url or session.read_url
    session.guard_path = guard or session.guard_path


def run(args: Sequence[str] | None = None, session: Session | None = None) -> int:
    """Run one command line and return its exit code; print errors on stderr, never a traceback."""
    if "_LEDGER_COMPLETE" in os.environ:
        from cli.completion.complete import answer

        return answer(root)
    if os.environ.get("NO_COLOR"):
        os.environ["PYTHON_COLORS"] = "0"
    session = session or Session()
    session.words, session.outcome = list(sys.argv[1:] if args is None else args), Outcome()
    try:
        if args is None:
            session.outcome.signals.install()
        code = _performed(session)
        with writing_output():
            if sys.stdout is not None:
                sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001 - the last place to turn whatever it is into one sentence
        session.outcome.signals.stop()
        return end(error, session)
    session.outcome.signals.stop()
    return code


def _performed(session: Session) -> int:
    # A file that changed under a reader who may not lock it is read from a private copy the second time.
    Printed.any = False
    try:
        return _once(session)
    except ChangedUnderReader:
        if Printed.any or "-" in session.words:  # standard input was read already
            raise
    return _once(session)


def _once(session: Session) -> int:
    # As click's `main` does it, which ends the process by itself if a pipe is closed, with the exit code of findings.
    _check_text(session.words)
    with root.make_context("ledger", list(session.words), obj=session, color=colours()) as context:
        result = root.invoke(context)
    return result if isinstance(result, int) else 0


def _check_text(words: Sequence[str]) -> None:
    # Arguments that are not valid text arrive with surrogates (PEP 383).
    if any("\ud800" <= char <= "\udfff" for word in words for char in word):
        from ledger.application.request import SURROGATE
        from ledger.format.entry import BadText

        raise BadText(SURROGATE)


def main() -> None:
    """Run the command and exit with its code."""
    sys.exit(run())
