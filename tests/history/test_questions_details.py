"""Addresses, periods, ages and companies, and when they changed: the questions 19, 20, 21, 24.

The expected values follow from the texts of trap_archive, read by hand. Acme's versions were first
seen on 2010-03-01, 2014-02-01, 2016-09-01, 2018-06-01 and 2021-06-01, the first of them last on
2012-06-01, the second on 2015-05-01; bolt's on the first days of 2016, 2017 and 2018.
"""

from collections.abc import Iterator
from datetime import date

import pytest
from archive_facts import Sight, remember
from counted_questions import FERN, chosen, fern, plant
from trap_archive import ACME, BOLT, CRATE, trap_archive

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


def test_an_address_gives_way_to_another_within_an_interval(traps: Connection) -> None:
    found = chosen(traps, 19, f"channel contact {BOUNDS}", policy=ACME)

    assert found == [
        ("privacy", "privacy@acme.example", *days(None, "2010-03-01", "2016-09-01", "2018-06-01")),
        ("DPO", "dpo@acme.example", *days("2016-09-01", "2018-06-01", "2021-06-01", None)),
    ]


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        pytest.param("datenschutz@fern.example", "DPO", id="German"),
        pytest.param("privacy-team@fern.example", "privacy", id="privacy"),
        pytest.param("help@privacy.example", "e-mail", id="by the name before the sign alone"),
        pytest.param("10 King Road, London EC2M 4YP", "post", id="post"),
    ],
)
def test_an_address_is_of_one_channel(archive: Connection, text: str, channel: str) -> None:
    plant(archive, fern("2018-01-01", text))

    assert chosen(archive, 19, "channel", policy=FERN) == [channel]


def test_a_period_gives_way_to_a_shorter_one(traps: Connection) -> None:
    found = chosen(traps, 20, f"period days verb {BOUNDS}", policy=ACME)

    assert found == [
        (None, None, None, *days(None, "2010-03-01", "2016-09-01", "2018-06-01")),
        ("24 months", 720, "keep", *days("2016-09-01", "2018-06-01", "2018-06-01", "2021-06-01")),
        ("12 months", 360, "keep", *days("2018-06-01", "2021-06-01", "2021-06-01", None)),
    ]


def test_a_period_over_a_gap_of_years_keeps_the_whole_interval(traps: Connection) -> None:
    found = chosen(traps, 20, f"period quote {BOUNDS}", policy=CRATE)

    quote = "We keep your data for 6 months"
    assert found[1:] == [("6 months", quote, *days("2011-07-01", "2019-07-01", "2019-07-01", None))]


def test_an_age_is_raised_and_lowered_again(traps: Connection) -> None:
    found = chosen(traps, 21, f"age replaces {BOUNDS}", policy=BOLT, language="en")

    assert found == [
        (13, None, *days(None, "2016-01-01", "2016-01-01", "2017-01-01")),
        (16, "13", *days("2016-01-01", "2017-01-01", "2017-01-01", "2018-01-01")),
        (13, "16", *days("2017-01-01", "2018-01-01", "2018-01-01", None)),
    ]


def test_one_age_is_asked_for_with_what_it_replaced(traps: Connection) -> None:
    assert chosen(traps, 21, "policy_id age replaces", age=16) == [(BOLT, 16, "13")]


def test_another_company_comes_within_an_interval(traps: Connection) -> None:
    # Acme's address moved to another host of the same domain, which is no row.
    found = chosen(traps, 24, "policy_id what old new not_before not_after width_days silent")

    assert found == [
        (
            ACME,
            "company",
            "Acme Inc",
            "Acme Holdings Ltd",
            *days("2016-09-01", "2018-06-01"),
            638,
            0,
        )
    ]


def test_a_version_that_names_nobody_is_no_change_of_company(archive: Connection) -> None:
    plant(
        archive,
        fern("2018-01-01", "Fern Inc. respects your privacy."),
        fern("2019-01-01", "We do."),
        fern("2020-01-01", "Fern, Inc. respects the law."),
        fern("2021-01-01", "We did."),
        fern("2022-01-01", "Moss LLC respects your privacy."),
    )

    found = chosen(archive, 24, "old new not_before not_after silent", policy=FERN)

    assert found == [("Fern Inc", "Moss LLC", *days("2020-01-01", "2022-01-01"), 1)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            "desk.com/p", "www.salesforce.com/p", ("desk.com", "salesforce.com"), id="moved"
        ),
        pytest.param("www.a.co.uk/p", "help.b.co.uk/p", ("a.co.uk", "b.co.uk"), id="under co.uk"),
        pytest.param("a.example/p", "www.a.example:8080/q", None, id="another host"),
        pytest.param("10.0.0.1/p", "10.0.0.2/p", ("10.0.0.1", "10.0.0.2"), id="numbers"),
    ],
)
def test_a_move_is_one_to_another_registered_domain(
    archive: Connection, old: str, new: str, expected: tuple[str, str] | None
) -> None:
    plant(archive)
    remember(
        archive,
        *(sight(day, uri_r) for day, uri_r in zip(("2018", "2019"), (old, new), strict=True)),
    )

    found = chosen(archive, 24, "old new", policy=FERN)

    assert found == ([expected] if expected else [])


def test_a_domain_that_comes_back_is_no_second_move(archive: Connection) -> None:
    plant(archive)
    hosts = ("a.example", "b.example", "a.example", "b.example")
    remember(archive, *(sight(str(2018 + n), f"{host}/p") for n, host in enumerate(hosts)))

    found = chosen(archive, 24, "what new not_before not_after", policy=FERN)

    assert found == [("domain", "b.example", *days("2018-01-01", "2019-01-01"))]


def sight(year: str, uri_r: str) -> Sight:
    """Make a sighting at an address."""
    return Sight(when=f"{year}-01-01", text="Privacy.", policy_id=FERN, uri_r=f"http://{uri_r}")
