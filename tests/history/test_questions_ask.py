"""What was said on a day (1), and where a text comes from (33), against the archive of traps."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from archive_facts import digest_of, rows, stamp
from questions_asked import ask_question, columns_of
from trap_archive import ACME, ACME_5, ACME_OLD, BOLT, BOLT_A, CRATE, DELTA, ECHO, trap_archive

from pipelines.database.file import Connection

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def traps() -> Iterator[Connection]:
    with trap_archive() as connection:
        yield connection


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def told_of(connection: Connection, policy_id: str, **values: object) -> list[tuple[object, ...]]:
    """Ask question 1; give language, certainty, version, last_seen and not_after."""
    found = ask_question(connection, 1, policy=policy_id, **values)
    return [(row[1], row[2], row[3], row[5], row[6]) for row in found]


@pytest.mark.parametrize(
    ("at", "certainty", "version", "last_seen", "not_after"),
    [
        pytest.param("2009-12-31", "unknown", None, None, "2010-03-01", id="before the first"),
        pytest.param("2012-06-01", "observed", 1, "2012-06-01", "2014-02-01", id="last seen"),
        pytest.param("2012-06-01 00:00:01", "between", 1, "2012-06-01", "2014-02-01", id="after"),
        pytest.param("2015-03-01", "observed", 2, "2015-05-01", "2016-09-01", id="across a move"),
        pytest.param("2021-06-01", "observed", 5, "2021-06-01", None, id="at the last"),
        pytest.param("2021-06-02", "unknown", None, "2021-06-01", None, id="after the last"),
    ],
)
def test_a_day_is_observed_between_or_unknown(
    traps: Connection,
    at: str,
    certainty: str,
    version: int | None,
    last_seen: str | None,
    not_after: str | None,
) -> None:
    found = told_of(traps, ACME, at=at)

    assert found == [("en", certainty, version, day(last_seen), day(not_after))]


def test_a_day_is_asked_of_all_policies_and_languages_and_the_never_seen(
    traps: Connection,
) -> None:
    found = [(*row[:4], row[7]) for row in ask_question(traps, 1)]

    # On 2016-10-18: acme shows its third text (one sighting, 2016-09-01) and changes before 2018;
    # bolt is between A and B; crate in its eight years without a sighting; delta never was seen
    # as a policy, echo not yet.
    assert found == [
        (ACME, "en", "between", 3, 54),
        (BOLT, "de", "between", 1, 11),
        (BOLT, "en", "between", 1, 30),
        (CRATE, "en", "between", 1, 22),
        (DELTA, None, "unknown", None, None),
        (ECHO, "en", "unknown", None, None),
    ]


def test_the_text_comes_with_the_capture_it_was_read_from(traps: Connection) -> None:
    (row,) = ask_question(traps, 1, policy=BOLT, language="en", at="2018-01-01")

    # The third version is the first text again, read from the body fetched in 2016.
    assert row[2:4] == ("observed", 3)
    assert row[8:] == (
        BOLT_A,
        "https://archive.example/web/20160101000000id_/http://bolt.example/privacy",
    )


@pytest.mark.parametrize("at", ["2010-01-01", "2014-02-01", "2016-10-18", "2019-07-01"])
def test_question_1_says_what_policy_at_says(traps: Connection, at: str) -> None:
    said = rows(
        traps,
        "SELECT said.policy_id, said.language, said.certainty, said.version, said.text, said.uri_m "
        "FROM policies, LATERAL policy_at(policies.policy_id, ?) AS said ORDER BY ALL",
        at,
    )

    found = [(*row[:4], *row[8:]) for row in ask_question(traps, 1, at=at) if row[1]]

    assert found == said


def provenance(connection: Connection, **values: object) -> list[dict[str, object]]:
    names = columns_of(connection, 33)
    return [dict(zip(names, row, strict=True)) for row in ask_question(connection, 33, **values)]


def test_every_kept_body_has_its_provenance_and_its_sightings(traps: Connection) -> None:
    found = provenance(traps, policy=ACME)

    # Seven sightings of five bodies: 2012 rests on 2010's; 2014 and 2015 were both fetched.
    assert [(row["timestamp"][:4], row["sightings"]) for row in found] == [
        ("2010", 2),
        ("2014", 1),
        ("2015", 1),
        ("2016", 1),
        ("2018", 1),
        ("2021", 1),
    ]
    assert found[0]["first_seen"] == datetime.fromisoformat("2010-03-01")
    assert found[0]["last_seen"] == datetime.fromisoformat("2012-06-01")
    assert found[0]["uri_m"] == f"https://archive.example/web/20100301000000id_/{ACME_OLD}"
    assert found[0]["crawl_id"] == "crawl-1"
    assert found[0]["extractor"] == "reader 1"
    assert found[0]["extractor_options"] == "{}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("text_id", digest_of(ACME_5), id="by its text"),
        pytest.param(
            "uri_m",
            f"https://archive.example/web/{stamp('2021-06-01')}id_/"
            "https://www.acme.example/legal/privacy",
            id="by its address",
        ),
        pytest.param("body_sha256", digest_of(f"{ACME_5} en policy body"), id="by its bytes"),
    ],
)
def test_a_row_is_traced_by_what_is_known_of_it(traps: Connection, name: str, value: str) -> None:
    found = provenance(traps, **{name: value})

    assert [(row["policy_id"], row["timestamp"]) for row in found] == [(ACME, "20210601000000")]


def test_a_refused_body_has_a_provenance_and_no_sighting(traps: Connection) -> None:
    found = provenance(traps, policy=DELTA)

    assert [(row["verdict"], row["reason"], row["sightings"]) for row in found] == [
        ("not-policy", "challenge", 0),
        ("not-policy", "soft-404", 0),
    ]
    assert [row["first_seen"] for row in found] == [None, None]
