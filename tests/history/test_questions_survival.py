"""How long policies went without mentioning a law (question 31), worked out by hand."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from archive_facts import Sight, enlist, remember
from questions_asked import ask_question, columns_of
from trap_archive import SIGHTS, trap_archive

from pipelines.database.file import Connection

pytestmark = pytest.mark.database

NOTHING = "We care for your data."


@pytest.fixture(scope="module")
def traps() -> Iterator[Connection]:
    with trap_archive(SIGHTS[::-1]) as connection:
        yield connection


def answers(connection: Connection, *columns: str, **values: object) -> list[tuple[Any, ...]]:
    """Ask, and keep the columns named."""
    places = [columns_of(connection, 31).index(column) for column in columns]
    return [tuple(row[place] for place in places) for row in ask_question(connection, 31, **values)]


def test_survival_lies_between_the_curves_of_the_bounds(traps: Connection) -> None:
    columns = ("curve", "after_days", "days", "at_risk", "events", "share", "remaining")

    found = answers(traps, *columns, step=1)

    # Days from 2018-05-25: acme (-631, 7], bolt after -144, crate after 402, echo after 738.
    # Bolt may have come with acme or after echo: a = (1 + a) / 4, hence a third before 7.
    assert found == [
        ("earliest", None, -631, 4, 1, None, 0.75),
        ("estimate", -144, 7, None, None, 0.3333, 0.6667),
        ("estimate", 738, None, None, None, 0.6667, 0.0),
        ("latest", None, 7, 3, 1, None, 0.6667),
    ]


@pytest.fixture
def censored(database: Connection) -> Connection:
    """One there at first sight (day 10), one that came in (0, 20], one not seen by day 15."""
    enlist(database, "left/privacy", "both/privacy", "right/privacy")
    for policy_id, when, text in (
        ("left/privacy", "2018-06-04", "The GDPR holds."),
        ("both/privacy", "2018-05-25", NOTHING),
        ("both/privacy", "2018-06-14", "The GDPR holds."),
        ("right/privacy", "2018-06-09", NOTHING),
    ):
        remember(database, Sight(when=when, text=text, policy_id=policy_id))
    return database


def test_survival_counts_what_is_censored_on_either_side(censored: Connection) -> None:
    columns = ("curve", "after_days", "days", "share", "remaining")

    found = answers(censored, *columns, step=1)

    # Mentions can lie in (0, 10] (left or both) or (15, 20] (both or right): a = (1 + a) / 3.
    assert found == [
        ("earliest", None, None, None, 0.6667),
        ("earliest", None, 0, None, 0.3333),
        ("estimate", 0, 10, 0.5, 0.5),
        ("estimate", 15, 20, 0.5, 0.0),
        ("latest", None, 10, None, 0.6667),
        ("latest", None, 20, None, 0.0),
    ]


def test_steps_widen_the_intervals_of_survival(censored: Connection) -> None:
    counts = ("policies", "from_start", "came", "never_seen")
    asked = {"step": 7, "since": "2018-05-24"}

    found = answers(censored, "after_days", "days", "share", *counts, **asked)

    # From the day before: up to 11 becomes 14, (1, 21] becomes (0, 21], after 16 after 14.
    assert found[2:4] == [(0, 14, 0.5, 3, 1, 1, 1), (14, 21, 0.5, 3, 1, 1, 1)]


def test_a_law_without_a_day_needs_one_to_count_from(traps: Connection) -> None:
    with pytest.raises(duckdb.Error, match="give `since`"):
        ask_question(traps, 31, term="DPDP Act")


def test_a_term_of_no_dictionary_has_no_survival(traps: Connection) -> None:
    with pytest.raises(duckdb.Error, match="no dictionary has the term GDRP"):
        ask_question(traps, 31, term="GDRP")
