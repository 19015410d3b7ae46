"""Real processes that cosign: one that is killed before it answers, two at once, and the race of the specification."""

import os
from pathlib import Path

import pytest

from ledger.witness.errors import OtherSize, Refusal, WitnessBusy
from tests.faults.processes import drained, forked, killed
from tests.spec.signing import ORIGIN
from tests.witness.logs import Log, Witness, numbered

ROUNDS = 200 if os.environ.get("LEDGER_SWEEP") else 20


def _log(size: int) -> Log:
    return Log().grow(*numbered(0, size))


def test_killed_before_it_answers(tmp_path: Path) -> None:
    """A cosignature that was stored and not returned is no loss: a request from that size is cosigned again."""
    log = _log(5)
    witness = Witness(tmp_path / "witness", log)
    read, write = os.pipe()

    def cosigns(writing: int) -> None:
        witness.cosign(log.body(0))
        os.write(writing, b"remembered")
        os.read(read, 1)  # for ever: it never comes to answer

    child, reading = forked(cosigns)
    assert b"remembered" == os.read(reading, 100)
    killed(child)
    assert "" == drained(reading)
    with pytest.raises(OtherSize) as refused:
        witness.cosign(log.body(0))
    assert "cosigned 5 last" in refused.value.sentence
    line = witness.cosign(log.body(5))
    assert line == witness.state.path_of(ORIGIN).read_text("utf-8").splitlines(keepends=True)[-1]
    os.close(write)
    os.close(read)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_while_it_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    """Killed before or after the new checkpoint gets its name, the witness remembers the old or the new one."""
    log = _log(5)
    witness = Witness(tmp_path / "witness", log)
    witness.cosign(log.body(0))
    log.grow(*numbered(5, 9))
    real = Path.replace

    def cosigns(writing: int) -> None:
        os.write(writing, witness.cosign(log.body(5)).encode())

    def dies(path: Path, target: Path) -> Path:
        if moment == "after":
            real(path, target)
        os.kill(os.getpid(), 9)
        return target

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", dies)
        child, reading = forked(cosigns)
    assert 9 == os.waitpid(child, 0)[1]
    assert "" == drained(reading)
    remembered = {"before": 5, "after": 9}[moment]
    assert remembered == witness.size()
    witness.cosign(log.body(remembered))
    assert 9 == witness.size()


def test_the_race_of_the_specification(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the check of a checkpoint and its storage, no other is checked: no cosigned checkpoint is rolled back."""
    log = _log(9)
    witness = Witness(tmp_path / "witness", log)
    go, let_go = os.pipe()

    def slow(writing: int) -> None:
        from ledger.witness import cosign  # noqa: PLC0415 - this process's own
        from ledger.witness.evaluate import LastCosigned, VerifiedSubmission, check_extends  # noqa: PLC0415

        def checked(submission: VerifiedSubmission, last: LastCosigned) -> None:
            check_extends(submission, last)
            os.write(writing, b"checked")
            os.read(go, 1)

        cosign.check_extends = checked  # type: ignore[attr-defined]
        os.write(writing, witness.cosign(log.body(0, 5)).encode())

    child, reading = forked(slow)
    assert b"checked" == os.read(reading, 100)
    with monkeypatch.context() as patched:
        patched.setattr("ledger.witness.state.WAIT_SECONDS", 0.05)
        with pytest.raises(WitnessBusy):
            witness.cosign(log.body(0, 9))
    os.write(let_go, b"!")
    assert drained(reading).startswith("\u2014 ")
    assert 0 == os.waitpid(child, 0)[1]
    with pytest.raises(OtherSize):
        witness.cosign(log.body(0, 9))
    witness.cosign(log.body(5))
    os.close(go)
    os.close(let_go)


def test_two_at_once(tmp_path: Path) -> None:
    """Of two processes with two different histories, exactly one cosigns, in every round."""
    for number in range(ROUNDS):
        honest = _log(5 + number % 3)
        fork = honest.fork(4, *numbered(4, 5 + number % 2, "other"))
        witness = Witness(tmp_path / f"witness {number}", honest)

        def cosigns(writing: int, log: Log, witness: Witness = witness) -> None:
            try:
                os.write(writing, f"{witness.cosign(log.body(0))}".encode())
            except Refusal as refusal:
                os.write(writing, refusal.code.encode())

        started = [forked(lambda writing, log=log: cosigns(writing, log)) for log in (honest, fork)]  # type: ignore[misc]
        answers = [drained(reading) for _, reading in started]
        assert [0, 0] == [os.waitpid(child, 0)[1] for child, _ in started]
        assert 1 == sum(answer.startswith("\u2014 ") for answer in answers), answers
        assert 1 == sum(answer in ("other-root", "other-size") for answer in answers), answers
        winner = honest if answers[0].startswith("\u2014 ") else fork
        assert winner.checkpoint() == witness.state.last_cosigned(ORIGIN, witness.vkey).checkpoint
