"""Reads the frame of a file that a body adopts: its size, its language, and the table that names the version."""

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

from ledger.domain.fields import BadReference, checked_reference
from ledger.domain.guidelines import vocabulary
from ledger.domain.guidelines.values import Fault, ValueReader


class FileReader(ValueReader):
    """Reads one text as TOML, and its head."""

    def tables(self, known: tuple[str, ...], too_long: str, example: str) -> dict[str, Any] | None:
        """Return the tables of the text, of which those `known` may be there; None if the text as a whole has a fault.

        `too_long` says what to do where it is too long, `example` names the document that has an example.
        """
        size = len(self.text.encode())
        if size > vocabulary.LONGEST:
            self.fault("", f"the file has {size:,} bytes, more than {vocabulary.LONGEST:,}", too_long)
            return None
        if "\t" in self.text:
            line = self.text[: self.text.index("\t")].count("\n") + 1
            self.faults.append(Fault(line, "", "", "a tab character, which the log does not hold", "Write spaces."))
            return None
        try:
            tables = tomllib.loads(self.text)
        except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
            self.faults.append(Fault(0, "", "", f"not TOML: {_one_line(error)}", f"{example} has an example."))
            return None
        if tables.get("language") != vocabulary.LANGUAGE or type(tables.get("language")) is not int:
            self.fault(
                "language", f"this version reads language = {vocabulary.LANGUAGE}", "Write it as the first line."
            )
            return None
        self.unknown("", tables, known)
        return tables

    def members(self, name: str, tables: Mapping[str, Any]) -> dict[str, Any]:
        """Return a table of the file; empty if it is not there."""
        table = tables.get(name, {})
        if isinstance(table, dict):
            return table
        self.fault("", f"[{name}] is not a table")
        return {}

    def head(self, given: dict[str, Any], names: tuple[str, ...], references: tuple[str, ...]) -> dict[str, str] | None:
        """Return the members of the table that names the version, some of which are references; None if some lack."""
        self.unknown("", given, names)
        head: dict[str, str] = {}
        for name in names:
            value = given.get(name)
            if name not in given:
                self.fault(name, f"[{self.table}] has no {name}")
            elif name.endswith("_on"):
                if type(value) is date:
                    head[name] = value.isoformat()
                else:
                    self.fault(name, "not a date", f"Write it without quotes, like {name} = 2026-01-31.")
            elif not isinstance(value, str) or not value.strip() or "\n" in value:
                self.fault(name, "not a line of text")
            else:
                head[name] = value
        for name in references:
            try:
                checked_reference(head.get(name, name))
            except BadReference as error:
                self.fault(name, error.sentence.rstrip("."), error.hint)
        if len(head) < len(names):
            return None
        if head["in_force_on"] < head["adopted_on"]:
            self.fault("in_force_on", f"in force on {head['in_force_on']}, before it was adopted, {head['adopted_on']}")
        return head


def _one_line(error: Exception) -> str:
    text = " ".join(str(error).split()).rstrip(".")
    return text[:1].lower() + text[1:] if text else type(error).__name__
