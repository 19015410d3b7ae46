"""Load profiles: the bundled ones by name, and any TOML file by its path (docs/importing.md)."""

import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from ledger.importing.errors import BadProfile, CannotRead, UnknownProfile
from ledger.importing.profile.model import Profile
from ledger.importing.profile.validate import Mistake, mistakes, pruned, shape_mistakes

MOST_BYTES = 1 << 20
"""The largest profile that is read."""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}", re.ASCII)


def bundled() -> list[str]:
    """Return the names of the bundled profiles."""
    return sorted(file.name.removesuffix(".toml") for file in _bundle().iterdir() if file.name.endswith(".toml"))


def load_profile(name: str) -> Profile:
    """Load the bundled profile of this name, or the profile at this path if it ends in `.toml`.

    Raises UnknownProfile, BadProfile, CannotRead.
    """
    return read_profile(*find_profile(name))


def find_profile(name: str) -> tuple[str, bytes]:
    """Return the name of a profile, and its bytes. Raises UnknownProfile, CannotRead."""
    if name.endswith(".toml"):
        try:
            with Path(name).open("rb") as file:  # what it names may be a device, which has no end
                data = file.read(MOST_BYTES + 1)
        except (OSError, ValueError) as error:
            raise CannotRead(name, getattr(error, "strerror", None) or str(error)) from error
        if len(data) > MOST_BYTES:
            raise CannotRead(name, f"a profile has at most {MOST_BYTES:,} bytes")
        return Path(name).name.removesuffix(".toml"), data
    known = bundled()
    if name not in known:
        raise UnknownProfile(name, known)
    return name, (_bundle() / f"{name}.toml").read_bytes()


def read_profile(name: str, data: bytes) -> Profile:
    """Parse and validate the profile called `name`. Raises BadProfile, with every mistake."""
    profile, wrong = check_profile(name, data)
    if profile is None or wrong:
        raise BadProfile(name, list(map(str, wrong)), [near for mistake in wrong for near in mistake.near])
    return profile


def check_profile(name: str, data: bytes) -> tuple[Profile | None, Sequence[Mistake]]:
    """Return the parsed profile and every mistake in it; None if there is too little to parse."""
    if not _NAME.fullmatch(name):
        return None, [Mistake("", "its name may have up to 32 small letters, digits and hyphens")]
    try:
        given = tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return None, [Mistake("", f"it is not text in UTF-8: byte {error.start + 1} does not fit")]
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return None, [Mistake("", str(error))]
    wrong = list(shape_mistakes(given, Profile))
    sound = pruned(given, {mistake.key for mistake in wrong})
    if "kind" not in sound:
        return None, wrong
    profile = msgspec.convert({"columns": {}, **sound, "name": name}, Profile)
    known = {mistake.key for mistake in wrong}
    wrong += [mistake for mistake in mistakes(profile) if not known & {mistake.key, mistake.key.partition(".")[0]}]
    return profile, wrong


def _bundle() -> Traversable:
    """Return the folder of the bundled profiles."""
    return files("ledger.importing.profile")
