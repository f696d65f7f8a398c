"""How hard a text is to read: syllables and grades, counted by hand."""

import math

import pytest
from archive_facts import digest_of, insert, rows

from pipelines.database.file import Connection

pytestmark = pytest.mark.database


def keep(database: Connection, text: str) -> str:
    row = {"text_id": digest_of(text), "normalized_id": "n", "text": text, "words": 1}
    insert(database, "texts", row)
    return digest_of(text)


COUNTED = {
    1: "a we our use site third stored store called used the these time share years",
    2: "data table tables handled collect cookies applied added provide website email "
    "parties changes boxes",
    3: "privacy personal policy services internet analyzed protected controller unique",
    4: "advertising information legitimate security activities",
}


@pytest.mark.parametrize("count", COUNTED)
def test_syllables_are_those_counted_by_hand(database: Connection, count: int) -> None:
    words = COUNTED[count].split()

    found = rows(database, "SELECT word, syllables(word) FROM (SELECT unnest(?) AS word)", words)

    assert {word for word, syllables in found if syllables != count} == set()


def test_readability_is_that_of_a_passage_counted_by_hand(database: Connection) -> None:
    text_id = keep(database, "# Privacy Policy\n\nWe don't sell **personal** data. You may ask us.")

    (found,) = rows(
        database, "SELECT * EXCLUDE (text_id) FROM readability WHERE text_id = ?", text_id
    )

    # 3 sentences, 11 words: pri-va-cy pol-i-cy we dont sell per-son-al da-ta you may ask us:
    # 3 + 3 + 1 + 1 + 1 + 3 + 2 + 4 = 18 syllables, 3 words of three.
    assert found[:4] == (11, 3, 18, 3)
    assert math.isclose(found[4], 0.39 * 11 / 3 + 11.8 * 18 / 11 - 15.59)
    assert math.isclose(found[5], 1.043 * math.sqrt(30 * 3 / 3) + 3.1291)


@pytest.mark.parametrize("text", ["", "1. 2. 3.", "数据。"], ids=["empty", "numbers", "Chinese"])
def test_without_a_sentence_there_is_no_grade(database: Connection, text: str) -> None:
    text_id = keep(database, text)

    found = rows(
        database, "SELECT words, fk_grade, smog FROM readability WHERE text_id = ?", text_id
    )

    assert found == [(0, None, None)]
