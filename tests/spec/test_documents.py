"""Documents: a file is stored under its digest next to the ledger, and `verify` compares it with its entry."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from ledger.domain.engagement.oversight.documents import (
    AttachDocument,
    BadDigest,
    DocumentAttached,
    DuplicateDocument,
    NotKept,
)
from ledger.domain.engagement.parts import Content
from ledger.domain.engagement.state import Engagement
from ledger.domain.fields import BadReference
from ledger.domain.kernel import Fact
from ledger.domain.refusals import InTheFuture, UnknownEngagement
from ledger.domain.voiding import VoidEntries
from ledger.files.attachments import UNKNOWN_TYPE, Attachments, CannotKeep, content_of
from ledger.replay.procedure import replay_log
from tests.spec.scenario import AGREEMENT, KEPT, Scenario
from tests.spec.stories import LIVES, PARTIES, SIGNED


def attach(content: Content = KEPT, **members: str) -> AttachDocument:
    """Return a command that attaches a document."""
    return AttachDocument(engagement="E1", content=content, title="Signed agreement", **members)


def attached(key: str = "D1", content: Content = KEPT) -> DocumentAttached:
    """Return an attachment event."""
    return DocumentAttached(document=key, title="Signed agreement", content=content)


@pytest.mark.parametrize("status", LIVES)
def test_attaching_in_each_state(spec: Scenario, status: str) -> None:
    """Documents are attached in every state from proposal on."""
    spec.given(*PARTIES, *LIVES[status]).when(attach())
    if status:
        spec.then(attached())
    else:
        spec.then_refused(UnknownEngagement, "E1")


def test_keys_of_documents(spec: Scenario) -> None:
    """A key is given or generated, and is unique; the same content may be attached twice."""
    spec.given(*PARTIES, *SIGNED).when(attach(document="MoU")).then(attached("MoU"))
    spec.when(attach()).then(attached())
    spec.when(attach(document="MoU")).then_refused(DuplicateDocument, "a document MoU already")
    spec.when(attach(document="a=b")).then_refused(BadReference, "'a=b'")
    spec.when(attach(), effective="2026-01-17").then_refused(InTheFuture, "document.attached")
    description = spec.description("engagement/E1")["document D1"]
    assert f"Signed agreement ({len(AGREEMENT)} bytes, SHA-256 {KEPT.sha256[:16]}…)" == description


OTHER = hashlib.sha256(b"another").hexdigest()


@pytest.mark.parametrize(
    "content",
    [
        Content(OTHER, 7, "text/plain"),
        Content(KEPT.sha256, KEPT.size + 1, KEPT.media_type),
        Content(KEPT.sha256.upper(), KEPT.size, KEPT.media_type),
        Content("../ledger.db", KEPT.size, KEPT.media_type),
        Content(f"{KEPT.sha256[:62]}/.", KEPT.size, KEPT.media_type),
    ],
)
def test_only_stored_files_are_attached(spec: Scenario, content: Content) -> None:
    """Another digest, size or spelling of the digest, and a text that is no digest, are refused."""
    spec.given(*PARTIES, *SIGNED).when(attach(content)).then_refused(NotKept, content.sha256, "ledger document attach")


def test_a_ledger_without_attachments() -> None:
    """A ledger without a folder for attachments refuses documents."""
    spec = Scenario()
    spec.given(*PARTIES, *SIGNED).when(attach()).then_refused(NotKept, KEPT.sha256)
    spec.close()


@pytest.mark.parametrize(("sha256", "size"), [("0" * 63, 1), ("G" * 64, 1), ("A" * 64, 1), ("0" * 64, -1)])
def test_an_event_without_a_valid_digest_is_invalid(sha256: str, size: int) -> None:
    """The event itself refuses a digest that is not 64 lower-case hexadecimal digits, and a negative size."""
    state = Engagement()
    state.step("signed", Fact(1, "2024-03-01", attached()))
    event = attached(content=Content(sha256, size, "text/plain"))
    with pytest.raises(BadDigest):
        event.validate(state, Fact(2, "2024-03-01", event))


# Files.


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.pdf", AGREEMENT, "application/pdf"),
        ("a", b"", UNKNOWN_TYPE),
        ("a.txt", b"x" * ((1 << 20) + 1), "text/plain"),
    ],
)
def test_the_content_of_a_file(tmp_path: Path, name: str, data: bytes, media_type: str) -> None:
    """Digest and size are those of the bytes, for any length; the media type is that of the name."""
    file = tmp_path / name
    file.write_bytes(data)
    assert Content(hashlib.sha256(data).hexdigest(), len(data), media_type) == content_of(file)


def test_files_that_cannot_be_kept(tmp_path: Path) -> None:
    """A path that is no file, and a file that changed after it was digested, are refused and leave nothing."""
    kept = Attachments(tmp_path / "attachments")
    for path in (tmp_path, tmp_path / "none", Path("a\0b")):
        with pytest.raises(CannotKeep):
            content_of(path)
    file = tmp_path / "a"
    file.write_bytes(b"one")
    content = content_of(file)
    file.write_bytes(b"two")
    with pytest.raises(CannotKeep, match="it changed while it was read"):
        kept.keep(file, content)
    assert [] == list(kept.folder.iterdir())


def test_a_file_is_kept_once(tmp_path: Path) -> None:
    """A stored file is left unchanged when stored again, unless it was damaged."""
    kept, file = Attachments(tmp_path / "attachments"), tmp_path / "a.pdf"
    file.write_bytes(AGREEMENT)
    for change in (None, b"", b"x" * KEPT.size):
        if change is not None:
            kept.place(KEPT.sha256).write_bytes(change)
        kept.keep(file, content_of(file))
        assert [kept.place(KEPT.sha256)] == list(kept.folder.iterdir())
        assert AGREEMENT == kept.place(KEPT.sha256).read_bytes()
    before = kept.place(KEPT.sha256).stat().st_mtime_ns
    kept.keep(file, content_of(file))
    assert before == kept.place(KEPT.sha256).stat().st_mtime_ns


# Verification, step 15.


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[Scenario]:
    """Return a ledger with an attached document and its own folder."""
    kept, file = Attachments(tmp_path / "attachments"), tmp_path / "a.pdf"
    file.write_bytes(AGREEMENT)
    kept.keep(file, KEPT)
    spec = Scenario(kept)
    spec.given(*PARTIES, *SIGNED, attach())
    yield spec
    spec.close()


def _found(spec: Scenario) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.position) for finding in replay_log(spec.ledger)]


def _folder(place: Path) -> None:
    place.unlink()
    place.mkdir()


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "removed": (Path.unlink, "attachment-missing"),
    "truncated": (lambda place: place.write_bytes(AGREEMENT[:-1]), "attachment-differs"),
    "altered": (lambda place: place.write_bytes(AGREEMENT.replace(b"an", b"no")), "attachment-differs"),
    "made a folder": (_folder, "attachment-missing"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_missing_or_altered_file_is_reported(keeping: Scenario, name: str) -> None:
    """A missing or altered file is reported at the entry that attached it."""
    damage, code = DAMAGES[name]
    assert [] == _found(keeping)
    assert keeping.ledger.attachments is not None
    damage(keeping.ledger.attachments.place(KEPT.sha256))
    assert [(code, 6)] == _found(keeping)


def test_a_file_of_a_voided_entry_may_go(keeping: Scenario) -> None:
    """The file of a voided entry may be deleted; it is reported as missing once the entry is restored."""
    assert keeping.ledger.attachments is not None
    place = keeping.ledger.attachments.place(KEPT.sha256)
    keeping.given(VoidEntries(positions=(6,), reason="Attached to the wrong engagement"))
    assert [] == _found(keeping)
    place.write_bytes(b"altered")
    assert [("attachment-differs", 6)] == _found(keeping)
    place.unlink()
    assert [] == _found(keeping)
    keeping.given(VoidEntries(positions=(7,), reason="It was the right one"))
    assert [("attachment-missing", 6)] == _found(keeping)


def test_a_wrong_size_is_reported(keeping: Scenario) -> None:
    """An entry with the right digest and a wrong size is reported."""
    assert keeping.ledger.attachments is not None
    wrong = msgspec.structs.replace(KEPT, size=KEPT.size + 1)
    assert f"it has {KEPT.size} bytes, not {KEPT.size + 1}" == keeping.ledger.attachments.fault(wrong)
