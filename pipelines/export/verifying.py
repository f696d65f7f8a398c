"""A dataset proved without the database that it came from: its files, tables and invariants.

What could not be looked at is said, with the reason; nothing is silently left out.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from pipelines.database.adopting import CannotImport, adopt_facts
from pipelines.database.checking import Finding, check_facts
from pipelines.database.excerpts import Excerpt
from pipelines.database.file import Connection, scratch
from pipelines.database.proving import (
    FOREIGN,
    GIVEN,
    KEYS,
    find_in_keys,
    find_lost_references,
    find_what_does_not_follow,
    give,
)
from pipelines.database.schema import VERSION
from pipelines.export.package import Package, read_package
from pipelines.export.relations import misfit, relation
from pipelines.export.tables import TABLES, Table
from pipelines.export.unspoilt import check_sums

_COLUMNS = "every table is there, with its columns in their order and of their types"
_INVARIANTS = "the invariants of the facts"
_FOLLOWS = "versions, changes and coverage are what follows from the facts"

Step = Callable[[int], None]


def count_steps() -> int:
    """Count the steps that `verify` tells of."""
    return 1 + 2 * len(TABLES)


def verify(folder: Path, step: Step = lambda _: None) -> Iterator[Finding]:
    """Prove what can be proved of a dataset, the plainest first. Raises NoDataset."""
    package = read_package(folder)
    yield from check_sums(package)
    step(1)
    with scratch() as connection:
        broken = list(misfits(connection, package, step))
        yield Finding(invariant=_COLUMNS, broken=len(broken), example=broken[0] if broken else "")
        yield from _check_rows(connection, package, step, sound=not broken)


def narrowings(package: Package) -> list[Excerpt]:
    """Say what a dataset was narrowed by; [] for a whole one. What was redacted is in the last."""
    found = [Excerpt(chosen=chosen) for chosen in package.chosen]
    return [*found[:-1], *(replace(one, redacted=package.redacted) for one in found[-1:])]


def facts(package: Package) -> dict[str, tuple[Table, str]]:
    """Give the tables of facts that a dataset has, each with its rows as a relation."""
    return {
        table.name: (table, relation(package, table))
        for table in TABLES
        if not table.derived and table.name in package.resources
    }


def misfits(connection: Connection, package: Package, step: Step = lambda _: None) -> Iterator[str]:
    """Give the tables to the connection; say of each that is not what it must be why not."""
    for table in TABLES:
        why = misfit(connection, package, table)
        if not why:
            keep = package.layout != "parquet"
            why = give(connection, table, relation(package, table), keep=keep)
        if why:
            yield f"{table.name}: {why}"
        step(1)


def _check_rows(
    connection: Connection, package: Package, step: Step, *, sound: bool
) -> Iterator[Finding]:
    if not sound:
        yield from _left_out((KEYS, FOREIGN, _INVARIANTS, _FOLLOWS), "the tables are not sound")
        return
    keys = find_in_keys(connection, TABLES)
    yield keys
    if keys.broken:
        why = "rows cannot be told apart by their keys"
        yield from _left_out((FOREIGN, _INVARIANTS, _FOLLOWS), why)
        return
    yield find_lost_references(connection, TABLES)
    given = {name: (table, f"FROM {GIVEN}.{name}") for name, (table, _) in facts(package).items()}
    try:
        adopt_facts(connection, given, narrowings(package), step)
    except CannotImport as error:
        yield Finding(invariant=_INVARIANTS, broken=1, example=str(error))
        return
    yield from check_facts(connection, fresh=True)
    yield from _check_derived(connection, package)


def _check_derived(connection: Connection, package: Package) -> Iterator[Finding]:
    if package.schema_version != VERSION:
        why = f"it is of schema {package.schema_version}, this policytrail derives by {VERSION}"
        yield from _left_out((_FOLLOWS,), why)
        return
    for table in TABLES:
        if table.derived or any(column.computed for column in table.columns):
            yield find_what_does_not_follow(connection, table)


def _left_out(invariants: tuple[str, ...], why: str) -> Iterator[Finding]:
    for invariant in invariants:
        yield Finding(invariant=invariant, unchecked=why)
