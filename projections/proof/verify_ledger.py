"""Check a published ledger, or a report with the ledger behind it, without the software that wrote them.

    python3 -I verify_ledger.py DIR --policy FILE [--newer-than DAYS] [--definitions SHA256] [--format text|json]

DIR is a published folder or the folder of a report. FILE is *your* policy (c2sp.org/tlog-policy): keys that you got
from their owners, and not out of DIR. Nor take this program out of DIR: read it, or compare its SHA-256 with another
source. It needs Python 3.11 and nothing else, opens no connection, writes no file. The exit code is 0 if nothing is
wrong, 1 if there are findings, 2 if it was called wrongly or cannot read.
"""

import sys

if __name__ == "__main__":  # nothing that lies beside this file is run in place of a module of Python
    if sys.version_info < (3, 11):
        sys.stderr.write("verify_ledger.py: error: it needs Python 3.11 or later\n")
        sys.exit(2)
    if not sys.flags.safe_path:
        del sys.path[0]

import argparse
import hashlib
import json
import os
import re
import stat
import time
import unicodedata
import zlib
from base64 import b64decode, b64encode, b85decode
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import accumulate, groupby, pairwise
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

# The procedure, with the codes of its findings; the same numbers stand at the code. All findings are collected, until a
# step leaves nothing for the next ones to work on. What is not in its form is a ValueError.
#  1. The policy is in its form: sound keys of logs and witnesses, none twice, groups, one quorum.          bad-policy
#  2. The folder holds the files of a log of this size, perhaps partial tiles of former sizes, perhaps the files of a
#     report, of which verdicts and documents are not read, and nothing else; no link is followed.
#     missing-file  unexpected-file  too-large
#  3. The checkpoint is a note in its one form, without extension lines, signed by a log of the policy under the name
#     that it states; no signature of a known key is wrong; the witnesses that cosigned it, none with a key of the log,
#     are a quorum, by a time not ahead and not too long ago. Of what nobody of the policy signed, nothing more is read.
#     bad-checkpoint  extension-lines  unknown-signer  bad-signature  no-quorum  cosigned-in-future  not-fresh
#  4. The entries, hashed from their bytes, give every tile and the root.        bad-bundle  tile-differs  root-differs
#  5. Each entry is in its one written form and has the members of an entry; the first, and no other, opens the ledger,
#     under the name that the checkpoint states.              not-canonical  bad-envelope  not-opened  other-origin
#  6. Versions of each stream run 1, 2, 3, …; commands are whole, and none comes back; times never decrease; none is
#     after enough witnesses saw it, or ahead of now.
#     version-gap  broken-command  command-again  time-goes-back  recorded-after-cosigned  recorded-in-future
#  7. A void names an earlier version of its stream. What no standing void takes away counts.           void-of-nothing
#  8. No key that signed is replaced, retired or revoked in the log, voided or not.                         revoked-key
#  9. Each event is of a known type, in a stream of its kind, with its members, each in its form; a key that is added or
#     takes the place of another is one of this log, and both signed that.      unknown-entry  bad-value  bad-key-entry
# 10. What counts names only parties, engagements and orders that count and stand before it; on no day is more paid than
#     accepted, accepted than ordered, refunded than received, or is a sum below zero.  mention-of-nothing  impossible
# 11. The files of a report are in their one form, and say truly of which log they are, as known when.      bad-report
# 12. The definitions are those whose SHA-256 the log adopted last, and this program knows them, or its reader named
#     them; no figure stands in the words of their document.                                         other-definitions
# 13, 14. What stood then is folded into tables; every figure of them is the one that is stated.      figure-differs
# 15. So it is from the entries alone that the figure names.                                      provenance-differs
# 16. The document and the template of a policy are what their layouts print.                         report-differs
# It cannot show that an entry is true, nor, without a witness in the policy, that all others were given the same log.
NOT_JUDGED = "steps of engagements (statuses, ceilings, roles), unseen characters, attached files, verdicts, documents"
# Definitions of reports that were released, by SHA-256. Others say what they like: their reader has to name them.
DEFINITIONS = {
    "ab42362fd1715dd464240649a22c217e1f304373fb69775d709a0e68f82c2807": "council, 0.1.0",
    "6584108c306b92bfce42dd756f5995ef9188f69c28ade675a5c25a4fd5551fc6": "partnerships, 0.1.0"}
TILE = 256  # hashes in a full tile, entries in a full bundle (c2sp.org/tlog-tiles)
MOST_TILE, MOST_BUNDLE, MOST_CHECKPOINT, MOST_POLICY = TILE * 32, TILE * (2 + 65_535), 1 << 16, 1 << 20  # bytes
MOST_REPORT, MOST_NUMBER, MOST_SIGNATURES, CLOCK_TOLERANCE, DAY = 1 << 28, 2**63 - 1, 100, 300, 86_400
MOST_FOLDED = 2_000_000  # steps that the tables of a report may take, beyond some for each entry
KEY_NAME = r"[^\s+\x00-\x1f\ud800-\udfff]+"
LOG_KEY, WITNESS_KEY, CHECKPOINT = b"\x01", b"\x04", "checkpoint"
DIGESTS = tuple(f"verify_{what}.py.sha256" for what in ("ledger", "guidelines", "documents"))
OF_REPORT = r"verdicts\.json|documents/[a-z][a-z0-9.-]{0,60}\.(docx|html|json|pdf|xlsx)"  # of which nothing is read
MALFORMED = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)  # of a report
REPORT_FILES = ("report.md", "figures.json", "definitions.json", "policy.template")
OF_SIGNERS = {"no-quorum", "bad-signature", "revoked-key", "recorded-after-cosigned", "cosigned-in-future", "not-fresh"}
Row = dict[str, Any]
Entries = list[tuple[int, Row]]  # with their positions, counted from 1

class Findings(list[dict[str, Any]]):
    def add(self, code: str, place: str | int, what: str) -> None:
        self.append({"code": code, "place": f"position {place}" if type(place) is int else place, "what": what[:400]})

class Folder:
    def __init__(self, root: Path, findings: Findings) -> None:
        self.root, self.findings, self.modes, waiting = root, findings, dict[str, int](), [root]
        for folder in waiting:
            for path in folder.iterdir():
                self.modes[path.relative_to(root).as_posix()] = mode = path.lstat().st_mode
                waiting += [path] if stat.S_ISDIR(mode) else []

    def read(self, name: str, most: int) -> bytes | None:
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
    parser.add_argument("--newer-than", metavar="DAYS", type=float, help="how long ago witnesses may have cosigned it")
    parser.add_argument("--definitions", metavar="SHA256", action="append", default=[], help="definitions you trust")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how findings are printed")
    options, findings, told = parser.parse_args(arguments), Findings(), Row()
    try:
        folder = Folder(options.folder, findings)
        log = read_log(folder, options.policy.read_bytes(), findings, options.newer_than)
        has_report = not folder.modes.keys().isdisjoint(REPORT_FILES)
        told |= {"checked": f"the log; {'not the' if has_report else 'the folder has no'} report"} if log else {}
        told |= about_log(log) if log else {}
        told |= check_report(folder, log, findings, options.definitions) if has_report else {}
    except OSError as error:
        parser.error(str(error))
    except MALFORMED as error:
        findings.add("bad-report", "figures.json", f"it cannot be evaluated: {type(error).__name__} {error}")
    told = {"checked": "nothing", **told, "not judged": NOT_JUDGED}
    if options.format == "json":
        lines = json.dumps({"findings": findings, **told}, indent=2).split("\n")
    else:
        lines = [f"finding: {one['code']}: {one['place']}: {one['what']}" for one in findings]
        many = [(name, held if type(held) is list else [held]) for name, held in told.items()]
        lines += [f"{name}: {value}" for name, held in many for value in held] + [f"findings: {len(findings)}"]
    return write(lines, 1 if findings else 0)

def write(lines: Iterable[str], code: int) -> int:
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr] # a terminal may lack letters
    try:
        for line in lines:  # what comes from the folder may hold anything
            sys.stdout.write("".join(char if char.isprintable() else ascii(char)[1:-1] for char in line) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:  # who reads has read enough; what is left must not fail again at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code

def moment(seconds: float) -> str:
    if seconds >= 1 << 37:  # no witness was asked for, or its clock is wrong
        return "a time that nobody states"
    return f"{datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds):%Y-%m-%d %H:%M:%S} UTC"

def about_log(log: "Log") -> Row:
    by, ages = log.signed, (time.time() - log.signed.seen_at) / DAY
    cosigned = [f"{key.name}+{key.id.hex()}, {moment(at)}" for key, at in by.times.items() if key.kind == WITNESS_KEY]
    old = f"enough witnesses had seen it by {moment(by.seen_at)}, {ages:.1f} days ago"
    return {
        "origin": log.origin, "size": log.size, "root": log.root, "recorded until": log.entries[-1][1]["recorded_at"],
        "signed by": [f"{key.name}+{key.id.hex()}" for key in by.times if key.kind == LOG_KEY],
        "cosigned by": cosigned or ["nobody whom the policy names"],
        "age": old if by.seen_at < float("inf") else "unknown: the policy asks for no witness, or too few cosigned"}

def read_log(folder: Folder, policy_bytes: bytes, findings: Findings, days: float | None = None) -> "Log | None":
    """Check the log in a folder (1 to 10); return it, or None if it cannot be read whole. Raises OSError."""
    code, place = "bad-policy", "policy"
    try:
        policy = parse_policy(policy_bytes)  # 1
        code, place = "bad-checkpoint", CHECKPOINT
        checkpoint = parse_checkpoint(folder.read(CHECKPOINT, MOST_CHECKPOINT) or b"")  # 3
    except ValueError as error:
        findings.add(code, place, str(error))
        return None
    signed = check_signatures(checkpoint, policy, findings, days)
    if any(one["code"] == "unknown-signer" for one in findings):  # a stranger may have made what never ends
        return None
    entries = read_entries(read_tree(folder, checkpoint), findings)  # 2, 4, 5
    if len(entries) < checkpoint.size:
        return None
    check_entries(entries, checkpoint.origin, signed, findings)  # 5, 6, 7, 8
    own = "\n".join(str(one["event"].get(name)) for _, one in entries for name in ("vkey", "old", "new"))
    others = [key for key in signed.times if b64encode(LOG_KEY + key.public).decode() not in own]
    if policy.is_met_by(signed.times) and not policy.is_met_by(others):  # 3
        findings.add("no-quorum", CHECKPOINT, "too few cosigned it but the log itself, which is no witness of its own")
    sound = [one for one in entries if check_event(*one, checkpoint.origin, findings)]  # 9
    check_meaning(sound, findings)  # 10
    root = b64encode(checkpoint.root).decode()
    return Log(checkpoint.origin, checkpoint.size, root, entries, standing(sound), signed)

# A public key: its type, its name, the four bytes that mark its signatures (c2sp.org/signed-note), and itself.
Key = NamedTuple("Key", [("kind", bytes), ("name", str), ("id", bytes), ("public", bytes)])

class Policy(NamedTuple):
    logs: list[Key]
    witnesses: dict[str, Key]
    groups: dict[str, tuple[int, list[str]]]
    quorum: str

    def is_met_by(self, signers: Collection[Key]) -> bool:
        met = {name for name, key in self.witnesses.items() if key in signers}
        for name, (least, members) in self.groups.items():  # in the order of the lines: members stand above
            if len(met.intersection(members)) >= least:
                met.add(name)
        return self.quorum in met

def parse_policy(data: bytes) -> Policy:
    if len(data) > MOST_POLICY or not data.endswith(b"\n") or re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", data):
        raise ValueError("it is empty or too long, its last line has no end, or it holds a control character")
    logs, witnesses = list[Key](), dict[str, Key]()
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
                raise ValueError(f"{' '.join(words)}: no line of log, witness, group, quorum, or it names what is used")
    if not quorum or len({key.public for key in (*logs, *witnesses.values())}) < len(logs) + len(witnesses):
        raise ValueError("it has no quorum, or a key stands there twice, under one name or two, or of log and witness")
    return Policy(logs, witnesses, groups, quorum)

def parse_key(text: str, kind: bytes) -> Key:
    found = re.fullmatch(rf"({KEY_NAME})\+([0-9a-f]{{8}})\+(.+)", text)
    data = from_base64(found[3]) if found else b""
    if not found or data[:1] != kind:
        raise ValueError(f"{text} is no key for this line: NAME+8 digits+base64, of a log or of a witness")
    key = Key(kind, found[1], hashlib.sha256(found[1].encode() + b"\n" + data).digest()[:4], data[1:])
    sound_point(key.public)
    if key.id.hex() != found[2]:
        raise ValueError(f"the id of {text} should be {key.id.hex()}")
    return key

def from_base64(text: str) -> bytes:
    data = b64decode(text, validate=True)
    if b64encode(data).decode() != text:
        raise ValueError(f"{text} is not the one way to write it in Base64")
    return data

# What is signed: that a log has `size` entries with this root. A signature is a name, a mark and bytes.
Checkpoint = NamedTuple("Checkpoint", [
    ("text", str), ("origin", str), ("size", int), ("root", bytes), ("more", str), ("signatures", list[Any])])

# A text of three lines or more, an empty line, and signatures (c2sp.org/signed-note, c2sp.org/tlog-checkpoint).
SIGNATURES = rf"(?:\u2014 {KEY_NAME} [^\s]+\n){{1,{MOST_SIGNATURES}}}"
NOTE = re.compile(
    r"(?P<text>(?P<origin>[^\x00-\x1f]+)\n(?P<size>0|[1-9][0-9]{0,18})\n(?P<root>[^\x00-\x1f]+)\n"
    rf"(?P<more>(?:[^\x00-\x1f]+\n)*))\n(?P<signatures>{SIGNATURES})")

def parse_checkpoint(data: bytes) -> Checkpoint:
    found = NOTE.fullmatch(data.decode())
    if not found:
        raise ValueError("it is not an origin, a size and a root, an empty line, and signatures")
    size, root = int(found["size"]), from_base64(found["root"])
    if size > MOST_NUMBER or len(root) != 32:
        raise ValueError("its size is too large, or its root has not 32 bytes")
    return Checkpoint(found["text"], found["origin"], size, root, found["more"], signatures_in(found["signatures"]))

def signatures_in(lines: str) -> list[tuple[str, bytes, bytes]]:
    signed = [(line.split(" ")[1], from_base64(line.split(" ")[2])) for line in lines[:-1].split("\n")]
    if any(len(data) <= 4 for _, data in signed):
        raise ValueError("a signature has no bytes")
    return [(name, data[:4], data[4:]) for name, data in signed]

# Who signed a checkpoint, each with the time, and by when enough witnesses had.
Signed = NamedTuple("Signed", [("times", dict[Key, int]), ("seen_at", float)])

# A log that could be read whole; `root` is in Base64. Standing entries are no voids and not voided.
Log = NamedTuple("Log", [
    ("origin", str), ("size", int), ("root", str), ("entries", Entries), ("standing", Entries), ("signed", Signed)])

def check_signatures(checkpoint: Checkpoint, policy: Policy, findings: Findings, days: float | None = None) -> Signed:
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
    seen = {key: at for key, at in times.items() if key.kind == WITNESS_KEY}
    if len(seen) == len(times):
        findings.add("unknown-signer", CHECKPOINT, f"no key that the policy has for {checkpoint.origin} signed it")
    if not policy.is_met_by(seen):
        findings.add("no-quorum", CHECKPOINT, f"cosigned by {len(seen)} witnesses of the policy, which is not enough")
    seen_at, since = quorum_times(times, policy)
    if since > time.time() + DAY:
        findings.add("cosigned-in-future", CHECKPOINT, f"{since} seconds after 1970 began")
    if days is not None and not seen_at - DAY <= time.time() <= seen_at + days * DAY:
        findings.add("not-fresh", CHECKPOINT, f"enough had seen it by {moment(seen_at)}, not within {days:g} days")
    if checkpoint.more:
        findings.add("extension-lines", CHECKPOINT, "it has lines below its root, which nobody could check")
    return Signed(times, seen_at)

def quorum_times(times: dict[Key, int], policy: Policy) -> tuple[float, float]:
    """Return by when, and since when, enough witnesses cosigned (all, if none is asked), whatever one clock says."""
    seen = {key: at for key, at in times.items() if key.kind == WITNESS_KEY}
    def enough(some: Collection[Key]) -> bool:
        return len(some) == len(seen) if policy.quorum == "none" else policy.is_met_by(some)
    by = [at for at in seen.values() if enough([key for key in seen if seen[key] <= at])]
    since = [at for at in seen.values() if enough([key for key in seen if seen[key] >= at])]
    return min(by, default=float("inf")), max(since, default=0)

def tiles_of(level: int | str, count: int, held: Collection[str] = ()) -> Iterator[tuple[str, int, int]]:
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
    tiles = {name for of in levels for name, _, _ in tiles_of(*of, folder.modes)}
    names = {CHECKPOINT, *DIGESTS, *REPORT_FILES, *tiles, *filter(re.compile(OF_REPORT).fullmatch, folder.modes)}
    folders = {str(above) for name in names for above in PurePosixPath(name).parents}
    for name in sorted(folder.modes.keys() - names - folders):
        folder.findings.add("unexpected-file", name, "it does not belong here")
    for name in folder.modes.keys() & {*DIGESTS}:
        if not re.fullmatch(f"[0-9a-f]{{64}}  {re.escape(name[:-7])}\n".encode(), folder.read(name, 1 << 10) or b""):
            folder.findings.add("unexpected-file", name, "it is not the SHA-256 of a program, as sha256sum writes it")
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
    for level in range(9):  # each full tile gives one hash of the level above
        for name, first, last in tiles_of(level, len(hashes), folder.modes):
            if folder.read(name, MOST_TILE) not in (None, b"".join(hashes[first:last])):
                folder.findings.add("tile-differs", name, "it is not what the entries give")
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
    "v": "1", "version": "[1-9][0-9]*", "part": r"\[[1-9][0-9]*,[1-9][0-9]*\]", "actor": f'"{NAME}',
    "stream": rf'"(?:ledger"|(?:party|engagement|disclosure|guidelines|finding|controls|rate)/{NAME})',
    "recorded_at": rf'"{DATE}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{{6}}Z"', "effective_on": f'"{DATE}"',
    "event": r'\{"type":"[a-z]+\.[a-z_]+(\.[0-9]+)?"\}', "reason": '".+"', "sig": '".+"', "command": f'"{NAME}',
    "source": r'\{"row":[1-9][0-9]*,"sha256":"[0-9a-f]{64}"\}'}
KEY_ENDS = {"key.rotated": "old", "key.retired": "vkey", "key.revoked": "vkey"}  # events, and whose end they are
OPTIONAL, SHARED = {"reason", "sig", "source"}, ("command", "actor", "effective_on", "recorded_at")  # by all parts
# How many characters from U+0000 on Unicode 14.0 (of Python 3.11) has, how many it has not, and so on, as text in zlib.
ASSIGNED_RUNS = zlib.decompress(b85decode("c-pO3S(e-|2)v4qAjBf+{uc{XAa_rezdWZMTNa3=D44zXGoN_uS&#6VBX4@}s`%z3Z<=rJPrk3*8"
    "js|@g^hu)GE&eUKlyC9i9->jsWW9CrS24+n&Qw@7q-;VnwsZx`h(>b;R>X4#oLVF;+N!ne|4Pq2IY3xE44HK4Xz!YCO=g;9qBJxx=NMI+_d`3ABJDq"
    "Yq;jBei<$sY9}o(lkBRew6>{=a}1H{O(nv}PN)*SX5%KoGo?2#Zr2Wkl`pHT{K$;g)^E9>lwJQPPr8S>^aJ9~Lud3#dX@)T2NZ&<wMKil@znT9ByAj"
    "W9$l~d#EIQlz<lqQD0AS8regX56ZF)R6v)!fR3~SD)aAlze=er+Z1+L+FJGz5uUx=FWo{xZ+0jvoNb8?{DzXQr9~R8~$`0O6M>FbHS|DbcMxt^?RRn"
    "WhH=t%#1kwtFAyK8KPvAq)J=T|8%|ed^Ww(esI+c0aC{2Z5iYJ~-!Cf}ET05n?A9ly%UJ7Si-%yu8KAbK^rhT*<6WmY<VTir&VgrZ>MG1p9037aDCN"
    "(Y3GV`zec@&(j;=8)g{`Hd#lUl(tV+_?&uLx@(vb)d(zm0}-u>#K;KJ&otq_|A5ZRT`?f+mGNaGj(%t>8PtoXOl!6bw7Eg}AR>#AgLJDi*t#hAF9O?"
    "uJMIKEB2vEaF9x$Re;Ns3k*|w(Zsz$lzju!NBM^$`>^XLZ8)RaK%ye%VED%HesffkiO0yxbd;ANUH4{B{k#9H(N4k3d@y5W=L!n%)Y=7#M@FVg9Ijk"
    "E06;-C<2h{UI0~cG3nb-7~=azqlf@EL-3urmU)4CSy|-gN>;TBP&=t-BL(mP%5ybqJKA}(re<~(wh@#^hJ9au32z1FaX_NX*_cLk%-XRpB~-y!aWb+"
    "TWHmii{0BMF+D3&ls&9d#cFGW$&KNpd8h{5RC6GxYcG-Udd5ns&M@^z*64B|%;pYl<?92Cwj@5{6Uf-}Sujqk*i;PS77jIr>03A8%m`d#5ZBh#Vv-@"
    "5(IA^(oz0l<H)Y_W>VANq`1VTivN_b_aM7l5(3Gr?;*t3ewjd|OSQj(DYVGG(_61y$ZaR&!B#ZlEf5#U)vPT8>85f}P_lJ=|_Q5whkI-842Uzg3QRX"
    "&BWF8H{|-)&I|P^e4IyGa*F%JbmKfIZETC^|G1r13BWV+r-!P(&k3E)t#|z*_Yg5X$bSfZwx1R=tQopfNlE;7GU^yDtROS4~i1WdJKZL<z*Hgj>3I)"
    "S3QwE;~{bAd3^7!fqW1!>W-+i}ePRVk<Mn*b}QDR1BC#OO>7Pa2kTuZryq}Y6@Y?!#B%a-f{2_lb0VZzj}B2eU04>Xzy8+^PUl`hh;SgD{supVCBu("
    "<*<65=&3IqE4Q2SiQQQ}e*v!4GmXUk*oQ%pS|T_wu&gN3;IslPZ!Co{43v7g?$Y+Sh1pZo_nUl1l#jq~*Zp?0Xx|z}x#~3;_Di+?Q6mdVO=kCk8!X~"
    "H*B4oG60+QVZle#T^K7CEb8>YHVH4-z)H4#)aZHX|OC&oTm-~=2so{ZkI&*odO8J*aG~l6O^P6x8NQ!Mc2l~-mlOu|WE9X7VW-F+BS=P96qF`$pXv&"
    "7Z?Z-K)^?dc8{+Hq^@G-bNeGDI2b&@tL`vs<7SY`")).decode()
BOUNDS = [*accumulate(map(int, ASSIGNED_RUNS.split()))]
UNASSIGNED = "".join(f"{chr(first)}-{chr(end - 1)}" for first, end in zip(BOUNDS[::2], BOUNDS[1::2], strict=False))
# Controls but the line feed, what ends lines or turns their direction, the byte order mark, and what is no character.
HIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef"
    + "".join(chr(plane | last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
    + f"{UNASSIGNED}]")
in_one_form = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

def read_entries(written: list[bytes], findings: Findings) -> Entries:
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
        if not is_plain and (HIDDEN.search(value) or not unicodedata.is_normalized("NFC", value)):
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

def check_entries(entries: Entries, origin: str, by: Signed, findings: Findings) -> None:
    """Check what entries say of each other (5 to 8); witnesses had seen all of them by the time they signed."""
    latest, ahead = by.seen_at + CLOCK_TOLERANCE, time.time() + DAY
    signed = tuple(b64encode(key.kind + key.public).decode() for key in by.times)  # whatever their names are in the log
    versions, commands = dict[str, int](), dict[str, int]()
    kept: set[tuple[str, str]] = set()  # streams and versions of entries that no void may take away
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
            "impossible": kind == "entry.voided" and (stream, str(target)) in kept,
            "revoked-key": kind in KEY_ENDS and str(event.get(KEY_ENDS[kind])).endswith(signed)}
        for code in (code for code, is_so in faults.items() if is_so):
            what = f"{kind}, version {version} of {stream}, part {part} of {parts} of {entry['command']}"
            findings.add(code, position, f"{what}, recorded at {entry['recorded_at']}")
        versions[stream], last, ahead = version, entry, float("inf") if faults["recorded-in-future"] else ahead
        kept.update([(stream, str(version))] if kind in UNVOIDABLE else [])

def standing(entries: Entries) -> Entries:
    """Return the entries that count among these: neither voids, nor voided by a void that itself counts (7)."""
    gone, left = set[tuple[str, str]](), Entries()
    for position, entry in reversed(entries):  # what takes an entry away stands after it
        is_gone = (entry["stream"], str(entry["version"])) in gone
        if not is_gone and entry["event"]["type"] == "entry.voided":
            gone.add((entry["stream"], str(entry["event"].get("version"))))
        elif not is_gone:
            left.append((position, entry))
    return left[::-1]

def merged(entries: Entries) -> dict[str, str]:
    """Return the parties that were merged, each with the one that it counts for: the last of a chain."""
    into = {one["stream"][6:]: one["event"]["into"] for _, one in entries if one["event"]["type"] == "party.merged"}
    for _ in range(31):  # each turn halves what is left of a chain, which is as long as the log at most
        into = {ref: into.get(to, to) for ref, to in into.items()}
    return into

def of_one(value: Any, into: dict[str, str], name: str = "") -> Any:
    """Return an event, or a member of one, that names the parties that stay in place of those that were merged."""
    if isinstance(value, dict):
        return {key: of_one(held, into, key) for key, held in value.items()}
    if isinstance(value, list):
        return [of_one(held, into, name) for held in value]
    return into.get(value, value) if name in ("by", "vendor", "party", "between") else value

# What an event may say: its type, and its members with their forms; without one it is a line of text. `name?` may be
# left out, `name*` too, as it is an empty list; [form] is a list. `+` may be dated in the future; `|` stands for "or".
EVENTS = """
ledger.opened format:one origin reporting_currency:currency organization?; setting.changed name:setting
value:setting-value; key.added|key.retired|key.revoked vkey; key.rotated old new statement:long; definitions.adopted
report sha256:digest; party.registered name party_type? membership? country? identifiers*:[identifier] aliases*:[text];
party.renamed name; party.reclassified party_type? membership? country?; party.alias_added alias; party.identifier_added
identifier:identifier; party.screened list result list_version? valid_until?:day; party.due_diligence_completed level
outcome:ref exclusions*:[text] valid_until?:day; party.flag_raised flag:ref what:long; party.flag_lifted flag:ref
why:long; party.affiliated party:ref relation?; party.separated party:ref; engagement.proposed PARTICULARS;
engagement.submitted|engagement.approved authority?; engagement.signed PARTICULARS undated?:true; party.merged into:ref;
engagement.returned|engagement.rejected|engagement.cancelled|engagement.activated; engagement.extended+ ends_on:day;
engagement.suspended|engagement.terminated|engagement.completed|engagement.closed; guidelines.repealed+ symbol:ref;
engagement.resumed|engagement.reopened back_to:status; engagement.amended+ PARTICULARS; approval.evidenced authority
document?:ref; analysis.recorded conclusion:long options*:[long] document?:ref; materiality.assessed why:long financial?
strategic? value?:money threshold?:money; risk.assessed risk likelihood impact mitigation?:long owner? review_on?:day;
conflict.declared conflict:ref between:[ref] nature:long; conflict.assessed conflict:ref outcome:ref measures?:long;
order.issued number:ref subject vendor:ref amount:money starts_on?:day ends_on?:day deliverables*:[long] wind_down?
ex_post_facto?; payment.made order:ref payment:ref amount:money wind_down? ex_post_facto?; contribution.valued by:ref
item:ref what:long amount:money basis?; contribution.committed+ by:ref amount:money; order.amended+ number:ref
difference?:money subject? starts_on?:day ends_on?:day deliverables?:[long]; order.cancelled|order.closed number:ref
released:money; deliverable.accepted order:ref acceptance:ref amount:money deliverable?:long evidence?:long
ex_post_facto?; contribution.received|contribution.refunded by:ref amount:money; payment.reversed order:ref payment:ref
amount:money; outcome.planned outcome:ref summary:long indicator? target? due_on?:day; outcome.recorded outcome:ref
summary:long indicator? actual? evidence?:long; review.scheduled review:ref due_on:day subject?; review.held review:ref
findings:long actions*:[action]; action.closed action:ref how:long; information.requested request:ref by:ref what:long
due_on:day; information.provided request:ref document?:ref; document.attached document:ref title content:content;
disclosure.prepared document:ref body title? planned_on?:day engagements*:[coverage]; finding.assessed control:ref
finding:ref outcome:ref why:long entries:[number] until?:day; disclosure.published document:ref body as_of:as-of title?
files*:[digest]; disclosure.covered engagements:[coverage]; disclosure.corrected correction:ref what:long as_of:as-of
engagements:[coverage] files*:[digest]; rate.recorded base:currency quote:currency rate:rate source; entry.voided+
version:number reason; guidelines.adopted|controls.adopted symbol:ref title adopted_by adopted_on:day in_force_on:day
text:long sha256:digest; deviation.waived rule:ref why:long approved_by case?:ref until?:day conditions?:long
"""
PARTICULARS = """title? kind? parties?:[role] purpose?:long objective?:long unit? regions?:[share] priorities?:[share]
starts_on?:day ends_on?:day ceiling?:money basis? withheld?:[facet]"""
KINDS = {kind: kind for kind in ("party", "disclosure", "guidelines", "finding", "rate", "controls")}  # of streams:
KINDS |= dict.fromkeys(("ledger", "setting", "key", "definitions"), "ledger")  # by the first part of a type
# Values that have members themselves. A role or a share is left out where it is the usual one, which stands behind =.
PARTS = """
money currency:currency value; role party:ref role?=partner; share code percent?=100:share-of; identifier scheme id;
coverage engagement:ref facets:[facet] orders*:[ref]; as-of on:day position:number; action action:ref what:long
due_on?:day; content sha256 size:number media_type
"""
REFERENCE = r"(?=.{1,128}$)[\w.\-:/()+,&#'@]+( [\w.\-:/()+,&#'@]+)*"
STATUSES = "proposed|under review|approved|rejected|cancelled|signed|active|suspended|terminated|completed|closed"
SETTINGS = """list.kinds list.party-types list.memberships list.regions list.priorities list.roles list.bodies
partnerships.kinds conflict.roles materiality.threshold actor-pattern rates.max-age-days governing-body""".split()
TEXTS = {  # how the texts of a form are written, and the finding where one is not
    "text": (r"[^\n]*[^\s][^\n]*", "bad-value"), "long": (r"(?s:.*\S.*)", "bad-value"), "ref": (REFERENCE, "bad-value"),
    "day": (DATE, "bad-value"), "currency": (r"[A-Z]{3}", "bad-value"), "setting": (r"[^\n]+", "bad-value"),
    "digest": ("[0-9a-f]{64}", "impossible"), "status": (STATUSES, "impossible"),
    "facet": ("parties|financials|service-orders|duration|outcomes", "impossible"),
    "rate": (r"(?=[0-9.]*[1-9])(0|[1-9][0-9]{0,11})(\.[0-9]{1,12})?", "impossible"),
    "share-of": (r"(0|[1-9][0-9]?|100)(\.[0-9]{1,4})?", "bad-value")}
DECIMALS = {code: decimals for decimals, codes in enumerate((  # of currencies (ISO 4217)
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF", "",
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF "
    "CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF "
    "IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN "
    "MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS "
    "SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG "
    "CUC CYP EEK HRK LTL LVL MTL ROL SIT SKK SLL STD TRL VEF ZWL", "BHD IQD JOD KWD LYD OMR TND", "CLF UYW",
)) for code in codes.split()}  # fmt: skip

Members = dict[str, tuple[bool, Any, str]]  # whether it must be there, for which value it is left out, its form

def members_of(words: Iterable[str]) -> Members:
    found = (re.fullmatch(r"([a-z_0-9]+)([?*]?)(?:=(\w+))?:?(.*)", word) for word in words)
    return {one[1]: (not one[2], one[3] or ([] if one[2] == "*" else None), one[4] or "text") for one in found if one}

EACH = [text.split() for text in EVENTS.replace("PARTICULARS", PARTICULARS).split(";")]
TYPES = {name.rstrip("+"): members_of(words[1:]) for words in EACH for name in words[0].split("|")}
AHEAD = set(re.findall(r"([a-z._]+)\+", EVENTS))
STRUCTS = {words[0]: members_of(words[1:]) for words in map(str.split, PARTS.split(";"))}
UNVOIDABLE = {"ledger.opened", "key.added", "key.rotated", "key.retired", "key.revoked"}
Faults = list[tuple[str, str]]  # the code of a finding, and what is wrong

def check_event(position: int, entry: Row, origin: str, findings: Findings) -> bool:
    event, (kind, _, name), faults = entry["event"], entry["stream"].partition("/"), Faults()
    known, first = TYPES.get(event["type"]), event["type"].partition(".")[0]
    own = KINDS.get(first, "engagement")
    if known is None:
        faults.append(("unknown-entry", "this program does not know events of this type"))
    else:
        members_faults({**event, "type": None}, {"type": (True, 0, "type"), **known}, faults)
        named = event.get({"disclosure": "document", "finding": "finding", "controls": "symbol"}.get(kind, ""), name)
        named = f"{event.get('base')}-{event.get('quote')}" if kind == "rate" else named
        if event["type"] != "entry.voided" and (kind != own or name != named):
            faults.append(("unknown-entry", f"it does not belong in {entry['stream']}"))
    if not faults:
        earlier = [event["as_of"]["position"]] if "as_of" in event else event.get("entries", [])
        faults += [("bad-value", f"{at} is not an earlier position") for at in earlier if not 0 < at < position]
        day = (date.fromisoformat(entry["recorded_at"][:10]) + timedelta(days=1)).isoformat()
        if event["type"] not in AHEAD and entry["effective_on"] > day:
            faults.append(("impossible", f"{entry['effective_on']} is after the day it was recorded"))
        for shares in (event.get(what) for what in ("regions", "priorities")):
            parts = {share["code"]: Decimal(share.get("percent", "100")) for share in shares or []}
            if shares and (sum(parts.values()) != 100 or len(parts) < len(shares)):
                faults.append(("impossible", "the shares do not add up to 100 per cent, or name a code twice"))
        if event["type"] == "setting.changed":
            currency, _, amount = str(event["value"]).partition(" ")
            days = int(currency) if re.fullmatch("[0-9]{1,4}", str(event["value"])) else 9999
            fits = {"materiality.threshold": is_amount(currency, amount), "rates.max-age-days": days <= 3660}
            if not fits.get(event["name"], (type(event["value"]) is str) == (event["name"] == "governing-body")):
                faults.append(("bad-value", f"{event['value']} does not fit {event['name']}"))
        faults += key_faults(event, origin)
    for code in ("unknown-entry", "bad-value"):  # of what is not in its form, nothing more is to be said
        faults = [fault for fault in faults if fault[0] == code][:1] or faults
    for code, what in dict.fromkeys(faults):
        findings.add(code, position, f"{event['type']}: {what}")
    return not faults

def members_faults(value: Any, members: Members, faults: Faults) -> None:
    if type(value) is not dict or not {name for name, member in members.items() if member[0]} <= value.keys():
        faults.append(("unknown-entry", "a member is missing"))
        return
    for name, held in value.items():
        if name not in members or (not members[name][0] and held == members[name][1]):
            faults.append(("unknown-entry", f"{name} does not belong there, or not with this value"))
        else:
            form_faults(name, held, members[name][2], faults)

def form_faults(name: str, value: Any, form: str, faults: Faults) -> None:
    if form.startswith("["):
        for held in value if type(value) is list else [None]:
            form_faults(name, held, form[1:-1], faults)
    elif form in STRUCTS:
        members_faults(value, STRUCTS[form], faults)
        if form == "money" and not faults and not is_amount(**value):
            faults.append(("bad-value", f"{name}: {value['value']} is no amount of {value['currency']}"))
    elif form in TEXTS:
        pattern, code = TEXTS[form]
        if type(value) is not str:
            faults.append(("unknown-entry", f"{name} is no text"))
        elif not re.fullmatch(pattern, value) or (form == "day" and not is_day(value)):
            is_text = value.strip() and (form == "long" or "\n" not in value)
            faults.append((code if is_text else "bad-value", f"{name}: {value} is not in its form"))
        elif value not in {"setting": SETTINGS, "currency": DECIMALS}.get(form, [value]):
            faults.append(("bad-value", f"{name}: there is no {value}"))
    elif form == "setting-value":
        form_faults(name, value, "[text]" if type(value) is list else "text", faults)
    elif form != "type" and repr(value) != {"one": "1", "true": "True"}.get(form, str(value) * (type(value) is int)):
        faults.append(("unknown-entry", f"{name} is not a {form}"))

def is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text and "1865" <= text < "2200"
    except ValueError:
        return False

def is_amount(currency: str, value: str) -> bool:
    decimals = DECIMALS.get(currency, -1)
    form = r"-?(0|[1-9][0-9]{0,14})" + (rf"\.[0-9]{{{decimals}}}" if decimals else "")
    minor = int(value.replace(".", "")) if re.fullmatch(form, value) else 10**18
    return abs(minor) < 10**18 and (minor != 0 or value[0] != "-")

def key_faults(event: Row, origin: str) -> Faults:
    named = {"key.added": ["vkey"], "key.rotated": ["old", "new"]}.get(event["type"], [])
    try:
        keys, signed = [parse_key(event[name], LOG_KEY) for name in named], []
        if len(keys) == 2:
            text = f"{origin}\nkey rotation\n{event['old']}\n{event['new']}\n"
            found = re.fullmatch(rf"{re.escape(text)}\n({SIGNATURES})", event["statement"] + "\n")
            signed = signatures_in(found[1]) if found else []
    except ValueError as error:
        return [("bad-key-entry", str(error))]
    for key in keys:
        ours = [data for name, mark, data in signed if (name, mark) == (key.name, key.id)]
        is_signed_by_it = len(keys) < 2 or (ours and all(is_signed(key.public, text.encode(), data) for data in ours))
        if key.name != origin or not is_signed_by_it:
            return [("bad-key-entry", f"{key.name}+{key.id.hex()} is not of {origin}, or did not sign the rotation")]
    return []

# What an event adds to which account of its engagement, and which of its members names the account. On no day is any
# below zero: what is open of an order is neither accepted nor released, what is due was accepted and is not paid.
ACCOUNTS = {
    "contribution.committed": [("committed", "by", 1)], "contribution.received": [("held", "by", 1)],
    "contribution.refunded": [("held", "by", -1)], "contribution.valued": [("in kind", "item", 1)],
    "order.issued": [("open", "number", 1)], "order.amended": [("open", "number", 1)],
    "order.cancelled": [("open", "number", -1)], "order.closed": [("open", "number", -1)],
    "deliverable.accepted": [("open", "order", -1), ("due", "order", 1)],
    "payment.made": [("due", "order", -1), ("paid", "order", 1)],
    "payment.reversed": [("due", "order", 1), ("paid", "order", -1)]}
POSITIVE = {"contribution.received", "contribution.refunded", "order.issued", "deliverable.accepted", "payment.made"}

def made_by(entry: Row) -> str:  # what others may refer to
    event, begins = entry["event"], ("party.registered", "engagement.proposed", "engagement.signed")
    order = f"|order:{event['number']}" if event["type"] == "order.issued" else ""
    return entry["stream"] + order if order or event["type"] in begins else ""

def check_meaning(sound: Entries, findings: Findings) -> None:
    entries, sums = standing(sound), dict[tuple[str, ...], list[tuple[str, int, int]]]()
    made, first = ({made_by(entry): at for at, entry in some[::-1]} for some in (entries, sound))
    for position, entry in entries:
        event, stream, kind = entry["event"], entry["stream"], entry["event"]["type"]
        for target in dict.fromkeys(mentioned(event)):
            if target not in made or first[target] > position:
                findings.add("mention-of-nothing", position, f"{kind} refers to {target}, which is not in force")
        if kind == "party.merged" and (into := merged(entries))[stream[6:]] in into:
            findings.add("impossible", position, f"{stream} is merged into itself, by way of others or not")
        for money in (event[name] for name in ("amount", "difference", "released") if name in event):
            minor = int(money["value"].replace(".", ""))
            for account, member, sign in ACCOUNTS.get(kind, []):
                moves = sums.setdefault((stream, account, event[member], money["currency"]), [])
                since = moves[0][0] if moves and account == "open" and "ex_post_facto" in event else ""  # of the order
                moves.append((max(entry["effective_on"], since), position, sign * minor))
            if kind in POSITIVE and minor <= 0:
                findings.add("impossible", position, f"{kind}: {money['value']} is not above zero")
    for key, moves in sums.items():
        total = 0
        for _, day in groupby(sorted(moves), key=lambda move: move[0]):
            moved = [*day]
            on, position, _ = moved[-1]
            total += sum(minor for _, _, minor in moved)
            if total < 0:
                findings.add("impossible", position, f"on {on} this is below zero: {' '.join(key)}")
                break

def mentioned(event: Row) -> Iterator[str]:
    refs = [event.get("vendor"), event.get("party"), event.get("into"), *event.get("between", [])]
    refs += [event["by"]] if "amount" in event and event.get("by", "organization") != "organization" else []
    yield from (f"party/{ref}" for ref in (*refs, *(role["party"] for role in event.get("parties", []))) if ref)
    for one in event.get("engagements", []):
        yield f"engagement/{one['engagement']}"
        yield from (f"engagement/{one['engagement']}|order:{number}" for number in one.get("orders", []))

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
Figures = dict[str, tuple[int | str, str]]  # by JSON Pointer (RFC 6901): a value as it is written, and its unit

class Fold:
    """What entries say, as of a day and as known at a position: tables of rows, of which definitions speak (13)."""
    def __init__(self, entries: Entries, reads: Row, on: str, known_at: int, budget: list[int] | None = None) -> None:
        self.reads, self.on, self.values = reads, on, Row()
        self.entries = [one for one in entries if one[0] <= known_at]
        self.budget = budget or [MOST_FOLDED + 64 * len(self.entries)]  # shared with the folds that this one makes
        self.spend(len(self.entries))
        self.settings, self.documents, self.reporting, self.organization = Row(), Row(), "", ""
        self.parties, self.engagements, self.money = dict[str, Row](), dict[str, Row](), list[Row]()
        self.covered, self.folds = dict[tuple[str, str, str], list[Row]](), dict[tuple[str, str, int], Fold]()
        self.rates, self.factors = dict[tuple[str, str], dict[str, Fraction]](), dict[tuple[str, str], Any]()
        self.streams, self.disclosable = dict[str, Entries](), dict[str, dict[tuple[str, str], Any]]()
        days = {at: one["effective_on"] * (one["event"]["type"] not in reads["timeless"]) for at, one in self.entries}
        in_order = sorted(counting := standing(self.entries), key=lambda one: (days[one[0]], one[0]))
        self.into = merged(counting)
        begun = {one["stream"]: days[at] for at, one in in_order[::-1] if one["event"]["type"] in reads["status"]}
        for number, (position, entry) in enumerate(in_order):
            if max(days[position], begun.get(entry["stream"], "")) <= on:  # before its first step it is not there yet
                kind, _, ref = entry["stream"].partition("/")
                event = of_one(entry["event"], self.into) if self.into else entry["event"]
                getattr(self, f"_fold_{kind}", lambda *_: None)(ref, days[position], event, event["type"], number)
        for one in self.engagements.values():
            one["partners"] = [*{(role["party"], role.get("role", "partner")): "" for role in one.get("parties", [])}]
            if one["status"] in reads["running"] and "" < one["ends_on"] < on:
                one |= {"status": "expired", "over_since": one["ends_on"]}
        self.signed = {ref: one for ref, one in self.engagements.items() if one["status"] in reads["signed"]}
        voids = [{"on": one["recorded_at"][:10]} for _, one in self.entries if one["event"]["type"] == "entry.voided"]
        self.tables: dict[str, list[Row]] = {"engagements": [*self.engagements.values()], "voids": voids}

    def spend(self, steps: int) -> None:
        self.budget[0] -= steps
        if self.budget[0] < 0:
            raise ValueError("the log was made so that its tables take too long")

    def _fold_ledger(self, _: str, __: str, event: Row, kind: str, ___: int) -> None:
        self.settings |= {event["name"]: event["value"]} if kind == "setting.changed" else {}
        if kind == "ledger.opened":
            self.reporting = event["reporting_currency"]
            self.organization = event.get("organization") or event["origin"]

    def _fold_rate(self, _: str, day: str, event: Row, __: str, ___: int) -> None:
        pair, rate = (event["base"], event["quote"]), Fraction(event["rate"])
        self.rates.setdefault(pair, {})[day], self.rates.setdefault(pair[::-1], {})[day] = rate, 1 / rate  # by day

    def _fold_party(self, ref: str, _: str, event: Row, kind: str, number: int) -> None:
        one = self.parties.setdefault(self.into.get(ref, ref), {"parts": Row()})
        one |= event if not self._keep(one, event, kind, number) and ref not in self.into else {}

    def _fold_disclosure(self, ref: str, _: str, event: Row, kind: str, __: int) -> None:
        self.documents |= {ref: event["as_of"] | {"body": event["body"]}} if kind == "disclosure.published" else {}
        for one in event.get("engagements", []) if kind in self.reads["covering"] and ref in self.documents else ():
            as_of = self.documents[ref] | event.get("as_of", {})
            for what in [(it, "") for it in one["facets"]] + [("service-orders", it) for it in one.get("orders", [])]:
                self.covered.setdefault((one["engagement"], *what), []).append(as_of)

    def _fold_engagement(self, ref: str, day: str, event: Row, kind: str, number: int) -> None:
        new = {"ref": ref, "signed_on": "", "over_since": "", "ends_on": "", "status": "", "dated": True}
        one = self.engagements.setdefault(ref, new | {"money": [], "parts": Row()})
        if status := event.get("back_to") or self.reads["status"].get(kind):
            one |= {"over_since": one["over_since"] or day if status in self.reads["over"] else "", "status": status}
        one |= {"signed_on": day, "dated": not event.get("undated")} if kind == "engagement.signed" else {}
        measure, member, named, sign = self.reads["money"].get(kind, ("", "", "", 0))
        if member in event:
            currency, value = event[member]["currency"], Decimal(event[member]["value"])
            row = {"engagement": one, "on": day, "measure": measure, "by": event.get("by", ""), "currency": currency}
            row |= {"order": event.get(named, ""), "minor": sign * int(value.scaleb(DECIMALS[currency]))}
            self.money.append(row)
            one["money"].append(row)
        self._keep(one, event, kind, number)
        if kind.startswith("engagement."):
            one |= {name: value for name, value in event.items() if name not in ("type", "back_to", "undated")}

    def _keep(self, one: Row, event: Row, kind: str, number: int) -> bool:
        for rule in self.reads["parts"].get(kind, []):
            for said in event.get(rule["each"], []) if "each" in rule else [event]:
                part = one["parts"].setdefault(rule["part"], Row()).setdefault(said.get(rule.get("key", ""), ""), Row())
                part |= rule.get("set", {}) | {name: said[name] for name in rule.get("take", []) if name in said}
                if rule["part"] == "conflicts":  # the one that came later in the order of days is the last
                    part.setdefault("since", number)
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
        bound: dict[str, list[Row]] = {}
        for under, of in ((one, ref) for one in self.engagements.values() for ref in dict(one["partners"])):
            bound.setdefault(of, []).append(under)
        for ref, party in self.parties.items():
            yield from (one | {"engagements": bound.get(ref, [])} for one in party["parts"].get("checks", {}).values())

    def _list_undisclosed(self) -> Iterator[Row]:
        keys = ((ref, what) for ref in self.signed for what in self._facets(ref) if not self._shown(ref, what))
        yield from ({"engagement": self.signed[ref], "facet": what[0], "number": what[1]} for ref, what in keys)

    def _list_changed(self) -> Iterator[Row]:  # since a document last showed them
        for ref, *what in self.covered:
            shown = self._shown(ref, (what[0], what[1])) if ref in self.signed else []
            if shown and what != ["service-orders", ""] and shown[-1] != self._facets(ref).get((what[0], what[1])):
                yield {"engagement": self.signed[ref], "facet": what[0]}

    def _shown(self, ref: str, what: tuple[str, str]) -> list[Any]:
        # What documents for the body say of it. At the as-of of each it stood, or they do not show it, and say nothing.
        to, folds, known = self.settings.get("governing-body", ""), self.folds, self.covered.get((ref, *what), [])
        asked = [(ref, of["on"], of["position"]) for of in known if of["body"] == to or to in ("", "any body")]
        folds |= {at: self._alone(*at) for at in {*asked} - folds.keys()}
        return [said for at in asked if ref in folds[at].signed and (said := folds[at]._facets(ref).get(what))]

    def _alone(self, ref: str, on: str, known_at: int) -> "Fold":
        for one in self.entries if not self.streams else ():
            self.streams.setdefault(one[1]["stream"], []).append(one)
        own = self.streams.get(f"engagement/{ref}", [])
        refs = {role["party"]: "" for _, entry in own for role in entry["event"].get("parties", [])}
        for of in (waiting := [*refs]):  # and those that they were ever merged into
            more = {one["event"].get("into", of) for _, one in self.streams.get(f"party/{of}", [])} - refs.keys()
            refs |= dict.fromkeys(more, "")
            waiting += more
        named = [one for of in refs for one in self.streams.get(f"party/{of}", [])]
        return Fold(sorted([*own, *named], key=lambda one: one[0]), self.reads, on, known_at, self.budget)

    def _list_interests(self) -> Iterator[Row]:  # who is paid, and gives or belongs together with one who gives
        given, sums, givers = dict[str, list[Row]](), Counter[tuple[str, str]](), dict[str, list[str]]()
        for row in (row for row in self.money if row["measure"] in self.reads["given"]):
            given.setdefault(row["by"], []).append(row)
            sums[row["by"], row["currency"]] += row["minor"]
        group = self._groups()
        for by in dict.fromkeys(by for (by, _), minor in sums.items() if minor):
            givers.setdefault(group.get(by, by), []).append(by)  # of each group
        declared: dict[frozenset[str], list[tuple[int, str, bool]]] = {}  # of a pair: at, where, and whether assessed
        conflicts = ((at, of["parts"].get("conflicts", {})) for at, of in self.engagements.items())
        for at, said in ((at, said) for at, held in conflicts for said in held.values()):
            named = sorted({*said.get("between", [])})
            self.spend(len(named) ** 2)
            for pair in {frozenset((one, other)) for one in named for other in named}:
                declared.setdefault(pair, []).append((said["since"], at, "assessed" in said))
        roles = self.settings.get("conflict.roles") or self.reads["paid"]
        for ref, one in self.signed.items():
            paid = {party for party, role in one["partners"] if role in roles}
            for party in paid | {order["vendor"] for order in self._orders(one).values()}:
                for giver in givers.get(group.get(party, party), []):
                    self.spend(1)
                    under = {ref, *(row["engagement"]["ref"] for row in given[giver])}
                    told = [said for said in declared.get(frozenset((party, giver)), []) if said[1] in under]
                    yield {"engagement": one, "open": not max(told)[2] if told else True}

    def _groups(self) -> dict[str, str]:
        group, members = dict[str, str](), dict[str, list[str]]()
        for of, one in self.parties.items():
            for other in (other for other, held in one["parts"].get("related", {}).items() if held["holds"]):
                both = group.get(of, of), group.get(other, other)
                small, large = sorted(both, key=lambda at: len(members.get(at, "")))
                if small != large:  # the smaller group joins the larger one
                    moved = members.pop(small, [small])
                    members.setdefault(large, [large]).extend(moved)
                    group |= dict.fromkeys(moved, large) | {large: large}
        return group

    def _orders(self, one: Row) -> Row:
        return {number: order for number, order in one["parts"].get("orders", {}).items() if "vendor" in order}

    def _party(self, ref: str) -> Row:
        return {"name": ref, "party_type": "not recorded", "membership": "not recorded"} | self.parties.get(ref, {})

    def _worth(self, row: Row) -> int | None:  # at the latest rate; else across the first with two of one day; to even
        into, of, on, rates = self.reporting, row["currency"], row["on"], self.rates
        if of != into and (of, on) not in self.factors:
            ways = [(one, Row.fromkeys(one, 1)) for one in [rates.get((of, into), Row())]] + [
                (rates[of, by], rates[by, into]) for one, by in sorted(rates) if one == of and (by, into) in rates]
            days = [self._last_day(one, other, on) for one, other in ways]
            at = 0 if days[0] else days.index(max(days))
            self.factors[of, on] = ways[at][0][days[at]] * ways[at][1][days[at]] if days[at] else None
        factor = 1 if of == into else self.factors[of, on]
        return factor and round(row["minor"] * factor * Fraction(10) ** (DECIMALS[into] - DECIMALS[of]))

    def _last_day(self, first: Row, second: Row, on: str) -> str:  # with rates of both that are not too old
        days, most = [*first], int(self.settings.get("rates.max-age-days", 10**6))
        self.spend(1 + len(days) // 16)
        found = [day for day in days[: bisect_right(days, on)] if day in second][-1:]
        return next((day for day in found if (date.fromisoformat(on) - date.fromisoformat(day)).days <= most), "")

    def _facets(self, ref: str) -> dict[tuple[str, str], Any]:  # by facet and number of an order, what there is to say
        if ref in self.disclosable:
            return self.disclosable[ref]
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
        self.disclosable[ref] = {("parties", ""): roles} | {key: told for key, told in found.items() if told}
        return self.disclosable[ref]

    def figures(self, rules: list[Row], asked: Row) -> Figures:
        figures: Figures = {}
        for one, back in ((rule, back) for rule in rules for back in range(rule.get("years", 1))):
            figures |= self._figures(one, asked | {"year": asked.get("year", 0) - back}, figures)
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
            written = {key: str(Decimal(sums[key]).scaleb(-DECIMALS.get(unit, 2))) for key in sums}
            if "top" in rule:
                names = {str(column(row, rule["by"])): str(column(row, rule["name"])) for row in rows}
                for place, key in enumerate(sorted(some, key=lambda key: (-sums[key], names[key]))[: rule["top"]]):
                    figures |= {f"{at}/{place}/0": (names[key], "text"), f"{at}/{place}/1": (written[key], unit)}
            elif unit == "count":
                figures[pointer] = len(some) if "by" in rule else sum(sums.values()), unit
            else:
                figures[pointer] = str(Decimal(sum(sums.values())).scaleb(-DECIMALS.get(unit, 2))), unit
        return figures

def column(row: Any, path: str) -> Any:
    for name in path.split("."):
        row = row.get(name) if isinstance(row, dict) else None
    return row

def passes(row: Row, asked: Row, path: str, test: str, given: Any) -> bool:
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
    def put(found: re.Match[str]) -> str:
        value = column(row, found[1])
        return found[0] if value is None else str(value).replace("~", "~0").replace("/", "~1")
    return re.sub(r"\{([a-z_.]+)\}", put, text)

def groups_of(pattern: str, figures: Figures) -> list[dict[str, str]]:
    parts, groups = pattern.split("/"), []
    for tokens in (pointer.split("/") for pointer in figures if pattern):
        pairs = [*zip(parts, tokens, strict=True)] if len(parts) == len(tokens) else []
        if pairs and all(part == token or re.fullmatch(r"\{[a-z_]+\}", part) for part, token in pairs):
            groups.append({part[1:-1]: token for part, token in pairs if part.startswith("{")})
    return sorted(groups, key=lambda keys: [*keys.values()])

def escaped(text: str) -> str:
    """Return a text as one line that Markdown prints as it is: no markup, link, formula or entity."""
    at = r"[\\`*_\[\]<>|~^$@]|&(?=#?\w+;)|:(?=//)|(?<=www)\."
    return re.sub(at, lambda found: f"\\{found[0]}", " ".join(text.split()), flags=re.IGNORECASE)

def printed(layout: list[Any], figures: Figures, asked: Row) -> str:
    """Return a document as its layout prints it (14): lines of text, and tables, perhaps with a row for each group."""
    def text(said: str, known: Row) -> str:
        def put(found: re.Match[str]) -> str:
            value, unit = (known[found[2]], "text") if found[2] else figures.get(filled(found[1], known), ("", "text"))
            as_it_is = f"{value} %" if unit == "percent" else str(value)
            return escaped(as_it_is if unit in ("percent", "text", "year") else f"{Decimal(value):,}")
        return re.sub(r"\[(/[^\]]*)\]|\{([a-z_]+)\}", put, said)
    lines: list[str] = []
    for block in layout:
        if isinstance(block, str):
            lines.append(text(block, asked))
            continue
        head, *rows = [[text(cell, asked) for cell in cells] for cells in [block["head"], *block.get("rows", [])]]
        for keys in groups_of(filled(block.get("each", ""), asked), figures):
            known = asked | {name: key.replace("~1", "/").replace("~0", "~") for name, key in keys.items()}
            rows.append([text(cell, known) for cell in block["cells"]])
        lines += [f"| {' | '.join(cells)} |" for cells in [head, ["---"] * len(head), *rows]] if rows else ["None."]
    return "\n".join([*lines, ""])

def check_report(folder: Folder, log: Log | None, findings: Findings, trusted: Collection[str] = ()) -> Row:
    """Compare the report with what the log gives (11 to 16); return what is to be told. Raises OSError, MALFORMED."""
    held = {name: folder.read(name, MOST_REPORT) or b"" for name in REPORT_FILES}
    if log is None or not all(held.values()) or {one["code"] for one in findings} - OF_SIGNERS:
        findings.add("report-not-checked", REPORT_FILES[0], "the log is not sound, or a file is missing")
        return {}
    stated, definitions = json.loads(held["figures.json"]), json.loads(held["definitions.json"])
    for name, value in (("figures.json", stated), ("definitions.json", definitions)):  # 11
        if (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode() != held[name]:
            findings.add("bad-report", name, "it is not in its one written form")
    digest = hashlib.sha256(held["definitions.json"]).hexdigest()  # 12
    adopting = [(at, one["event"]) for at, one in log.standing if one["event"]["type"] == "definitions.adopted"]
    adopted = [(at, event["sha256"]) for at, event in adopting if event["report"] == stated["report"]]
    if not adopted or adopted[-1][1] != digest or definitions["report"] != stated["report"]:
        findings.add("other-definitions", "definitions.json", "its SHA-256 is not the one that the log adopted last")
        return {}
    if digest not in (*DEFINITIONS, *trusted):
        what = f"this program does not know them, and they could say anything; if you do: --definitions {digest}"
        findings.add("other-definitions", "definitions.json", what)
        return {}
    pointers = r'"each": "[^"]*"|\[/[^\]]*\]|\{[a-z_]+\}|SHA-256'
    if any(char.isnumeric() for char in re.sub(pointers, "", json.dumps(definitions["document"], ensure_ascii=False))):
        findings.add("other-definitions", "definitions.json", "a figure stands in the words of the document")
        return {}
    as_of, asked, known = stated["as_of"], stated["parameters"], log.entries[: max(stated["as_of"]["known_at"], 0)]
    root = tree_root([hashlib.sha256(b"\x00" + in_one_form(one).encode()).digest() for _, one in known])
    is_true = as_of == {"on": as_of["on"], "known_at": len(known), "root": b64encode(root).decode()} and len(known) > 0
    is_true &= type(as_of["known_at"]) is int and known[-1][1]["part"][0] == known[-1][1]["part"][1]
    days = [as_of["on"], *([asked["from"], asked["to"]] if "from" in asked else [])]
    is_true &= all(is_day(day) for day in days) and days[1:] == sorted(days[1:])
    is_true &= asked.keys() == {*definitions["asked"]} and repr(asked.get("year", 2000)) in map(str, range(1865, 2200))
    members, each = {"report", "parameters", "as_of", "witnessed", "figures"}, {"value", "unit", "entries"}
    if not is_true or any(one.keys() != each for one in stated["figures"].values()) or stated.keys() != members:
        findings.add("bad-report", "figures.json", "it does not say of which log it is, as known when")
        return {}
    check_meaning(known, findings)  # 10, as known then
    fold = Fold(log.entries, definitions["reads"], as_of["on"], as_of["known_at"])  # 13
    values = fold.values = values_of(fold, definitions, stated, log.origin)
    figures = fold.figures(definitions["figures"], values)  # 14
    check_figures(stated["figures"], figures, definitions["figures"], fold, findings)
    values["digest"] = hashlib.sha256(held["figures.json"]).hexdigest()
    for name, layout in (("report.md", "document"), ("policy.template", "policy")):  # 16
        lines, expected = held[name].decode().split("\n"), printed(definitions[layout], figures, values).split("\n")
        if lines != expected:
            line = next(at for at in range(1, len(lines) + 2) if lines[:at] != expected[:at])
            findings.add("report-differs", name, f"line {line} is not what is printed")
    which = DEFINITIONS.get(digest, "known to its reader only")
    times = f"adopted at position {adopted[-1][0]}, as number {len(adopted)} of this report"
    return {
        "checked": "the log and the report", "report": stated["report"], "definitions": f"{digest} ({which}), {times}",
        "as of": f"{as_of['on']}, as known at position {len(known)} of {log.size}",
        "parameters": [f"{name} = {value}" for name, value in asked.items()],
        "settings": [f"{setting} = {values[name]}" for name, (setting, _) in definitions["in_force"].items()]}

def values_of(fold: Fold, definitions: Row, stated: Row, origin: str) -> Row:
    """Return what definitions call by name. Settings have points in their names: they stand for nothing else."""
    settings = {name: fold.settings.get(name, given) for name, given in definitions["settings"].items() if "." in name}
    own = {"reporting": fold.reporting, "organization": fold.organization, "money": fold.reporting.lower()}
    own |= {"origin": origin, "witnessed": definitions["witnessed"][stated["witnessed"]]}
    said = {name: fold.settings.get(setting, unset) for name, (setting, unset) in definitions["in_force"].items()}
    own |= {name: "; ".join(value) if isinstance(value, list) else value for name, value in said.items()}
    return {**settings, **stated["parameters"], **stated["as_of"], **own}

def check_figures(stated: Row, figures: Figures, rules: list[Row], fold: Fold, findings: Findings) -> None:
    """Compare figures with those that the log gives (14), and with those that the entries they name give (15)."""
    ranked = tuple(rule["at"] + "/" for rule in rules if "top" in rule)
    for pointer in sorted(figures.keys() | stated.keys()):
        given = stated.get(pointer, {"value": None, "unit": None, "entries": []})
        value, ranges = (given["value"], given["unit"]), given["entries"]
        if repr(value) != repr(figures.get(pointer)):  # 1 is no True, and 1.0 is not 1
            what = f"it states {value[0]} {value[1]}, not {' '.join(map(str, figures.get(pointer, ['no figure'])))}"
            findings.add("figure-differs", f"figures.json{pointer}", what)
            continue
        if not are_ranges(ranges, len(fold.entries)):
            findings.add("provenance-differs", f"figures.json{pointer}", "it names no ascending ranges of the log")
            continue
        own = [fold.entries[at - 1] for first, last in ranges for at in range(first, last + 1)]
        if own:
            alone = Fold(own, fold.reads, fold.on, len(fold.entries), fold.budget)
            within = ((re.sub(r"\\\{.*?\\\}", "[^/]*", re.escape(rule["at"])) + "(/|$)", rule) for rule in rules)
            made = alone.figures([rule for at, rule in within if re.match(at, pointer)], fold.values)
            if value != made.get(pointer) and not (pointer.startswith(ranked) and value in made.values()):
                findings.add("provenance-differs", f"figures.json{pointer}", "the entries that it names do not give it")

def are_ranges(ranges: Any, size: int) -> bool:
    is_list = type(ranges) is list and all(type(one) is list and len(one) == 2 for one in ranges)
    ends = [end for one in ranges for end in one] if is_list else [0]
    are_numbers = all(type(end) is int and 0 < end <= size for end in ends)
    return are_numbers and all(a <= b for a, b in ranges) and all(a[1] < b[0] for a, b in pairwise(ranges))

if __name__ == "__main__":
    sys.exit(main())
