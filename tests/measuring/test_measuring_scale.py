"""The archive of very many policies is repeatable, sound, and the same in SQLite."""

import sqlite3
from pathlib import Path

import pytest

from benchmarks import _archive, _long, _sqlite
from benchmarks._asked import LOOK_UPS, WHOLE, measure
from benchmarks._bulk import LAW, RARE, VERSIONS, Bulk
from pipelines.database.checking import check_facts
from pipelines.database.file import reading

POLICIES = 80


@pytest.fixture(scope="module")
def bulk() -> Bulk:
    return Bulk(words=2_000)


@pytest.fixture(scope="module")
def data(bulk: Bulk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of some policies, of which one says the rare word, and a long one."""
    folder = tmp_path_factory.mktemp("scale")
    _archive.begin(folder)
    _archive.add(folder, [_long.long_policy(bulk)])
    _archive.fill(folder, bulk, 0, POLICIES)
    return folder


def test_a_number_always_gives_the_same_policy(bulk: Bulk) -> None:
    alone = list(bulk.policies(7, 8))

    assert alone == list(Bulk(words=2_000).policies(5, 9))[2:3]


def test_nearly_each_version_differs_and_most_of_it_stays(bulk: Bulk) -> None:
    kept, equal = [], 0
    for policy in bulk.policies(0, POLICIES):
        for old, new in zip(policy.texts, policy.texts[1:], strict=False):
            before, after = (set(text.replace("\n\n", " ").split(". ")) for text in (old, new))
            kept.append(len(before & after) / len(before))
            equal += old == new

    assert equal < len(kept) / 50
    assert 0.85 < sorted(kept)[len(kept) // 2] < 0.98


def test_words_that_came_are_those_that_came(bulk: Bulk) -> None:
    for policy in bulk.policies(70, POLICIES):
        grown = policy.words[-1] - policy.words[0]
        assert abs(sum(policy.added) - sum(policy.removed) - grown) <= VERSIONS


def test_the_archive_is_sound_and_has_every_version(data: Path) -> None:
    with reading(data) as connection:
        broken = [found.invariant for found in check_facts(connection) if found.broken]
        versions = connection.execute(
            "SELECT policy_id = ?, count(*) FROM versions GROUP BY 1 ORDER BY 1", [_long.LONG]
        ).fetchall()

    # The invariant that speaks of listings: these captures were never listed.
    assert broken == [
        "Lines listed for the first time are the lines of the ledger, none lost and none invented"
    ]
    assert versions == [(False, pytest.approx(POLICIES * VERSIONS, rel=0.02)), (True, 2_000)]


def test_sqlite_gives_the_same_answers(data: Path, tmp_path: Path) -> None:
    _sqlite.copy(data, tmp_path / "archive.sqlite")

    with sqlite3.connect(tmp_path / "archive.sqlite") as connection:
        versions = connection.execute(_sqlite.ALL_VERSIONS).fetchall()
        changes = connection.execute(_sqlite.CHANGES).fetchall()

    with reading(data) as archive:
        ours = archive.execute(WHOLE["all versions"]).fetchall()
        yearly = archive.execute(WHOLE["changes a year"]).fetchall()
    assert [(row[0], row[1], row[2]) for row in versions] == [
        (count, words, str(last)) for count, words, last in ours
    ]
    assert [(int(row[0]), *row[1:3]) for row in sorted(changes)] == [row[:3] for row in yearly]


def test_every_question_of_the_benchmark_has_an_answer(data: Path) -> None:
    for name in (*LOOK_UPS, *WHOLE):
        found = measure(data, name, 2, POLICIES)

        assert found["seconds"] > 0, name
        assert found["rows"] > 0, name


def test_the_rare_word_is_in_one_policy_and_the_law_in_many(data: Path) -> None:
    with reading(data) as connection:
        counts = [
            connection.execute("SELECT count(*) FROM first_mention(?)", [word]).fetchall()[0][0]
            for word in (RARE, f"(?:{RARE})", LAW)
        ]

    assert counts[:2] == [1, 1]
    assert counts[2] > 10
