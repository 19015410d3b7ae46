"""Completion of the word at the cursor, for bash, zsh and fish.

Completion fails silently: with no ledger, a broken or locked one, or half a command, it offers and prints nothing.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem, ShellComplete, split_arg_string

from cli.completion.candidates import MAX_CANDIDATES, Candidate, Candidates, matching
from cli.completion.shell_words import Word, bash_word
from cli.noun_registry import NOUNS
from cli.session import Session
from cli.terminal import say

if TYPE_CHECKING:
    from ledger.stores.lookup import Lookup

NEW = {("order issue", "number"), ("engagement propose", "engagement"), ("disclosure publish", "document")}
"""Arguments that name something new: there are no candidates for them."""
PARTS: dict[str, Callable[[Any], dict[str, Any]]] = {
    **{noun.keys[-1]: attrgetter(noun.parts) for noun in NOUNS.values() if noun.parts},
    "order": attrgetter("balances.orders"),
    "acceptance": attrgetter("balances.acceptances"),
}
"""The parts of the engagement typed before, by the name of the argument or option that takes their key."""
KINDS: dict[str, Callable[[Candidates, str], list[Candidate]]] = {
    **{noun.keys[-1]: getattr(Candidates, noun.candidates) for noun in NOUNS.values() if noun.candidates},
    "payer": Candidates.payers,
    "roles": Candidates.roles,
    "pledges": Candidates.pledges,
    "coverage": Candidates.coverage,
}
"""The candidates for a kind of value, or for an argument or option of this name."""
MEANT = {("changes", "since"): "document", ("changes", "after"): "engagement"}
"""Options that take what others of their name do not: elsewhere, `--since` takes a moment only."""


class Completion(ShellComplete):
    """Finds candidates for one word; a subclass for each shell reads the request and formats the answer."""

    name = "ledger"
    source_template = ""

    def word(self) -> tuple[list[str], Word]:
        """Return the words before the cursor, and the word at it."""
        raise NotImplementedError

    def formatted(self, word: Word, items: list[CompletionItem[str]]) -> Iterator[str]:
        """Yield the lines that the shell function reads: `KIND<tab>VALUE<tab>HELP`."""
        for item in items:
            help_text = " ".join((item.help or "").split())
            yield f"{'open' if item.open else item.type}\t{word.head}{item.value}\t{help_text}"

    def complete(self) -> str:
        """Return the lines."""
        args, word = self.word()
        return "\n".join(self.formatted(word, self.get_completions(args, word.head + word.text)))

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        """Return the candidates of click itself, or else those from the ledger."""
        from click.shell_completion import _resolve_context, _resolve_incomplete

        context = _resolve_context(self.cli, self.ctx_args, self.prog_name, args)
        target, incomplete = _resolve_incomplete(context, args, incomplete)
        own = target.shell_complete(context, incomplete)
        if own or not isinstance(target, click.Parameter):
            return own
        found = offered(context, target, incomplete)
        items = [CompletionItem(item.value, help=item.help, open=item.open) for item in found]
        return [*items, CompletionItem(incomplete, type="file")] if _is_file(target) else items


class Spaced(Completion):
    """The protocol of zsh and fish: words as typed, the last up to the cursor; the shell quotes what it inserts."""

    def word(self) -> tuple[list[str], Word]:
        """Return the words before the cursor, and the word at it without its quotes."""
        words = split_arg_string(os.environ["COMP_WORDS"])
        last = os.environ.get("COMP_WORD", "")
        text = (split_arg_string(last) or [""])[0]
        if text and words and words[-1] == text:
            words.pop()
        return words[1:], Word.split(text)


class Bash(Completion):
    """The protocol of bash: the line up to the cursor; bash inserts the answer as it is, after its last word break."""

    def word(self) -> tuple[list[str], Word]:
        """Return the words before the cursor, and the word at it."""
        if "COMP_LINE" in os.environ:
            return bash_word(os.environ["COMP_LINE"], os.environ.get("COMP_WORDBREAKS", " \t\n\"'@><=;|&(:"))
        words = split_arg_string(os.environ["COMP_WORDS"])
        number = int(os.environ["COMP_CWORD"])
        return words[1:number], Word.split(words[number] if number < len(words) else "")

    def formatted(self, word: Word, items: list[CompletionItem[str]]) -> Iterator[str]:
        """Yield values quoted and cut for bash, with their meaning where bash only lists them."""
        listing = os.environ.get("COMP_TYPE") == "63" and len(items) > 1
        inserted = []
        for item in items:
            if (value := word.inserted(str(item.value))) is not None:
                inserted.append(value)
                meaning = f"  ({item.help})" if listing and item.help and item.type == "plain" else ""
                yield f"{'open' if item.open else item.type}\t{value}{meaning}"
        # Bash replaces the typed text with the common prefix of the candidates; a blank prevents this if they differ.
        if len(inserted) > 1 and not word.begins(_common(inserted)):
            yield "plain\t "


def _common(values: list[str]) -> str:
    # The common prefix of all texts is that of the first and the last in sorted order.
    first, last = min(values), max(values)
    return first[: next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))]


def _is_file(parameter: click.Parameter) -> bool:
    return parameter.type.name == "file" or parameter.name in ("file", "output", "profile")


def offered(context: click.Context, parameter: click.Parameter, text: str) -> list[Candidate]:
    """Return the candidates for a parameter: fixed ones, or those from the ledger."""
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
    members = getattr(context.command, "members", ())
    return next((getattr(member, what) for member in members if member.name == name), None)


def _from_ledger(candidates: Candidates, context: click.Context, kind: str, name: str, text: str) -> list[Candidate]:
    command, before = context.command_path.partition(" ")[2], context.params
    if codes := _member(context, name, "codes"):
        return candidates.codes(codes, text)
    if command.startswith("setting ") and name == "name":
        return candidates.settings(text)
    if command == "setting change" and name == "value":
        return candidates.codes(str(before.get("name")), text)
    if name == "ref" and command == "history":
        streams = [*candidates.engagements(text), *candidates.parties(text), *candidates.documents(text)]
        return [*matching(["ledger"], text), *streams][:MAX_CANDIDATES]
    if name in PARTS and isinstance(before.get("engagement"), str):
        return candidates.parts(before["engagement"], PARTS[name], text)
    offer = KINDS.get(kind) or KINDS.get(MEANT.get((command, name), name))
    return offer(candidates, text) if offer else []


SHELLS: dict[str, type[Completion]] = {"bash": Bash, "zsh": Spaced, "fish": Spaced}


def answer(root: click.Command) -> int:
    """Print the candidates for the shell that asks (`_LEDGER_COMPLETE=bash_complete`); on any error, print nothing."""
    with suppress(Exception):
        shell = SHELLS[os.environ["_LEDGER_COMPLETE"].partition("_")[0]]
        say(shell(root, {}, "ledger", "_LEDGER_COMPLETE").complete())
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
