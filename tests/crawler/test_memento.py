"""Timestamps, addresses of the archive, and addresses that are one to its index."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import BadDate
from crawler.memento import (
    address_key,
    is_timestamp,
    moment_of,
    parse_uri_m,
    to_datetime,
    to_timestamp,
    to_uri_m,
)

SECONDS = st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0))


@given(SECONDS)
def test_a_moment_of_any_year_survives_as_fourteen_digits(moment: datetime) -> None:
    timestamp = to_timestamp(moment)

    assert len(timestamp) == 14
    assert to_datetime(timestamp) == moment


def test_a_timestamp_is_utc_wherever_the_moment_was_read() -> None:
    moment = datetime(2015, 1, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))

    assert to_timestamp(moment) == "20141231233000"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("20150012000000", id="month 00"),
        pytest.param("20150100000000", id="day 00"),
        pytest.param("20150229000000", id="29 February of a common year"),
        pytest.param("20150101240000", id="hour 24"),
        pytest.param("20150101000060", id="second 60"),
        pytest.param("00000101000000", id="year 0"),
        pytest.param("2015010100000", id="13 digits"),
        pytest.param("201501010000000", id="15 digits"),
        pytest.param("2015 101000000", id="a blank"),
        pytest.param("+2015010100000", id="a sign"),
        pytest.param("\N{FULLWIDTH DIGIT TWO}0150101000000", id="a wide digit"),
        pytest.param("-", id="a dash"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_moment_is_no_timestamp(text: str) -> None:
    assert not is_timestamp(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        pytest.param("2016", "20160101000000", "20161231235959", id="year"),
        pytest.param("2016-02", "20160201000000", "20160229235959", id="leap month"),
        pytest.param("2016-12", "20161201000000", "20161231235959", id="last month"),
        pytest.param("2016-10-18", "20161018000000", "20161018235959", id="day"),
        pytest.param("2016-10-18T22:57", "20161018225700", "20161018225759", id="minute"),
        pytest.param("2016-10-18 22:57:56Z", "20161018225756", "20161018225756", id="second"),
        pytest.param("20161018225756", "20161018225756", "20161018225756", id="14 digits"),
        pytest.param("9999", "99990101000000", "99991231235959", id="the last year there is"),
        pytest.param(" 2016 ", "20160101000000", "20161231235959", id="blanks around"),
    ],
)
def test_a_users_date_reaches_from_its_first_to_its_last_second(
    text: str, first: str, last: str
) -> None:
    assert to_timestamp(moment_of(text)) == first
    assert to_timestamp(moment_of(text, end=True)) == last


@pytest.mark.parametrize("end", [False, True], ids=["as a beginning", "as an end"])
@pytest.mark.parametrize(
    "text",
    [
        "2016-13",
        "2016-00",
        "2016-01-00",
        "2016-02-30",
        "0000",
        "2016-1",
        "18.10.2016",
        "",
        "now",
        "2016-10-18T25:00",
        "20161301000000",
        "2016-10-18T22:57:56+02:00",
        "2016\n01",
    ],
)
def test_a_date_that_does_not_exist_is_refused_with_the_forms_that_do(text: str, end: bool) -> None:
    with pytest.raises(BadDate, match="write 2016, 2016-10, 2016-10-18"):
        moment_of(text, end=end)


@pytest.mark.parametrize(
    "uri_m",
    [
        pytest.param("https://web.archive.example/web/20150101000000id_/{}", id="absolute"),
        pytest.param("//web.archive.example/web/20150101000000/{}", id="without scheme"),
        pytest.param("/web/20150101000000if_/{}", id="path only"),
    ],
)
@pytest.mark.parametrize(
    "uri_r",
    [
        pytest.param("http://acme.example/a?b=/web/20100101000000/c", id="an address inside"),
        pytest.param("http://acme.example/two  blanks", id="blanks"),
        pytest.param("http://acme.example/line\nbreak", id="line break"),
    ],
)
def test_every_form_of_a_mementos_address_says_when_and_what(uri_m: str, uri_r: str) -> None:
    played = parse_uri_m(uri_m.format(uri_r))

    assert played is not None
    assert played.uri_r == uri_r
    assert played.memento_datetime == datetime(2015, 1, 1, tzinfo=UTC)


@given(st.text(min_size=1), SECONDS)
def test_what_is_written_as_a_mementos_address_is_read_back(uri_r: str, moment: datetime) -> None:
    played = parse_uri_m(to_uri_m("http://archive.example/", to_timestamp(moment), uri_r))

    assert played is not None
    assert (played.uri_r, played.timestamp) == (uri_r, to_timestamp(moment))


@pytest.mark.parametrize(
    "uri",
    [
        "http://acme.example/web/2015/",
        "/web/2015010100000/x",
        "/web/20150101000000id_/",
        "",
        "/web",
    ],
)
def test_what_is_no_address_of_a_memento_is_not_read_as_one(uri: str) -> None:
    assert parse_uri_m(uri) is None


@pytest.mark.parametrize(
    "same",
    [
        "https://acme.example/Privacy?b=2&a=1",
        "http://www.acme.example:80/privacy/?a=1&b=2",
        "https://WWW2.ACME.example:443//privacy?b=2&&a=1#part",
        "http://user@acme.example/priv%61cy?a=1&b=2",
        "acme.example/privacy?a=1&b=2",
    ],
)
def test_spellings_that_the_index_folds_are_one_address(same: str) -> None:
    assert address_key(same) == "acme.example/privacy?a=1&b=2"


@pytest.mark.parametrize(
    "other",
    [
        "http://acme.example/privacy?a=1",
        "http://acme.example:8080/privacy?a=1&b=2",
        "http://m.acme.example/privacy?a=1&b=2",
        "http://acme.example/privacy/index.html?a=1&b=2",
    ],
)
def test_what_the_index_keeps_apart_stays_apart(other: str) -> None:
    assert address_key(other) != address_key("http://acme.example/privacy?a=1&b=2")


@pytest.mark.parametrize(
    "broken", ["http://acme.example:80:80/", "http://[acme/", "http://acme.example:99999/"]
)
def test_an_address_that_nobody_can_ask_for_equals_itself_only(broken: str) -> None:
    assert address_key(broken) == address_key(f" {broken} ")
    assert address_key(broken) != address_key("http://acme.example/")
