"""Answers over an open database: differences kept, texts found, what is due."""

import pytest
from archive_facts import (
    POLICY,
    Sight,
    compare_neighbours,
    enlist,
    remember,
)

from crawler.errors import AskedWrongly, BadDate, UnknownPolicy
from pipelines.database.asking import BadQuery
from pipelines.database.file import Connection
from pipelines.history.policies import NothingObserved, languages, one_policy, policy_ids
from pipelines.history.texts import text_at, text_called, text_of_version, two_texts
from pipelines.history.versions import mentions, versions

pytestmark = pytest.mark.database


@pytest.fixture
def three_versions(database: Connection) -> Connection:
    remember(
        database,
        ("2016-10-18T22:57:56", "We keep data."),
        ("2017-01-01", "We keep your data."),
        ("2018-01-01", "We keep your data!"),
    )
    return database


def test_versions_come_with_their_changes(three_versions: Connection) -> None:
    compare_neighbours(three_versions)

    answer = versions(three_versions, POLICY)

    places = [answer.columns.index(name) for name in ("version", "words", "words_added")]
    assert [tuple(row[place] for place in places) for row in answer.rows] == [
        (1, 3, None),
        (2, 4, 1),
        (3, 4, 1),
    ]


@pytest.mark.parametrize(
    ("when", "certainty", "version"),
    [
        pytest.param("2016-10-18", "observed", 1, id="the day of a capture, before its hour"),
        pytest.param("2016-10-18T10:00:00", "unknown", None, id="an hour before a capture"),
        pytest.param("20161018225756", "observed", 1, id="14 digits"),
        pytest.param("2016-12", "between", 1, id="a month"),
        pytest.param("2019", "unknown", None, id="a year after the last"),
    ],
)
def test_a_date_finds_the_text(
    three_versions: Connection, when: str, certainty: str, version: int | None
) -> None:
    found = text_at(three_versions, POLICY, when, None)

    assert (found.certainty, found.version) == (certainty, version)


def test_the_language_best_known_then_is_found_first(three_versions: Connection) -> None:
    remember(three_versions, Sight(when="2015-01-01", text="Daten", language="de"))

    found = [text_at(three_versions, POLICY, when, None).language for when in ("2015", "2017")]

    assert found == ["de", "en"]
    assert languages(three_versions, POLICY) == ["en", "de"]


def test_a_version_of_the_same_second_as_the_next_is_found(database: Connection) -> None:
    remember(
        database,
        Sight(when="2018-01-01", text="first", uri_r="http://a.example/"),
        Sight(when="2018-01-01", text="second", uri_r="http://b.example/"),
    )

    assert text_of_version(database, POLICY, 1, None).text == "first"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(None, None, (2, 3), id="the last two"),
        pytest.param("1", None, (1, 3), id="one and the last"),
        pytest.param("1", "2", (1, 2), id="two numbers"),
        pytest.param("2016-10-18", "2017-05", (1, 2), id="two dates"),
    ],
)
def test_two_texts_are_named_by_version_or_date(
    three_versions: Connection, old: str | None, new: str | None, expected: tuple[int, int]
) -> None:
    found = two_texts(three_versions, POLICY, old, new, None)

    assert found is not None
    assert tuple(reading.version for reading in found) == expected


def test_one_version_alone_has_no_pair(database: Connection) -> None:
    remember(database, ("2018-01-01", "old"))

    assert two_texts(database, POLICY, None, None, None) is None


@pytest.mark.parametrize(
    ("name", "language", "error", "words"),
    [
        ("4", None, AskedWrongly, "acme/privacy has versions 1 to 3 (language 'en'): no version 4"),
        ("0", None, AskedWrongly, "no version 0"),
        ("2010", None, AskedWrongly, "it was first seen at 2016-10-18T22:57:56Z"),
        ("2025", None, AskedWrongly, "it was last seen at 2018-01-01T00:00:00Z"),
        ("soon", None, BadDate, "'soon' is not a date"),
        ("2017", "fr", AskedWrongly, "acme/privacy was not observed in 'fr', only in 'en'"),
    ],
)
def test_a_text_that_is_not_there_is_refused_with_the_reason(
    three_versions: Connection,
    name: str,
    language: str | None,
    error: type[Exception],
    words: str,
) -> None:
    with pytest.raises(error) as caught:
        text_called(three_versions, POLICY, name, language)

    assert words in str(caught.value)


def test_a_policy_with_nothing_observed_says_what_to_do(database: Connection) -> None:
    with pytest.raises(NothingObserved, match="policytrail crawl acme/privacy"):
        versions(database, POLICY)


def test_a_policy_is_found_by_its_vendor_where_that_is_clear(database: Connection) -> None:
    enlist(database, "acme2/privacy", "acme2/terms")

    assert one_policy(database, "acme") == POLICY
    assert policy_ids(database, []) == [POLICY, "acme2/privacy", "acme2/terms"]
    with pytest.raises(UnknownPolicy, match="acme2/privacy or acme2/terms"):
        one_policy(database, "acme2")
    with pytest.raises(UnknownPolicy, match="did you mean acme"):
        one_policy(database, "acne")


def test_mentions_keep_to_the_policies_asked_for(database: Connection) -> None:
    enlist(database, "other/privacy")
    remember(database, ("2018-01-01", "GDPR"))
    remember(database, Sight(when="2018-01-01", text="GDPR too", policy_id="other/privacy"))

    found = list(mentions(database, "GDPR", ["other/privacy"]).rows)

    assert [row[0] for row in found] == ["other/privacy"]


def test_a_broken_pattern_is_refused_in_an_empty_archive_too(database: Connection) -> None:
    with pytest.raises(BadQuery, match=r"'\(' is no regular expression: .*missing \)"):
        mentions(database, "(", [POLICY])
