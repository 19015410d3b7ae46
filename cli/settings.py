"""Settings in files: `ledger.toml` in the current folder, and a file of the user's own.

A folder may come from a stranger, with a `ledger.toml` in it. Such a file names no server, since the password would be
sent there, and no guard, which recording writes to. Only the user's own file says which folders are the user's.
"""

import json
import os
import re
from pathlib import Path
from typing import Any, NamedTuple, Self

from ledger.domain.errors import USAGE, LedgerError, listed

SETTINGS_FILE = "ledger.toml"
SETTINGS = ("url", "read_url", "guard", "attachments", "actor", "format")
FOLDERS = "folders"
"""The member of the user's own file that lists the folders whose `ledger.toml` may name a server and a guard."""
MAX_BYTES = 1 << 16


class BadSettingsFile(LedgerError):
    """The file ledger.toml is not valid."""

    code = "bad-settings-file"
    exit = USAGE

    def __init__(self, why: str, name: str = SETTINGS_FILE) -> None:
        """Refuse the file `name` because `why`."""
        super().__init__(
            f"{name} cannot be used: {why}.",
            f"It may set {listed(SETTINGS, 'and')}, each as text: url = 'sqlite:///ledger.db'.",
        )


class ForeignSettings(LedgerError):
    """The file ledger.toml in a folder that may be a stranger's sets what only the user's own file may set."""

    code = "foreign-settings"
    exit = USAGE

    def __init__(self, name: str, what: str) -> None:
        """Refuse the setting `name`, which would name `what`."""
        super().__init__(
            f"{SETTINGS_FILE} sets {name}, but {what} is only taken from a folder that you listed as yours.",
            f"If the folder is yours, list it under {FOLDERS} in your own {SETTINGS_FILE} (docs/command-line.md); "
            "otherwise use options or the environment.",
        )


class Settings(NamedTuple):
    """The settings of both files; those of the folder come first."""

    folder: dict[str, str]
    own: dict[str, str]
    is_own_folder: bool

    @classmethod
    def read(cls) -> Self:
        """Read both files, which need not exist. Raises BadSettingsFile."""
        own = _read(_own_file(), of_user=True)
        folders = own.pop(FOLDERS, [])
        folder = _read(Path(SETTINGS_FILE))
        here = Path.cwd().resolve()
        return cls(folder, own, any(Path(each).expanduser().resolve() == here for each in folders))

    def get(self, name: str) -> str | None:
        """Return a setting, or None if no file has it. Raises ForeignSettings."""
        value = self.folder.get(name)
        if value is None:
            return self.own.get(name)
        if not self.is_own_folder and (what := _only_own(name, value)) is not None:
            raise ForeignSettings(name, what)
        return value

    def place(self, name: str) -> str:
        """Return the file that a setting comes from."""
        return SETTINGS_FILE if name in self.folder else shown(_own_file())


def shown(path: Path) -> str:
    """Return a path as people write it: `~` for their home folder."""
    home = Path.home()
    return f"~/{path.relative_to(home).as_posix()}" if path.is_relative_to(home) else str(path)


def keep(name: str, value: str, *, in_folder: bool) -> Path:
    """Write a setting into the file of the folder or into the user's own, and leave the rest of the file as it is.

    Returns the path. Raises BadSettingsFile.
    """
    import tomllib

    from ledger.files.atomic import make_folder, replace_file

    path = Path(SETTINGS_FILE) if in_folder else _own_file()
    settings = _read(path, of_user=not in_folder)
    line = f"{name} = {json.dumps(value, ensure_ascii=False)}"
    try:
        text = path.read_text("utf-8") if path.is_file() else ""
        if name in settings:
            text = re.sub(rf"^[ \t]*{name}[ \t]*=.*$", lambda _: line, text, count=1, flags=re.MULTILINE)
        else:
            text = f"{line}\n{text}"
        if tomllib.loads(text) != settings | {name: value}:
            raise BadSettingsFile(f"{name} is not written on one line; write {line} there", str(path))
        make_folder(path.parent, parents=True)
        replace_file(path, text.encode())
    except (OSError, ValueError) as error:
        raise BadSettingsFile(str(error), str(path)) from error
    return path


def _only_own(name: str, value: str) -> str | None:
    """Return what a setting names that a stranger's file may not name, or None."""
    if name == "guard":
        return "a guard"
    if name in ("url", "read_url") and not value.startswith("sqlite:///"):
        return "a server"
    if name == "attachments" and (Path(value).is_absolute() or ".." in Path(value).parts):
        return "a folder of attachments elsewhere"
    return None


def _own_file() -> Path:
    from platformdirs import user_config_path

    return user_config_path("engagement-ledger") / SETTINGS_FILE


def _read(path: Path, *, of_user: bool = False) -> dict[str, Any]:
    name = str(path)
    try:
        if not path.is_file():
            return {}
        import tomllib

        if of_user and os.name == "posix":
            found = path.stat()
            if found.st_uid not in (0, os.getuid()) or found.st_mode & 0o002:
                raise BadSettingsFile("others may write to it", name)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise BadSettingsFile(f"it has more than {MAX_BYTES} bytes", name)
        settings: dict[str, Any] = tomllib.loads(data.decode())
    except (OSError, RecursionError, ValueError) as error:  # ValueError: bad TOML, bad UTF-8
        raise BadSettingsFile(str(error), name) from error
    for member, value in settings.items():
        if of_user and member == FOLDERS and isinstance(value, list) and all(isinstance(each, str) for each in value):
            continue
        if member not in SETTINGS or not isinstance(value, str):
            raise BadSettingsFile(f"'{member}' is not one of {listed(SETTINGS, 'and')} with a text", name)
    return settings
