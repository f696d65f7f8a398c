"""Changes with what a subscriber needs: whose, where, when found, and an id that stays."""

from datetime import UTC, datetime

import pytest
from archive_facts import POLICY, Sight, enlist, remember, rows, stamp

from crawler.memento import moment_of
from pipelines.database.file import Connection
from pipelines.history.changes import Change, changes

pytestmark = pytest.mark.database
URI_M = "https://archive.example/web/{}id_/http://acme.example/privacy"


def day(text: str) -> datetime:
    return datetime.fromisoformat(text)


def remember_later(database: Connection, when: str, *sights: Sight | tuple[str, str]) -> None:
    """Remember captures that a crawl of that day settled."""
    remember(database, *sights)
    moments = [stamp(each.when if isinstance(each, Sight) else each[0]) for each in sights]
    database.execute(
        "UPDATE captures SET settled_at = ?::TIMESTAMP WHERE timestamp IN (SELECT unnest(?))",
        [when, moments],
    )


def ids(database: Connection) -> list[str]:
    return [change.change_id for change in changes(database, [POLICY])]


def test_a_change_is_the_row_of_the_view_and_where_it_comes_from(database: Connection) -> None:
    remember(database, ("2018-01-01", "old"), ("2018-02-01", "old"), ("2019-01-01", "new"))

    (change,) = changes(database, [POLICY])

    (seen,) = rows(database, "SELECT * FROM changes")
    assert tuple(change.row().values())[1 : len(seen) + 1] == seen
    assert (change.vendor_id, change.vendor_name) == ("acme", "Acme")
    assert change.old_uri_m == URI_M.format("20180201000000")
    assert change.new_uri_m == URI_M.format("20190101000000")


def test_each_language_keeps_to_its_own_texts(database: Connection) -> None:
    for language, first, second in (("en", "old", "new"), ("de", "alt", "neu")):
        remember(
            database,
            Sight(when="2018-01-01", text=first, language=language, uri_r=f"http://{language}/"),
            Sight(when="2019-01-01", text=second, language=language, uri_r=f"http://{language}/"),
        )

    found = changes(database, [POLICY])

    assert [(change.language, change.new_uri_m[-10:]) for change in found] == [
        ("de", "http://de/"),
        ("en", "http://en/"),
    ]


def test_a_change_is_found_when_the_later_of_its_two_texts_came_in(database: Connection) -> None:
    remember_later(database, "2026-03-01", ("2018-01-01", "old"))
    remember_later(database, "2026-02-01", ("2019-01-01", "new"))

    (change,) = changes(database, [POLICY])

    assert change.found_at == day("2026-03-01")


def test_a_return_to_bytes_long_known_is_found_when_it_was_listed(database: Connection) -> None:
    remember_later(database, "2026-02-01", ("2018-01-01", "old"), ("2019-01-01", "new"))
    remember_later(database, "2026-03-01", Sight(when="2020-01-01", text="old", state="unchanged"))

    found = changes(database, [POLICY])

    assert [change.found_at for change in found] == [day("2026-02-01"), day("2026-03-01")]


def test_a_line_of_another_status_says_nothing_of_when_a_change_was_found(
    database: Connection,
) -> None:
    remember_later(database, "2026-02-01", ("2018-01-01", "old"), ("2019-01-01", "new"))

    database.execute(
        "INSERT INTO captures SELECT * REPLACE ('404' AS statuscode, 'absent' AS state, "
        "TIMESTAMP '2020-01-01' AS settled_at) FROM captures"
    )

    assert [change.found_at for change in changes(database, [POLICY])] == [day("2026-02-01")]


def test_a_narrower_interval_keeps_the_id_and_when_the_change_was_found(
    database: Connection,
) -> None:
    remember_later(database, "2026-02-01", ("2018-01-01", "old"), ("2020-01-01", "new"))
    (wide,) = changes(database, [POLICY])

    remember_later(database, "2026-03-01", ("2018-06-01", "old"), ("2019-06-01", "new"))
    (narrow,) = changes(database, [POLICY])

    assert (narrow.not_before, narrow.not_after) == (day("2018-06-01"), day("2019-06-01"))
    assert (narrow.change_id, narrow.found_at) == (wide.change_id, wide.found_at)


def test_the_same_step_taken_twice_has_two_ids(database: Connection) -> None:
    texts = ["old", "new", "old", "new"]
    remember(database, *((f"{2018 + year}-01-01", text) for year, text in enumerate(texts)))
    before = ids(database)

    remember(database, ("2022-01-01", "old"))

    assert len(set(before)) == 3
    assert ids(database)[:3] == before
    assert all(each.startswith("urn:uuid:") for each in before)


@pytest.mark.parametrize(
    ("bounds", "years"),
    [
        pytest.param({}, [2019, 2020, 2021], id="none"),
        pytest.param({"since": "2020"}, [2020, 2021], id="since its first second"),
        pytest.param({"until": "2020-01-01"}, [2019, 2020], id="until its last second"),
        pytest.param({"until": "2020-01-01T00:00:00"}, [2019, 2020], id="until that second"),
        pytest.param({"since": "2019-01-02", "until": "2020-12-31"}, [2020], id="both"),
        pytest.param({"found_since": "2026-03-01"}, [2019, 2021], id="found since"),
        pytest.param({"found_since": "2026-03-02"}, [2019], id="found later"),
    ],
)
def test_changes_are_bounded_by_the_new_texts_first_sight_and_by_when_they_were_found(
    database: Connection, bounds: dict[str, str], years: list[int]
) -> None:
    remember_later(database, "2026-04-01", ("2018-01-01", "a"))
    remember_later(database, "2026-02-01", ("2019-01-01", "b"), ("2020-01-01", "c"))
    remember_later(database, "2026-03-01", ("2021-01-01", "d"))
    moments = {name: moment_of(day, end=name == "until") for name, day in bounds.items()}

    found = changes(database, [POLICY], **moments)

    assert [change.not_after.year for change in found] == years


def test_a_moment_with_a_zone_is_compared_in_utc(database: Connection) -> None:
    remember(database, ("2018-01-01", "a"), ("2019-01-01T12:00", "b"))

    def since(hour: int) -> list[Change]:
        return changes(database, [POLICY], since=datetime(2019, 1, 1, hour, tzinfo=UTC))

    assert (len(since(12)), len(since(13))) == (1, 0)


def test_only_the_policies_named_are_asked_for(database: Connection) -> None:
    enlist(database, "beta/privacy")
    remember(database, ("2018-01-01", "a"), ("2019-01-01", "b"))

    assert changes(database, ["beta/privacy"]) == []
