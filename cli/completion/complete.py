"""Completion: what the word that somebody is typing may become, for bash, zsh and fish.

Whatever goes wrong, nothing is offered and nothing is said: no ledger, one that is broken or locked, half a command.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem, ShellComplete, split_arg_string

from cli.completion.candidates import MOST, Candidate, Candidates, matching
from cli.completion.shell_words import Word, bash_word
from cli.session import Session

if TYPE_CHECKING:
    from ledger.stores.lookup import Lookup

NEW = {("order issue", "number"), ("engagement propose", "engagement"), ("disclosure publish", "document")}
"""Arguments that name what is not there yet."""
PARTS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "number": lambda state: state.balances.orders,
    "order": lambda state: state.balances.orders,
    "payment": lambda state: state.balances.payments,
    "acceptance": lambda state: state.balances.acceptances,
    "outcome": lambda state: state.outcomes,
    "conflict": lambda state: state.conflicts,
    "review": lambda state: state.reviews,
    "action": lambda state: state.actions,
    "document": lambda state: state.documents,
}
"""What names a part of the engagement that was typed before, by the name of the argument or option."""
KINDS: dict[str, Callable[[Candidates, str], list[Candidate]]] = {
    "engagement": Candidates.engagements,
    "party": Candidates.parties,
    "payer": Candidates.payers,
    "roles": Candidates.roles,
    "pledges": Candidates.pledges,
    "coverage": Candidates.coverage,
    "document": Candidates.documents,
}
"""What a kind of value, or an argument or option of this name, can be."""


class Completion(ShellComplete):
    """Finds candidates for one word; how it is asked and how it answers, each shell's class says."""

    name = "ledger"
    source_template = ""

    def word(self) -> tuple[list[str], Word]:
        """Return the words before, and the word that is typed."""
        raise NotImplementedError

    def told(self, word: Word, items: list[CompletionItem[str]]) -> Iterator[str]:
        """Yield the lines that the shell's function reads: `KIND<tab>VALUE<tab>HELP`."""
        for item in items:
            told = " ".join((item.help or "").split())
            yield f"{'open' if item.open else item.type}\t{word.head}{item.value}\t{told}"

    def complete(self) -> str:
        """Return the lines."""
        args, word = self.word()
        return "\n".join(self.told(word, self.get_completions(args, word.head + word.text)))

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        """Return candidates: what click knows by itself, else what the ledger knows."""
        from click.shell_completion import _resolve_context, _resolve_incomplete

        context = _resolve_context(self.cli, self.ctx_args, self.prog_name, args)
        found, incomplete = _resolve_incomplete(context, args, incomplete)
        own = found.shell_complete(context, incomplete)
        if own or not isinstance(found, click.Parameter):
            return own
        items = [CompletionItem(one.value, help=one.help, open=one.open) for one in offered(context, found, incomplete)]
        return [*items, CompletionItem(incomplete, type="file")] if _is_file(found) else items


class Spaced(Completion):
    """How zsh and fish ask: the words as typed, the last one up to the cursor; they quote what they insert."""

    def word(self) -> tuple[list[str], Word]:
        """Return the words before, and the last, without its quotes."""
        words = split_arg_string(os.environ["COMP_WORDS"])
        last = os.environ.get("COMP_WORD", "")
        text = (split_arg_string(last) or [""])[0]
        if text and words and words[-1] == text:
            words.pop()
        return words[1:], Word.split(text)


class Bash(Completion):
    """How bash asks: the line up to the cursor. It inserts what it is given as it is, behind its last word break."""

    def word(self) -> tuple[list[str], Word]:
        """Return the words before, and the last."""
        if "COMP_LINE" in os.environ:
            return bash_word(os.environ["COMP_LINE"], os.environ.get("COMP_WORDBREAKS", " \t\n\"'@><=;|&(:"))
        words = split_arg_string(os.environ["COMP_WORDS"])
        number = int(os.environ["COMP_CWORD"])
        return words[1:number], Word.split(words[number] if number < len(words) else "")

    def told(self, word: Word, items: list[CompletionItem[str]]) -> Iterator[str]:
        """Yield values quoted and cut for bash; where it only lists them, with what they mean."""
        listing = os.environ.get("COMP_TYPE") == "63" and len(items) > 1
        inserted = []
        for item in items:
            if (value := word.inserted(str(item.value))) is not None:
                inserted.append(value)
                told = f"  ({item.help})" if listing and item.help and item.type == "plain" else ""
                yield f"{'open' if item.open else item.type}\t{value}{told}"
        # Bash puts what all candidates have in common in place of what was typed: not if that is something else.
        if len(inserted) > 1 and not word.begins(_common(inserted)):
            yield "plain\t "


def _common(values: list[str]) -> str:
    # What all begin with: of texts in order, what the first and the last begin with.
    first, last = min(values), max(values)
    return first[: next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))]


def _is_file(parameter: click.Parameter) -> bool:
    return parameter.type.name == "file" or parameter.name in ("file", "output", "profile")


def offered(context: click.Context, parameter: click.Parameter, text: str) -> list[Candidate]:
    """Return what the ledger, or what is known without one, offers for a parameter."""
    kind, name = parameter.type.name, str(parameter.name)
    command = context.command_path.partition(" ")[2]
    if (command, name) in NEW:
        return []
    if fixed := _fixed(context, parameter):
        return matching(fixed, text)
    session = context.find_object(Session) or Session()
    session.url = context.find_root().params.get("url") or session.url
    with opened_lookup(session.ledger_url) as lookup:
        return _from_ledger(Candidates(lookup), context, kind, name, text) if lookup else []


def _fixed(context: click.Context, parameter: click.Parameter) -> tuple[str, ...]:
    command = context.command_path.partition(" ")[2]
    if choices := _member(context, str(parameter.name), "choices"):
        return tuple(choices)
    match command, parameter.name:
        case ("explain", "report"):
            root = context.find_root()
            assert isinstance(root.command, click.Group)
            reports = root.command.get_command(root, "report")
            return tuple(reports.list_commands(root)) if isinstance(reports, click.Group) else ()
        case ("import", "profile"):
            from ledger.importing.profile.load import bundled

            return tuple(bundled())
        case ("log", "types"):
            from ledger.domain.registry import EVENTS

            return tuple(EVENTS)
    return ()


def _member(context: click.Context, name: str, what: str) -> Any:
    held = getattr(context.command, "members", ())
    return next((getattr(member, what) for member in held if member.name == name), None)


def _from_ledger(found: Candidates, context: click.Context, kind: str, name: str, text: str) -> list[Candidate]:
    command, before = context.command_path.partition(" ")[2], context.params
    if codes := _member(context, name, "codes"):
        return found.codes(codes, text)
    if command.startswith("setting ") and name == "name":
        return found.settings(text)
    if command == "setting change" and name == "value":
        return found.codes(str(before.get("name")), text)
    if name == "ref" and command == "history":
        streams = [*found.engagements(text), *found.parties(text), *found.documents(text)]
        return [*matching(["ledger"], text), *streams][:MOST]
    if name in PARTS and isinstance(before.get("engagement"), str):
        return found.parts(before["engagement"], PARTS[name], text)
    # Elsewhere, `--since` takes a moment only.
    meant = "document" if (command, name) == ("changes", "since") else name
    offer = KINDS.get(kind) or KINDS.get(meant)
    return offer(found, text) if offer else []


SHELLS: dict[str, type[Completion]] = {"bash": Bash, "zsh": Spaced, "fish": Spaced}


def answer(root: click.Command) -> int:
    """Print what the shell that asks (`_LEDGER_COMPLETE=bash_complete`) may offer; nothing, if anything is wrong."""
    with suppress(Exception):
        shell = SHELLS[os.environ["_LEDGER_COMPLETE"].partition("_")[0]]
        click.echo(shell(root, {}, "ledger", "_LEDGER_COMPLETE").complete())
    return 0


@contextmanager
def opened_lookup(url: str) -> "Iterator[Lookup | None]":
    """Yield a lookup in the ledger at `url`, for reading only and with short time limits; None if there is no ledger.

    It loads neither the store nor the eventsourcing library, since a shell calls it at every stroke of the tabulator.
    Raises what reading raises.
    """
    from ledger.stores.urls import is_on_server

    if is_on_server(url):
        from ledger.stores.postgres import lookup as on_server

        with on_server.opened_lookup(url) as lookup:
            yield lookup
    else:
        from ledger.stores.sqlite import lookup as in_file

        with in_file.opened_lookup(url) as lookup:
            yield lookup
