"""The documentation names everything there is, and its SQL runs."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.database.file import Connection, reading, writing

pytestmark = pytest.mark.database

ROOT = Path(__file__).parents[1]
DATA = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
QUERIES = [
    query.strip()
    for block in re.findall(r"```sql\n(.*?)```", DATA, re.DOTALL)
    for query in block.split(";")
    if query.strip()
]
MACROS = ("policy_at('a/b', '2016')", "first_mention('x')", "mentions('x')")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    data = tmp_path_factory.mktemp("data")
    with writing(data):
        pass
    with reading(data) as connection:
        yield connection


def test_every_table_view_and_column_is_documented(empty: Connection) -> None:
    columns = empty.execute(
        "SELECT table_name, column_name FROM duckdb_columns() "
        "WHERE database_name = current_database() AND NOT internal"
    ).fetchall()
    sections = re.split(r"^### ", DATA, flags=re.MULTILINE)[1:]

    def documented(table: str, column: str) -> bool:
        return any(
            table in section.split("\n")[0].split(", ") and f"`{column}`" in section
            for section in sections
        )

    assert len(columns) > 100
    assert not [pair for pair in columns if not documented(*pair)]


@pytest.mark.parametrize("call", MACROS, ids=lambda call: call.partition("(")[0])
def test_every_column_of_a_macro_is_documented(empty: Connection, call: str) -> None:
    names = [row[0] for row in empty.execute(f"DESCRIBE FROM {call}").fetchall()]
    entry = DATA[DATA.index(f"- `{call.partition('(')[0]}(") :].split("\n- ")[0]

    assert not [name for name in names if f"`{name}`" not in entry]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.split("\n")[0][3:40])
def test_every_query_of_the_documentation_runs(empty: Connection, query: str) -> None:
    assert empty.execute(query).fetchall() == []


def test_no_document_says_what_a_reader_cannot_follow() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), ROOT / "CONTRIBUTING.md"]
    missing = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([a-zA-Z.][^):#]*)\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]

    assert not missing
