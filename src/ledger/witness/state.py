"""The folder of a witness: which logs it trusts, the checkpoint that it cosigned last for each, and what it refused.

`policy` has the keys of the logs and the witness's own (c2sp.org/tlog-policy). `logs` has a file for each log, named by
the SHA-256 of its origin: the checkpoint cosigned last as a signed note that bears this witness's cosignature; before
the first one, the checkpoint of the empty log without any signature. It is made when the log is first trusted, so that
a file that is gone is noticed. `refused` has what speaks against a log. Everything is on the disk when a call returns.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from ledger.files.atomic import new_file, replace_file, settle
from ledger.files.lock import lock_file
from ledger.tlog import checkpoint, note, policy
from ledger.tlog.checkpoint import BadCheckpoint, Checkpoint
from ledger.tlog.cosignature import cosigners
from ledger.tlog.keys import COSIGNER, LOG, BadKey, VerifierKey, is_name
from ledger.tlog.merkle import EMPTY_ROOT
from ledger.tlog.note import BadNote
from ledger.tlog.policy import NONE, BadPolicy, Policy
from ledger.witness.errors import (
    BadLogKey,
    BadWitnessName,
    BadWitnessState,
    CannotKeepState,
    NotTrusted,
    NoWitness,
    WitnessBusy,
    WitnessThere,
)
from ledger.witness.evaluate import LastCosigned, VerifiedSubmission

POLICY, LOGS, REFUSED, LOCK = "policy", "logs", "refused", "lock"
WAIT_SECONDS = 10.0
"""How long another run of the witness is waited for."""


class WitnessKeys(NamedTuple):
    """The witness's own key, and the keys that it trusts logs by."""

    key: VerifierKey
    logs: tuple[VerifierKey, ...]

    @property
    def origins(self) -> list[str]:
        """The logs, in the order in which they came to be trusted."""
        return list(dict.fromkeys(key.name for key in self.logs))


def check_name(name: str) -> None:
    """Raise BadWitnessName for a name that a key or a line of a policy cannot have."""
    if not is_name(name) or name == NONE or not name.isprintable():
        raise BadWitnessName(name)


class WitnessState:
    """A witness's folder."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, which need not be there yet."""
        self.folder = folder

    def check_free(self) -> None:
        """Raise WitnessThere unless a witness can be made here."""
        try:
            if self.folder.is_symlink() or (self.folder.exists() and any(self.folder.iterdir())):
                raise WitnessThere(self.folder)
        except OSError as error:
            raise WitnessThere(self.folder) from error

    def make(self, key: VerifierKey) -> None:
        """Make the folder of the witness that has this key. Raises WitnessThere, CannotKeepState."""
        self.check_free()
        with self._writing():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self.folder / LOGS).mkdir(mode=0o700)
            settle(self.folder)
            # It is what makes the folder a witness's, so it comes last.
            new_file(self.folder / POLICY, _written(WitnessKeys(key, ())))
            settle(self.folder.absolute().parent)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other runs of the witness out. Raises NoWitness, WitnessBusy, CannotKeepState."""
        if not (self.folder / LOGS).is_dir() and not (self.folder / POLICY).exists():
            raise NoWitness(self.folder)
        try:
            file = (self.folder / LOCK).open("ab")
        except OSError as error:
            raise CannotKeepState(self.folder, error.strerror or str(error)) from error
        with file:  # closing it releases the lock
            if not lock_file(file.fileno(), WAIT_SECONDS):
                raise WitnessBusy(self.folder, WAIT_SECONDS)
            yield

    def known(self) -> WitnessKeys:
        """Return whom the witness knows. Raises NoWitness, BadWitnessState."""
        path = self.folder / POLICY
        if not path.exists() and not (self.folder / LOGS).exists():
            raise NoWitness(self.folder)
        try:
            held = policy.parse(_read(path, policy.MAX_BYTES))
        except BadPolicy as error:
            raise BadWitnessState(path, str(error)) from error
        (own, *others) = held.witnesses.values() or (None,)
        if own is None or others or held.groups or held.quorum != own.name or list(held.witnesses) != [own.name]:
            raise BadWitnessState(path, "it has not one witness, under its own name, that is its quorum")
        return WitnessKeys(own, held.logs)

    def trust(self, text: str) -> VerifierKey:
        """Trust a log by a key, from its empty beginning or from where the witness left it.

        Raises NoWitness, BadLogKey, BadWitnessState, WitnessBusy, CannotKeepState.
        """
        key = log_key(text)
        with self.locked():
            known = self.known()
            if any(one.public == key.public and one != key for one in known.logs):
                raise BadLogKey("the same key is trusted for another log")
            path = self.path_of(key.name)
            if key.name in known.origins or path.exists():
                self.remembered(key.name, known.key)
            with self._writing():
                if not path.exists():
                    new_file(path, str(_empty(key.name)).encode())
                if key not in known.logs:
                    self._keep(known._replace(logs=(*known.logs, key)))
        return key

    def distrust(self, text: str) -> VerifierKey:
        """Trust a log by a key no more; what was cosigned last is remembered, should it be trusted again.

        Raises NoWitness, NotTrusted, BadWitnessState, WitnessBusy, CannotKeepState.
        """
        with self.locked():
            known = self.known()
            found = next((key for key in known.logs if text in (str(key), key.id.hex())), None)
            if found is None:
                raise NotTrusted(text)
            with self._writing():
                self._keep(known._replace(logs=tuple(key for key in known.logs if key != found)))
        return found

    def path_of(self, origin: str) -> Path:
        """Return where the checkpoint of a log is kept that was cosigned last."""
        return self.folder / LOGS / sha256(origin.encode()).hexdigest()

    def remembered(self, origin: str, own: VerifierKey) -> LastCosigned:
        """Return what was cosigned last for a log. Raises BadWitnessState."""
        path = self.path_of(origin)
        data = _read(path, note.MAX_BYTES)
        if data == str(empty := _empty(origin)).encode():
            return LastCosigned(empty, None, path)
        try:
            held = note.parse(data)
            stated = checkpoint.parse(held.text)
            own_lines = cosigners(held, [own])
        except (BadNote, BadCheckpoint) as error:
            raise BadWitnessState(path, str(error)) from error
        if stated.origin != origin:
            raise BadWitnessState(path, f"it is of the log {stated.origin!r} and stands for {origin!r}")
        if not own_lines:
            raise BadWitnessState(path, "it lacks the cosignature of this witness")
        return LastCosigned(stated, own_lines[0].time, path)

    def remember(self, origin: str, cosigned: note.Note) -> None:
        """Put what is cosigned now in the place of what was cosigned last. Raises CannotKeepState."""
        with self._writing():
            replace_file(self.path_of(origin), bytes(cosigned))

    def keep_refused(self, data: bytes, given: VerifiedSubmission, held: LastCosigned) -> Path | None:
        """Keep a submission, and beside it what was remembered; return the folder, or None if they could not be kept.

        One a signed text, so that nobody can fill the disk by sending the same checkpoint with many wrong proofs.
        """
        folder = self.folder / REFUSED / f"{given.stated.size}-{sha256(given.note.text.encode()).hexdigest()}"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for name, content in (("submission", data), ("remembered", _read(held.path, note.MAX_BYTES))):
                if not (folder / name).exists():
                    new_file(folder / name, content)
            settle(folder.parent)
            settle(self.folder)
        except OSError:
            return None
        return folder

    def _keep(self, known: WitnessKeys) -> None:
        replace_file(self.folder / POLICY, _written(known))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise CannotKeepState(self.folder, error.strerror or str(error)) from error


def log_key(text: str) -> VerifierKey:
    """Return a log's key, as it is or as the line `log KEY`. Raises BadLogKey."""
    try:
        key = VerifierKey.parse(text.removeprefix("log ").strip())
    except BadKey as error:
        raise BadLogKey(str(error)) from error
    if key.kind != LOG or not key.name.isprintable():
        raise BadLogKey(f"{key.name!r} signs as a witness" if key.kind == COSIGNER else "its name cannot be printed")
    return key


def policy_line(key: VerifierKey) -> str:
    """Return the line that readers put into their policies for a witness."""
    return f"witness {key.name} {key}"


def _empty(origin: str) -> Checkpoint:
    return Checkpoint(origin, 0, EMPTY_ROOT)


def _written(known: WitnessKeys) -> bytes:
    return str(Policy(known.logs, {known.key.name: known.key}, {}, known.key.name)).encode()


def _read(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except FileNotFoundError:
        raise BadWitnessState(path, "it is gone") from None
    except OSError as error:
        raise BadWitnessState(path, error.strerror or str(error)) from error
