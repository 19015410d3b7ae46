"""The folder of a witness: its trusted logs, the last checkpoint that it cosigned for each, and refused submissions.

`policy` holds the keys of the logs and of the witness (c2sp.org/tlog-policy). `logs` has one file per log, named by the
SHA-256 of its origin: the last cosigned checkpoint as a signed note with this witness's cosignature; before the first
one, the unsigned checkpoint of the empty log. That file is created when the log is first trusted, so that a missing
file is noticed. `refused` holds evidence against logs. All changes are on disk when a call returns.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from ledger.domain.errors import LedgerError
from ledger.files.atomic import make_folder, new_file, replace_file
from ledger.files.lock import lock_file
from ledger.files.unfinished import clear_leftovers
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
"""How long to wait for another run of the witness."""


class WitnessKeys(NamedTuple):
    """The witness's own key, and the log keys that it trusts."""

    key: VerifierKey
    logs: tuple[VerifierKey, ...]

    @property
    def origins(self) -> list[str]:
        """The trusted logs, in the order in which they were added."""
        return list(dict.fromkeys(key.name for key in self.logs))


def check_name(name: str) -> None:
    """Raise BadWitnessName if a key or a policy line cannot have this name."""
    if not is_name(name) or name == NONE or not name.isprintable():
        raise BadWitnessName(name)


class WitnessState:
    """The folder of one witness."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, which need not exist yet."""
        self.folder = folder

    def check_free(self) -> None:
        """Raise WitnessThere unless a witness can be created here."""
        try:
            if self.folder.is_symlink() or (self.folder.exists() and not self._is_unused()):
                raise WitnessThere(self.folder)
        except OSError as error:
            raise WitnessThere(self.folder) from error

    def _is_unused(self) -> bool:
        """Return whether the folder is empty, or as a process left it that was killed before it had made a witness."""
        clear_leftovers(self.folder / POLICY)
        names = {path.name for path in self.folder.iterdir()}
        return not names or (names == {LOGS} and not any((self.folder / LOGS).iterdir()))

    def make(self, key: VerifierKey) -> None:
        """Create the folder of the witness with this key. Raises WitnessThere, CannotKeepState."""
        self.check_free()
        with self._writing():
            make_folder(self.folder, 0o700, parents=True)
            make_folder(self.folder / LOGS, 0o700)
            # This file makes the folder a witness's, so it comes last.
            new_file(self.folder / POLICY, _written(WitnessKeys(key, ())))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the witness's lock. Raises NoWitness, WitnessBusy, CannotKeepState."""
        self._check_made()
        try:
            file = (self.folder / LOCK).open("ab")
        except OSError as error:
            raise CannotKeepState(self.folder, error.strerror or str(error)) from error
        with file:  # closing it releases the lock
            if not lock_file(file.fileno(), WAIT_SECONDS):
                raise WitnessBusy(self.folder, WAIT_SECONDS)
            yield

    def keys(self) -> WitnessKeys:
        """Return the keys of the witness and of its logs. Raises NoWitness, BadWitnessState."""
        self._check_made()
        path = self.folder / POLICY
        try:
            stored = policy.parse(_read(path, policy.MAX_BYTES))
        except BadPolicy as error:
            raise BadWitnessState(path, str(error)) from error
        (own, *more) = stored.witnesses.values() or (None,)
        if own is None or more or stored.groups or stored.quorum != own.name or list(stored.witnesses) != [own.name]:
            raise BadWitnessState(path, "it does not have exactly one witness, under its own name, as its quorum")
        return WitnessKeys(own, stored.logs)

    def _check_made(self) -> None:
        """Raise NoWitness where there is no policy and no log: if an `init` was cut off, it made no witness yet."""
        logs = self.folder / LOGS
        if not (self.folder / POLICY).exists() and not (logs.is_dir() and any(logs.iterdir())):
            raise NoWitness(self.folder)

    def is_of(self, key: VerifierKey) -> bool:
        """Return whether a witness with this key is here."""
        try:
            return self.keys().key == key
        except LedgerError:
            return False

    def trusts(self, text: str) -> bool:
        """Return whether a log key, given as itself or by its id, is trusted. False without a witness."""
        text = text.removeprefix("log ").strip()
        try:
            return any(text in (str(key), key.id.hex()) for key in self.keys().logs)
        except LedgerError:
            return False

    def trust(self, text: str) -> VerifierKey:
        """Trust a log key; the log starts empty, or from its last cosigned checkpoint.

        Raises NoWitness, BadLogKey, BadWitnessState, WitnessBusy, CannotKeepState.
        """
        key = log_key(text)
        with self.locked():
            keys = self.keys()
            if any(trusted.public == key.public and trusted != key for trusted in keys.logs):
                raise BadLogKey("the same key is trusted for another log")
            if key.public == keys.key.public:
                raise BadLogKey("it is this witness's own key, and no log is its own witness")
            path = self.path_of(key.name)
            if key.name in keys.origins or path.exists():
                self.last_cosigned(key.name, keys.key)
            with self._writing():
                if not path.exists():
                    new_file(path, str(_empty(key.name)).encode())
                if key not in keys.logs:
                    self._store(keys._replace(logs=(*keys.logs, key)))
        return key

    def distrust(self, text: str) -> VerifierKey:
        """Stop trusting a log key; the last cosigned checkpoint stays, in case it is trusted again.

        Raises NoWitness, NotTrusted, BadWitnessState, WitnessBusy, CannotKeepState.
        """
        with self.locked():
            keys = self.keys()
            distrusted = next((key for key in keys.logs if text in (str(key), key.id.hex())), None)
            if distrusted is None:
                raise NotTrusted(text)
            with self._writing():
                self._store(keys._replace(logs=tuple(key for key in keys.logs if key != distrusted)))
        return distrusted

    def path_of(self, origin: str) -> Path:
        """Return the path of the file with a log's last cosigned checkpoint."""
        return self.folder / LOGS / sha256(origin.encode()).hexdigest()

    def last_cosigned(self, origin: str, own: VerifierKey) -> LastCosigned:
        """Return the last cosigned checkpoint of a log. Raises BadWitnessState."""
        path = self.path_of(origin)
        data = _read(path, note.MAX_BYTES)
        if data == str(empty := _empty(origin)).encode():
            return LastCosigned(empty, None, path)
        try:
            stored = note.parse(data)
            stated = checkpoint.parse(stored.text)
            own_cosignatures = cosigners(stored, [own])
        except (BadNote, BadCheckpoint) as error:
            raise BadWitnessState(path, str(error)) from error
        if stated.origin != origin:
            raise BadWitnessState(path, f"it is of the log {stated.origin!r}, but is stored for {origin!r}")
        if not own_cosignatures:
            raise BadWitnessState(path, "it lacks the cosignature of this witness")
        return LastCosigned(stated, own_cosignatures[0].time, path)

    def store_cosigned(self, origin: str, cosigned: note.Note) -> None:
        """Replace the last cosigned checkpoint of a log. Raises CannotKeepState."""
        with self._writing():
            replace_file(self.path_of(origin), bytes(cosigned))

    def store_evidence(self, data: bytes, submission: VerifiedSubmission, last: LastCosigned) -> Path | None:
        """Store a refused submission and the last cosigned checkpoint; return the folder, or None if that failed.

        One folder per signed text, so that nobody can fill the disk with many wrong proofs of one checkpoint.
        """
        folder = self.folder / REFUSED / f"{submission.stated.size}-{sha256(submission.note.text.encode()).hexdigest()}"
        try:
            make_folder(folder, 0o700, parents=True)
            for name, content in (("submission", data), ("remembered", _read(last.path, note.MAX_BYTES))):
                if not (folder / name).exists():
                    new_file(folder / name, content)
        except OSError:
            return None
        return folder

    def _store(self, keys: WitnessKeys) -> None:
        replace_file(self.folder / POLICY, _written(keys))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise CannotKeepState(self.folder, error.strerror or str(error)) from error


def log_key(text: str) -> VerifierKey:
    """Parse a log's key, alone or as the line `log KEY`. Raises BadLogKey."""
    try:
        key = VerifierKey.parse(text.removeprefix("log ").strip())
    except BadKey as error:
        raise BadLogKey(str(error)) from error
    if key.kind != LOG or not key.name.isprintable():
        raise BadLogKey(f"{key.name!r} signs as a witness" if key.kind == COSIGNER else "its name cannot be printed")
    return key


def policy_line(key: VerifierKey) -> str:
    """Return the policy line for a witness."""
    return f"witness {key.name} {key}"


def _empty(origin: str) -> Checkpoint:
    return Checkpoint(origin, 0, EMPTY_ROOT)


def _written(keys: WitnessKeys) -> bytes:
    return str(Policy(keys.logs, {keys.key.name: keys.key}, {}, keys.key.name)).encode()


def _read(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(limit + 1)
    except FileNotFoundError:
        raise BadWitnessState(path, "it is missing") from None
    except OSError as error:
        raise BadWitnessState(path, error.strerror or str(error)) from error
