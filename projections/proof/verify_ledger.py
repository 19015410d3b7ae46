"""Check a published ledger, or a report with the ledger behind it, without the software that wrote them.

    python3 verify_ledger.py DIR --policy FILE [--format text|json]

DIR is a published folder or the folder of a report. FILE is *your* policy (c2sp.org/tlog-policy): keys that you got
from their owners, and not out of DIR. For the same reason run a copy of this program that you have read, and not the
one in DIR. It needs Python 3.11 and nothing else, opens no connection, writes no file. The exit code is 0 if nothing is
wrong, 1 if there are findings, 2 if it was called wrongly or something could not be read.
"""

import argparse
import hashlib
import json
import re
import stat
import sys
import time
import unicodedata
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

# The procedure, with the codes of its findings; the same numbers stand at the code. All findings are collected; it ends
# early only where a step leaves nothing for the next ones to work on. What is not in its form is a ValueError.
#  1. The policy is in its form: sound keys of logs and witnesses, none twice, groups, one quorum.          bad-policy
#  2. The folder holds the files of a log of this size, perhaps partial tiles of former sizes, perhaps the files of a
#     report, and nothing else; no link is followed.                          missing-file  unexpected-file  too-large
#  3. The checkpoint is a note in its one form, without extension lines, signed by a log of the policy under the name
#     that it states; no signature of a known key is wrong; the witnesses that cosigned it are a quorum; none did so in
#     the future; no key of the log is its witness.
#     bad-checkpoint  extension-lines  unknown-signer  bad-signature  no-quorum  cosigned-in-future
#  4. The entries, hashed from their bytes, give every tile and the root.        bad-bundle  tile-differs  root-differs
#  5. Each entry is in its one written form and has the members of an entry; the first, and no other, opens the ledger,
#     under the name that the checkpoint states.              not-canonical  bad-envelope  not-opened  other-origin
#  6. Versions of each stream run 1, 2, 3, …; commands are whole, and none comes back; times never decrease; none is
#     after enough witnesses saw it, or in the future.
#     version-gap  broken-command  command-again  time-goes-back  recorded-in-future  recorded-after-cosigned
#  7. A void names an earlier version of its stream. What no standing void takes away counts.           void-of-nothing
#  8. No key that signed is replaced, retired or revoked in the log, voided or not.                         revoked-key
#  9. The files of a report are in their one form, and say truly of which log they are, as known when.      bad-report
# 10. The definitions, and the program in the folder, are those whose SHA-256 the log adopted.       other-definitions
# 11, 12. What stood then is folded into tables; every figure of them is the one that is stated.      figure-differs
# 13. So it is from the entries alone that the figure names.                                      provenance-differs
# 14. The document and the template of a policy are what their layouts print.                         report-differs
# It cannot show that an entry is true, nor, without a witness in the policy, that all others were given the same log.

TILE = 256  # hashes in a full tile, entries in a full bundle (c2sp.org/tlog-tiles)
MOST_TILE, MOST_BUNDLE, MOST_CHECKPOINT, MOST_POLICY = TILE * 32, TILE * (2 + 65_535), 1 << 16, 1 << 20  # bytes
MOST_REPORT, MOST_NUMBER, MOST_SIGNATURES, MOST_SHOWN, CLOCK_TOLERANCE, DAY = 1 << 28, 2**63 - 1, 100, 400, 300, 86_400
KEY_NAME = r"[^\s+\x00-\x1f\ud800-\udfff]+"
LOG_KEY, WITNESS_KEY, CHECKPOINT = b"\x01", b"\x04", "checkpoint"
MALFORMED = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)  # of a report
REPORT_FILES = ("report.md", "figures.json", "definitions.json", "policy.template", "verify_ledger.py")
Entries = list[tuple[int, dict[str, Any]]]  # with their positions, counted from 1

class Log(NamedTuple):
    """A log that could be read whole; `root` is in Base64. Those entries stand that are no voids and not voided."""
    origin: str
    size: int
    root: str
    entries: Entries
    standing: Entries

class Findings(list[dict[str, str]]):
    def add(self, code: str, place: str | int, what: str) -> None:
        place = f"position {place}" if isinstance(place, int) else place
        self.append({"code": code, "place": place, "what": what[:MOST_SHOWN]})

class Folder:
    """The folder that is checked, with the kinds of the files that it held when it was listed."""
    def __init__(self, root: Path, findings: Findings) -> None:
        """List all that is in it, without following links. Raises OSError."""
        self.root, self.findings = root, findings
        self.modes: dict[str, int] = {}
        waiting = [root]
        while waiting:
            for path in waiting.pop().iterdir():
                self.modes[path.relative_to(root).as_posix()] = mode = path.lstat().st_mode
                if stat.S_ISDIR(mode):
                    waiting.append(path)

    def read(self, name: str, most: int) -> bytes | None:
        """Return the bytes of a file, or None after a finding (2). Raises OSError."""
        if not stat.S_ISREG(self.modes.get(name, 0)):
            self.findings.add("missing-file", name, "no plain file stands there, and links are not followed")
            return None
        with (self.root / name).open("rb") as file:
            data = file.read(most + 1)
        if len(data) > most:
            self.findings.add("too-large", name, f"it has more than {most} bytes")
        return data if len(data) <= most else None

def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="verify_ledger.py", description="Check a published ledger, or a report.")
    parser.add_argument("folder", metavar="DIR", type=Path, help="a published folder, or the folder of a report")
    parser.add_argument("--policy", metavar="FILE", type=Path, required=True, help="the keys that you trust")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how findings are printed")
    options = parser.parse_args(arguments)
    findings = Findings()
    try:
        with options.policy.open("rb") as file:
            policy = file.read(MOST_POLICY + 1)
        folder = Folder(options.folder, findings)
        log = read_log(folder, policy, findings)
        has_report = not folder.modes.keys().isdisjoint(REPORT_FILES)
        if has_report:
            check_report(folder, log, findings)
    except OSError as error:
        parser.error(str(error))
    except MALFORMED as error:
        findings.add("bad-report", "figures.json", f"it cannot be evaluated: {type(error).__name__} {error}")
    stated = {"origin": log.origin, "size": log.size, "root": log.root} if log else {}
    lines = [f"finding: {one['code']}: {one['place']}: {one['what']}" for one in findings]
    told = {"checked": "the log and the report" if has_report else "the log", "findings": len(findings)}
    lines += [f"{name}: {value}" for name, value in (stated | told).items()]
    if options.format == "json":
        lines = json.dumps({"findings": findings, **stated}, indent=2).split("\n")
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr] # a terminal may lack letters
    for line in lines:  # what comes from the folder may hold anything
        sys.stdout.write("".join(char if char.isprintable() else ascii(char)[1:-1] for char in line) + "\n")
    return 1 if findings else 0

def read_log(folder: Folder, policy_bytes: bytes, findings: Findings) -> Log | None:
    """Check the log in a folder (1 to 8); return it, or None if it cannot be read whole. Raises OSError."""
    code, place = "bad-policy", "policy"
    try:
        policy = parse_policy(policy_bytes)  # 1
        code, place = "bad-checkpoint", CHECKPOINT
        checkpoint = parse_checkpoint(folder.read(CHECKPOINT, MOST_CHECKPOINT) or b"")  # 3
    except ValueError as error:
        findings.add(code, place, str(error))
        return None
    signers, seen_at = check_signatures(checkpoint, policy, findings)
    entries = read_entries(read_tree(folder, checkpoint), findings)  # 2, 4, 5
    if len(entries) < checkpoint.size:
        return None
    check_entries(entries, checkpoint.origin, signers, seen_at, findings)  # 5, 6, 7, 8
    own = [str(entry["event"].get(name)) for _, entry in entries for name in ("vkey", "old", "new")]
    others = [key for key in signers if not any(one.endswith(b64encode(LOG_KEY + key.public).decode()) for one in own)]
    if policy.is_met_by(signers) and not policy.is_met_by(others):  # 3
        findings.add("no-quorum", CHECKPOINT, "too few cosigned it but the log itself, which is no witness of its own")
    return Log(checkpoint.origin, checkpoint.size, b64encode(checkpoint.root).decode(), entries, standing(entries))

class Key(NamedTuple):
    """A public key: its type, its name, the four bytes that mark its signatures (c2sp.org/signed-note)."""
    kind: bytes
    name: str
    id: bytes
    public: bytes

class Policy(NamedTuple):
    """Whose signatures count, how many of which members make a group, which is enough (c2sp.org/tlog-policy)."""
    logs: list[Key]
    witnesses: dict[str, Key]
    groups: dict[str, tuple[int, list[str]]]
    quorum: str

    def is_met_by(self, signers: Collection[Key]) -> bool:
        """Return whether the witnesses among these are enough. No key has two names: parsing sees to that."""
        met = {name for name, key in self.witnesses.items() if key in signers}
        for name, (least, members) in self.groups.items():  # in the order of the lines: members stand above
            if len(met.intersection(members)) >= least:
                met.add(name)
        return self.quorum in met

def parse_policy(data: bytes) -> Policy:
    """Return the policy that a file states (1). Raises ValueError."""
    if len(data) > MOST_POLICY or not data.endswith(b"\n") or re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", data):
        raise ValueError("it is too long, its last line has no end, or it holds a control character")
    logs: list[Key] = []
    witnesses: dict[str, Key] = {}
    groups: dict[str, tuple[int, list[str]]] = {"none": (0, [])}  # which asks for nobody
    quorum, free = "", set[str]()  # free are witnesses and groups that are no member of a group yet
    text = re.sub("(?m)^[ \t]*#.*", "", data.decode("utf-8", "surrogateescape"))  # names are octets, in UTF-8 or not
    for words in filter(None, (re.findall("[^ \t]+", line) for line in text.split("\n"))):
        is_new = len(words) > 1 and words[1] not in witnesses and words[1] not in groups
        match words:
            case ["log", key] | ["log", key, _]:
                logs.append(parse_key(key, LOG_KEY))
            case ["witness", name, key] | ["witness", name, key, _] if is_new:
                witnesses[name] = parse_key(key, WITNESS_KEY)
                free.add(name)
            case ["group", name, least, *members] if is_new and len(free.intersection(members)) == len(members):
                count = {"all": str(len(members)), "any": "1"}.get(least, least)
                groups[name] = int(count) if re.fullmatch("[0-9]{1,4}", count) else 0, members
                if not 1 <= groups[name][0] <= len(members):
                    raise ValueError(f"{least} is not from 1 to the {len(members)} members of {name}")
                free.difference_update(members)
                free.add(name)
            case ["quorum", name] if not quorum and not is_new:
                quorum = name
            case _:
                raise ValueError(f"{' '.join(words)}: this is no line, or it names what is taken, unknown or used")
    if not quorum or len({key.public for key in (*logs, *witnesses.values())}) < len(logs) + len(witnesses):
        raise ValueError("it has no quorum, or a key stands there twice, under one name or two, or of log and witness")
    return Policy(logs, witnesses, groups, quorum)

def parse_key(text: str, kind: bytes) -> Key:
    """Return the key that `NAME+ID+KEY` writes, if it is of this type. Raises ValueError."""
    found = re.fullmatch(rf"({KEY_NAME})\+([0-9a-f]{{8}})\+(.+)", text)
    data = from_base64(found[3]) if found else b""
    if not found or data[:1] != kind:
        raise ValueError(f"{text} is no key of the type that its line needs")
    key = Key(kind, found[1], hashlib.sha256(found[1].encode() + b"\n" + data).digest()[:4], data[1:])
    sound_point(key.public)
    if key.id.hex() != found[2]:
        raise ValueError(f"the id of {text} should be {key.id.hex()}")
    return key

def from_base64(text: str) -> bytes:
    """Return the bytes that Base64 writes (RFC 4648 §4). Raises ValueError where it is not written in its one way."""
    data = b64decode(text, validate=True)
    if b64encode(data).decode() != text:
        raise ValueError(f"{text} is not the one way to write it in Base64")
    return data

class Checkpoint(NamedTuple):
    """What is signed: that a log has `size` entries with this root. A signature is a name, a mark and bytes."""
    text: str
    origin: str
    size: int
    root: bytes
    more: str
    signatures: list[tuple[str, bytes, bytes]]

# A text of three lines or more, an empty line, and signatures (c2sp.org/signed-note, c2sp.org/tlog-checkpoint).
NOTE = re.compile(
    r"(?P<text>(?P<origin>[^\x00-\x1f]+)\n(?P<size>0|[1-9][0-9]{0,18})\n(?P<root>[^\x00-\x1f]+)\n"
    rf"(?P<more>(?:[^\x00-\x1f]+\n)*))\n(?P<signatures>(?:\u2014 {KEY_NAME} [^\s]+\n){{1,{MOST_SIGNATURES}}})"
)

def parse_checkpoint(data: bytes) -> Checkpoint:
    """Return the checkpoint that these bytes are, its signatures unverified (3). Raises ValueError."""
    found = NOTE.fullmatch(data.decode())
    if not found:
        raise ValueError("it is not an origin, a size and a root, an empty line, and signatures")
    size, root = int(found["size"]), from_base64(found["root"])
    signed = [(line.split(" ")[1], from_base64(line.split(" ")[2])) for line in found["signatures"][:-1].split("\n")]
    if size > MOST_NUMBER or len(root) != 32 or any(len(data) <= 4 for _, data in signed):
        raise ValueError("its size is too large, its root has not 32 bytes, or a signature has none")
    signatures = [(name, data[:4], data[4:]) for name, data in signed]
    return Checkpoint(found["text"], found["origin"], size, root, found["more"], signatures)

def check_signatures(checkpoint: Checkpoint, policy: Policy, findings: Findings) -> tuple[Collection[Key], float]:
    """Check who signed (3); return the keys that did, and the earliest time at which a witness did."""
    times: dict[Key, int] = {}
    # A log signs under its own name only: what another log of the policy signs says nothing of this one.
    for key in (*(key for key in policy.logs if key.name == checkpoint.origin), *policy.witnesses.values()):
        for data in (data for name, mark, data in checkpoint.signatures if (name, mark) == (key.name, key.id)):
            at, signature, head = 0, data, ""
            if key.kind == WITNESS_KEY:  # it signs the time as well, in seconds since 1970 (c2sp.org/tlog-cosignature)
                at, signature = int.from_bytes(data[:8], "big"), data[8:]
                head = f"cosignature/v1\ntime {at}\n"
            if at <= MOST_NUMBER and is_signed(key.public, f"{head}{checkpoint.text}".encode(), signature):
                times[key] = min(at, times.get(key, at))
            else:
                findings.add("bad-signature", CHECKPOINT, f"that of {key.name} is not of this text")
    seen = [at for key, at in times.items() if key.kind == WITNESS_KEY]
    if len(seen) == len(times):
        findings.add("unknown-signer", CHECKPOINT, f"no key that the policy has for {checkpoint.origin} signed it")
    if not policy.is_met_by(times):
        findings.add("no-quorum", CHECKPOINT, f"cosigned by {len(seen)} witnesses of the policy, which is not enough")
    by, since = quorum_times(times, policy)
    if since > time.time() + DAY:
        findings.add("cosigned-in-future", CHECKPOINT, f"{since} seconds after 1970 began")
    if checkpoint.more:
        findings.add("extension-lines", CHECKPOINT, "it has lines below its root, which nobody could check")
    return times, by

def quorum_times(times: dict[Key, int], policy: Policy) -> tuple[float, float]:
    """Return the time by which enough witnesses had cosigned, and that since which enough did (all, if none is needed).

    One witness whose clock is wrong moves neither, where others are enough. Without enough, no time is judged.
    """
    seen = {key: at for key, at in times.items() if key.kind == WITNESS_KEY}
    def enough(some: Collection[Key]) -> bool:
        return len(some) == len(seen) if policy.quorum == "none" else policy.is_met_by(some)
    if not seen or not enough(seen):
        return float("inf"), 0
    by = min(at for at in seen.values() if enough([key for key in seen if seen[key] <= at]))
    return by, max(at for at in seen.values() if enough([key for key in seen if seen[key] >= at]))

def tiles_of(level: int | str, count: int, held: Collection[str] = ()) -> Iterator[tuple[str, int, int]]:
    """Yield name, first and last hash of a level's files; behind each, those of former sizes that are still held."""
    for first in range(0, count, TILE):
        last, number = min(first + TILE, count), first // TILE
        *above, lowest = f"{number:,}".split(",")  # number 1234067 is x001/x234/067
        groups = "".join(f"x{part:0>3}/" for part in above) + f"{lowest:0>3}"
        for width in range(last - first, 0 if held else last - first - 1, -1):
            name = f"tile/{level}/{groups}" + ("" if width == TILE else f".p/{width}")
            if first + width == last or name in held:
                yield name, first, first + width

def read_tree(folder: Folder, checkpoint: Checkpoint) -> list[bytes]:
    """Compare files, entries, tiles and root (2, 4); return the bytes of the entries, or too few after a finding."""
    size, entries = checkpoint.size, list[bytes]()
    if size > TILE * len(folder.modes):  # anyone can state a size: its files are not listed
        folder.findings.add("missing-file", "tile", f"a log of {size} entries has more files")
        return entries
    levels = [("entries", size), *((str(level), size >> 8 * level) for level in range(8))]
    names = {CHECKPOINT, *REPORT_FILES, *(name for of in levels for name, _, _ in tiles_of(*of, folder.modes))}
    folders = {str(above) for name in names for above in PurePosixPath(name).parents}
    for name in sorted(folder.modes.keys() - names - folders):
        folder.findings.add("unexpected-file", name, "it does not belong here")
    for name, first, last in tiles_of("entries", size, folder.modes):
        found = read_bundle(folder, name, last - first)
        if first == len(entries):  # of what stands behind a bundle that is lost, no position is known
            entries += found
        elif first < len(entries) and found not in ([], entries[first:last]):
            folder.findings.add("tile-differs", name, "it is not how the bundle of now begins")
    if len(entries) == size:
        check_tiles(folder, entries, checkpoint.root)
    return entries

def read_bundle(folder: Folder, name: str, width: int) -> list[bytes]:
    """Return the entries of a bundle, each after its length in two bytes, or none after a finding (4)."""
    data, entries, at = folder.read(name, MOST_BUNDLE), list[bytes](), 0
    while data is not None and at < len(data) and len(entries) < width:
        start, at = at + 2, at + 2 + int.from_bytes(data[at : at + 2], "big")
        entries.append(data[start:at])
    if data is not None and (at, len(entries)) != (len(data), width):
        folder.findings.add("bad-bundle", name, f"it is not {width} entries, each after its length")
        return []
    return entries

def check_tiles(folder: Folder, entries: list[bytes], root: bytes) -> None:
    hashes = [hashlib.sha256(b"\x00" + entry).digest() for entry in entries]
    if (given := tree_root(hashes)) != root:
        folder.findings.add("root-differs", CHECKPOINT, f"the entries give another root, {given.hex()} in hex")
    for level in range(9):
        for name, first, last in tiles_of(level, len(hashes), folder.modes):
            if folder.read(name, MOST_TILE) not in (None, b"".join(hashes[first:last])):
                folder.findings.add("tile-differs", name, "it is not what the entries give")
        # Each full tile gives one hash of the level above.
        hashes = [tree_root(hashes[at : at + TILE]) for at in range(0, len(hashes) // TILE * TILE, TILE)]

def tree_root(hashes: list[bytes]) -> bytes:
    """Return the root (RFC 6962 §2.1): hashes are paired, level by level, and the last rises if it has no pair."""
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=False)
        hashes = [hashlib.sha256(b"\x01" + a + b).digest() for a, b in pairs] + hashes[len(hashes) & ~1 :]
    return hashes[0] if hashes else hashlib.sha256().digest()

NAME = r'(?=[^"]{1,128}")[\w.\-:/()+,&#\'@]+(?: [\w.\-:/()+,&#\'@]+)*"'
DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
# The members of an entry, and how each is written, quotation marks and all; of its event only the type is looked at.
FORMS = {
    "v": "1", "version": "[1-9][0-9]*", "part": r"\[[1-9][0-9]*,[1-9][0-9]*\]",
    "stream": rf'"(?:ledger"|(?:party|engagement|disclosure|rate)/{NAME})', "actor": f'"{NAME}', "command": f'"{NAME}',
    "recorded_at": rf'"{DATE}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{{6}}Z"', "effective_on": f'"{DATE}"',
    "event": r'\{"type":"[a-z]+\.[a-z_]+(\.[0-9]+)?"\}', "reason": '".+"', "sig": '".+"',
    "source": r'\{"row":[1-9][0-9]*,"sha256":"[0-9a-f]{64}"\}',
}  # fmt: skip
OPTIONAL = {"reason", "sig", "source"}
KEY_ENDS = {"key.rotated": "old", "key.retired": "vkey", "key.revoked": "vkey"}  # events, and whose end they are
SHARED = ("command", "actor", "effective_on", "recorded_at")  # what all parts of a command have in common
# Controls but the line feed, what ends lines or turns their direction, the byte order mark, and what is no character.
HIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef"
    + "".join(chr(plane | last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
    + "]"
)
in_one_form = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

def read_entries(written: list[bytes], findings: Findings) -> Entries:
    """Return the entries with their positions, without those that are not in their form (5)."""
    entries = []
    for position, data in enumerate(written, start=1):
        code = "not-canonical"
        try:
            entry = parse_entry(data)
            code = "bad-envelope"
            check_envelope(entry)
        except (ValueError, RecursionError) as error:
            findings.add(code, position, str(error))
        else:
            entries.append((position, entry))
    return entries

def parse_entry(data: bytes) -> Any:
    """Return what bytes write, if this is the one way to write it. Raises ValueError, and RecursionError if nested."""
    value = json.loads(data.decode())
    check_value(value)
    if in_one_form(value).encode() != data:  # spaces, another order, other escapes, or a member that stands there twice
        raise ValueError("it is not in its one written form")
    return value

def check_value(value: Any) -> None:
    """Raise ValueError for a value that no entry holds: null, fractions, and such numbers, names and texts."""
    if isinstance(value, dict):
        if not all(name.isascii() and name.isprintable() for name in value):
            raise ValueError("the name of a member is not printable ASCII")
        value = list(value.values())
    if isinstance(value, list):
        for held in value:
            check_value(held)
    elif isinstance(value, str):
        is_plain = value.isascii() and value.isprintable()
        if not is_plain and (not unicodedata.is_normalized("NFC", value) or HIDDEN.search(value)):
            raise ValueError("a text is not in normalization form C, or holds a character that no text may")
    elif value is None or isinstance(value, float) or abs(value) >= 2**53:
        raise ValueError("it holds null, a fraction, or an integer of 2**53 or more")

def check_envelope(entry: Any) -> None:
    if not isinstance(entry, dict) or not FORMS.keys() - OPTIONAL <= entry.keys() <= FORMS.keys():
        raise ValueError("it has not the members of an entry")
    kind = {"type": entry["event"].get("type")} if isinstance(entry["event"], dict) else None
    for name, value in {**entry, "event": kind}.items():
        if not re.fullmatch(FORMS[name], in_one_form(value)):
            raise ValueError(f"{name} is not in its form")
    days = date.fromisoformat(entry["recorded_at"][:10]), date.fromisoformat(entry["effective_on"])
    if not 1865 <= days[1].year < 2200 or entry["part"][0] > entry["part"][1]:
        raise ValueError("its date or its part is out of range")

def check_entries(entries: Entries, origin: str, signers: Collection[Key], seen_at: float, findings: Findings) -> None:
    """Check what entries say of each other (5 to 8); by the time `seen_at` a witness had seen all of them."""
    latest, ahead = seen_at + CLOCK_TOLERANCE, time.time() + DAY
    signed = tuple(b64encode(key.kind + key.public).decode() for key in signers)  # whatever their names are in the log
    versions: dict[str, int] = {}
    commands: dict[str, int] = {}
    last: dict[str, Any] = {"part": [0, 0], "recorded_at": ""}
    for position, entry in entries:
        event, stream, version, (part, parts) = (entry[name] for name in ("event", "stream", "version", "part"))
        kind, target, time_of = event["type"], event.get("version"), datetime.fromisoformat(entry["recorded_at"])
        is_over, goes_on = last["part"][0] == last["part"][1], last["part"] == [part - 1, parts]
        follows = is_over if part == 1 else goes_on and all(last[name] == entry[name] for name in SHARED)
        faults = {
            "not-opened": (kind == "ledger.opened") != (position == 1),
            "other-origin": kind == "ledger.opened" and event.get("origin") != origin,
            "version-gap": version != versions.get(stream, 0) + 1,
            "broken-command": not follows or (position == len(entries) and part < parts),
            "command-again": part == 1 and commands.setdefault(entry["command"], position) != position,
            "time-goes-back": entry["recorded_at"] < last["recorded_at"],
            "recorded-in-future": time_of.timestamp() > ahead,
            "recorded-after-cosigned": time_of.timestamp() > latest,
            "void-of-nothing": kind == "entry.voided" and not (type(target) is int and 0 < target < version),
            "revoked-key": kind in KEY_ENDS and str(event.get(KEY_ENDS[kind])).endswith(signed),
        }
        for code in (code for code, is_so in faults.items() if is_so):
            what = f"{kind}, version {version} of {stream}, part {part} of {parts} of {entry['command']}"
            findings.add(code, position, f"{what}, recorded at {entry['recorded_at']}")
        versions[stream], last, ahead = version, entry, float("inf") if faults["recorded-in-future"] else ahead

def standing(entries: Entries) -> Entries:
    """Return the entries that count among these: neither voids, nor voided by a void that itself counts (7)."""
    gone: set[tuple[str, str]] = set()
    left: Entries = []
    for position, entry in reversed(entries):  # what takes an entry away stands after it
        is_gone = (entry["stream"], str(entry["version"])) in gone
        if not is_gone and entry["event"]["type"] == "entry.voided":
            gone.add((entry["stream"], str(entry["event"].get("version"))))
        elif not is_gone:
            left.append((position, entry))
    return left[::-1]

PRIME, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
CURVE_D = -121665 * pow(121666, -1, PRIME) % PRIME
Point = tuple[int, int, int]  # X, Y, Z: x = X/Z, y = Y/Z on -x² + y² = 1 + d x² y² modulo the prime (RFC 8032 §5.1)

def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether S B = R + k A (§5.1.7), without the cofactor, and A, R and S are each in their one form."""
    s = int.from_bytes(signature[32:64], "little")
    try:
        a, r = sound_point(public), sound_point(signature[:32])
    except ValueError:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    (x, y, z), (x_due, y_due, z_due) = multiply(s, BASE), add(r, multiply(k, a))
    is_same = (x * z_due - x_due * z) % PRIME == 0 and (y * z_due - y_due * z) % PRIME == 0
    return is_same and s < ORDER and len(signature) == 64

def sound_point(data: bytes) -> Point:
    """Return the point that 32 bytes encode (§5.1.3). Raises ValueError for other encodings, and for low order."""
    y, sign = int.from_bytes(data, "little") % 2**255, data[-1:] >= b"\x80"
    # x² = (y² - 1) / (d y² + 1). As the prime is 5 modulo 8, this power is a root of it, or of it times -1.
    square = (y * y - 1) * pow(CURVE_D * y * y + 1, -1, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if x * x % PRIME != square:
        x = x * pow(2, (PRIME - 1) // 4, PRIME) % PRIME
    if len(data) != 32 or y >= PRIME or x * x % PRIME != square or (x == 0 and sign):
        raise ValueError("a key or signature is not one point of the curve, in its one encoding")
    point = x if x % 2 == sign else PRIME - x, y, 1
    if multiply(8, point)[0] == 0:  # it is (0, 1) or (0, -1)
        raise ValueError("a key or signature is of low order: it would fit many messages")
    return point

def add(one: Point, other: Point) -> Point:
    """Return the sum of two points, which may be the same: x = (ay + bx) / (1 + dabxy), y = (by + ax) / (1 - dabxy)."""
    (a, b, c), (x, y, z) = one, other
    scale, twist = c * z % PRIME, CURVE_D * a * b * x * y % PRIME
    f, g = scale * scale - twist, scale * scale + twist
    return scale * f * (a * y + b * x) % PRIME, scale * g * (b * y + a * x) % PRIME, f * g % PRIME

def multiply(number: int, point: Point) -> Point:
    product = multiply(number // 2, add(point, point)) if number else (0, 1, 1)
    return add(product, point) if number % 2 else product

BASE = sound_point((4 * pow(5, -1, PRIME) % PRIME).to_bytes(32, "little"))
Row = dict[str, Any]
Figures = dict[str, tuple[int | str, str]]  # by JSON Pointer (RFC 6901): a value as it is written, and its unit

class Fold:
    """What entries say, as of a day and as known at a position: tables of rows, of which definitions speak (11)."""
    def __init__(self, entries: Entries, reads: Row, on: str, known_at: int) -> None:
        self.entries, self.reads = [one for one in entries if one[0] <= known_at], reads
        self.settings, self.documents = Row(), Row()
        self.parties, self.engagements, self.money = dict[str, Row](), dict[str, Row](), list[Row]()
        self.rates, self.covered = list[tuple[str, str, str, Fraction]](), dict[tuple[str, str, str], Any]()
        days = {at: one["effective_on"] * (one["event"]["type"] not in reads["timeless"]) for at, one in self.entries}
        for position, entry in sorted(standing(self.entries), key=lambda one: (days[one[0]], one[0])):
            if days[position] <= on:
                kind, _, ref = entry["stream"].partition("/")
                getattr(self, f"_fold_{kind}")(ref, days[position], entry["event"], entry["event"]["type"])
        for one in self.engagements.values():
            one["partners"] = [(role["party"], role.get("role", "partner")) for role in one.get("parties", [])]
            if one["status"] in reads["running"] and "" < one["ends_on"] < on:
                one |= {"status": "expired", "over_since": one["ends_on"]}
        self.signed = {ref: one for ref, one in self.engagements.items() if one["status"] in reads["signed"]}
        voids = [{"on": one["recorded_at"][:10]} for _, one in self.entries if one["event"]["type"] == "entry.voided"]
        self.tables: dict[str, list[Row]] = {"engagements": [*self.engagements.values()], "voids": voids}

    def _fold_ledger(self, _: str, __: str, event: Row, kind: str) -> None:
        self.settings |= {event["name"]: event["value"]} if kind == "setting.changed" else {}
        if kind == "ledger.opened":
            named = event.get("organization") or event["origin"]
            self.settings |= {"reporting": event["reporting_currency"], "organization": named}

    def _fold_rate(self, _: str, day: str, event: Row, __: str) -> None:
        self.rates.append((day, event["base"], event["quote"], Fraction(event["rate"])))

    def _fold_party(self, ref: str, _: str, event: Row, kind: str) -> None:
        one = self.parties.setdefault(ref, {"parts": Row()})
        one |= event if not self._keep(one, event, kind) else {}

    def _fold_disclosure(self, ref: str, _: str, event: Row, kind: str) -> None:
        self.documents |= {ref: event["as_of"]} if kind == "disclosure.published" else {}
        for one in event.get("engagements", []) if kind in self.reads["covering"] else ():
            orders = [("service-orders", number) for number in one.get("orders", [])]
            for facet, number in [*((facet, "") for facet in one["facets"]), *orders]:
                self.covered[one["engagement"], facet, number] = event.get("as_of") or self.documents.get(ref)

    def _fold_engagement(self, ref: str, day: str, event: Row, kind: str) -> None:
        new = {"ref": ref, "signed_on": "", "over_since": "", "ends_on": "", "status": "", "dated": True}
        one = self.engagements.setdefault(ref, new | {"money": [], "parts": Row()})
        if status := event.get("back_to") or self.reads["status"].get(kind):
            one |= {"over_since": one["over_since"] or day if status in self.reads["over"] else "", "status": status}
        one |= {"signed_on": day, "dated": not event.get("undated")} if kind == "engagement.signed" else {}
        measure, member, named, sign = self.reads["money"].get(kind, ("", "", "", 0))
        if member in event:
            currency, value = event[member]["currency"], Decimal(event[member]["value"])
            row = {"engagement": one, "on": day, "measure": measure, "by": event.get("by", ""), "currency": currency}
            row |= {"order": event.get(named, ""), "minor": sign * int(value.scaleb(self._decimals(currency)))}
            self.money.append(row)
            one["money"].append(row)
        self._keep(one, event, kind)
        if kind.startswith("engagement."):
            one |= {name: value for name, value in event.items() if name not in ("type", "back_to", "undated")}

    def _keep(self, one: Row, event: Row, kind: str) -> bool:
        # Rules say which part of a thing an event is about, which member names it, and what is kept of it.
        for rule in self.reads["parts"].get(kind, []):
            for said in event.get(rule["each"], []) if "each" in rule else [event]:
                part = one["parts"].setdefault(rule["part"], Row()).setdefault(said.get(rule.get("key", ""), ""), Row())
                part |= rule.get("set", {}) | {name: said[name] for name in rule.get("take", []) if name in said}
        return kind in self.reads["parts"]

    def rows(self, table: str) -> list[Row]:
        if table not in self.tables:
            self.tables[table] = list(getattr(self, f"_list_{table}")())
        return self.tables[table]

    def _list_money(self) -> Iterable[Row]:
        return [row | {"worth": self._worth(row), "party": self._party(row["by"])} for row in self.money]

    def _list_parts(self) -> Iterator[Row]:
        for one in self.engagements.values():
            parties = {"parties": {ref: self._party(ref) for ref, _ in one["partners"]}}
            for part, held in (one["parts"] | parties).items():
                yield from ({"engagement": one, "part": part, "key": key, "said": said} for key, said in held.items())

    def _list_shares(self) -> Iterator[Row]:
        for one, kind in ((one, kind) for one in self.engagements.values() for kind in ("regions", "priorities")):
            parts = {part["code"]: int(Decimal(part.get("percent", "100")) * 10_000) for part in one.get(kind, [])}
            sums = dict.fromkeys(parts or {"not recorded": 0}, 0)
            for worth in (self._worth(row) or 0 for row in one["money"] if row["measure"] == "signed"):
                # Parts are of a million; what is left over goes to the largest remainders, a unit each.
                floors = {code: divmod(abs(worth) * part, 1_000_000) for code, part in parts.items()}
                ranked = sorted(parts, key=lambda code: (-floors[code][1], code))
                more = ranked[: abs(worth) - sum(floor for floor, _ in floors.values())]
                for code in sums:
                    part = floors[code][0] + (code in more) if parts else abs(worth)
                    sums[code] += part if worth > 0 else -part
            yield from ({"engagement": one, "kind": kind, "code": code, "worth": sums[code]} for code in sums)

    def _list_checks(self) -> Iterator[Row]:
        for ref, party in self.parties.items():
            bound = [one for one in self.engagements.values() if ref in dict(one["partners"])]
            yield from (check | {"engagements": bound} for check in party["parts"].get("checks", {}).values())

    def _list_undisclosed(self) -> Iterator[Row]:
        for ref, (facet, number) in ((of, key) for of in self.signed for key in self._facets(of)):
            if (ref, facet, number) not in self.covered:
                yield {"engagement": self.signed[ref], "facet": facet, "number": number}

    def _list_changed(self) -> Iterator[Row]:  # since a document last covered them
        folds: dict[tuple[str, int], Fold] = {}
        for (ref, facet, number), shown_as in self.covered.items():
            if ref in self.signed and shown_as and (facet != "service-orders" or number):
                as_of = shown_as["on"], shown_as["position"]
                then = folds[as_of] = folds.get(as_of) or Fold(self.entries, self.reads, *as_of)
                before = then._facets(ref).get((facet, number)) if ref in then.signed else "not signed"
                if before != self._facets(ref).get((facet, number)):
                    yield {"engagement": self.signed[ref], "facet": facet}

    def _list_interests(self) -> Iterator[Row]:  # who is paid, and gives or belongs together with one who gives
        gifts: dict[str, list[Row]] = {}
        for row in (row for row in self.money if row["measure"] in self.reads["given"]):
            gifts.setdefault(row["by"], []).append(row)
        roles = list(self.settings.get("conflict.roles") or self.reads["paid"])
        related = [(of, one["parts"].get("related", {})) for of, one in self.parties.items()]
        linked = [{of, other} for of, others in related for other, held in others.items() if held["holds"]]
        for ref, one in self.signed.items():
            paid = {party for party, role in one["partners"] if role in roles}
            for party in paid | {order["vendor"] for order in self._orders(one).values()}:
                found = {party}
                while more := {each for pair in linked if found & pair for each in pair - found}:
                    found |= more
                for given in (gifts[giver] for giver in found & gifts.keys()):
                    under = {ref, *(row["engagement"]["ref"] for row in given)}
                    held = [of["parts"].get("conflicts", {}) for at, of in self.engagements.items() if at in under]
                    pair = {party, given[0]["by"]}
                    told = [said for of in held for said in of.values() if pair <= {*said["between"]}]
                    sums = Counter[str]()
                    for row in given:
                        sums[row["currency"]] += row["minor"]
                    if any(sums.values()):
                        yield {"engagement": one, "open": "assessed" not in (told or [{}])[-1]}

    def _orders(self, one: Row) -> Row:
        return {number: order for number, order in one["parts"].get("orders", {}).items() if "vendor" in order}

    def _party(self, ref: str) -> Row:
        return {"name": ref, "party_type": "not recorded", "membership": "not recorded"} | self.parties.get(ref, {})

    def _decimals(self, currency: str) -> int:
        return int(self.reads["decimals"].get(currency, 2))

    def _worth(self, row: Row) -> int | None:
        # In the reporting currency, at the latest rate of its day; halves go to the even number.
        into, most = self.settings.get("reporting", ""), self.settings.get("rates.max-age-days")
        if row["currency"] == into:
            return int(row["minor"])
        found = [one for one in self.rates if {one[1], one[2]} == {row["currency"], into} and one[0] <= row["on"]]
        age = (date.fromisoformat(row["on"]) - date.fromisoformat(found[-1][0])).days if found else 0
        if not found or (most is not None and age > int(most)):
            return None
        factor = found[-1][3] if found[-1][1] == row["currency"] else 1 / found[-1][3]
        power = self._decimals(into) - self._decimals(row["currency"])
        return round(Fraction(row["minor"]) * factor * Fraction(10) ** power)

    def _facets(self, ref: str) -> dict[tuple[str, str], Any]:
        # What there is to disclose: facet and number of an order, to what it says.
        one, withheld = self.signed[ref], self.signed[ref].get("withheld", [])
        sums: dict[str, Counter[tuple[str, str]]] = {}
        for row in one["money"]:
            sums.setdefault(row["order"], Counter())[row["measure"], row["currency"]] += row["minor"]
        orders = self._orders(one)
        found: dict[tuple[str, str], Any] = {("service-orders", of): (orders[of], sums.get(of)) for of in orders}
        found["service-orders", ""] = "service-orders" in withheld and not orders
        found["financials", ""] = sums.get("") or "financials" in withheld
        found["duration", ""] = [said for said in (one.get("starts_on"), one["ends_on"]) if said]
        found["outcomes", ""] = one["parts"].get("outcomes")
        roles = sorted((self._party(party)["name"], role) for party, role in one["partners"])
        return {("parties", ""): roles} | {key: told for key, told in found.items() if told}

    def figures(self, rules: list[Row], asked: Row) -> Figures:
        figures: Figures = {}
        for rule in rules:
            for back in range(rule.get("years", 1)):
                figures |= self._figures(rule, asked | {"year": asked.get("year", 0) - back}, figures)
        return figures

    def _figures(self, rule: Row, asked: Row, known: Figures) -> Figures:
        at, figures = filled(rule["at"], asked), Figures()
        if "asked" in rule:
            return {at: (asked[rule["asked"]], rule["unit"])}
        if "share" in rule:
            part, whole = (Decimal(known[filled(name, asked)][0]) for name in rule["share"])
            share = 100 * part / whole if whole else Decimal(0)
            return {at: (int(share.quantize(Decimal(1), ROUND_HALF_UP)), "percent")}
        groups: dict[str, list[Row]] = {} if "{" in at else {at: []}
        for row in self.rows(rule["from"]):
            if all(passes(row, asked, *test) for test in rule.get("where", [])):
                groups.setdefault(filled(at, row), []).append(row)
        for pointer, rows in groups.items():
            unit, sums = filled(rule["unit"], asked | (rows or [{}])[0]), Counter[str]()
            for row in (row for row in rows if all(passes(row, asked, *test) for test in rule.get("counting", []))):
                sums[str(column(row, rule.get("by", "unit")))] += column(row, rule["sum"]) if "sum" in rule else 1
            some = [key for key in sums if sums[key] > 0]
            written = {key: str(Decimal(sums[key]).scaleb(-self._decimals(unit))) for key in sums}
            if "top" in rule:
                names = {str(column(row, rule["by"])): str(column(row, rule["name"])) for row in rows}
                for place, key in enumerate(sorted(some, key=lambda key: (-sums[key], names[key]))[: rule["top"]]):
                    figures |= {f"{at}/{place}/0": (names[key], "text"), f"{at}/{place}/1": (written[key], unit)}
            elif unit == "count":
                figures[pointer] = len(some) if "by" in rule else sum(sums.values()), unit
            else:
                figures[pointer] = str(Decimal(sum(sums.values())).scaleb(-self._decimals(unit))), unit
        return figures

def column(row: Any, path: str) -> Any:
    """Return a column, or with points in its name a column of what is in a column; None if there is none."""
    for name in path.split("."):
        row = row.get(name) if isinstance(row, dict) else None
    return row

def passes(row: Row, asked: Row, path: str, test: str, given: Any) -> bool:
    """Return whether a row passes a test; `$name` stands for what was asked for, or a setting."""
    value = column(row, path)
    given = asked[given[1:]] if isinstance(given, str) and given.startswith("$") else given
    if test == "any":  # it passes all of the tests of one list
        return any(all(passes(row, asked, *one) for one in tests) for tests in given)
    if test == "some":  # one of the rows in the column passes all of the tests
        return any(all(passes(one, asked, *other) for other in given) for one in value)
    if test in ("until", "before"):  # of a day that there is
        return bool(value and (value < given or (value == given and test == "until")))
    if test in ("in", "out"):
        return (value in given) is (test == "in")
    value, given = (value[:4], str(given)) if test == "year" else (value, given)
    return bool(value >= given) if test == "from" else bool(value == given) is (test != "not")

def filled(text: str, row: Row) -> str:
    """Return a text with columns in place of their names in braces, written as in JSON Pointers (RFC 6901 §3)."""
    for name in re.findall(r"\{([a-z_.]+)\}", text):
        if (value := column(row, name)) is not None:
            text = text.replace(f"{{{name}}}", str(value).replace("~", "~0").replace("/", "~1"))
    return text

def printed(layout: list[Any], figures: Figures, asked: Row) -> str:
    """Return a document as its layout prints it (14): lines of text, and tables, perhaps with a row for each group."""
    def text(said: str, known: Row) -> str:
        def put(found: re.Match[str]) -> str:
            value, unit = (known[found[2]], "text") if found[2] else figures.get(filled(found[1], known), ("", "text"))
            as_it_is = f"{value} %" if unit == "percent" else str(value)
            return as_it_is if unit in ("percent", "text", "year") else f"{Decimal(value):,}"
        return re.sub(r"\[(/[^\]]*)\]|\{([a-z_]+)\}", put, said).replace("|", "\\|")
    lines: list[str] = []
    for block in layout:
        if isinstance(block, str):
            lines.append(text(block, asked))
            continue
        head, *rows = [[text(cell, asked) for cell in cells] for cells in [block["head"], *block.get("rows", [])]]
        if "each" in block:
            at = re.sub(r"\\\{([a-z_]+)\\\}", r"(?P<\1>[^/]*)", re.escape(filled(block["each"], asked)))
            groups = [found.groupdict() for pointer in figures if (found := re.fullmatch(at, pointer))]
            for keys in sorted(groups, key=lambda keys: [*keys.values()]):
                known = asked | {name: key.replace("~1", "/").replace("~0", "~") for name, key in keys.items()}
                rows.append([text(cell, known) for cell in block["cells"]])
        lines += [f"| {' | '.join(cells)} |" for cells in [head, ["---"] * len(head), *rows]] if rows else ["None."]
    return "\n".join([*lines, ""])

def check_report(folder: Folder, log: Log | None, findings: Findings) -> None:
    """Compare the report in the folder with what the log gives (9 to 14). Raises OSError, and MALFORMED."""
    held = {name: folder.read(name, MOST_REPORT) or b"" for name in REPORT_FILES}
    if log is None or not all(held.values()):
        findings.add("report-not-checked", REPORT_FILES[0], "there is no log to check it with, or a file is missing")
        return
    stated, definitions = json.loads(held["figures.json"]), json.loads(held["definitions.json"])
    for name, value in (("figures.json", stated), ("definitions.json", definitions)):  # 9
        if (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode() != held[name]:
            findings.add("bad-report", name, "it is not in its one written form")
    as_of, asked, known = stated["as_of"], stated["parameters"], log.entries[: stated["as_of"]["known_at"]]
    root = tree_root([hashlib.sha256(b"\x00" + in_one_form(one).encode()).digest() for _, one in known])
    is_true = as_of == {"on": as_of["on"], "known_at": len(known), "root": b64encode(root).decode()} and len(known) > 0
    is_true = is_true and known[-1][1]["part"][0] == known[-1][1]["part"][1]  # within a command, nothing was ever known
    days = [as_of["on"], *([asked["from"], asked["to"]] if "from" in asked else [])]
    is_true &= [date.fromisoformat(day).isoformat() for day in days] == days and days[1:] == sorted(days[1:])
    is_true &= type(asked.get("year", 2000)) is int and asked.keys() == {*definitions["asked"]}
    members = [{"report", "parameters", "as_of", "witnessed", "figures"}]
    members += [{"value", "unit", "entries"} for _ in stated["figures"]]
    if not is_true or [one.keys() for one in (stated, *stated["figures"].values())] != members:
        findings.add("bad-report", "figures.json", "it does not say of which log it is, as known when")
    adopting = [one["event"] for _, one in log.standing if one["event"]["type"] == "definitions.adopted"]
    adopted = [event["sha256"] for event in adopting if event["report"] == stated["report"]][-1:]
    for name, digest in (("definitions.json", adopted), ("verify_ledger.py", [definitions["program"]])):  # 10
        if [hashlib.sha256(held[name]).hexdigest()] != digest:
            findings.add("other-definitions", name, "its SHA-256 is not the one that the log adopted")
            return
    fold, rules = Fold(log.entries, definitions["reads"], as_of["on"], as_of["known_at"]), definitions["figures"]  # 11
    asked |= as_of | fold.settings | {"money": fold.settings["reporting"].lower(), "origin": log.origin}
    asked |= {"witnessed": definitions["witnessed"][stated["witnessed"]]}
    asked |= {"digest": hashlib.sha256(held["figures.json"]).hexdigest()}
    asked |= {name: fold.settings.get(name, given) for name, given in definitions["settings"].items()}
    figures, ranked = fold.figures(rules, asked), tuple(rule["at"] + "/" for rule in rules if "top" in rule)  # 12
    for pointer in sorted(figures.keys() | stated["figures"].keys()):
        given = stated["figures"].get(pointer, {"value": None, "unit": None, "entries": []})
        value, ranges = (given["value"], given["unit"]), given["entries"]
        if repr(value) != repr(figures.get(pointer)):  # 1 is no True, and 1.0 is not 1
            what = f"it states {value[0]} {value[1]}, the log gives {figures.get(pointer)}"
            findings.add("figure-differs", f"figures.json{pointer}", what)
        elif ranges:  # 13
            own = {at for first, last in ranges for at in range(max(first, 1), min(last, len(known)) + 1)}
            alone = Fold([known[at - 1] for at in sorted(own)], definitions["reads"], as_of["on"], as_of["known_at"])
            within = ((re.sub(r"\\\{.*?\\\}", "[^/]*", re.escape(rule["at"])) + "(/|$)", rule) for rule in rules)
            made = alone.figures([rule for at, rule in within if re.match(at, pointer)], asked)
            is_given = value == made.get(pointer) or (pointer.startswith(ranked) and value in made.values())
            if not is_given or sum(last - first + 1 for first, last in ranges) != len(own):
                findings.add("provenance-differs", f"figures.json{pointer}", "the entries that it names do not give it")
    for name, layout in (("report.md", "document"), ("policy.template", "policy")):  # 14
        lines, expected = held[name].decode().split("\n"), printed(definitions[layout], figures, asked).split("\n")
        if lines != expected:
            line = next(at for at in range(1, len(lines) + 2) if lines[:at] != expected[:at])
            findings.add("report-differs", name, f"line {line} is not what is printed")

if __name__ == "__main__":
    sys.exit(main())
