"""Attacks on the checkpoint of a published folder, on its cosignatures, and on the policy that it is read with."""

from collections.abc import Callable, Iterable

from ledger.tlog.cosignature import cosign
from ledger.tlog.keys import COSIGNER, SigningKey, VerifierKey
from ledger.tlog.note import Signature, parse, sign
from tests.attacks.notary import LOG, NOON, ONE, ORIGIN, POLICY_TEXT, STOLEN, TWO
from tests.attacks.site import BOTH, COSIGNED_AT, Attack, Case, Cases, Site
from tests.spec.signing import signing_key

OTHER = "example.org/other"
CONFUSABLE = ORIGIN.replace("a", "\N{CYRILLIC SMALL LETTER A}")
WIDE_SPACE = ORIGIN.replace("/", "\N{DIVISION SLASH}")


def line(number: int, text: str, *keys: SigningKey) -> Attack:
    """Exchange a line of the text (from 0), signed again by all signers, or by these in place of the log's key."""

    def work(site: Site) -> None:
        lines = site.checkpoint.split("\n")
        lines[number] = text
        site.sign("\n".join(lines), *keys)

    return work


def root_as(change: Callable[[str], str]) -> Attack:
    """Write the root in another way, signed again by all signers."""
    return lambda site: line(2, change(site.checkpoint.split("\n")[2]))(site)


def bytes_as(change: Callable[[bytes], bytes]) -> Attack:
    """Write the whole checkpoint in another way."""
    return lambda site: site.write("checkpoint", change(site.data("checkpoint")))


def with_lines(more: str) -> Attack:
    """Put further lines below the root, signed again by all signers."""
    return lambda site: site.sign(site.checkpoint + more)


def lines_as(change: Callable[[list[Signature], str], Iterable[Signature]]) -> Attack:
    """Put other signatures below the text; the log's is the first, then the witnesses'."""

    def work(site: Site) -> None:
        note = parse(site.data("checkpoint"))
        site.state(note.text, change(list(note.signatures), note.text))

    return work


def with_flipped_bit(signature: Signature) -> Signature:
    """Return a signature with one bit turned."""
    return signature._replace(data=signature.data[:-1] + bytes([signature.data[-1] ^ 1]))


def of_nine(site: Site) -> list[Signature]:
    """Return the signatures under a checkpoint of 9 entries."""
    text = site.checkpoint.replace("\n13\n", "\n9\n")
    return [sign(text, LOG), *(cosign(text, witness, COSIGNED_AT) for witness in BOTH)]


CHECKPOINTS: Cases = {
    "size with a plus": Case(line(1, "+13"), ["bad-checkpoint checkpoint"]),
    "size with a leading zero": Case(line(1, "013"), ["bad-checkpoint checkpoint"]),
    "size with a space": Case(line(1, "13 "), ["bad-checkpoint checkpoint"]),
    "size in other digits": Case(line(1, "\u0661\u0663"), ["bad-checkpoint checkpoint"]),
    "size below nothing": Case(line(1, "-13"), ["bad-checkpoint checkpoint"]),
    "size in hexadecimal": Case(line(1, "0xd"), ["bad-checkpoint checkpoint"]),
    "size beyond all numbers": Case(line(1, "9" * 30), ["bad-checkpoint checkpoint"]),
    "size of 2**63": Case(line(1, str(2**63)), ["bad-checkpoint checkpoint"]),
    "size of 2**63 - 1": Case(
        line(1, str(2**63 - 1)), [], product=["missing-file tile/entries"], file=["missing-file tile"]
    ),
    "size of none": Case(
        line(1, "0"),
        [
            "root-differs checkpoint",
            "unexpected-file tile",
            "unexpected-file tile/0",
            "unexpected-file tile/0/000.p",
            "unexpected-file tile/0/000.p/13",
            "unexpected-file tile/0/000.p/9",
            "unexpected-file tile/entries",
            "unexpected-file tile/entries/000.p",
            "unexpected-file tile/entries/000.p/13",
            "unexpected-file tile/entries/000.p/9",
        ],
        product=["checkpoint-differs checkpoint"],
    ),
    "size one too small": Case(
        line(1, "12"),
        [
            "missing-file tile/entries/000.p/12",
            "unexpected-file tile/0/000.p/13",
            "unexpected-file tile/entries/000.p/13",
        ],
    ),
    "size one too large": Case(line(1, "14"), ["missing-file tile/entries/000.p/14"]),
    "carriage returns": Case(bytes_as(lambda data: data.replace(b"\n", b"\r\n")), ["bad-checkpoint checkpoint"]),
    "a carriage return in a line": Case(line(1, "13\r"), ["bad-checkpoint checkpoint"]),
    "a tab in a line": Case(line(0, f"{ORIGIN}\t"), ["bad-checkpoint checkpoint"]),
    "root cut short": Case(root_as(lambda root: root[:-4]), ["bad-checkpoint checkpoint"]),
    "root without its padding": Case(root_as(lambda root: root.rstrip("=")), ["bad-checkpoint checkpoint"]),
    "root in the alphabet of addresses": Case(root_as(lambda root: "-_" + root[2:]), ["bad-checkpoint checkpoint"]),
    "root with bits that hold no data": Case(
        root_as(lambda root: root[:-2] + chr(ord(root[-2]) + 1) + "="), ["bad-checkpoint checkpoint"]
    ),
    "root in hexadecimal": Case(root_as(lambda _: "0" * 64), ["bad-checkpoint checkpoint"]),
    "root of zeros": Case(
        root_as(lambda _: "A" * 43 + "="), ["root-differs checkpoint"], product=["checkpoint-differs checkpoint"]
    ),
    "extension line": Case(
        with_lines("more\n"), [], product=["bad-checkpoint checkpoint"], file=["extension-lines checkpoint"]
    ),
    "empty line within the text": Case(with_lines("\nmore\n"), ["bad-checkpoint checkpoint"]),
    "two texts": Case(
        bytes_as(lambda data: data.partition(b"\n\n")[0] + b"\n\n" + data), ["bad-checkpoint checkpoint"]
    ),
    "line taken away": Case(bytes_as(lambda data: data.partition(b"\n")[2]), ["bad-checkpoint checkpoint"]),
    "origin of another, signed by its own key": Case(
        line(0, OTHER, signing_key(3, OTHER)),
        ["unknown-signer checkpoint"],
        product=["other-origin checkpoint"],
        file=["other-origin position 1"],
    ),
    "origin of another, signed by the log's key": Case(
        line(0, OTHER),
        ["unknown-signer checkpoint"],
        product=["other-origin checkpoint"],
        file=["other-origin position 1"],
    ),
    "origin that looks the same": Case(
        line(0, CONFUSABLE, signing_key(4, CONFUSABLE)),
        ["unknown-signer checkpoint"],
        product=["other-origin checkpoint"],
        file=["other-origin position 1"],
    ),
    "origin with a slash that looks the same": Case(
        line(0, WIDE_SPACE, signing_key(4, WIDE_SPACE)),
        ["unknown-signer checkpoint"],
        product=["other-origin checkpoint"],
        file=["other-origin position 1"],
    ),
    "origin with a space behind it": Case(
        line(0, f"{ORIGIN} "),
        ["unknown-signer checkpoint"],
        product=["other-origin checkpoint"],
        file=["other-origin position 1"],
    ),
    "origin in capitals": Case(
        line(0, ORIGIN.upper()),
        ["unknown-signer checkpoint"],
        product=["other-origin checkpoint"],
        file=["other-origin position 1"],
    ),
    "empty origin": Case(line(0, ""), ["bad-checkpoint checkpoint"]),
    "signed by an unknown key of the same name": Case(
        lambda site: site.sign(site.checkpoint, STOLEN), ["unknown-signer checkpoint"]
    ),
    "signed by nobody": Case(
        bytes_as(lambda data: data.partition(b"\n\n")[0] + b"\n\n"), ["bad-checkpoint checkpoint"]
    ),
    "signature of the log left out": Case(
        lines_as(lambda signatures, _: signatures[1:]), ["unknown-signer checkpoint"]
    ),
    "bad signature beside a good one": Case(
        lines_as(lambda signatures, _: [*signatures, with_flipped_bit(signatures[0])]), ["bad-signature checkpoint"]
    ),
    "bad signature before a good one": Case(
        lines_as(lambda signatures, _: [with_flipped_bit(signatures[0]), *signatures]), ["bad-signature checkpoint"]
    ),
    "signatures of another text": Case(
        lambda site: site.state(site.checkpoint, of_nine(site)),
        ["bad-signature checkpoint"],
        file=[
            "bad-signature checkpoint",
            "bad-signature checkpoint",
            "no-quorum checkpoint",
            "unknown-signer checkpoint",
        ],
    ),
    "signature under another name": Case(
        lines_as(lambda signatures, _: [signatures[0]._replace(name=OTHER), *signatures[1:]]),
        ["unknown-signer checkpoint"],
    ),
    "signature under another id": Case(
        lines_as(lambda signatures, _: [signatures[0]._replace(id=bytes(4)), *signatures[1:]]),
        ["unknown-signer checkpoint"],
    ),
    "signature cut short": Case(
        lines_as(lambda signatures, _: [signatures[0]._replace(data=signatures[0].data[:63]), *signatures[1:]]),
        ["bad-signature checkpoint"],
        file=["unknown-signer checkpoint"],
    ),
    "signature with a byte more": Case(
        lines_as(lambda signatures, _: [signatures[0]._replace(data=signatures[0].data + b"\0"), *signatures[1:]]),
        ["bad-signature checkpoint"],
        file=["unknown-signer checkpoint"],
    ),
    "signature of no bytes": Case(
        bytes_as(lambda data: data.replace(b"\n\n", f"\n\n\u2014 {ORIGIN} AAAAAA==\n".encode())),
        ["bad-checkpoint checkpoint"],
    ),
    "signature with bits that hold no data": Case(
        bytes_as(lambda data: data.replace(b"=\n\xe2", b"==\n\xe2", 1)), ["bad-checkpoint checkpoint"]
    ),
    "signature line with a hyphen": Case(
        bytes_as(lambda data: data.replace("\u2014".encode(), b"-", 1)), ["bad-checkpoint checkpoint"]
    ),
    "129 signatures": Case(
        lines_as(
            lambda signatures, _: [*signatures, *(signatures[0]._replace(name=f"n{number}") for number in range(126))]
        ),
        ["bad-checkpoint checkpoint"],
    ),
    "byte order mark": Case(
        bytes_as(lambda data: b"\xef\xbb\xbf" + data),
        ["bad-signature checkpoint"],
        product=["other-origin checkpoint"],
        file=[
            "bad-signature checkpoint",
            "no-quorum checkpoint",
            "other-origin position 1",
            "unknown-signer checkpoint",
        ],
    ),
    "not UTF-8": Case(bytes_as(lambda data: data.replace(b"example", b"ex\xffmple", 1)), ["bad-checkpoint checkpoint"]),
    "UTF-16": Case(bytes_as(lambda data: data.decode().encode("utf-16")), ["bad-checkpoint checkpoint"]),
    "nothing": Case(bytes_as(lambda _: b""), ["bad-checkpoint checkpoint"]),
    "without its last line feed": Case(bytes_as(lambda data: data[:-1]), ["bad-checkpoint checkpoint"]),
    "with a line feed more": Case(bytes_as(lambda data: data + b"\n"), ["bad-checkpoint checkpoint"]),
    "more than a note has": Case(
        bytes_as(lambda data: data * 200), ["too-large checkpoint"], file=["bad-checkpoint checkpoint"]
    ),
}

LATER = (1_800_000_000).to_bytes(8, "big")
COSIGNATURES: Cases = {
    "one witness is missing": Case(lines_as(lambda signatures, _: signatures[:2]), ["no-quorum checkpoint"]),
    "no witness cosigned": Case(lines_as(lambda signatures, _: signatures[:1]), ["no-quorum checkpoint"]),
    "one witness twice": Case(
        lines_as(lambda signatures, text: [*signatures[:2], cosign(text, ONE, COSIGNED_AT + 1)]),
        ["no-quorum checkpoint"],
    ),
    "witness line under the name of the other": Case(
        lines_as(lambda signatures, _: [*signatures[:2], signatures[1]._replace(name=TWO.name)]),
        ["no-quorum checkpoint"],
    ),
    "witness line under the name and id of the other": Case(
        lines_as(lambda signatures, _: [*signatures[:2], signatures[1]._replace(name=TWO.name, id=signatures[2].id)]),
        ["bad-signature checkpoint"],
        file=["no-quorum checkpoint"],
    ),
    "cosignature of another checkpoint": Case(
        lambda site: site.state(site.checkpoint, [sign(site.checkpoint, LOG), *of_nine(site)[1:]]),
        ["bad-signature checkpoint"],
        file=["bad-signature checkpoint", "no-quorum checkpoint"],
    ),
    "cosignature at another time than was signed": Case(
        lines_as(lambda signatures, _: [*signatures[:2], signatures[2]._replace(data=LATER + signatures[2].data[8:])]),
        ["bad-signature checkpoint"],
        file=["no-quorum checkpoint"],
    ),
    "cosignature without its time": Case(
        lines_as(lambda signatures, _: [*signatures[:2], signatures[2]._replace(data=signatures[2].data[8:])]),
        ["bad-signature checkpoint"],
        file=["no-quorum checkpoint"],
    ),
    "plain signature of the witness": Case(
        lines_as(lambda signatures, text: [*signatures[:2], sign(text, TWO)]), ["no-quorum checkpoint"]
    ),
    "signature of the log in place of a witness's": Case(
        lines_as(lambda signatures, text: [*signatures[:2], cosign(text, LOG, COSIGNED_AT)]), ["no-quorum checkpoint"]
    ),
    "unknown witnesses, however many": Case(
        lines_as(
            lambda signatures, text: [
                signatures[0],
                *(cosign(text, signing_key(20 + n, f"witness.example/{n}"), COSIGNED_AT) for n in range(9)),
            ]
        ),
        ["no-quorum checkpoint"],
    ),
    "cosigned before it was recorded": Case(
        lambda site: site.sign(site.checkpoint, at=NOON - 3600),
        ["recorded-after-cosigned position 1"],
        file=[
            "recorded-after-cosigned position 10",
            "recorded-after-cosigned position 11",
            "recorded-after-cosigned position 12",
            "recorded-after-cosigned position 13",
            "recorded-after-cosigned position 2",
            "recorded-after-cosigned position 3",
            "recorded-after-cosigned position 4",
            "recorded-after-cosigned position 5",
            "recorded-after-cosigned position 6",
            "recorded-after-cosigned position 7",
            "recorded-after-cosigned position 8",
            "recorded-after-cosigned position 9",
        ],
    ),
    "cosigned in years to come": Case(
        lambda site: site.sign(site.checkpoint, at=NOON + 90 * 31_536_000), ["cosigned-in-future checkpoint"]
    ),
    "cosigned at a time beyond all clocks": Case(
        lambda site: site.sign(site.checkpoint, at=2**63),
        ["bad-signature checkpoint"],
        file=["bad-signature checkpoint", "no-quorum checkpoint"],
    ),
}


def untouched(_: Site) -> None:
    """Do nothing to the folder."""


def trusting(old: str, new: str) -> str:
    """Return the reader's policy with something exchanged."""
    assert old in POLICY_TEXT
    return POLICY_TEXT.replace(old, new)


ONE_KEY, TWO_KEY = str(ONE.verifier(COSIGNER)), str(TWO.verifier(COSIGNER))
LOW = VerifierKey(ORIGIN, 1, bytes([1]) + bytes(31))
AGAIN = VerifierKey("witness.example/again", COSIGNER, ONE.verifier().public)
STRANGER = signing_key(1, OTHER).verifier()
POLICIES: Cases = {
    "one key under two names": Case(untouched, ["bad-policy policy"], policy=trusting(TWO_KEY, str(AGAIN))),
    "one key twice": Case(untouched, ["bad-policy policy"], policy=trusting(TWO_KEY, ONE_KEY)),
    "key of low order": Case(untouched, ["bad-policy policy"], policy=trusting(str(LOG.verifier()), str(LOW))),
    "key of the log under another name": Case(
        untouched, ["unknown-signer checkpoint"], policy=trusting(str(LOG.verifier()), str(STRANGER))
    ),
    "key under an id that is not its own": Case(
        untouched, ["bad-policy policy"], policy=trusting(f"+{LOG.verifier().id.hex()}+", "+00000000+")
    ),
    "key of a witness for the log": Case(
        untouched, ["bad-policy policy"], policy=trusting(f"log {LOG.verifier()}", f"log {ONE_KEY}")
    ),
    "key of the log for a witness": Case(
        untouched, ["bad-policy policy"], policy=trusting(ONE_KEY, str(ONE.verifier()))
    ),
    "quorum of a stranger": Case(untouched, ["bad-policy policy"], policy=trusting("quorum both", "quorum all")),
    "quorum left out": Case(untouched, ["bad-policy policy"], policy=trusting("quorum both\n", "")),
    "key of the log left out": Case(
        untouched, ["unknown-signer checkpoint"], policy=trusting(f"log {LOG.verifier()}\n", "")
    ),
}
