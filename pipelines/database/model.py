"""What a table of the dataset is: its columns, its keys, and the query that gives its rows.

Standard library only.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table; `type` is DuckDB's name of it.

    A `computed` one follows from others: the database has no column of that name in the table of
    that name, and an import leaves it out.
    """

    name: str
    type: str
    description: str
    nullable: bool = True
    computed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """Columns whose values are, where they are not NULL, those of a row of another table."""

    columns: tuple[str, ...]
    table: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of the dataset.

    `query` is a SELECT of its columns by name; `order`, the terms of a total ORDER BY behind it,
    may use what the query stands on. `key` is empty where rows have none. `derived` tables follow
    from the others: an import makes them again. `texts`: it holds whole texts.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    foreign: tuple[Foreign, ...] = ()
    query: str
    order: tuple[str, ...]
    derived: bool = False
    texts: bool = False

    @property
    def ordered_query(self) -> str:
        """The query with its order."""
        return f"{self.query}\nORDER BY {', '.join(self.order)}"

    @property
    def stored(self) -> tuple[Column, ...]:
        """The columns that are the database's own."""
        return tuple(column for column in self.columns if not column.computed)


def column(name: str, kind: str, description: str) -> Column:
    """Describe a column; a type that ends in `?` may be NULL, one that ends in `=` is computed."""
    return Column(
        name=name,
        type=kind.rstrip("?="),
        description=description,
        nullable="?" in kind,
        computed="=" in kind,
    )


def to(table: str, *columns: str, references: tuple[str, ...] = ()) -> Foreign:
    """Refer to the columns of the same names in another table, or to others."""
    return Foreign(columns=columns, table=table, references=references or columns)


def plain_query(name: str, columns: tuple[Column, ...]) -> str:
    """Select all columns of a table or view of the database as they are."""
    return f"SELECT {', '.join(f'{name}.{each.name}' for each in columns)}\nFROM {name}"


def table(
    name: str,
    description: str,
    columns: tuple[Column, ...],
    key: tuple[str, ...] = (),
    foreign: tuple[Foreign, ...] = (),
    *,
    derived: bool = False,
) -> Table:
    """Describe a table that is one of the database's, ordered by its key or by all of it."""
    return Table(
        name=name,
        description=description,
        columns=columns,
        key=key,
        foreign=foreign,
        query=plain_query(name, columns),
        order=tuple(f"{name}.{each}" for each in key or (each.name for each in columns)),
        derived=derived,
    )
