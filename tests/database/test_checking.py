"""The invariants of an archive: silent on a sound one, and each heard when it is broken."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.memento import Capture, Memento, to_datetime
from pipelines.database.checking import (
    Finding,
    check_bodies,
    check_facts,
    count_bodies,
    questions,
)
from pipelines.database.file import Connection, writing
from pipelines.database.readings import refresh
from pipelines.database.rows import Row, insert
from pipelines.warc import Place, Shelf

pytestmark = pytest.mark.database

POLICY = "acme/privacy"
URI_R = "http://acme.example/privacy"
KEY = "example,acme)/privacy"
MOMENT = datetime(2024, 5, 1, tzinfo=UTC)
BODIES = {"20150101000000": b"<p>old page", "20170101000000": b"<p>new page"}
TEXTS = {"20150101000000": "We keep your name.", "20170101000000": "We keep your name and sell it."}


def sha256(data: bytes | str) -> str:
    """The id of a body or a text."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def capture(timestamp: str, digest: str, state: str, reason: str = "", again: int = 0) -> Row:
    """A line of the ledger."""
    return {
        "policy_id": POLICY,
        "urlkey": KEY,
        "timestamp": timestamp,
        "original": URI_R,
        "mimetype": "text/html",
        "statuscode": "200",
        "digest": digest,
        "length": 100,
        "duplicates": again,
        "state": state,
        "reason": reason,
        "listed_at": MOMENT,
        "settled_at": None if state == "pending" else MOMENT,
    }


def memento(timestamp: str, digest: str, place: Place) -> Row:
    """A kept body's row."""
    return {
        "policy_id": POLICY,
        "uri_m": f"http://archive.example/web/{timestamp}id_/{URI_R}",
        "uri_r": URI_R,
        "timestamp": timestamp,
        "memento_datetime": to_datetime(timestamp),
        "statuscode": 200,
        "content_type": "text/html",
        "body_sha256": place.body_sha256,
        "body_bytes": place.body_bytes,
        "warc_file": place.warc_file,
        "warc_offset": place.warc_offset,
        "archive_source": "",
        "fetched_at": MOMENT,
        "crawl_id": "crawl-1",
        "urlkey": KEY,
        "digest": digest,
        "digest_matches": True,
    }


def shelve(folder: Path) -> list[Place]:
    """Keep the bodies."""
    shelf = Shelf(folder, "crawl-1")
    places = []
    for timestamp, body in BODIES.items():
        listed = Capture(
            policy_id=POLICY,
            urlkey=KEY,
            timestamp=timestamp,
            original=URI_R,
            mimetype="text/html",
            statuscode="200",
            digest="A",
        )
        kept = Memento(
            capture=listed,
            uri_m=f"http://archive.example/web/{timestamp}id_/{URI_R}",
            memento_datetime=to_datetime(timestamp),
            statuscode=200,
            content_type="text/html",
            headers=(("content-type", "text/html"),),
            body=body,
            digest="A",
            archive_source="",
            fetched_at=MOMENT,
        )
        places.append(shelf.keep(kept))
    shelf.close()
    return places


def tell(connection: Connection) -> None:
    """Write what was read of the bodies."""
    extractor = {"extractor_id": "e1", "name": "x", "version": "1", "options": "{}"}
    insert(connection, "extractors", [extractor | {"adopted_at": MOMENT}])
    for timestamp, text in TEXTS.items():
        row = {"text_id": sha256(text), "normalized_id": sha256(text), "text": text, "words": 4}
        insert(connection, "texts", [row])
        read = {"body_sha256": sha256(BODIES[timestamp]), "extractor_id": "e1", "language": "en"}
        told = {"text_id": sha256(text), "verdict": "policy", "reason": "", "title": ""}
        stated = {"stated_date": None, "stated_kind": "", "stated_quote": ""}
        insert(connection, "extractions", [read | told | stated])
    old, new = map(sha256, TEXTS.values())
    pair = {"old_text_id": old, "new_text_id": new, "words_added": 3, "words_removed": 0}
    insert(
        connection,
        "diffs",
        [pair | {"similarity": 0.7, "significance": "substantive", "hunks": 1}],
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sound archive."""
    return tmp_path_factory.mktemp("checking")


@pytest.fixture(scope="module")
def archive(data: Path) -> Iterator[Connection]:
    """A sound archive: six lines listed, one of them twice, two bodies, two versions."""
    old, new = shelve(data / "warc")
    listing = {"crawl_id": "crawl-1", "policy_id": POLICY, "uri_r": URI_R, "outcome": "complete"}
    counts = {"rows": 6, "added": 5, "known": 0, "duplicates": 1, "reason": "", "listed_at": MOMENT}
    with writing(data) as connection:
        insert(connection, "listings", [listing | counts])
        insert(
            connection,
            "captures",
            [
                capture("20150101000000", "A", "fetched", again=1),
                capture("20160101000000", "A", "unchanged", "same digest as 20150101000000"),
                capture("20170101000000", "B", "fetched"),
                capture("20180101000000", "C", "redirect", "https://acme.example/new"),
                capture("20190101000000", "D", "pending"),
            ],
        )
        insert(
            connection,
            "mementos",
            [memento("20150101000000", "A", old), memento("20170101000000", "B", new)],
        )
        tell(connection)
        refresh(connection)
        connection.execute("COMMIT")
        connection.execute("BEGIN")
        yield connection


@pytest.fixture
def database(archive: Connection) -> Iterator[Connection]:
    """The sound archive, made sound again after each test."""
    yield archive
    archive.execute("ROLLBACK")
    archive.execute("BEGIN")


def broken(connection: Connection) -> dict[str, Finding]:
    """The invariants that do not hold, by their words."""
    return {found.invariant: found for found in check_facts(connection) if found.broken}


def test_a_sound_archive_breaks_nothing(database: Connection) -> None:
    findings = check_facts(database)

    assert len(findings) == len(questions()) > 10
    assert [found for found in findings if found.broken or found.example] == []
    assert database.execute("SELECT count(*) FROM versions").fetchall() == [(2,)]


def test_an_empty_archive_breaks_nothing(tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        findings = check_facts(connection)
        bodies = list(check_bodies(connection, tmp_path))

    assert not any(found.broken for found in findings)
    assert [found.broken for found in bodies if found] == [0]


MIDDLE = "WHERE timestamp = '20160101000000'"
RETOLD = "CREATE TABLE told AS SELECT * FROM {0}; CREATE OR REPLACE VIEW {0} AS "
BREAKS = {
    "Every capture is in exactly one": [f"UPDATE captures SET state = 'lost' {MIDDLE}"],
    "Every line of every listing": [
        "UPDATE listings SET rows = rows + 1",
        "UPDATE listings SET known = 1",
    ],
    "Lines listed for the first time": [
        f"DELETE FROM captures {MIDDLE}",
        "DELETE FROM listings",
        "DELETE FROM captures",
        "INSERT INTO captures SELECT * REPLACE ('other/privacy' AS policy_id) FROM captures",
    ],
    "Lines of each policy's first crawl": [
        f"UPDATE captures SET duplicates = 5 {MIDDLE}",
        "UPDATE captures SET duplicates = 0",
        "DELETE FROM captures",
    ],
    "The readings are what captures": [
        "DELETE FROM readings",
        f"UPDATE readings SET state = 'fetched' {MIDDLE}",
        "INSERT INTO readings SELECT * FROM readings",
        "UPDATE texts SET words = words + 1",
        "DELETE FROM diffs",
    ],
    "Every line that a listing counts as withdrawn": [
        "UPDATE listings SET withdrawn = 1",
        (
            "UPDATE listings SET withdrawn = 1; INSERT INTO listing_changes SELECT crawl_id, "
            "policy_id, uri_r, 'withdrawn', 'x', 'x', 'x', 'x', 'x', listed_at FROM listings"
        ),
    ],
    "A failed or empty listing": [
        "UPDATE listings SET outcome = 'empty'",
        "UPDATE listings SET outcome = 'failed'",
        "UPDATE listings SET outcome = 'done'",
        "UPDATE listings SET rows = 0, added = 0, duplicates = 0",
    ],
    "A settled capture says when": [
        f"UPDATE captures SET settled_at = NULL {MIDDLE}",
        f"UPDATE captures SET reason = '' {MIDDLE}",
    ],
    "Every fetched capture has its memento": [
        "DELETE FROM mementos WHERE digest = 'A'",
        f"UPDATE captures SET state = 'fetched' {MIDDLE}",
    ],
    "Every memento belongs": [
        "UPDATE mementos SET memento_datetime = memento_datetime + INTERVAL 1 SECOND",
        "UPDATE captures SET state = 'damaged', reason = 'cut' WHERE digest = 'B'",
        "DELETE FROM captures WHERE digest = 'B'",
    ],
    "Every unchanged capture": [
        "UPDATE captures SET state = 'damaged', reason = 'cut' WHERE state = 'fetched'",
        "UPDATE captures SET state = 'unchanged', reason = 'x' WHERE digest = 'D'",
    ],
    "Every kept body was read": [
        "DELETE FROM extractions",
        "UPDATE extractors SET adopted_at = NULL",
        "INSERT INTO extractors VALUES ('e2', 'x', '2', '{}', TIMESTAMP '2030-01-01')",
        "INSERT INTO documents VALUES ('x', 'y.md', 'b', 1, '', 'w', 0, '2020-01-01', 'c')",
    ],
    "Every text is the one": ["UPDATE texts SET text = 'Other.'", "DELETE FROM texts"],
    "Every observation says": [
        RETOLD.format("observations") + f"SELECT * REPLACE (NULL AS {column}) FROM told"
        for column in ("uri_m", "digest", "body_sha256", "extractor_id", "crawl_id")
    ],
    "A source shows no version": [
        f"UPDATE readings SET version = 1, source = 'princeton-leuven' {MIDDLE}",
    ],
    "Versions follow one another": [
        RETOLD.format("versions") + "SELECT * REPLACE (NULL::TIMESTAMP AS not_before) FROM told",
        RETOLD.format("versions") + "SELECT * REPLACE (last_seen AS not_before) FROM told",
        RETOLD.format("versions")
        + "SELECT * REPLACE (first_seen - INTERVAL 1 DAY AS last_seen) FROM told",
    ],
    "Every change is an interval": [
        "UPDATE readings SET words_added = NULL",
        "UPDATE readings SET significance = 'huge'",
        RETOLD.format("changes") + "SELECT * REPLACE (not_after + INTERVAL 1 DAY AS not_before) "
        "FROM told",
    ],
}


@pytest.mark.parametrize(
    ("invariant", "statement"),
    [
        pytest.param(invariant, statement, id=f"{invariant} {number}")
        for invariant, statements in BREAKS.items()
        for number, statement in enumerate(statements, 1)
    ],
)
def test_a_broken_invariant_is_found_with_an_example(
    database: Connection, invariant: str, statement: str
) -> None:
    database.execute(statement)

    (found,) = [one for words, one in broken(database).items() if words.startswith(invariant)]

    assert found.broken > 0
    assert found.example


@pytest.mark.parametrize("words", [words for words, _ in questions()])
def test_every_invariant_is_broken_once_above(words: str) -> None:
    assert sum(words.startswith(invariant) for invariant in BREAKS) == 1


def test_a_failed_listing_with_its_reason_breaks_nothing(database: Connection) -> None:
    database.execute(
        "INSERT INTO listings SELECT * REPLACE ('failed' AS outcome, 'HTTP 503' AS reason, "
        "'crawl-2' AS crawl_id, 0 AS rows, 0 AS added, 0 AS duplicates, "
        "listed_at + INTERVAL 1 DAY AS listed_at) FROM listings"
    )

    assert broken(database) == {}


def test_a_second_crawl_with_a_new_line_breaks_nothing(database: Connection) -> None:
    database.execute(
        "INSERT INTO listings SELECT * REPLACE ('crawl-2' AS crawl_id, 7 AS rows, 1 AS added, "
        "5 AS known, listed_at + INTERVAL 1 DAY AS listed_at) FROM listings"
    )
    database.execute(
        "INSERT INTO captures SELECT * REPLACE ('20200101000000' AS timestamp, "
        "listed_at + INTERVAL 1 DAY AS listed_at) FROM captures WHERE digest = 'D'"
    )

    assert broken(database) == {}


def test_sound_bodies_are_counted_and_found_sound(database: Connection, data: Path) -> None:
    *steps, end = check_bodies(database, data)

    assert count_bodies(database) == len(steps) == 2
    assert set(steps) == {None}
    assert end is not None
    assert (end.broken, end.example) == (0, "")


@pytest.mark.parametrize(
    ("statement", "example"),
    [
        pytest.param(
            "UPDATE mementos SET body_sha256 = 'x' WHERE digest = 'A'", "another body", id="hash"
        ),
        pytest.param(
            "UPDATE mementos SET warc_offset = warc_offset + 1 WHERE digest = 'A'",
            "cannot use",
            id="place",
        ),
        pytest.param(
            "UPDATE mementos SET warc_file = 'lost.warc.gz' WHERE digest = 'A'",
            "lost.warc.gz",
            id="file",
        ),
    ],
)
def test_a_body_that_is_not_where_the_ledger_says_is_found(
    database: Connection, data: Path, statement: str, example: str
) -> None:
    database.execute(statement)

    *steps, end = check_bodies(database, data)

    assert len(steps) == 2
    assert end is not None
    assert end.broken == 1
    assert example in end.example


@pytest.mark.parametrize("change", ["cut", "changed"])
def test_a_file_damaged_on_disk_is_found(
    database: Connection, data: Path, tmp_path: Path, change: str
) -> None:
    name = Path("warc") / "crawl-1.warc.gz"
    spoilt = bytearray((data / name).read_bytes())
    spoilt[-20] ^= 0xFF
    (tmp_path / "warc").mkdir()
    (tmp_path / name).write_bytes(spoilt[:-20] if change == "cut" else spoilt)

    *_, end = check_bodies(database, tmp_path)

    assert end is not None
    assert end.broken == 1
