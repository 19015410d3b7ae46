"""Settings in files: a folder from a stranger names no server and no guard, unless the user listed the folder."""

import os
from pathlib import Path

import pytest

from cli.main import run
from cli.session import Session
from cli.settings import BadSettingsFile, ForeignSettings
from tests.attacks.hostile_files import SETTINGS
from tests.proof.bundle import POLICY, Bundle

SERVER = "postgresql://attacker.example/ledger"
FOREIGN = [
    f"url = '{SERVER}'", f"read_url = '{SERVER}'", "url = 'postgres://a/b'", "url = 'PostgreSQL://a/b'",
    "url = 'mysql://a/b'", "guard = 'guard'", "attachments = '/tmp'", "attachments = '../files'",
]  # fmt: skip


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the user's own file, which does not exist yet; the current folder is another one."""
    for name in [name for name in os.environ if name.startswith("LEDGER_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "config" / "engagement-ledger").mkdir(parents=True)
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path / "folder")
    return tmp_path / "config" / "engagement-ledger" / "ledger.toml"


def value_of(setting: str) -> object:
    """Return the setting that a session of the current folder has."""
    session, name = Session(), setting.partition(" ")[0]
    if name == "attachments":
        return session.attachments and str(session.attachments.folder)
    if name == "guard":
        return session.guard and str(session.guard.path)
    return session.reading_url if name == "read_url" else session.ledger_url


@pytest.mark.parametrize("setting", FOREIGN)
def test_a_strangers_folder_names_nothing_elsewhere(own: Path, setting: str) -> None:
    """A server, a guard and a folder elsewhere are refused; listed as the user's, the folder may name them."""
    Path("ledger.toml").write_text(setting, "utf-8")
    with pytest.raises(ForeignSettings, match="a folder that you listed as yours"):
        value_of(setting)
    own.write_text("folders = ['/elsewhere']", "utf-8")
    with pytest.raises(ForeignSettings):
        value_of(setting)
    own.write_text(f"folders = ['{Path.cwd()}']", "utf-8")
    assert setting.partition("'")[2].rstrip("'") == value_of(setting)


def test_the_users_own_file_may_name_everything(own: Path) -> None:
    """What the user's own file sets counts where the folder's file, the environment and options set nothing else."""
    own.write_text(f"url = '{SERVER}'\nactor = 'staff/9'", "utf-8")
    assert (SERVER, "staff/9") == (Session().ledger_url, Session().acting)
    Path("ledger.toml").write_text("url = 'sqlite:///here.db'", "utf-8")
    assert ("sqlite:///here.db", "staff/9") == (Session().ledger_url, Session().acting)
    assert "sqlite:///given.db" == Session(url="sqlite:///given.db").ledger_url


def test_a_folder_does_not_list_itself(own: Path) -> None:
    """Only the user's own file lists folders."""
    Path("ledger.toml").write_text(f"folders = ['{Path.cwd()}']\nurl = '{SERVER}'", "utf-8")
    with pytest.raises(BadSettingsFile, match="'folders' is not one of"):
        _ = Session().ledger_url
    assert not own.exists()


def test_a_file_that_others_may_write_is_not_the_users_own(own: Path) -> None:
    """The user's own file counts only if nobody else may write to it."""
    own.write_text(f"url = '{SERVER}'", "utf-8")
    own.chmod(0o666)
    with pytest.raises(BadSettingsFile, match="others may write to it"):
        _ = Session().ledger_url


@pytest.mark.parametrize("name", SETTINGS)
def test_a_bad_file_does_not_break_what_needs_none(own: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`ledger verify --bundle` needs no ledger: it works with any `ledger.toml`; what needs a ledger says why not."""
    SETTINGS[name](Path("ledger.toml"))
    folder = Bundle().write(own.parent / "published")
    (own.parent / "policy").write_text(POLICY, "utf-8")
    run(["verify", "--bundle", str(folder), "--policy", str(own.parent / "policy")])
    assert capsys.readouterr().out.startswith("verified the published folder of example.org/ledger: 8 entries")
    assert 2 == run(["status"])
    assert "-settings" in capsys.readouterr().err
