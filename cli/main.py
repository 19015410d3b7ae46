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
        "What is due this week and this month, and how to do it.",
    ),
    "status": ("cli.commands.read.status:status", "Overview: engagements, money, what is not disclosed."),
    "totals": ("cli.commands.read.totals:totals", "Money by party, type, region, year, …"),
    "history": ("cli.commands.read.history:history", "What changed in an engagement, party or document."),
    "changes": ("cli.commands.read.changes:changes", "What changed since the last disclosure, by engagement."),
    "log": ("cli.commands.read.log:log", "Entries of the log, filtered."),
    "show": ("cli.commands.read.show:show", "Entries in words, or one as its exact bytes."),
    "sample": ("cli.commands.read.sample:sample", "Entries drawn at random, which anybody can draw again."),
    "disclosures": (
        "cli.commands.read.disclosures:disclosures",
        "What was disclosed, what was not, what changed since.",
    ),
    "compliance": (
        "cli.commands.comply.compliance:compliance",
        "Engagements judged by the guidelines in force.",
    ),
    "findings": ("cli.commands.comply.findings:findings", "What controls find in the whole history."),
    "report": ("cli.commands.report.command:report", "Reports to the governing body."),
    "explain": ("cli.commands.read.explain:explain", "The entries behind a figure."),
    "verify": ("cli.commands.trust.verify:verify", "Check that nothing was altered."),
    "key": ("cli.commands.trust.key:key", "Keys that sign: new, show, rotate, retire, revoke."),
    "checkpoint": (
        "cli.commands.trust.checkpoint:checkpoint",
        "Sign size and root; list, show, add cosignatures.",
    ),
    "witness": (
        "cli.commands.trust.witness:witness",
        "Cosign others' logs: init, trust, distrust, cosign, show.",
    ),
    "publish": ("cli.commands.trust.publish:publish", "Publish the log as files that any static host can serve."),
    "prove": (
        "cli.commands.trust.prove:prove",
        "Prove entries, or that the log extends a checkpoint.",
    ),
    "verify-proof": ("cli.commands.trust.verify_proof:verify_proof", "Check proofs with a policy alone."),
    "definitions": ("cli.commands.trust.definitions:definitions", "Definitions of proved reports: adopt, list, show."),
    "verify-report": ("cli.commands.trust.verify_report:verify_report", "Check a report that came with its proof."),
    "guard": ("cli.commands.trust.guard:guard", "The rollback guard, in a second place: start, show."),
    "backup": ("cli.commands.upkeep.backup:backup", "Write a backup, while others record."),
    "restore": (
        "cli.commands.upkeep.restore:restore",
        "Restore a ledger from a backup or published entries.",
    ),
    "copy": ("cli.commands.upkeep.copy:copy", "Copy a whole ledger to another file or server."),
    "migrate": (
        "cli.commands.upkeep.migrate:migrate",
        "Create the schema on a server, and grant privileges.",
    ),
    "help": ("cli.commands.upkeep.help:help_", "Help on a command, or on a group such as 'trust'."),
    "whoami": ("cli.commands.upkeep.whoami:whoami", "Who records: show your staff id, or keep it."),
    "man": ("cli.commands.upkeep.man:man", "Manual pages: show one, or install all."),
    "completion": (
        "cli.commands.upkeep.completion:completion",
        "The script with which a shell completes what you type.",
    ),
}


class Root(LazyGroup):
    """The top-level group; its options precede the noun."""

    def meant(self, ctx: click.Context, name: str) -> str:
        """Return what may be meant by words that people try."""
        from cli.tried_words import command_meant

        return command_meant(name) or super().meant(ctx, name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print the commands by what they are for: those of every day with a line each, the others by name."""
        import textwrap

        from cli.command_groups import GROUPS

        formatter.write("\n")
        for group in GROUPS:
            if group.is_everyday:
                for number, name in enumerate(group.commands):
                    formatter.write(f"{group.name if not number else '':<11}{name:<14}{self.table[name][1]}\n")
            else:
                names = textwrap.wrap(", ".join(group.commands), 66, break_on_hyphens=False)
                for number, line in enumerate(names):
                    formatter.write(f"{group.name if not number else '':<11}{line}\n")
        formatter.write("'ledger help comply' (trust, keep) says what these commands are for.\n")

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print usage, purpose, commands and options, so that the commands are seen first."""
        self.format_usage(ctx, formatter)
        self.format_help_text(ctx, formatter)
        self.format_commands(ctx, formatter)
        click.Command.format_options(self, ctx, formatter)


@click.group(
    cls=Root, table=COMMANDS, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, "--version", message="ledger %(version)s")
@click.option("--url", metavar="URL", help="Where the ledger is (LEDGER_URL), else ./ledger.db.")
@click.option("--read-url", metavar="URL", help="A standby that reading commands ask (LEDGER_READ_URL).")
@click.option("--guard", metavar="PATH", help="The rollback guard that the log must extend (LEDGER_GUARD).")
@click.pass_context
def root(context: click.Context, url: str | None, read_url: str | None, guard: str | None) -> None:
    """Record engagements with third parties, show what was recorded, and prove it.

    To record, type 'ledger NOUN VERB'; to read, 'ledger VERB'.
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
