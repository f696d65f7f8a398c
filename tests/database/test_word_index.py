"""The index of words: the same answers as a scan, from fewer blocks."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.database.file import Connection, reading, writing
from pipelines.database.rows import Row, insert
from pipelines.database.word_index import index_words

pytestmark = pytest.mark.database
BLOCK = 512
COUNT = 4 * BLOCK + 100
ODD = {
    100: "We belong to the Privacy Shield framework.",
    600: "We belong to the privacy-shield programme; PRIVACY SHIELD it is.",
    700: "Our eprivacy shields are many.",
    1_100: "Die Daten\u017fchutz-Seite. Kelvin writes \u212aelvin.",
    1_600: "Cookies & web beacons, 24/7.",
    2_100: "Zanzibar is said in the last block, which is not full.",
}


def text_row(number: int) -> Row:
    text = ODD.get(number, f"Text number{number} says nothing of it.")
    text_id = hashlib.sha256(text.encode()).hexdigest()
    return {"text_id": text_id, "normalized_id": text_id, "text": text, "words": 5}


def write(data: Path, first: int, last: int) -> None:
    with writing(data) as connection:
        insert(connection, "texts", [text_row(number) for number in range(first, last)])


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """Texts in five blocks, of which four are full and indexed."""
    data = tmp_path_factory.mktemp("words")
    write(data, 1, COUNT)
    index_words(data)
    with reading(data) as connection:
        yield connection


def places(connection: Connection, pattern: str) -> list[int]:
    found = connection.execute("SELECT block FROM blocks_to_search(?) ORDER BY block", [pattern])
    return [block for (block,) in found.fetchall()]


ALL = [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("pattern", "blocks"),
    [
        pytest.param("Privacy Shield", [0, 1, 4], id="two words"),
        pytest.param("(?i)privacy shield", [0, 1, 4], id="any case"),
        pytest.param("privacy-shield", [0, 1, 4], id="a hyphen"),
        pytest.param("ivacy shie", [0, 1, 4], id="parts of words"),
        pytest.param(r"\bPrivacy\b", [0, 1, 4], id="ends of words"),
        pytest.param("Cookies & web|Zanzibar", [3, 4], id="alternatives"),
        pytest.param("(?i)datenschutz", [2, 4], id="a long s"),
        pytest.param("(?i)kelvin", [2, 4], id="the sign of kelvin"),
        pytest.param("nobody ever said this", [4], id="nothing"),
        pytest.param("24/7", ALL, id="words too short to look up"),
        pytest.param("it|Zanzibar", ALL, id="one alternative too short"),
        pytest.param("priv.cy", ALL, id="a pattern"),
        pytest.param("(?s)Cookies", ALL, id="another flag"),
        pytest.param("", ALL, id="empty"),
        pytest.param("Datenschützer", ALL, id="letters beyond ascii"),
    ],
)
def test_a_search_looks_only_where_the_words_are_and_where_nothing_is_known(
    archive: Connection, pattern: str, blocks: list[int]
) -> None:
    assert places(archive, pattern) == blocks


@pytest.mark.parametrize(
    "pattern",
    [
        "Privacy Shield",
        "(?i)privacy.shield",
        "(?i)privacy shield",
        "ivacy shie",
        "(?i)datenschutz",
        "(?i)kelvin",
        "Zanzibar|beacons",
        r"\bshields\b",
        "number1",
        "24/7",
        "nobody ever said this",
    ],
)
def test_a_search_finds_what_a_scan_finds(archive: Connection, pattern: str) -> None:
    scanned = archive.execute(
        "SELECT text_id FROM texts WHERE regexp_matches(text, ?) ORDER BY text_id", [pattern]
    ).fetchall()

    searched = archive.execute(
        "SELECT text_id FROM texts JOIN blocks_to_search(?) AS places USING (block) "
        "WHERE regexp_matches(text, ?) ORDER BY text_id",
        [pattern, pattern],
    ).fetchall()

    assert searched == scanned


def test_without_an_index_a_search_looks_everywhere(tmp_path: Path) -> None:
    write(tmp_path, 1, BLOCK + 10)

    with reading(tmp_path) as connection:
        assert places(connection, "Privacy Shield") == [0, 1]


def test_an_empty_archive_is_searched_nowhere(tmp_path: Path) -> None:
    with writing(tmp_path):
        pass
    done = index_words(tmp_path)

    with reading(tmp_path) as connection:
        assert (done, places(connection, "x.y"), places(connection, "word")) == (0, [], [])


def test_texts_in_pieces_are_indexed_as_texts_at_once(archive: Connection, tmp_path: Path) -> None:
    done = []
    for first in range(1, COUNT, 300):
        write(tmp_path, first, min(first + 300, COUNT))
        done.append(index_words(tmp_path))
    words = (
        "SELECT word, list_sort(flatten(list(blocks))) AS blocks FROM words GROUP BY word "
        "ORDER BY word"
    )

    with reading(tmp_path) as connection:
        segments = connection.execute(
            "SELECT first_block, last_block FROM word_segments ORDER BY first_block"
        ).fetchall()
        in_pieces = connection.execute(words).fetchall()

    assert sum(done) == 4
    assert segments == [(0, 3)]
    assert in_pieces == archive.execute(words).fetchall()


def test_neighbours_of_one_size_become_one_segment(tmp_path: Path) -> None:
    found = []
    for block in range(5):
        write(tmp_path, block * BLOCK + 1, (block + 1) * BLOCK + 1)
        index_words(tmp_path)
        with reading(tmp_path) as connection:
            found.append(
                connection.execute(
                    "SELECT last_block - first_block + 1 FROM word_segments ORDER BY first_block"
                ).fetchall()
            )

    assert [[size for (size,) in sizes] for sizes in found] == [[1], [2], [2, 1], [4], [4, 1]]
