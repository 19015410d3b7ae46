"""The policy of a reader (c2sp.org/tlog-policy): trusted log keys, witness keys, and the required quorum."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from ledger.tlog.keys import COSIGNER, LOG, BadKey, VerifierKey

MAX_BYTES = 1 << 20
NONE = "none"
"""The quorum that needs no witness."""


class BadPolicy(Exception):
    """A policy is malformed; the message names the line."""


class WitnessGroup(NamedTuple):
    """A group of witnesses and groups, met if at least `threshold` of its members are met."""

    threshold: int
    members: tuple[str, ...]


class Policy(NamedTuple):
    """Log keys, witnesses and groups by name, and the name of the quorum."""

    logs: tuple[VerifierKey, ...]
    witnesses: dict[str, VerifierKey]
    groups: dict[str, WitnessGroup]
    quorum: str

    @property
    def asks_nobody(self) -> bool:
        """Whether no witness is needed: nothing is then said of enough."""
        return self.quorum == NONE

    def is_enough(self, cosigned: Iterable[VerifierKey]) -> bool:
        """Return whether these witnesses meet the quorum. A key counts once, under whatever name."""
        keys = {key.public for key in cosigned}
        met = {NONE, *(name for name, key in self.witnesses.items() if key.public in keys)}
        for name, group in self.groups.items():  # in the order of the lines: members come before their group
            if len(met.intersection(group.members)) >= group.threshold:
                met.add(name)
        return self.quorum in met

    def __str__(self) -> str:
        """Return the policy in its file format."""
        lines = [f"log {key}" for key in self.logs]
        lines += [f"witness {name} {key}" for name, key in self.witnesses.items()]
        lines += [f"group {name} {group.threshold} {' '.join(group.members)}" for name, group in self.groups.items()]
        return "".join(f"{line}\n" for line in (*lines, f"quorum {self.quorum}"))


def parse(data: bytes) -> Policy:
    """Parse a policy file. Raises BadPolicy."""
    if len(data) > MAX_BYTES:
        raise BadPolicy(f"it has {len(data)} bytes; the limit is {MAX_BYTES}")
    if any((byte < 0x20 and byte not in b"\t\n") or byte == 0x7F for byte in data):
        raise BadPolicy("it holds a control character other than tab and line feed")
    if data and not data.endswith(b"\n"):
        raise BadPolicy("its last line has no end: a part may be missing")
    parser = _Parser()
    # Names are octets: bytes that are not UTF-8 are preserved.
    for number, line in enumerate(data.decode("utf-8", "surrogateescape").split("\n"), start=1):
        words = [word for word in line.replace("\t", " ").split(" ") if word]
        if words and not words[0].startswith("#"):
            try:
                parser.parse_line(words)
            except (BadPolicy, BadKey) as error:
                raise BadPolicy(f"line {number}: {error}") from error
    return parser.policy()


class _Parser:
    """The state of parsing: the statements of the lines so far."""

    def __init__(self) -> None:
        self.logs: list[VerifierKey] = []
        self.witnesses: dict[str, VerifierKey] = {}
        self.groups: dict[str, WitnessGroup] = {}
        self.quorum: str | None = None
        self.grouped: set[str] = set()
        self.parsers: dict[str, Callable[[list[str]], None]] = {
            "log": self._log, "witness": self._witness, "group": self._group, "quorum": self._quorum,
        }  # fmt: skip

    def parse_line(self, words: list[str]) -> None:
        """Parse the words of one line. Raises BadPolicy, BadKey."""
        parse_words = self.parsers.get(words[0])
        if parse_words is None:
            raise BadPolicy(f"'{words[0]}' is not log, witness, group or quorum")
        parse_words(words[1:])

    def policy(self) -> Policy:
        """Return the policy. Raises BadPolicy if it has no quorum."""
        if self.quorum is None:
            raise BadPolicy("it has no quorum line")
        return Policy(tuple(self.logs), self.witnesses, self.groups, self.quorum)

    def _log(self, words: list[str]) -> None:
        if len(words) not in (1, 2):
            raise BadPolicy("a log is written 'log KEY [URL]'")
        key = _key(words[0], LOG, self.logs)
        _check_apart(key, self.witnesses.values())
        self.logs.append(key)

    def _witness(self, words: list[str]) -> None:
        if len(words) not in (2, 3):
            raise BadPolicy("a witness is written 'witness NAME KEY [URL]'")
        self._check_new(words[0])
        key = _key(words[1], COSIGNER, self.witnesses.values())
        _check_apart(key, self.logs)
        self.witnesses[words[0]] = key

    def _group(self, words: list[str]) -> None:
        if len(words) < 3:
            raise BadPolicy("a group is written 'group NAME all|any|NUMBER MEMBER…'")
        name, least, *members = words
        self._check_new(name)
        for member in members:
            self._check_known(member)
            if member in self.grouped:
                raise BadPolicy(f"'{member}' is a member twice")
            self.grouped.add(member)
        counts = {"all": len(members), "any": 1}
        enough = counts[least] if least in counts else _count(least)
        if not 1 <= enough <= len(members):
            raise BadPolicy(f"'{least}' is not from 1 to {len(members)}")
        self.groups[name] = WitnessGroup(enough, tuple(members))

    def _quorum(self, words: list[str]) -> None:
        if len(words) != 1 or self.quorum is not None:
            raise BadPolicy("exactly one line is 'quorum NAME'")
        if words[0] != NONE:
            self._check_known(words[0])
        self.quorum = words[0]

    def _check_new(self, name: str) -> None:
        if name == NONE or name in self.witnesses or name in self.groups:
            raise BadPolicy(f"'{name}' is defined already")

    def _check_known(self, name: str) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise BadPolicy(f"no witness or group '{name}' is defined above")


def _key(text: str, kind: int, known: Iterable[VerifierKey]) -> VerifierKey:
    key = VerifierKey.parse(text)
    if key.kind != kind:
        raise BadPolicy(f"the key of {key.name} is for {'logs' if key.kind == LOG else 'witnesses'}")
    if any(key.public == earlier.public for earlier in known):
        raise BadPolicy(f"the key of {key.name} is given twice")
    return key


def _check_apart(key: VerifierKey, others: Iterable[VerifierKey]) -> None:
    if any(key.public == apart.public for apart in others):
        raise BadPolicy(f"the key of {key.name} is a log's and a witness's: no log is its own witness")


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 4:
        raise BadPolicy(f"'{text}' is not all, any or a number")
    return int(text)
