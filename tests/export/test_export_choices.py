"""What is chosen is an archive of its own: sound, with the same answers for what it holds."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from archive_facts import rows
from sound_archive import ACME, BOLT, FIRST, SECOND, write_sound

from crawler.errors import AskedWrongly
from pipelines.database.checking import check_facts
from pipelines.database.excerpts import Excerpt, excerpts, note_excerpts
from pipelines.database.file import Connection, writing
from pipelines.export.choices import Choices
from pipelines.export.dataset import write_dataset
from pipelines.export.selecting import selected

DERIVED = ("versions", "changes", "coverage")
WITHOUT_WORDS = {
    "versions": "* EXCLUDE (title, stated_quote)",
    "changes": "*",
    "coverage": "*",
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    write_sound(folder)
    return folder


def unsound(connection: Connection) -> list[str]:
    return [found.invariant for found in check_facts(connection) if found.broken]


def unproved(connection: Connection) -> int:
    return sum(1 for found in check_facts(connection) if found.unchecked)


def moment(when: datetime) -> datetime:
    return when.replace(tzinfo=UTC)


@contextmanager
def part(data: Path, **choices: Any) -> Iterator[Connection]:
    with selected(data, Choices(**choices)) as connection:
        yield connection


def test_without_a_choice_it_is_the_archive_itself(data: Path) -> None:
    with part(data) as connection:
        assert rows(connection, "SELECT current_database()") == [("policytrail",)]
        assert excerpts(connection) == []


def test_a_policy_comes_with_all_that_is_its_own_and_nothing_else(data: Path) -> None:
    with part(data) as whole:
        wanted = rows(whole, "FROM versions WHERE policy_id = ? ORDER BY ALL", BOLT)
    with part(data, policies=("bolt",)) as connection:
        assert rows(connection, "FROM versions ORDER BY ALL") == wanted
        assert rows(connection, "SELECT vendor_id FROM vendors") == [("bolt",)]
        assert rows(connection, "SELECT policy_id FROM coverage") == [(BOLT,)]
        assert rows(connection, "SELECT DISTINCT policy_id FROM listings") == [(BOLT,)]
        assert not rows(connection, "SELECT text_id FROM texts WHERE text LIKE '%Acme%'")
        assert (unsound(connection), unproved(connection)) == ([], 0)
        assert [one.chosen for one in excerpts(connection)] == [{"policies": [BOLT]}]


def test_dates_leave_the_captures_between_them_and_the_bodies_that_these_share(
    data: Path,
) -> None:
    with part(data, since=date(2015, 1, 1), until=date(2017, 1, 1)) as connection:
        seen = rows(connection, "SELECT timestamp, state FROM captures ORDER BY ALL")
        spans = rows(connection, "SELECT first_seen::DATE FROM versions ORDER BY ALL")
        assert (unsound(connection), unproved(connection)) == ([], 5)

    assert seen == [
        ("20140101000000", "skipped"),  # whose body the unchanged one shows
        ("20150101000000", "unchanged"),
        *(
            (f"{day}000000", "fetched")
            for day in ("20160101", "20160101", "20160201", "20160301", "20170101")
        ),
    ]
    assert min(spans) == (date(2015, 1, 1),)


def test_a_language_leaves_what_was_read_in_it_and_lines_without_a_body(data: Path) -> None:
    with part(data, languages=("de",)) as connection:
        languages = rows(connection, "SELECT DISTINCT language FROM extractions")
        states = rows(connection, "SELECT state FROM captures ORDER BY ALL")
        assert (unsound(connection), unproved(connection)) == ([], 3)

    assert (languages, states) == ([("de",)], [("fetched",), ("redirect",)])


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        pytest.param({"languages": ("xx",)}, "'xx', only in these: de, en", id="language"),
        pytest.param({"policies": ("acne",)}, "did you mean acme", id="policy"),
    ],
)
def test_a_slip_is_told_rather_than_exported_as_nothing(
    data: Path, choices: dict[str, Any], words: str
) -> None:
    with pytest.raises(AskedWrongly, match=words), part(data, **choices):
        pass


@pytest.fixture(scope="module")
def after_one_crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("earlier")
    write_sound(folder, crawls=1)
    return folder


@pytest.mark.parametrize(
    "as_of",
    [
        pytest.param(moment(FIRST), marks=pytest.mark.slow, id="at once"),
        pytest.param(moment(SECOND) - timedelta(microseconds=1), id="later"),
    ],
)
def test_an_archive_as_of_a_day_is_the_export_that_was_made_then(
    data: Path, after_one_crawl: Path, tmp_path: Path, as_of: datetime
) -> None:
    for name, folder, choices in (
        ("then", after_one_crawl, Choices()),
        ("now", data, Choices(as_of=as_of)),
    ):
        (tmp_path / name).mkdir()
        with selected(folder, choices) as connection:
            write_dataset(connection, tmp_path / name, lambda _: None)
            assert (unsound(connection), unproved(connection)) == ([], 0)

    for file in (tmp_path / "then" / "data").iterdir():
        assert file.read_bytes() == (tmp_path / "now" / "data" / file.name).read_bytes(), file.name


@pytest.mark.slow
def test_an_archive_as_of_now_is_all_of_it(data: Path) -> None:
    with part(data) as whole:
        wanted = {table: rows(whole, f"FROM {table} ORDER BY ALL") for table in DERIVED}
    with part(data, as_of=moment(SECOND)) as connection:
        for table, known in wanted.items():
            assert rows(connection, f"FROM {table} ORDER BY ALL") == known


def test_before_the_first_crawl_nothing_was_known(data: Path) -> None:
    with part(data, as_of=moment(FIRST) - timedelta(seconds=1)) as connection:
        assert rows(connection, "SELECT count(*) FROM captures") == [(0,)]
        assert rows(connection, "SELECT count(*) FROM crawls") == [(0,)]
        assert rows(connection, "SELECT sum(captures) FROM coverage") == [(0,)]


def test_a_text_free_part_has_no_words_and_the_same_versions(data: Path) -> None:
    def told(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
        return {
            table: rows(connection, f"SELECT {columns} FROM {table} ORDER BY ALL")
            for table, columns in WITHOUT_WORDS.items()
        }

    with part(data) as whole:
        wanted = told(whole)
    with part(data, text_free=True) as connection:
        assert told(connection) == wanted
        words = rows(
            connection,
            "SELECT DISTINCT text FROM texts UNION SELECT title FROM extractions "
            "UNION SELECT stated_quote FROM extractions UNION SELECT title FROM readings",
        )
        assert words == [("",)]
        assert (unsound(connection), unproved(connection)) == ([], 1)


def test_a_redacted_part_counts_what_was_taken_out_and_keeps_the_ids(data: Path) -> None:
    with part(data) as whole:
        ids = rows(whole, "SELECT text_id FROM texts ORDER BY ALL")
    with part(data, redact=True) as connection:
        (narrowed,) = excerpts(connection)
        assert rows(connection, "SELECT text_id FROM texts ORDER BY ALL") == ids
        assert not rows(connection, "FROM texts WHERE contains(text, '@')")
        assert (unsound(connection), unproved(connection)) == ([], 1)

    assert sum(narrowed.redacted.values()) >= 4  # an address in each of Acme's four texts


def test_a_part_of_a_part_says_both(after_one_crawl: Path, tmp_path: Path) -> None:
    shutil.copytree(after_one_crawl, tmp_path, dirs_exist_ok=True)
    with writing(tmp_path) as connection:
        note_excerpts(connection, [Excerpt(chosen={"languages": ["en"]})])

    with part(tmp_path, policies=(ACME,)) as connection:
        assert [one.chosen for one in excerpts(connection)] == [
            {"languages": ["en"]},
            {"policies": [ACME]},
        ]


def test_what_was_known_before_any_extractor_was_adopted_cannot_be_said(
    after_one_crawl: Path, tmp_path: Path
) -> None:
    shutil.copytree(after_one_crawl, tmp_path, dirs_exist_ok=True)
    with writing(tmp_path) as connection:
        connection.execute("UPDATE extractors SET adopted_at = TIMESTAMP '2027-01-01'")

    with pytest.raises(AskedWrongly, match="adopted later"), part(tmp_path, as_of=moment(SECOND)):
        pass


def test_nothing_is_left_of_a_part_after_an_error(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with pytest.raises(KeyboardInterrupt), part(data, policies=(ACME,)):
        raise KeyboardInterrupt

    assert list(tmp_path.iterdir()) == []
