"""The demo's registers and its model guidelines in one ledger."""

from pathlib import Path

from click.testing import CliRunner

from cli.main import root
from ledger.application.open import open_ledger
from projections.compliance.verdicts import Court, Verdict
from projections.compliance.versions import Versions
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from projections.runner.follow import catch_up
from projections.runner.place import engine_at
from tests.compliance.world import FILES

DATA = FILES.parent


class Judged:
    """A ledger with both registers and both versions, and its verdicts."""

    def __init__(self, folder: Path) -> None:
        """Import and adopt, through the command line."""
        self.url = f"sqlite:///{folder / 'ledger.db'}"
        self.sizes: list[int] = []
        for words in (
            ["init", "--origin", "example.org/ledger", "--currency", "USD"],
            ["import", "tdag25", str(DATA / "register.csv")],
            ["import", "cwg-fhr", str(DATA / "engagements.csv"), "--effective", "2023-12-01"],
            ["guidelines", "adopt", str(FILES / "model-third-parties-1.toml")],
            ["guidelines", "adopt", str(FILES / "model-third-parties-2.toml")],
        ):
            self.run(*words)
            with open_ledger(self.url) as ledger:
                self.sizes.append(ledger.store.head().size)
        self.engine = engine_at(folder / "tables.db")
        with open_ledger(self.url) as ledger:
            catch_up(ledger, self.engine)

    def run(self, *words: str) -> str:
        """Run a command; return what it prints."""
        done = CliRunner().invoke(root, ["--url", self.url, *words], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return str(done.stdout)

    def verdicts(self, on: str, known_at: int | None = None) -> list[Verdict]:
        """Return the verdicts at an as-of."""
        with self.engine.connect() as db:
            queries = Queries(db, BitemporalPoint(on, known_at or self.sizes[-1]))
            return list(Court(queries, Versions.recorded(queries)).verdicts(sorted(queries.statuses())))
