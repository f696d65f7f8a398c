"""The files of the questions: each can be read, and a malformed head is said to be one."""

import duckdb
import pytest

from pipelines.history.catalogue import (
    BadQuestion,
    NoSuchQuestion,
    Plot,
    Question,
    parse,
    question,
    questions,
)

pytestmark = pytest.mark.database

WHOLE = """\
-- 2. Who first said it?
--
-- A row is a policy.
-- It was seen.
--
-- Misread: silence
-- is no absence.
-- Parameters:
--   term = 'it''s, so: yes': a term
--     of the dictionary
--   since = DATE '2018-05-25': first day
--   policy: one policy
-- Plot: interval x=not_before..not_after y=policy_id
-- Example: term = 'a, b', since = DATE '2010-01-01'
SELECT getvariable('term'), getvariable('since'), getvariable('policy')
ORDER BY 1;
"""


@pytest.mark.parametrize("each", questions().values(), ids=lambda each: each.name)
def test_every_question_is_one_statement(each: Question) -> None:
    statements = duckdb.extract_statements(each.sql)

    assert [statement.type.name for statement in statements] == ["SELECT"]


def test_questions_come_in_the_order_of_their_numbers() -> None:
    numbers = list(questions())

    assert numbers == sorted(numbers)
    assert {1, 33} <= set(numbers) <= set(range(1, 34))


def test_a_head_says_everything_about_its_question() -> None:
    read = parse("q02_who_first.sql", WHOLE)

    assert (read.number, read.name, read.title) == (2, "q02_who_first", "Who first said it?")
    assert read.about == "A row is a policy. It was seen."
    assert read.misread == "silence is no absence."
    assert [(each.name, each.default, each.about) for each in read.parameters] == [
        ("term", "'it''s, so: yes'", "a term of the dictionary"),
        ("since", "DATE '2018-05-25'", "first day"),
        ("policy", "NULL", "one policy"),
    ]
    assert read.plot == Plot(kind="interval", x=("not_before", "not_after"), y="policy_id", by=None)
    assert read.example == {"term": "'a, b'", "since": "DATE '2010-01-01'"}
    assert read.sql == WHOLE


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        pytest.param("-- 2. ", "-- 3. ", "its first line", id="another number"),
        pytest.param("-- Misread: silence\n-- is no absence.\n", "", "misread", id="no misreading"),
        pytest.param("Plot: interval", "Plot: cake", "its Plot:", id="unknown plot"),
        pytest.param("not_before..not_after", "not_before", "its Plot:", id="half an interval"),
        pytest.param("y=policy_id", "z=policy_id", "its Plot:", id="unknown axis"),
        pytest.param("-- Plot:", "-- Misread:", "Misread: twice", id="a part twice"),
        pytest.param("policy: one policy", "term: one term", "one twice", id="parameter twice"),
        pytest.param("  term = 'it''s, so: yes': a", "  a", "no parameter", id="no parameter"),
        pytest.param("Example: term", "Example: word", "its Example:", id="unknown example"),
        pytest.param("getvariable('policy')", "NULL", ": policy", id="parameter never read"),
        pytest.param("'term')", "'token')", "read only: term, token", id="parameter not listed"),
        pytest.param("ORDER BY 1;", "ORDER BY 1", "semicolon", id="no end"),
    ],
)
def test_a_malformed_question_is_named_with_the_reason(old: str, new: str, reason: str) -> None:
    with pytest.raises(BadQuestion, match=r"q02_who_first\.sql is malformed") as caught:
        parse("q02_who_first.sql", WHOLE.replace(old, new, 1))

    assert reason in str(caught.value)


def test_a_file_has_to_be_named_after_its_question() -> None:
    with pytest.raises(BadQuestion, match="its name is not like"):
        parse("second.sql", WHOLE)


def test_an_unknown_number_is_told_the_known_ones() -> None:
    with pytest.raises(NoSuchQuestion, match=r"there is no question 34, only 1, .*33: see") as e:
        question(34)

    assert e.value.exit_code == 2
