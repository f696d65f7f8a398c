"""A user's values are checked, and written as the query casts them."""

from collections.abc import Iterator

import pytest
from archive_facts import empty_database, enlist

from crawler.errors import AskedWrongly
from pipelines.database.file import Connection
from pipelines.history.answering import values_of
from pipelines.history.catalogue import Question, parse

pytestmark = pytest.mark.database

ASKED = """\
-- 2. Who first said it?
--
-- A row is a policy.
--
-- Misread: silence is no absence.
-- Parameters:
--   policy: one policy
--   pattern = 'GDPR': a regular expression
--   since = DATE '2018-05-25': first day
--   until: first day after
--   at = TIMESTAMP '2018-05-25': a moment
--   period = 'year': a period
--   least = 2: how many
--   share = 0.5: how much
--   flips = false: whether
--   word = 'a': anything
--   term: a term of the dictionaries
--   dictionary: one of them
SELECT getvariable('policy'), getvariable('pattern'), getvariable('since'), getvariable('until'),
       getvariable('at'), getvariable('period'), getvariable('least'), getvariable('share'),
       getvariable('word'), getvariable('term'), getvariable('dictionary'),
       getvariable('flips');
"""


@pytest.fixture(scope="module")
def archive() -> Iterator[Connection]:
    with empty_database() as connection:
        enlist(connection, "acme/privacy")
        yield connection


@pytest.fixture(scope="module")
def asked() -> Question:
    return parse("q02_who.sql", ASKED)


@pytest.mark.parametrize(
    ("name", "value", "written"),
    [
        pytest.param("policy", "acme", "acme/privacy", id="a vendor"),
        pytest.param("since", "2018", "2018-01-01", id="the start of a year"),
        pytest.param("until", "2018-02", "2018-02-01", id="the start of a month"),
        pytest.param("at", "2018-02", "2018-02-01 00:00:00", id="a moment"),
        pytest.param("at", "20180203040506", "2018-02-03 04:05:06", id="14 digits"),
        pytest.param("period", "half", "half", id="a period"),
        pytest.param("least", "-3", "-3", id="a whole number"),
        pytest.param("share", "0.25", "0.25", id="a number"),
        pytest.param("term", "gdpr", "GDPR", id="a term in any case"),
        pytest.param("dictionary", "law", "law", id="a dictionary"),
        pytest.param("flips", "TRUE", "TRUE", id="a truth"),
        pytest.param("word", "it's", "it's", id="any text"),
    ],
)
def test_a_value_is_written_as_the_query_casts_it(
    archive: Connection, asked: Question, name: str, value: str, written: str
) -> None:
    assert values_of(archive, asked, {name: value}) == {name: written}


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        pytest.param("policy", "zeta", "no policy 'zeta'", id="unknown policy"),
        pytest.param("pattern", "(", "'(' is no regular expression", id="pattern"),
        pytest.param("since", "soon", "since=soon: 'soon' is not a date", id="date"),
        pytest.param("period", "day", "none of year, half, quarter, month", id="period"),
        pytest.param("least", "2.5", "least=2.5 is no whole number, like 2: how many", id="part"),
        pytest.param("share", "half", "share=half is no number, like 0.5", id="number"),
        pytest.param("term", "GDRP", "GDRP is in no dictionary: did you mean GDPR", id="term"),
        pytest.param("dictionary", "x", "the view `terms` lists them", id="dictionary"),
        pytest.param("flips", "yes", "flips=yes is neither true nor false: whether", id="truth"),
        pytest.param("old", "x", "question 2 has no parameter 'old': only policy, ", id="name"),
    ],
)
def test_a_bad_value_is_named_with_the_reason(
    archive: Connection, asked: Question, name: str, value: str, words: str
) -> None:
    with pytest.raises(AskedWrongly) as caught:
        values_of(archive, asked, {name: value})

    assert words in str(caught.value)
