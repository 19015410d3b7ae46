"""`ledger show POSITION`: prints one entry as text or as its exact bytes."""

import json
from typing import Any

import click
import msgspec

from cli.options.as_of import reading, viewing
from cli.output.files import put_raw
from cli.output.tables import show_facts
from cli.session import Session, pass_session
from cli.terminal import say_line
from ledger.domain.disclosure.commands import BeyondHead


@click.command()
@click.argument("position", type=click.INT)
@click.option("--raw", is_flag=True, help="Write its exact bytes to stdout, its leaf hash to stderr.")
@reading()
@pass_session
def show(session: Session, position: int, raw: bool, on: str | None, known_at: str | None, form: str | None) -> None:
    """Show one entry of the log, in words or as its exact bytes.

    \b
    Example:
      ledger show 17
      ledger show 17 --raw | sha256sum
    """
    from ledger.domain.voiding import voided
    from ledger.format.entry import read
    from ledger.tlog.merkle import leaf_hash

    with viewing(session, on, known_at, form) as view:
        data = view.ledger.store.entry(position) if position <= view.known_at else None
        if data is None:
            raise BeyondHead(position, view.known_at)
        if raw:
            put_raw(data)
            say_line(f"leaf hash {leaf_hash(data).hex()}", err=True)
            return
        entry = read(data)
        facts: dict[str, Any] = {"position": position, "what": " ".join((entry.event.__doc__ or "").split())}
        envelope = json.loads(data)
        facts |= {name: envelope[name] for name in envelope if name not in ("event", "v")}
        facts |= {"type": entry.event.tag()}
        facts |= {name: value for name, value in msgspec.to_builtins(entry.event).items() if name != "type"}
        facts["leaf hash"] = leaf_hash(data).hex()
        taken_back = entry.version in voided(view.ledger.facts(entry.stream, view.known_at))
        facts["stands"] = "no: it is voided" if taken_back else "yes"
        if view.form != "json":
            facts = {label: _flat(value) for label, value in facts.items()}
        show_facts(facts, view.form, view.stamp(), f"entry {position}")


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        if set(value) == {"currency", "value"}:
            return f"{value['currency']} {value['value']}"
        return ", ".join(f"{name} {_flat(member)}" for name, member in value.items())
    if isinstance(value, (list, tuple)):
        return "; ".join(map(_flat, value))
    return str(value)
