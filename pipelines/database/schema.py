"""The tables, views and macros of the file, and their version. Owns duckdb."""

from importlib.resources import files
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection as Connection

from crawler.errors import PolicytrailError
from pipelines.database import readings

VERSION = 5
_OPINIONS = (
    "views.sql",
    "macros.sql",
    "terms.sql",
    "details.sql",
    "model.sql",
    "events.sql",
    "panels.sql",
)


class CannotUpgrade(PolicytrailError):  # noqa: N818
    """An earlier file holds something that stands in the way; it stays as it is."""

    def __init__(self, path: Path, found: int, error: BaseException) -> None:
        super().__init__(
            f"{path} cannot be brought from schema {found} to {VERSION}: "
            f"{str(error).splitlines()[0]}: remove that and run again, nothing was changed"
        )


class WrongVersion(PolicytrailError):  # noqa: N818
    """The file was written by another version of policytrail, or by something else."""

    def __init__(self, path: Path, found: int) -> None:
        if found > VERSION:
            remedy = (
                f"was written by a newer policytrail (schema {found}, this one reads {VERSION})"
            )
            super().__init__(f"{path} {remedy}: upgrade policytrail")
        else:
            super().__init__(f"{path} is no policytrail database: name another folder with --data")
        self.found = found


def migrate(connection: Connection, path: Path) -> None:
    """Make the tables in a new file, or bring an older one up to date; whole, or not at all.

    Leaves a current file as it is. Raises WrongVersion.
    """
    found = _version(connection)
    if found == VERSION:
        return
    if found > VERSION or (found == 0 and _has_tables(connection)):
        raise WrongVersion(path, found)
    connection.execute("BEGIN")
    if found == 0:
        connection.execute("CREATE TABLE schema_versions (version INTEGER, applied_at TIMESTAMP)")
    upgrades = [f"upgrade_{version}.sql" for version in range(found + 1, VERSION + 1)]
    try:
        for name in (*(upgrades if found else ["tables.sql"]), *_OPINIONS):
            connection.execute(read_sql(name))
        readings.refresh(connection)
    except duckdb.CatalogException as error:
        connection.execute("ROLLBACK")
        raise CannotUpgrade(path, found, error) from error
    connection.execute(
        "INSERT INTO schema_versions VALUES (?, current_timestamp::TIMESTAMP)", [VERSION]
    )
    connection.execute("COMMIT")


def is_older(connection: Connection) -> bool:
    """Say whether the file was written by an earlier policytrail, which `migrate` mends."""
    return 0 < _version(connection) < VERSION


def is_stale(connection: Connection) -> bool:
    """Say whether the file is a current one whose readings are behind its facts."""
    return _version(connection) == VERSION and readings.is_stale(connection)


def expect(connection: Connection, path: Path) -> None:
    """Raise WrongVersion unless the file is one that this version reads."""
    found = _version(connection)
    if found != VERSION:
        raise WrongVersion(path, found)


def read_sql(name: str) -> str:
    """Read one of our .sql files."""
    return (files("pipelines.database") / "sql" / name).read_text(encoding="utf-8")


def opinions_sql() -> str:
    """Give the SQL of all views and macros, in an order in which they can be made."""
    return "\n".join(map(read_sql, _OPINIONS))


def table_sql(name: str) -> str:
    """Give the statement that makes a table."""
    begin = f"CREATE TABLE {name} ("
    return f"{begin}{read_sql('tables.sql').partition(begin)[2].partition(');')[0]});\n"


def _version(connection: Connection) -> int:
    try:
        row = connection.execute("SELECT max(version) FROM schema_versions").fetchone()
    except (duckdb.CatalogException, duckdb.BinderException):
        return 0
    return int(row[0]) if row and row[0] is not None else 0


def _has_tables(connection: Connection) -> bool:
    row = connection.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE database_name = current_database()"
    ).fetchone()
    return bool(row and row[0])
