"""Files of at most 1 MB that strangers hand over: made to hang a program, to fill memory, or to make it fail.

Each is a named builder, so that the product and verify_ledger.py can both be judged by them. A builder of a kind gets a
path that already holds something sound of that kind, or nothing, and changes or makes it:

- `ledger`: the file of a ledger of 13 entries (tests.attacks.forger)
- `report`: the folder of a proved report (tests.proof.reports); its policy lies next to it
- `site`: the folder of a published log (tests.proof.bundle), whose keys and policy are those of that module
- `policy`, `backup`, `settings`: a file, which the builder makes
"""

import io
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from projections.proof.shipped_definitions import document_bytes
from tests.attacks.hostile_ledgers import LEDGERS, Builder
from tests.proof.bundle import ALPHA, BETA, THE_LOG, Bundle, canonical, entry, opening

MAX_BYTES = 1 << 20


def _figures(change: Callable[[dict[str, Any]], Any]) -> Builder:
    """Return the builder that changes what figures.json states, in its one written form."""

    def build(folder: Path) -> None:
        stated = json.loads((folder / "figures.json").read_text("utf-8"))
        change(stated)
        (folder / "figures.json").write_bytes(document_bytes(stated))

    return build


def _cited(cited: Any) -> Builder:
    """Return the builder that lets a figure name these entries."""

    def change(stated: dict[str, Any]) -> None:
        pointer = next(at for at, figure in stated["figures"].items() if len(figure["entries"]) > 1)
        stated["figures"][pointer]["entries"] = cited

    return _figures(change)


def _all_cited(cited: Any) -> Builder:
    return _figures(lambda stated: [figure.update(entries=cited) for figure in stated["figures"].values()])


def _valued(value: Any) -> Builder:
    return _figures(lambda stated: next(iter(stated["figures"].values())).update(value=value))


def _stated(member: str, **values: Any) -> Builder:
    return _figures(lambda stated: stated[member].update(values))


def _written(name: str, data: bytes) -> Builder:
    return lambda folder: (folder / name).write_bytes(data)


def _nested(levels: int) -> Any:
    value: Any = []
    for _ in range(levels):
        value = [value]
    return value


REPORTS: dict[str, Builder] = {
    "a range of a trillion": _cited([[1, 10**12]]),
    "a range of 2^63": _cited([[1, 2**63]]),
    "a range in every figure of a trillion": _all_cited([[1, 10**12]]),
    "20,000 ranges": _cited([[1, 24]] * 20_000),
    "ranges that are false": _cited(cited=False),
    "ranges that are nothing": _cited(None),
    "ranges that are numbers": _cited([1, 2, 3]),
    "ranges that are text": _cited("12"),
    "ranges of text": _cited([["1", "2"]]),
    "ranges of truth": _cited([[True, True]]),
    "ranges of fractions": _cited([[1.0, 2.0]]),
    "ranges that are nested": _cited([[[1, 2], [3, 4]]]),
    "ranges 400 levels deep": _cited(_nested(400)),
    "ranges of one number": _cited([[1]]),
    "ranges of three numbers": _cited([[1, 2, 3]]),
    "ranges that run backwards": _cited([[24, 10]]),
    "a range that ends before the log": _cited([[1, 0]]),
    "ranges out of order": _cited([[5, 6], [1, 2]]),
    "ranges that overlap": _cited([[1, 5], [3, 8]]),
    "a range below the log": _cited([[-(10**12), 10]]),
    "ranges by name": _cited({"first": 1}),
    "a figure of 4,000 digits": _valued("9" * 4000),
    "a figure of a million digits": _valued("9" * 900_000),
    "a figure with an exponent": _valued("1e999999999"),
    "a figure 400 levels deep": _valued(_nested(400)),
    "6,000 figures": _figures(
        lambda stated: stated["figures"].update(
            {f"/more/{number}": {"value": 1, "unit": "count", "entries": [[1, 24]]} for number in range(6_000)}
        )
    ),
    "a year of a billion": _stated("parameters", year=10**9),
    "a year of 4,000 digits": _stated("parameters", year=10**3999),
    "a year that is text": _stated("parameters", year="2026"),
    "a position of 10^18": _stated("as_of", known_at=10**18),
    "a position that is true": _stated("as_of", known_at=True),
    "a day that there is not": _stated("as_of", on="2026-02-30"),
    "a report that is a list": _figures(lambda stated: stated.update(report=["council"])),
    "witnessed by a list": _figures(lambda stated: stated.update(witnessed=["not asked"])),
    "figures of 30,000 levels": _written("figures.json", b"[" * 30_000 + b"]" * 30_000),
    "figures that are a number": _written("figures.json", b"9" * 1_000_000),
    "definitions of 30,000 levels": _written("definitions.json", b"[" * 30_000 + b"]" * 30_000),
    "definitions that are no object": _written("definitions.json", b"[]\n"),
    "a page of a million lines": _written("report.md", b"\n" * 1_000_000),
    "a policy of a million lines": _written("policy.template", b"\n" * 1_000_000),
}


def _site(*entries: dict[str, Any] | bytes) -> Builder:
    return lambda folder: Bundle([opening(), *entries]).write(folder)


def _sized(size: str) -> Builder:
    def build(folder: Path) -> None:
        bundle = Bundle()
        bundle.write(folder, checkpoint=bundle.checkpoint(bundle.text(size=size)).encode())

    return build


def _parties(count: int) -> list[dict[str, Any]]:
    registered = [
        entry(f"party/P{number:05}", 1, {"type": "party.registered", "name": f"Party {number}"})
        for number in range(1, count + 1)
    ]
    affiliated = [
        entry(f"party/P{number:05}", 2, {"type": "party.affiliated", "other": f"P{number + 1:05}", "relation": "r"})
        for number in range(1, count)
    ]
    return [*registered, *affiliated]


def _lengths(folder: Path) -> None:
    Bundle().write(folder)
    (folder / "tile/entries/000.p/8").write_bytes(struct.pack(">H", 0) * 500_000)


def _many_signatures(folder: Path) -> None:
    bundle = Bundle()
    text = bundle.text()
    lines = f"{text}\n" + "".join(signer.line(text) for signer in (THE_LOG, ALPHA, BETA)) * 2_500
    bundle.write(folder, checkpoint=lines.encode())


DEEP = b'{"actor":' + b"[" * 30_000 + b"]" * 30_000 + b"}"
PAID = {"type": "payment.made", "order": "SO-1", "payment": "P"}
SITES: dict[str, Builder] = {
    "a log of 2^60 entries": _sized(str(2**60)),
    "a log of 2^63 entries": _sized(str(2**63)),
    "a log of 10^4000 entries": _sized("1" + "0" * 4000),
    "a log of half a million empty entries": _lengths,
    "7,500 signatures": _many_signatures,
    "an entry of 30,000 levels": _site(DEEP),
    "an entry with a number of 60,000 digits": _site(
        canonical(entry("party/P", 1, {"type": "party.described"})).replace(b'"v":1', b'"v":' + b"1" * 60_000)
    ),
    "a rate of 1e99999999 that was published": _site(
        entry("rate/EUR-USD", 1, {"type": "rate.recorded", "base": "EUR", "quote": "USD", "rate": "1e99999999",
                                    "source": "S"}),
    ),
    "200 amounts of 1E999990 that were published": _site(*(
        entry("engagement/E1", number, {**PAID, "amount": {"currency": "USD", "value": "1E999990"}})
        for number in range(1, 201)
    )),
    "700 affiliated parties": _site(*_parties(700)),
}  # fmt: skip


def _policy(text: str) -> Builder:
    return lambda path: path.write_text(text, "utf-8")


def _groups(count: int) -> str:
    lines = [f"witness g0 {ALPHA.vkey}"]
    lines += [f"group g{number} all g{number - 1}" for number in range(1, count)]
    return "\n".join([f"log {THE_LOG.vkey}", *lines, f"quorum g{count - 1}", ""])


POLICIES: dict[str, Builder] = {
    "groups of groups of groups": _policy(_groups(30_000)),
    "a quorum of 4,000 digits": _policy(
        f"log {THE_LOG.vkey}\nwitness w {ALPHA.vkey}\ngroup g {'9' * 4000} w\nquorum g\n"
    ),
    "a policy of one line": _policy("log " + "a" * 1_000_000),
    "a policy of a million lines": _policy("\n" * 1_000_000),
    "a policy of a thousand keys": _policy(f"log {THE_LOG.vkey}\n" * 5_000 + "quorum none\n"),
}


def _zip(*members: tuple[str, bytes, int], change: Callable[[bytes], bytes] = bytes) -> Builder:
    def build(path: Path) -> None:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            for name, data, method in members:
                archive.writestr(zipfile.ZipInfo(name), data, method)
        path.write_bytes(change(made.getvalue()))

    return build


def _stated_sizes(data: bytes) -> bytes:
    # The directory at the end states that the member has a few bytes; what is packed has 200 MB.
    at = data.rindex(b"PK\x01\x02")
    return data[: at + 24] + struct.pack("<I", 100) + data[at + 28 :]


def _overlapping(path: Path) -> None:
    """Let 200 members of the directory name the same packed bytes."""
    names = ["ledger.db", *(f"attachments/{number:064x}" for number in range(200))]
    packed = zipfile.ZIP_DEFLATED
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo("ledger.db"), b"a b c d" * 90_000, packed)
        first = archive.infolist()[0]
        for name in names[1:]:
            member = zipfile.ZipInfo(name)
            member.compress_type, member.CRC, member.header_offset = packed, first.CRC, 0
            member.compress_size, member.file_size = first.compress_size, first.file_size
            archive.filelist.append(member)
    path.write_bytes(made.getvalue())


ZEROS = bytes(200 << 20)
BACKUPS: dict[str, Builder] = {
    "a backup that unpacks to 200 MB": _zip(("ledger.db", ZEROS, zipfile.ZIP_DEFLATED)),
    "a backup that says it is small": _zip(("ledger.db", ZEROS, zipfile.ZIP_DEFLATED), change=_stated_sizes),
    "a backup packed by LZMA": _zip(("ledger.db", bytes(9999), zipfile.ZIP_LZMA)),
    "a backup packed by BZIP2": _zip(("ledger.db", bytes(9999), zipfile.ZIP_BZIP2)),
    "a document that unpacks to 200 MB": _zip(
        ("ledger.db", b"none", zipfile.ZIP_STORED), (f"attachments/{'0' * 64}", ZEROS, zipfile.ZIP_DEFLATED)
    ),
    "a backup whose members overlap": _overlapping,
    "a backup of 8,000 members": _zip(*((f"{number}", b"", zipfile.ZIP_STORED) for number in range(8_000))),
    "a backup that leads out of the folder": _zip(("../ledger.db", b"", zipfile.ZIP_STORED)),
    "a backup whose directory is cut off": _zip(("ledger.db", bytes(9999), 0), change=lambda data: data[:-30]),
}
SETTINGS: dict[str, Builder] = {
    "settings of 30,000 levels": _policy("url = " + "[" * 30_000 + "]" * 30_000),
    "settings of a million lines": _policy("\n" * 1_000_000),
    "settings that name a server": _policy("url = 'postgresql://attacker.example/ledger'\n"),
    "settings that name a guard": _policy("guard = '/etc/passwd'\n"),
}
KINDS: dict[str, dict[str, Builder]] = {
    "ledger": LEDGERS, "report": REPORTS, "site": SITES, "policy": POLICIES, "backup": BACKUPS, "settings": SETTINGS,
}  # fmt: skip
NAMES = [(kind, name) for kind, builders in KINDS.items() for name in builders]
