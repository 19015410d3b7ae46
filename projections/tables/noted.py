"""Queries as SQLAlchemy Core writes them, noted without loading it, and done by it when their text is not kept.

Modules of queries take `select`, `func` and the rest from here, and tables from `projections.tables.named`. What they
write is noted: which operation on what, with the values apart. Of a note that was made before, `kept` has the text that
SQLAlchemy makes of it. To a type checker these names are those of SQLAlchemy.
"""

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

OPERATORS: dict[str, Callable[..., Any]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "~": operator.invert,
}  # fmt: skip

WITH_VALUES = frozenset(("call", "case", "concat", "func", "in_", "like", "limit", "literal", "not_in", *OPERATORS))
"""Operations on values, which become parameters; what others are given is part of the text."""
_LISTS = ("in_", "not_in")
"""Operations with a list of values, which has any length."""


class Noted:
    """An operation on parts of a query, noted and not done.

    `does` is a method of the first part, or says that it is a function `of` SQLAlchemy (`core`) or of the database
    (`func`), a table (`schema`) or a column.
    """

    __slots__ = ("does", "of", "options", "parts")

    def __init__(
        self, does: str, parts: Sequence[Any] = (), of: str = "", options: Mapping[str, Any] = MappingProxyType({})
    ) -> None:
        """Note what is done with these parts."""
        self.does, self.parts, self.of, self.options = does, parts, of, options

    def __class_getitem__(cls, _: Any) -> type["Noted"]:
        return cls

    def __getattr__(self, name: str) -> Callable[..., "Noted"]:
        """Return what notes a method of SQLAlchemy."""
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *parts, **options: Noted(name, (self, *parts), options=options)

    def __call__(self, *parts: Any) -> "Noted":
        """Note what an operator of the database is applied to."""
        return Noted("call", (self, *parts))

    def __clause_element__(self) -> Any:
        return of_sqlalchemy(self)

    @property
    def takes_values(self) -> bool:
        """Whether texts and numbers among the parts are values."""
        return (self.of if self.does == "core" else self.does) in WITH_VALUES

    @property
    def c(self) -> "Columns":
        """The columns of a subquery."""
        return Columns(self)

    def alias(self) -> "Noted":
        """Note another name for a table."""
        return Alias(self)

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> Any:
        return Noted("==", (self, other))

    def __ne__(self, other: object) -> Any:
        return Noted("!=", (self, other))

    def __lt__(self, other: Any) -> Any:
        return Noted("<", (self, other))

    def __le__(self, other: Any) -> Any:
        return Noted("<=", (self, other))

    def __gt__(self, other: Any) -> Any:
        return Noted(">", (self, other))

    def __ge__(self, other: Any) -> Any:
        return Noted(">=", (self, other))

    def __invert__(self) -> Any:
        return Noted("~", (self,))


class NotedColumn(Noted):
    """A column of a table, of another name for one, or of a subquery."""

    __slots__ = ("name", "table")

    def __init__(self, table: Noted, name: str) -> None:
        """Note the column `name` of a table."""
        super().__init__("column", (table,), name)
        self.table, self.name = table, name


class Columns:
    """The columns of a table by name; those of a subquery are not known before it is made."""

    def __init__(self, table: Noted, names: Iterable[str] | None = None) -> None:
        """Take the names of the columns of a table, if they are known."""
        self._table = table
        self._known = None if names is None else {name: NotedColumn(table, name) for name in names}

    def __getitem__(self, name: str) -> NotedColumn:
        return NotedColumn(self._table, name) if self._known is None else self._known[name]

    def __getattr__(self, name: str) -> NotedColumn:
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __contains__(self, name: str) -> bool:
        return self._known is not None and name in self._known

    def __iter__(self) -> Iterator[NotedColumn]:
        return iter((self._known or {}).values())

    def keys(self) -> Iterable[str]:
        """Return the names of the columns of a table."""
        return (self._known or {}).keys()

    def items(self) -> Iterable[tuple[str, NotedColumn]]:
        """Return the columns of a table with their names."""
        return (self._known or {}).items()


class NotedTable(Noted):
    """A table, or something else of `schema`, by its name there."""

    __slots__ = ("_columns", "name")

    def __init__(self, name: str, columns: Iterable[str] = ()) -> None:
        """Note what has this name."""
        super().__init__("schema", (), name)
        self.name = name
        self._columns = Columns(self, columns)

    @property
    def c(self) -> Columns:
        """The columns."""
        return self._columns

    @property
    def columns(self) -> Columns:
        """The columns."""
        return self._columns


class Alias(Noted):
    """Another name for a table."""

    __slots__ = ("_columns",)

    def __init__(self, table: Noted) -> None:
        """Note another name for `table`."""
        super().__init__("alias", (table,))
        self._columns = Columns(self, table.c.keys())

    @property
    def c(self) -> Columns:
        """The columns."""
        return self._columns


class _Functions:
    """The functions of the database."""

    def __getattr__(self, name: str) -> Callable[..., Noted]:
        return lambda *parts: Noted("func", parts, name)


def _noting(name: str) -> Callable[..., Noted]:
    return lambda *parts, **options: Noted("core", parts, name, options)


if TYPE_CHECKING:
    from sqlalchemy import (
        Column,
        ColumnElement,
        FromClause,
        Row,
        Select,
        Table,
        and_,
        case,
        exists,
        func,
        literal,
        literal_column,
        or_,
        select,
        true,
        union,
    )
else:
    Column = ColumnElement = FromClause = Row = Select = Table = Noted
    func = _Functions()
    and_, case, exists, literal, literal_column, or_, select, true, union = map(
        _noting, ("and_", "case", "exists", "literal", "literal_column", "or_", "select", "true", "union")
    )

__all__ = (
    "Column", "ColumnElement", "FromClause", "Noted", "NotedColumn", "NotedTable", "Row", "Select", "Table", "and_",
    "case", "exists", "func", "literal", "literal_column", "or_", "select", "true", "union",
)  # fmt: skip


class Note:
    """What a query is made of, as a text that is the same for other values, and its values in order."""

    def __init__(self, query: Noted) -> None:
        """Write the note of a query."""
        self.values: list[Any] = []
        self.is_whole = True
        """Whether no part is of SQLAlchemy already; else the text does not tell what the query is."""
        self._lines: list[str] = []
        self._numbers: dict[int, int] = {}
        self._number(query)
        self.text = "\n".join(self._lines)

    def _number(self, part: Noted) -> int:
        number = self._numbers.get(id(part))
        if number is None:
            words = [self._word(own, part) for own in part.parts]
            words += [f"{name}={self._word(own, part)}" for name, own in part.options.items()]
            number = self._numbers[id(part)] = len(self._lines)
            self._lines.append(f"{part.does} {part.of} {' '.join(words)}")
        return number

    def _word(self, part: Any, whole: Noted) -> str:
        if isinstance(part, Noted):
            return f"${self._number(part)}"
        if _is_pair(part):
            return f"({' '.join(self._word(own, whole) for own in part)})"
        if whole.takes_values and part is not None:
            self.values.append(part)
            return "?"
        if part is not None and not isinstance(part, str | int):
            self.is_whole = False
        return repr(part)


def _is_pair(part: Any) -> bool:
    """Return whether a part is a tuple of parts, as those of `case`."""
    return isinstance(part, tuple) and any(isinstance(own, Noted) for own in part)


Parameter = Callable[[int, Any, bool], Any]
"""Makes what stands for a value: of its number, the value, and whether it is a list of values."""


def of_sqlalchemy(query: Any, parameter: Parameter = lambda _number, value, _is_list: value) -> Any:
    """Return what was noted as SQLAlchemy makes it, with what `parameter` returns for its values."""
    return _Making(parameter).of(query) if isinstance(query, Noted) else query


class _Making:
    """Does what was noted, in the order in which `Note` writes it."""

    def __init__(self, parameter: Parameter) -> None:
        import sqlalchemy  # noqa: PLC0415 - it is loaded only for what is not kept

        from projections.tables import schema  # noqa: PLC0415 - the same

        self._sqlalchemy, self._schema = sqlalchemy, schema
        self._parameter = parameter
        self._values = 0
        self._made: dict[int, Any] = {}

    def of(self, part: Noted) -> Any:
        """Return what a part is."""
        if id(part) not in self._made:
            parts = [self._part(own, part) for own in part.parts]
            options = {name: self._part(own, part) for name, own in part.options.items()}
            self._made[id(part)] = self._done(part, parts, options)
        return self._made[id(part)]

    def _part(self, part: Any, whole: Noted) -> Any:
        if isinstance(part, Noted):
            return self.of(part)
        if _is_pair(part):
            return tuple(self._part(own, whole) for own in part)
        if not whole.takes_values or part is None:
            return part
        self._values += 1
        return self._parameter(self._values - 1, part, whole.does in _LISTS)

    def _done(self, part: Noted, parts: list[Any], options: dict[str, Any]) -> Any:
        if part.of == "literal" and isinstance(parts[0], self._sqlalchemy.BindParameter):
            return parts[0]
        if part.does == "column":
            return parts[0].c[part.of]
        if part.does == "schema":
            return getattr(self._schema, part.of)
        if part.does in OPERATORS:
            return OPERATORS[part.does](*parts)
        if part.does in ("core", "func"):
            functions = self._sqlalchemy if part.does == "core" else self._sqlalchemy.func
            return getattr(functions, part.of)(*parts, **options)
        return getattr(parts[0], "__call__" if part.does == "call" else part.does)(*parts[1:], **options)
