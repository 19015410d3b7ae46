"""`ledger witness init|trust|distrust|cosign|show`: a witness for other organisations' logs, which exchanges files."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.lazy import LazyGroup
from cli.options.keyring import key_options, keyring, new_passphrase
from cli.output.files import bytes_of, put
from cli.output.presentation import show_text, shown_as
from cli.output.tables import Column, csv_text, list_text
from cli.session import Session, pass_session
from cli.terminal import say, say_line

if TYPE_CHECKING:
    from ledger.witness.state import WitnessKeys, WitnessState

witness = LazyGroup(
    "witness",
    table={
        "init": ("cli.commands.trust.witness:init", "Create a witness: its folder and its key."),
        "trust": ("cli.commands.trust.witness:trust", "Trust a key of a log."),
        "distrust": ("cli.commands.trust.witness:distrust", "Stop trusting a key of a log."),
        "cosign": ("cli.commands.trust.witness:cosign", "Cosign what a log sent, if the log only grew."),
        "show": ("cli.commands.trust.witness:show", "Show the witness, its logs, and what it cosigned last."),
    },
    help="A witness: another organisation's program that cosigns a log's growth. It needs no ledger and no network.",
    short_help="Cosign other organisations' logs: init, trust, distrust, cosign, show.",
)
DEFAULT_STATE = "witness"

state_option = click.option(
    "--state", metavar="DIR", help="The folder of the witness (LEDGER_WITNESS); ./witness if not given."
)


def _state(named: str | None) -> "WitnessState":
    from ledger.witness.state import WitnessState

    return WitnessState(Path(named or os.environ.get("LEDGER_WITNESS") or DEFAULT_STATE))


@click.command()
@click.option("--name", metavar="NAME", required=True, help="Its permanent name, like witness.example/one.")
@click.option("--encrypt", is_flag=True, help="Encrypt its key with a passphrase, which is prompted for.")
@state_option
@key_options
@pass_session
def init(
    session: Session, /, name: str, state: str | None, keys: str | None, passphrase_file: str | None, *, encrypt: bool
) -> None:
    """Create a witness: a folder that records what it cosigned, and a key in a separate folder.

    The printed line is for those who check the logs: it belongs in their policies.

    \b
    Example:
      ledger witness init --name witness.example/one --state witness
    """
    from ledger.keys.keyring import shown
    from ledger.tlog.keys import COSIGNER
    from ledger.witness.state import check_name, policy_line

    check_name(name)
    chosen = _state(state)
    chosen.check_free()
    ring = keyring(session, keys, passphrase_file, data=chosen.folder)
    made = ring.make(name, COSIGNER, new_passphrase(session, passphrase_file, encrypt=encrypt)).verifier(COSIGNER)
    try:
        with session.outcome.making(f"the witness in {chosen.folder}", lambda: chosen.is_of(made)):
            chosen.make(made)
    except BaseException:
        # The error may have come after the witness was made, and a witness without its key cannot be recovered.
        if not chosen.is_of(made):
            ring.discard(made)
        raise
    say_line(f"made the witness {name} in {chosen.folder}, its key in {shown(ring.path(made))}")
    say(policy_line(made))


@click.command()
@click.argument("vkey", metavar="KEY")
@state_option
@pass_session
def trust(session: Session, vkey: str, state: str | None) -> None:
    """Trust a log by its key: `NAME+ID+KEY`, as the log's organisation prints it. A log may have several keys.

    Compare the key over another channel than the one it came by: a witness that trusts the wrong key vouches for the
    wrong log.

    \b
    Example:
      ledger witness trust example.org/ledger+f00aeb1c+AaDmlz+XVY49OhBCEV6V/kpKw9y7mJOehSKPJrdnt6RL
    """
    from ledger.witness.state import log_key

    chosen, named = _state(state), log_key(vkey)
    with session.outcome.making(f"the witness trusts the key {named.id.hex()}", lambda: chosen.trusts(vkey)):
        key = chosen.trust(vkey)
    size = chosen.last_cosigned(key.name, chosen.keys().key).checkpoint.size
    say_line(f"trusts the key {key.id.hex()} of {key.name}; cosigned so far: {size} entries")


@click.command()
@click.argument("named", metavar="KEY")
@state_option
@pass_session
def distrust(session: Session, named: str, state: str | None) -> None:
    """Stop trusting a key of a log: KEY is the key or its id. The witness keeps what it cosigned.

    \b
    Example:
      ledger witness distrust f00aeb1c
    """
    chosen = _state(state)
    with session.outcome.making(f"the witness no longer trusts the key {named}", lambda: not chosen.trusts(named)):
        key = chosen.distrust(named)
    left = sum(log.name == key.name for log in chosen.keys().logs)
    say_line(f"no longer trusts the key {key.id.hex()} of {key.name}; trusted keys left: {left}")


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--output", "-o", metavar="FILE", help="Where to write the cosignature; standard output if not given.")
@state_option
@key_options
@pass_session
def cosign(
    session: Session,
    /,
    file: str,
    output: str | None,
    state: str | None,
    keys: str | None,
    passphrase_file: str | None,
) -> None:
    """Cosign a request from a log (FILE, or - for standard input), if a trusted key signed it and the log only grew.

    The output is one line, the signature that the log adds to its checkpoint. The witness records the checkpoint before
    it writes that line.

    \b
    Example:
      ledger witness cosign to-one.txt -o from-one.txt
    """
    from ledger.tlog.add_checkpoint import MAX_BYTES
    from ledger.witness.cosign import cosign as cosigned
    from ledger.witness.cosign import stored_cosignature

    chosen = _state(state)
    own = chosen.keys().key
    data = bytes_of(file, MAX_BYTES)
    key = keyring(session, keys, passphrase_file, data=chosen.folder).load(own)
    with session.outcome.making(
        "the witness noted that it cosigned; the same request shows where the cosignature is",
        lambda: stored_cosignature(chosen, data) is not None,
    ):
        line = str(cosigned(chosen, data, key, session.now()))
    put(output, line.encode())


COLUMNS = (Column("origin", "log"), Column("size", right=True), Column("root"), Column("cosigned_at"), Column("keys"))


@click.command()
@state_option
@shown_as
@pass_session
def show(session: Session, form: str | None, state: str | None) -> None:
    """Show the witness, its logs, and the last checkpoint that it cosigned of each: size, root, when.

    The line that begins with `witness` belongs in the policies of those who check the logs.

    \b
    Example:
      ledger witness show --format json
    """
    from ledger.witness.state import policy_line

    chosen = _state(state)
    known = chosen.keys()
    rows = _rows(chosen, known)
    shape = form or session.format
    if shape == "json":
        members = {"name": known.key.name, "vkey": str(known.key), "policy": policy_line(known.key), "logs": rows}
        say(json.dumps(members, ensure_ascii=False, indent=2))
        return
    rows = [{**row, "keys": [vkey.split("+")[1] for vkey in row["keys"]]} for row in rows]
    if shape == "csv":
        say(csv_text(rows, COLUMNS), nl=False)
        return
    # Always as a list: a table of roots is wider than most terminals, and a witness has few logs.
    text = list_text([{**row, "cosigned_at": row["cosigned_at"] or "never"} for row in rows], COLUMNS)
    show_text(f"{text or 'it trusts no logs yet'}\n{policy_line(known.key)}\n")


def _rows(state: "WitnessState", known: "WitnessKeys") -> list[dict[str, Any]]:
    from ledger.tlog.encoding import encoded
    from ledger.witness.cosign import written

    rows = []
    for origin in known.origins:
        stated, time, _ = state.last_cosigned(origin, known.key)
        keys = [key for key in known.logs if key.name == origin]
        rows.append(
            {
                "origin": origin,
                "keys": [str(key) for key in keys],
                "size": stated.size,
                "root": encoded(stated.root),
                "cosigned_at": None if time is None else written(time),
            }
        )
    return rows
