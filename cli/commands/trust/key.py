"""`ledger key new|show|rotate|retire|revoke`: keys that sign checkpoints; private keys stay apart from the data."""

from collections.abc import Callable
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from cli.lazy import LazyGroup
from cli.messages import print_message
from cli.nouns.write import envelope_options, request_for
from cli.options.keyring import key_options, keyring, new_passphrase
from cli.outcome import repeated_line
from cli.output.presentation import shown_as, with_options
from cli.output.tables import Column, Stamp, show_rows
from cli.session import Session, pass_session
from cli.terminal import say, say_line
from ledger.domain.errors import LedgerError, listed
from ledger.domain.organisation.settings import checked_origin
from ledger.domain.organisation.signing_keys import ACTIVE, AddKey, RetireKey, RevokeKey, RotateKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.application.ledger import Ledger
    from ledger.domain.kernel import Command
    from ledger.keys.keyring import Keyring
    from ledger.tlog.keys import SigningKey, VerifierKey

key = LazyGroup(
    "key",
    table={
        "new": ("cli.commands.trust.key:new", "Create a key that signs checkpoints."),
        "show": ("cli.commands.trust.key:show", "Show the keys and their status."),
        "rotate": ("cli.commands.trust.key:rotate", "Replace a key with a new one; both sign the rotation."),
        "retire": ("cli.commands.trust.key:retire", "Retire a key, so that it signs no longer."),
        "revoke": ("cli.commands.trust.key:revoke", "Revoke a key that others may have."),
    },
    help="Keys that sign checkpoints: the log holds the public keys, a separate folder the private keys.",
    short_help="Keys that sign checkpoints: new, show, rotate, retire, revoke.",
)


class KeyThere(LedgerError):
    """The ledger has an active key already."""

    code = "key-there"

    def __init__(self, ids: list[str]) -> None:
        """Say which it has."""
        super().__init__(
            f"The ledger has an active key already: {listed(ids, 'and')}.",
            "'ledger key rotate' replaces it; '--beside' adds another.",
        )


class WhichKey(LedgerError):
    """Several keys are active, or none, and the command does not name one."""

    code = "which-key"

    def __init__(self, ids: list[str]) -> None:
        """Say which there are."""
        active = f"the active keys are {listed(ids, 'and')}" if ids else "no key is active"
        super().__init__(f"It is not clear which key you mean: {active}.", "Give the id of one.")


def _recording(function: Callable[..., Any]) -> Callable[..., Any]:
    return with_options(function, *(option for option in envelope_options() if option.name not in ("form", "as_list")))


@click.command()
@click.option("--encrypt", is_flag=True, help="Encrypt it with a passphrase, which is prompted for.")
@click.option("--beside", is_flag=True, help="Add it although another key is active already.")
@key_options
@_recording
@pass_session
def new(session: Session, /, *, encrypt: bool, beside: bool, **given: Any) -> None:
    """Make a key that signs checkpoints of this ledger, and record its public key.

    The private key goes to a separate folder that only you can read; anyone who has it can sign in the ledger's name.
    Give the printed line to those who will check the ledger: it belongs in their policies.

    \b
    Examples:
      ledger key new
      ledger key new --keys /mnt/key-stick --encrypt
    """
    from ledger.transparency.checkpoints import active_keys

    with session.ledger() as ledger:
        if (there := active_keys(ledger)) and not beside:
            raise KeyThere([verifier.id.hex() for verifier in there])
        ring = keyring(session, given["keys"], given["passphrase_file"])
        with _made(session, ledger, ring, given, encrypt=encrypt) as made:
            _record(session, ledger, AddKey(vkey=str(made.verifier())), given)
    _tell_made(ring, made.verifier(), dry_run=given["dry_run"])


@contextmanager
def _made(
    session: Session, ledger: "Ledger", ring: "Keyring", given: dict[str, Any], *, encrypt: bool
) -> "Iterator[SigningKey]":
    # Write the key to disk before recording it, and delete it if recording fails. A dry run never writes it.
    from ledger.keys.keyring import new_secret
    from ledger.tlog.keys import SigningKey

    checked_origin(ledger.origin)
    passphrase = new_passphrase(session, given["passphrase_file"], encrypt=encrypt)
    if given["dry_run"]:
        yield SigningKey(ledger.origin, new_secret())
        return
    made = ring.make(ledger.origin, passphrase=passphrase)
    try:
        yield made
    except BaseException:
        _take_back(ledger, ring, made.verifier())
        raise


def _take_back(ledger: "Ledger", ring: "Keyring", made: "VerifierKey") -> None:
    # The error may have come after the entry was recorded, as when the receipt cannot be printed. A surplus file
    # does no harm; a recorded key whose private half is lost cannot be recovered.
    from ledger.transparency.checkpoints import keys_of

    with suppress(Exception):
        if made not in keys_of(ledger):
            ring.discard(made)


def _record(session: Session, ledger: "Ledger", command: "Command", given: dict[str, Any]) -> None:
    from cli.output.receipts import in_words

    session.actor = given["actor"] or session.actor
    envelope = {name: given[name] for name in ("effective", "reason", "command_id")}
    receipt = ledger.record(request_for(session, (command,), **envelope), dry_run=given["dry_run"])
    say(in_words(receipt, dry_run=given["dry_run"]))


def _tell_made(ring: "Keyring", made: "VerifierKey", *, dry_run: bool) -> None:
    from ledger.keys.keyring import shown

    if dry_run:
        say_line("would make a key; its id is not known before.")
        return
    say_line(f"made the key {made.id.hex()} in {shown(ring.path(made))}")
    say_line(f"log {made}")


COLUMNS = (
    Column("id"), Column("status"), Column("since"), Column("position", right=True), Column("by"), Column("at_hand"),
)  # fmt: skip


@click.command()
@key_options
@shown_as
@pass_session
def show(session: Session, form: str | None, keys: str | None, passphrase_file: str | None) -> None:
    """Show the keys in the log: the status of each, since when, and whether its private key is available.

    The lines that begin with `log` belong in the policies of those who check the ledger.

    \b
    Example:
      ledger key show --format json
    """
    from ledger.transparency.checkpoints import keys_of

    ring = keyring(session, keys, passphrase_file)
    with session.ledger() as ledger:
        known = keys_of(ledger)
        last_entries = _last_entries(ledger)
        head = ledger.store.head()
    rows: list[dict[str, Any]] = [
        {
            "id": verifier.id.hex(),
            "status": status,
            **last_entries[str(verifier)],
            "at_hand": "yes" if ring.has(verifier) else "no",
            "vkey": str(verifier),
        }
        for verifier, status in known.items()
    ]
    shape = form or session.format
    columns = (*COLUMNS, Column("vkey")) if shape == "csv" else COLUMNS
    lines = "\n".join(f"log {verifier}" for verifier, status in known.items() if status == ACTIVE)
    show_rows(rows, columns, shape, Stamp(session.today, head.size, head.root), note=lines)


def _last_entries(ledger: "Ledger") -> dict[str, dict[str, Any]]:
    from ledger.domain.organisation.settings import STREAM
    from ledger.format.entry import read

    entries: dict[str, dict[str, Any]] = {}
    for position, data in ledger.store.stream(STREAM):
        entry = read(data)
        for member in ("vkey", "old", "new"):
            if isinstance(named := getattr(entry.event, member, None), str):
                entries[named] = {"since": entry.effective_on, "position": position, "by": entry.actor}
    return entries


@click.command()
@click.argument("old", metavar="[KEY]", required=False)
@click.option("--encrypt", is_flag=True, help="Encrypt the new one with a passphrase, which is prompted for.")
@key_options
@_recording
@pass_session
def rotate(session: Session, /, *, old: str | None, encrypt: bool, **given: Any) -> None:
    """Replace a key with a new one. Both keys sign a statement of this, which the log keeps.

    Readers add the new key to their policies; the old one stays there for the checkpoints that it signed.

    \b
    Example:
      ledger key rotate --reason "Yearly change"
    """
    from ledger.keys.rotation import sign_rotation
    from ledger.transparency.checkpoints import sound_head

    ring = keyring(session, given["keys"], given["passphrase_file"])
    with session.ledger() as ledger:
        replaced = _meant(ledger, old)
        holder = ring.load(replaced)
        with ledger.store.reading():
            sound_head(ledger, [replaced])
        with _made(session, ledger, ring, given, encrypt=encrypt) as made:
            statement = str(sign_rotation(holder, made)).removesuffix("\n")
            command = RotateKey(old=str(replaced), new=str(made.verifier()), statement=statement)
            _record(session, ledger, command, given)
    _tell_made(ring, made.verifier(), dry_run=given["dry_run"])


def _meant(ledger: "Ledger", text: str | None) -> "VerifierKey":
    from ledger.transparency.checkpoints import active_keys

    active = active_keys(ledger)
    matching = [verifier for verifier in active if text in (None, str(verifier), verifier.id.hex())]
    if len(matching) != 1:
        raise WhichKey([verifier.id.hex() for verifier in active])
    return matching[0]


@click.command()
@click.argument("named", metavar="KEY")
@_recording
@pass_session
def retire(session: Session, /, *, named: str, **given: Any) -> None:
    """Retire a key; what it signed stays valid. KEY is its id, or the whole key.

    \b
    Example:
      ledger key retire 5dd3b8c5 --reason "The deputy has no need of it"
    """
    session.outcome.again = partial(repeated_line, session.words)
    with session.ledger() as ledger:
        _record(session, ledger, RetireKey(vkey=named), given)


@click.command()
@click.argument("named", metavar="KEY")
@_recording
@pass_session
def revoke(session: Session, /, *, named: str, **given: Any) -> None:
    """Revoke a key that someone else may have: a checkpoint that it signs from now on is a finding.

    Tell all readers to remove it from their policies, and sign again with another key.

    \b
    Example:
      ledger key revoke 5dd3b8c5 --reason "The computer that held it was stolen"
    """
    session.outcome.again = partial(repeated_line, session.words)
    with session.ledger() as ledger:
        _record(session, ledger, RevokeKey(vkey=named), given)
    if not given["dry_run"]:
        print_message("note", "tell readers to remove the key from their policies.")
