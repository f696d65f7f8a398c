"""The ledger's export, and the way back."""

import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.errors import AskedWrongly
from pipelines.database.backup import TABLES, export_ledger, import_ledger
from pipelines.database.file import Connection, reading, writing
from pipelines.database.rows import insert

pytestmark = pytest.mark.database
MOMENT = datetime(2024, 5, 1, 12, 30, 15, 123456, tzinfo=UTC)
VENDOR = {"table": "vendors", "vendor_id": "acme", "name": "Acme", "homepage": "http://x.example/"}


def capture(number: int, **other: Any) -> dict[str, Any]:
    """A line of the ledger."""
    return {
        "policy_id": "acme/privacy",
        "urlkey": "example,acme)/privacy",
        "timestamp": f"2015{number:010}",
        "original": 'http://acme.example/it\'s "ours" 🔒\n',
        "mimetype": "text/html",
        "statuscode": "200",
        "digest": "A",
        "length": None,
        "duplicates": 0,
        "state": "pending",
        "reason": "",
        "listed_at": MOMENT,
        "settled_at": None,
    } | other


def fill(connection: Connection, captures: int = 3) -> None:
    """Write a small ledger."""
    insert(connection, "vendors", [{k: v for k, v in VENDOR.items() if k != "table"}])
    insert(
        connection,
        "locations",
        [
            {
                "policy_id": "acme/privacy",
                "uri_r": "http://acme.example/",
                "since": date(2015, 1, 1),
                "until": None,
                "guessed": True,
            }
        ],
    )
    rows = [capture(n, length=n or None, settled_at=MOMENT if n else None) for n in range(captures)]
    insert(connection, "captures", rows)


def tables(data: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the tables that an export holds."""
    with reading(data) as connection:
        return {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall()
            for name in TABLES
        }


def packed(path: Path, *rows: object) -> Path:
    """Write a file in the form of an export."""
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))
    return path


@pytest.mark.parametrize("captures", [0, 3, 4001], ids=["none", "a few", "more than a batch"])
def test_what_was_exported_comes_back_whole(tmp_path: Path, captures: int) -> None:
    with writing(tmp_path / "old") as connection:
        fill(connection, captures)
        exported = export_ledger(connection, tmp_path / "ledger.gz")

    with writing(tmp_path / "new") as connection:
        imported = import_ledger(connection, tmp_path / "ledger.gz")

    assert exported == imported == captures + 2
    assert tables(tmp_path / "new") == tables(tmp_path / "old")


def test_the_same_ledger_is_the_same_file(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        with writing(tmp_path / name) as connection:
            fill(connection)
            export_ledger(connection, tmp_path / name / "ledger.gz")

    one, two = ((tmp_path / name / "ledger.gz").read_bytes() for name in ("one", "two"))
    assert one == two


def test_an_export_is_lines_that_name_their_table(tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        fill(connection)
        export_ledger(connection, tmp_path / "ledger.gz")

    lines = gzip.decompress((tmp_path / "ledger.gz").read_bytes()).splitlines()

    assert json.loads(lines[0]) == VENDOR
    last = json.loads(lines[-1])
    assert (last["table"], last["listed_at"]) == ("captures", MOMENT.isoformat())


@pytest.mark.parametrize("place", ["nowhere/ledger.gz", "taken"])
def test_an_export_that_cannot_be_written_leaves_nothing(tmp_path: Path, place: str) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "inside").write_text("")

    with writing(tmp_path / "data") as connection:
        fill(connection)
        with pytest.raises(AskedWrongly, match=place):
            export_ledger(connection, tmp_path / place)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "taken"]


GOOD = gzip.compress((json.dumps(VENDOR) + "\n").encode() * 50)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"no export at all", id="text"),
        pytest.param(gzip.compress(b"no export at all\n"), id="gzipped text"),
        pytest.param(gzip.compress(b"\xff\xfe\n"), id="no UTF-8"),
        pytest.param(gzip.compress(b"[]\n"), id="a list"),
        pytest.param(gzip.compress(b'["table"]\n'), id="a list of words"),
        pytest.param(gzip.compress(b"5\n"), id="a number"),
        pytest.param(gzip.compress(b"null\n"), id="null"),
        pytest.param(gzip.compress(b"{}\n"), id="no table"),
        pytest.param(gzip.compress(b'{"table": "texts", "text_id": "x"}\n'), id="another table"),
        pytest.param(gzip.compress(b'{"table": ["vendors"]}\n'), id="a table that is a list"),
        pytest.param(GOOD[:-9], id="cut"),
        pytest.param(GOOD[:20] + b"\xff" * 8 + GOOD[28:], id="broken"),
        pytest.param(GOOD[:-8] + bytes(8), id="wrong checksum"),
    ],
)
def test_any_other_file_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ledger.gz"
    path.write_bytes(content)

    with pytest.raises(AskedWrongly) as caught, writing(tmp_path) as connection:
        import_ledger(connection, path)

    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not any(tables(tmp_path).values())


@pytest.mark.parametrize("name", ["missing.gz", "."])
def test_a_file_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    with (
        pytest.raises(AskedWrongly, match="is no export of the ledger"),
        writing(tmp_path / "data") as connection,
    ):
        import_ledger(connection, tmp_path / name)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(VENDOR | {"colour": "red"}, id="a column unknown here"),
        pytest.param(VENDOR | {"name": None}, id="a value missing"),
        pytest.param({"table": "captures"} | capture(1, listed_at="yesterday"), id="no moment"),
        pytest.param(VENDOR | {"vendor_id": "first"}, id="a row that is there"),
    ],
)
def test_a_row_that_does_not_fit_brings_nothing_in(tmp_path: Path, row: dict[str, Any]) -> None:
    first = VENDOR | {"vendor_id": "first"}
    path = packed(tmp_path / "ledger.gz", first, row)

    with pytest.raises(AskedWrongly) as caught, writing(tmp_path) as connection:
        import_ledger(connection, path)

    assert f"does not fit the table {row['table']}" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not any(tables(tmp_path).values())
