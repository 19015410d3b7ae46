"""Errors of a profile or of a whole file; `row_errors` has the errors of rows."""

from collections.abc import Iterable

from ledger.domain.errors import CONFLICT, USAGE, LedgerError, did_you_mean, listed


class UnknownProfile(LedgerError):
    """There is no profile with this name, and no file at this path."""

    code = "unknown-profile"
    exit = USAGE

    def __init__(self, name: str, known: Iterable[str]) -> None:
        """Refuse `name`; `known` are the profiles that come with the ledger."""
        super().__init__(
            f"There is no import profile '{name}'.",
            f"Profiles: {listed(known, 'and')}; or give the path of a .toml file, as docs/importing.md describes it.",
        )


class BadProfile(LedgerError):
    """A profile has missing, unknown or unsuitable keys."""

    code = "bad-profile"
    exit = USAGE

    def __init__(self, profile: str, mistakes: Iterable[str], near: Iterable[str] = ()) -> None:
        """Refuse the profile named `profile` because of its `mistakes`; `near` are keys that may have been meant."""
        super().__init__(
            f"The profile {profile} cannot be used: {'; '.join(mistakes)}.",
            did_you_mean(near) or "docs/importing.md describes every key.",
        )


class NoSourceDate(LedgerError):
    """The rows have no date of their own, and the date of the source document was not given."""

    code = "no-source-date"
    exit = USAGE

    def __init__(self, profile: str) -> None:
        """Refuse to import by `profile` without a date."""
        super().__init__(
            f"Rows of {profile} have no date: they take effect on the date of their source document.",
            "Give that date: --effective 2023-12-01.",
        )


class CannotRead(LedgerError):
    """A file does not exist, is a folder, or is not readable."""

    code = "cannot-read"
    exit = USAGE

    def __init__(self, path: str, why: str) -> None:
        """Say that the file at `path` cannot be read because `why`."""
        super().__init__(f"{path} cannot be read: {why}.", "Check the path and the permissions of the file.")


class EmptyFile(LedgerError):
    """A file is empty, or has no rows below its header."""

    code = "empty-file"

    def __init__(self, what: str) -> None:
        """Say `what` is missing."""
        super().__init__(f"The file has no {what}.", "Check that the export worked; nothing was recorded.")


class WrongEncoding(LedgerError):
    """The bytes of a file are not text in the encoding that the profile declares."""

    code = "wrong-encoding"

    def __init__(self, encoding: str, offset: int, line: int, likely: str | None) -> None:
        """Say that the byte at `offset` (from 0), in `line`, is no text in `encoding`; `likely` is a better guess."""
        guess = f"It may be {likely}: s" if likely else "S"
        super().__init__(
            f"The file is not text in {encoding}: byte {offset + 1}, in line {line}, does not fit.",
            f"{guess}ave it as {encoding}, or name its encoding in the profile, under [file].",
        )


class NotCsv(LedgerError):
    """A file is not comma-separated text: a spreadsheet, another binary file, or broken quotes."""

    code = "not-csv"

    def __init__(self, why: str, hint: str = "") -> None:
        """Say `why` it is none."""
        super().__init__(
            f"The file is not a CSV file: {why}.",
            hint or "Save it as CSV with the delimiter that the profile declares.",
        )


class NotXlsx(LedgerError):
    """A file is not a readable workbook: another kind of file, damaged, or with a password."""

    code = "not-xlsx"

    def __init__(self, why: str, hint: str = "") -> None:
        """Say `why` it is none."""
        super().__init__(
            f"The file is not an XLSX workbook: {why}.",
            hint or "Save it again as .xlsx with a spreadsheet program, or as CSV.",
        )


class TooLarge(LedgerError):
    """An unpacked workbook exceeds a limit: a mistake, or a trap."""

    code = "too-large"

    def __init__(self, found: str, most: str) -> None:
        """Refuse a workbook in which is `found`, where `most` is the most."""
        super().__init__(
            f"The workbook holds {found}; the limit is {most}.",
            "Delete empty rows, columns and sheets; or save the sheet as CSV, which has no limit.",
        )


class NoSuchSheet(LedgerError):
    """A workbook has no sheet with the name in the profile, or no visible sheet."""

    code = "no-such-sheet"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        """Say that there is no sheet `name`; `known` are those that there are."""
        names = [repr(sheet) for sheet in known]
        super().__init__(
            f"The workbook has no sheet '{name}'." if name else "The workbook has no visible sheet.",
            f"It has {listed(names, 'and')}: name one in the profile, file.sheet." if names else "Save it again.",
        )


class MissingColumns(LedgerError):
    """The header lacks columns that the profile reads."""

    code = "missing-columns"

    def __init__(self, missing: Iterable[str], near: Iterable[str], delimiter: str) -> None:
        """Say which columns are `missing`; `near` are columns of the file that resemble them."""
        super().__init__(
            f"The file has no column {listed((repr(name) for name in missing), 'and')}.",
            did_you_mean(near)
            or f"Check the delimiter ('{delimiter}') and the header, or name the columns in the profile.",
        )


class DoubtfulColumn(LedgerError):
    """Two columns of the file have a name of one that the profile reads."""

    code = "doubtful-column"

    def __init__(self, names: Iterable[str]) -> None:
        """Refuse to choose between the columns with these names."""
        called = listed((f"'{name}'" for name in names), "and")
        super().__init__(f"Two columns are called {called}.", "Rename one: the profile reads a column by its name.")


class TooManyFaults(LedgerError):
    """A file has more faults than are reported: it is probably not the file that the profile describes."""

    code = "too-many-faults"

    def __init__(self, most: int, row: int) -> None:
        """Say that the file has more than `most` faults up to `row`; all of them would have to be held in memory."""
        super().__init__(
            f"The file has more than {most} faults up to row {row}; nothing was recorded.",
            "'ledger import --check-profile PROFILE FILE' shows how the first rows are read. If the file is the right "
            "one, split it.",
        )


class RejectsInTheWay(LedgerError):
    """The reject file exists already and holds something else."""

    code = "rejects-in-the-way"

    def __init__(self, path: str) -> None:
        """Refuse to overwrite `path`."""
        super().__init__(
            f"{path} exists already and was not overwritten.", "Move it away or import it, then import again."
        )


class CannotWriteRejects(LedgerError):
    """The reject file cannot be written; nothing was recorded."""

    code = "cannot-write-rejects"

    def __init__(self, path: str, why: str) -> None:
        """Say that `path` cannot be written because `why`."""
        super().__init__(f"{path} cannot be written: {why}.", "Import a copy of the file from a folder of your own.")


class ChangedMeanwhile(LedgerError):
    """A row passed the check of the file but is refused when recorded: someone else recorded something."""

    code = "changed-meanwhile"
    exit = CONFLICT

    def __init__(self, row: int, why: str) -> None:
        """Say that `row` is refused now because `why`; what was recorded before it stands."""
        super().__init__(
            f"The ledger was changed during the import, and row {row} is now refused: {why}",
            "Import the file again: it continues where this import stopped.",
        )


class RowsRefused(LedgerError):
    """Rows of the file are refused; nothing of the file was recorded."""

    code = "rows-refused"

    def __init__(self, faulty: int, rows: int) -> None:
        """Say how many of the `rows` are `faulty`."""
        super().__init__(
            f"{faulty} of {rows} rows cannot be imported, and nothing was recorded.",
            "Correct them and import again, or import the others with --keep-going.",
        )


class RowsRejected(LedgerError):
    """Rows of the file were refused and written to a reject file; the others were recorded."""

    code = "rows-rejected"

    def __init__(self, faulty: int, rows: int, path: str) -> None:
        """Say how many of the `rows` are in the reject file at `path`."""
        super().__init__(
            f"{faulty} of {rows} rows were not imported; they are in {path}.",
            "Correct that file and import it with the same profile.",
        )
