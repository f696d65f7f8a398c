"""What a policy said at a moment, and where a pattern is said: the macros of the file."""

import json
from datetime import datetime
from typing import Any

import pytest
from archive_facts import POLICY, Sight, digest_of, enlist, remember, rows

from pipelines.database.file import Connection

pytestmark = pytest.mark.database


def day(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.fixture
def two_versions(database: Connection) -> Connection:
    remember(
        database,
        ("2018-01-01", "We sell data."),
        ("2018-02-01", "We sell data."),
        ("2018-04-01", "We never sell data."),
        ("2018-05-01", "We never sell data."),
    )
    return database


@pytest.mark.parametrize(
    ("moment", "certainty", "version", "following"),
    [
        pytest.param("2017-12-31 23:59:59", "unknown", None, None, id="a second before the first"),
        pytest.param("2018-01-01 00:00:00", "observed", 1, None, id="at the first"),
        pytest.param("2018-01-15 00:00:00", "observed", 1, None, id="inside the first version"),
        pytest.param("2018-02-01 00:00:00", "observed", 1, None, id="last seen"),
        pytest.param("2018-02-01 00:00:01", "between", 1, 2, id="a second after last seen"),
        pytest.param("2018-03-31 23:59:59", "between", 1, 2, id="a second before the next"),
        pytest.param("2018-04-01 00:00:00", "observed", 2, None, id="the next first seen"),
        pytest.param("2018-05-01 00:00:00", "observed", 2, None, id="at the last"),
        pytest.param("2018-05-01 00:00:01", "unknown", None, None, id="a second after the last"),
    ],
)
def test_policy_at_knows_how_certain_it_is(
    two_versions: Connection,
    moment: str,
    certainty: str,
    version: int | None,
    following: int | None,
) -> None:
    texts = {None: None, 1: "We sell data.", 2: "We never sell data."}

    found = rows(
        two_versions,
        "SELECT certainty, version, next_version, text FROM policy_at(?, ?)",
        POLICY,
        moment,
    )

    assert found == [(certainty, version, following, texts[version])]


@pytest.mark.parametrize(
    ("moment", "first_seen", "last_seen", "not_after"),
    [
        pytest.param("2017-01-01", None, None, "2018-01-01", id="before the first"),
        pytest.param("2018-01-01", "2018-01-01", "2018-02-01", "2018-04-01", id="observed"),
        pytest.param("2018-03-01", "2018-01-01", "2018-02-01", "2018-04-01", id="between"),
        pytest.param("2018-05-01", "2018-04-01", "2018-05-01", None, id="the last version"),
        pytest.param("2019-01-01", None, "2018-05-01", None, id="after the last"),
    ],
)
def test_policy_at_gives_the_sightings_around_the_moment(
    two_versions: Connection,
    moment: str,
    first_seen: str | None,
    last_seen: str | None,
    not_after: str | None,
) -> None:
    found = rows(
        two_versions,
        "SELECT first_seen, last_seen, not_after FROM policy_at(policy_id := ?, moment := ?::DATE)",
        POLICY,
        moment,
    )

    assert found == [
        tuple(day(each) if each else None for each in (first_seen, last_seen, not_after))
    ]


def test_policy_at_has_a_row_for_each_language_and_none_of_other_policies(
    two_versions: Connection,
) -> None:
    enlist(two_versions, "other/privacy")
    remember(
        two_versions,
        Sight(when="2018-01-10", text="Wir verkaufen.", language="de"),
        Sight(when="2018-01-01", text="Another", policy_id="other/privacy"),
    )

    found = rows(
        two_versions,
        "SELECT policy_id, language, certainty FROM policy_at(?, '2018-02-01')",
        POLICY,
    )

    assert found == [(POLICY, "de", "unknown"), (POLICY, "en", "observed")]


def test_policy_at_gives_the_later_of_two_texts_of_the_same_second(database: Connection) -> None:
    remember(
        database,
        Sight(when="2018-01-01", text="second", uri_r="http://b.example/"),
        Sight(when="2018-01-01", text="first", uri_r="http://a.example/"),
    )

    found = rows(database, "SELECT version, text FROM policy_at(?, '2018-01-01')", POLICY)

    assert found == [(2, "second")]


def test_policy_at_says_where_its_text_comes_from(two_versions: Connection) -> None:
    found = rows(
        two_versions,
        "SELECT uri_m, digest, extractor_id, crawl_id, text_id FROM policy_at(?, '2018-05-01')",
        POLICY,
    )

    text_id = digest_of("We never sell data.")
    uri_m = "https://archive.example/web/20180401000000id_/http://acme.example/privacy"
    assert found == [(uri_m, text_id[:32].upper(), "x1", "crawl-1", text_id)]


def test_a_first_mention_lies_between_the_sights_without_and_with_it(
    two_versions: Connection,
) -> None:
    found = rows(
        two_versions,
        "SELECT policy_id, language, version, not_before, not_after, quote "
        "FROM first_mention('never')",
    )

    expected = (day("2018-02-01"), day("2018-04-01"), "We never sell data.")
    assert found == [(POLICY, "en", 2, *expected)]


def test_a_first_mention_in_the_first_version_has_no_not_before(two_versions: Connection) -> None:
    found = rows(two_versions, "SELECT version, not_before, not_after FROM first_mention('sell')")

    assert found == [(1, None, day("2018-01-01"))]


def test_a_first_mention_stays_the_first_after_the_words_went_and_came(
    database: Connection,
) -> None:
    remember(database, ("2018-01-01", "a"), ("2019-01-01", "b"), ("2020-01-01", "a"))
    remember(database, ("2021-01-01", "b again"))

    found = rows(database, "SELECT version, not_before FROM first_mention('b')")

    assert found == [(2, day("2018-01-01"))]


def test_mentions_count_the_matches_in_each_version(database: Connection) -> None:
    remember(database, ("2018-01-01", "GDPR"), ("2019-01-01", "none"), ("2020-01-01", "GDPR, gdpr"))

    found = rows(database, "SELECT version, count FROM mentions('(?i)gdpr')")

    assert found == [(1, 1), (3, 2)]


@pytest.mark.parametrize(
    ("text", "pattern", "quote"),
    [
        pytest.param(
            "A seller. We do not sell it.", r"\bsell\b", "A seller. We do not sell it.", id="short"
        ),
        pytest.param("# Sharing\n\nWe sell.\n\nBye", "sell", "We sell.", id="its own line"),
        pytest.param(
            "resell " + "word " * 30 + "we sell now " + "more " * 30,
            r"\bsell\b",
            "… " + "word " * 11 + "we sell now " + "more " * 11 + "…",
            id="whole words around it",
        ),
        pytest.param("one (two) three", r"\(two\)", "one (two) three", id="special characters"),
        pytest.param("Größe ✓ GDPR ✓ Ende", "GDPR", "Größe ✓ GDPR ✓ Ende", id="not ASCII"),
        pytest.param("a  b\tGDPR", "GDPR", "a b GDPR", id="white space"),
    ],
)
def test_a_quote_is_the_match_with_the_words_around_it(
    database: Connection, text: str, pattern: str, quote: str
) -> None:
    remember(database, ("2018-01-01", text))

    assert rows(database, "SELECT quote FROM mentions(?)", pattern) == [(quote,)]


@pytest.mark.parametrize("view", ["versions", "changes", "observations"])
def test_one_policy_is_chosen_before_the_windows_are_drawn(
    two_versions: Connection, view: str
) -> None:
    enlist(two_versions, "other/privacy")
    remember(two_versions, Sight(when="2018-01-01", text="Another", policy_id="other/privacy"))

    query = f"EXPLAIN (FORMAT json) SELECT * FROM {view} WHERE policy_id = '{POLICY}'"
    (plan,) = json.loads(rows(two_versions, query)[0][1])

    assert names_below_the_choice(plan)
    assert not [name for name in names_below_the_choice(plan) if "WINDOW" in name.upper()]


def names_below_the_choice(node: dict[str, Any], chosen: bool = False) -> list[str]:
    """Give the steps of a plan that come before the policy is chosen, the choice included."""
    chosen = chosen or POLICY in str(node["extra_info"])
    below = [name for child in node["children"] for name in names_below_the_choice(child, chosen)]
    return [node["name"], *below] if chosen else below
