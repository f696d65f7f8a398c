"""What is named, and when that changed: the questions 12, 22 and 23.

The expected values follow from the texts of trap_archive, read by hand. Acme's versions were first
seen on 2010-03-01, 2014-02-01, 2016-09-01, 2018-06-01 and 2021-06-01, the first of them last on
2012-06-01, the second on 2015-05-01; bolt's on the first days of 2016, 2017 and 2018.
"""

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest
from archive_facts import rows
from counted_questions import FERN, chosen, fern, plant
from questions_asked import ask_question
from trap_archive import ACME, BOLT, ECHO, trap_archive

from pipelines.database.file import Connection

pytestmark = pytest.mark.database

BOUNDS = "not_before first_seen last_seen ended_before"


@pytest.fixture(scope="module")
def traps() -> Iterator[Connection]:
    connection = trap_archive()
    yield connection
    connection.close()


@pytest.fixture
def archive(traps: Connection) -> Iterator[Connection]:
    """Give the archive of traps to a test that adds to it; taken back afterwards."""
    traps.execute("BEGIN")
    yield traps
    traps.execute("ROLLBACK")


def days(*texts: str | None) -> tuple[date | None, ...]:
    return tuple(date.fromisoformat(text) if text else None for text in texts)


# By hand, from the texts of trap_archive: acme's third text is the first of the sharing section
# with Privacy Shield in the place of Safe Harbor.
@pytest.mark.parametrize(
    ("dictionary", "expected"),
    [
        pytest.param(
            "framework", ["Safe Harbor", "Privacy Shield", "Privacy Shield", "SCC"], id="f"
        ),
        pytest.param("law", ["GDPR", "GDPR"], id="law"),
        pytest.param("sale", [*["no sale"], *["no rental", "no sale"] * 2], id="sale"),
    ],
)
def test_the_versions_of_a_policy_use_terms(
    traps: Connection, dictionary: str, expected: list[str]
) -> None:
    found = rows(
        traps,
        "SELECT term FROM versions JOIN term_mentions USING (text_id) "
        "WHERE policy_id = 'acme/privacy' AND dictionary = ? ORDER BY version, term",
        dictionary,
    )

    assert [term for (term,) in found] == expected


def test_a_third_party_is_named_between_the_sights_without_and_with_it(traps: Connection) -> None:
    found = chosen(traps, 12, f"term kind first_version last_version {BOUNDS}", policy=ACME)

    assert found == [
        (None, None, 1, 1, *days(None, "2010-03-01", "2012-06-01", "2014-02-01")),
        (
            "Google Analytics",
            "analytics",
            2,
            5,
            *days("2012-06-01", "2014-02-01", "2021-06-01", None),
        ),
        ("Stripe", "payment", 4, 5, *days("2016-09-01", "2018-06-01", "2021-06-01", None)),
    ]


def test_the_churn_of_a_change_is_what_came_and_what_went(archive: Connection) -> None:
    plant(
        archive,
        fern("2018-01-01", "PayPal and Hotjar."),
        fern("2019-01-01", "Stripe, Adyen and Hotjar."),
        fern("2020-01-01", "Nobody."),
    )

    found = chosen(archive, 12, "term first_version named came went", policy=FERN, rows="version")

    assert found == [
        ("Hotjar, PayPal", 1, 2, None, None),
        ("Adyen, Hotjar, Stripe", 2, 3, 2, 1),
        (None, 3, 0, 0, 3),
    ]


def test_what_came_went_and_came_again_has_a_row_each_time(archive: Connection) -> None:
    plant(
        archive,
        fern("2018-01-01", "Hotjar."),
        fern("2019-01-01", "Nobody."),
        fern("2020-01-01", "We have Hotjar."),
    )

    found = chosen(archive, 12, f"first_version {BOUNDS}", policy=FERN, term="Hotjar")

    assert found == [
        (1, *days(None, "2018-01-01", "2018-01-01", "2019-01-01")),
        (2, *days("2018-01-01", "2019-01-01", "2019-01-01", "2020-01-01")),
        (3, *days("2019-01-01", "2020-01-01", "2020-01-01", None)),
    ]


def test_a_vendors_own_product_is_no_third_party(archive: Connection) -> None:
    plant(archive, fern("2018-01-01", "Zendesk and Zapier."))
    archive.execute("UPDATE vendors SET name = 'Zendesk Inc.' WHERE vendor_id = 'fern'")

    assert chosen(archive, 12, "term", policy=FERN) == ["Zapier"]


def test_third_parties_are_asked_for_by_their_trade(traps: Connection) -> None:
    found = chosen(traps, 12, "term", policy=ACME, kind="payment")

    assert found == [None, "Stripe"]


@pytest.mark.parametrize("number", [12, 19, 20, 21, 22])
def test_languages_are_kept_apart_and_the_silent_have_a_row(traps: Connection, number: int) -> None:
    found = ask_question(traps, number, policy=BOLT, language="de")

    assert [(row[:3]) for row in found] == [(BOLT, "de", None)]


def test_ways_of_notice_are_kept_apart(traps: Connection) -> None:
    found = chosen(traps, 22, "policy_id way first_version last_version")

    assert [row for row in found if row[1]] == [
        (ACME, "by e-mail", 4, 5),
        (BOLT, "on the site", 1, 3),
        (ECHO, "on the site", 1, 2),
    ]


def test_a_way_of_notice_is_quoted(archive: Connection) -> None:
    plant(archive, fern("2018-01-01", "Bye.\n\nWe will notify you, by E-mail, of changes.\n\nBye."))

    found = chosen(archive, 22, "way quote", policy=FERN)

    assert found == [("by e-mail", "We will notify you, by E-mail, of changes.")]


def test_a_technology_has_a_share_of_the_policies_known_in_the_year(traps: Connection) -> None:
    # In English: 2010 acme; 2011 crate, and acme spanned (seen in 2010 and 2012); 2016 acme and
    # bolt; 2017 bolt; 2018 acme and bolt; 2019 crate and echo. Beacons: acme alone.
    found = chosen(
        traps, 23, "period policies naming share unseen", language="en", term="web beacon"
    )

    by_year = {row[0].year: row[1:] for row in found}
    assert len(by_year) == 12
    assert by_year[2010] == (1, 1, 1.0, 3)
    assert by_year[2011] == (2, 1, 0.5, 2)
    assert by_year[2013] == (0, 0, None, 4)
    assert by_year[2016] == (2, 1, 0.5, 2)
    assert by_year[2017] == (1, 0, 0.0, 3)
    assert by_year[2019] == (2, 0, 0.0, 2)


def test_a_balanced_share_is_of_the_policies_known_all_the_time(traps: Connection) -> None:
    # From 2016 to 2018 bolt alone is known every year, and it names no cookies in English.
    found = chosen(
        traps,
        23,
        "policies naming balanced balanced_naming balanced_share",
        language="en",
        term="cookie",
        since="2016-01-01",
        until="2019-01-01",
    )

    assert found == [(2, 1, 1, 0, 0.0), (1, 0, 1, 0, 0.0), (2, 1, 1, 0, 0.0)]


def test_another_dictionary_is_counted_likewise(traps: Connection) -> None:
    found = chosen(
        traps, 23, "period term naming", language="en", dictionary="law", since="2018-01-01"
    )

    # Acme names the GDPR in 2018 and 2021, crate the CCPA in 2019.
    assert [(day.year, term) for day, term, naming in found if naming] == [
        (2019, "CCPA"),
        (2018, "GDPR"),
        (2021, "GDPR"),
    ]


@pytest.mark.parametrize(
    ("number", "values", "message"),
    [
        pytest.param(12, {"rows": "x"}, "rows is term or version, not x", id="rows"),
        pytest.param(12, {"kind": "x"}, "no kind of third party is x", id="kind"),
        pytest.param(12, {"term": "x"}, "no dictionary has the term x", id="third party"),
        pytest.param(19, {"channel": "x"}, "channel is DPO, privacy, e-mail or post", id="channel"),
        pytest.param(22, {"term": "x"}, "no dictionary has the term x", id="way"),
        pytest.param(23, {"dictionary": "x"}, "no dictionary is called x", id="dictionary"),
    ],
)
def test_a_value_that_nothing_is_called_is_refused(
    traps: Connection, number: int, values: dict[str, str], message: str
) -> None:
    with pytest.raises(duckdb.Error, match=message):
        ask_question(traps, number, **values)
