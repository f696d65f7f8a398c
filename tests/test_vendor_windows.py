"""The windows and addresses of a vendor list: what may stand beside what."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.errors import VendorListError
from crawler.vendors import load_vendors

HEAD = """\
[[vendor]]
id = "acme"
name = "Acme Desk"
homepage = "https://acme.example/"
[[vendor.policy]]
kind = "privacy"
locations = [
"""
FIRST_LINE = HEAD.count("\n") + 1
A = 'uri_r = "http://a.example/"'
B = 'uri_r = "http://b.example/"'
DAYS = st.none() | st.dates(date(2020, 1, 1), date(2020, 1, 9))


def write(folder: Path, *locations: str, more: str = "") -> Path:
    """A list of one policy with these locations, the first on line FIRST_LINE."""
    path = folder / "vendors.toml"
    lines = [f"  {{ {location} }},\n" for location in locations]
    path.write_text(HEAD + "".join(lines) + "]\n" + more, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("locations", "reason"),
    [
        pytest.param(
            (f"{A}, until = 2018-05-24", f"{B}, since = 2018-05-24"),
            "2018-05-24 to the end overlaps with the beginning to 2018-05-24 on line 8: "
            "end one with `until` before the other's `since`",
            id="one shared day",
        ),
        pytest.param(
            (A, B),
            "the beginning to the end overlaps with the beginning to the end on line 8",
            id="both open",
        ),
        pytest.param(
            (A, f"{B}, since = 2018-05-24"),
            "2018-05-24 to the end overlaps with the beginning to the end on line 8",
            id="earlier one without end",
        ),
        pytest.param(
            (f"{A}, since = 2018-05-24", f"{B}, until = 2018-05-24"),
            "the beginning to 2018-05-24 overlaps with 2018-05-24 to the end on line 8",
            id="written backwards",
        ),
        pytest.param(
            (f"{A}, since = 2018-01-01", f"{B}, since = 2019-01-01, until = 2019-01-02"),
            "2019-01-01 to 2019-01-02 overlaps with 2018-01-01 to the end on line 8",
            id="one inside the other",
        ),
        pytest.param(
            (f"{A}, until = 2018-05-24", f"{A}, since = 2018-05-25"),
            "http://a.example/ is on line 8 already",
            id="address twice",
        ),
        pytest.param(
            (f"{A}, until = 2018-05-24", 'uri_r = "https://www.A.example:443", since = 2018-05-25'),
            "keep one of the two",
            id="addresses that are one to the archive",
        ),
    ],
)
def test_locations_that_cannot_stand_together_are_refused_at_the_second(
    tmp_path: Path, locations: tuple[str, str], reason: str
) -> None:
    path = write(tmp_path, *locations)

    with pytest.raises(VendorListError) as caught:
        load_vendors(path)

    assert caught.value.line == FIRST_LINE + 1
    assert reason in caught.value.reason


@pytest.mark.parametrize(
    ("more", "line"),
    [
        pytest.param('[[vendor.policy]]\nkind = "terms"\n', 12, id="of the same vendor"),
        pytest.param(
            '\n[[vendor]]\nid = "b"\nname = "B"\nhomepage = "http://b.example"\n'
            '[[vendor.policy]]\nkind = "privacy"\n',
            17,
            id="of another vendor",
        ),
    ],
)
def test_an_address_under_two_policies_is_refused_at_the_second(
    tmp_path: Path, more: str, line: int
) -> None:
    same = 'locations = [{ uri_r = "https://www.a.example", since = 2022-01-01 }]\n'
    path = write(tmp_path, f"{A}, until = 2018-05-24", more=more + same)

    with pytest.raises(VendorListError) as caught:
        load_vendors(path)

    assert caught.value.line == line
    assert "belongs to acme/privacy on line 8: remove it there or here" in caught.value.reason


def test_addresses_that_differ_in_port_path_or_query_are_different(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        f"{A}, until = 2018-12-31",
        'uri_r = "http://a.example:8080/", since = 2019-01-01, until = 2019-12-31',
        'uri_r = "http://a.example/?page=2", since = 2020-01-01, until = 2020-12-31',
        'uri_r = "http://a.example/2", since = 2021-01-01',
    )

    (acme,) = load_vendors(path)

    assert len(acme.policies[0].locations) == 4


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(windows=st.lists(st.tuples(DAYS, DAYS), min_size=2, max_size=4))
def test_windows_are_refused_exactly_when_they_share_a_day(
    tmp_path: Path, windows: list[tuple[date | None, date | None]]
) -> None:
    calendar = [date(2019, 12, 31) + timedelta(days=n) for n in range(11)]
    covered = [
        {day for day in calendar if (since or date.min) <= day <= (until or date.max)}
        for since, until in windows
    ]
    path = write(tmp_path, *(location(n, *window) for n, window in enumerate(windows)))

    try:
        load_vendors(path)
        accepted = True
    except VendorListError:
        accepted = False

    in_order = all((since or date.min) <= (until or date.max) for since, until in windows)
    apart = sum(map(len, covered)) == len(set().union(*covered))
    assert accepted == (in_order and apart)


def location(number: int, since: date | None, until: date | None) -> str:
    days = {"since": since, "until": until}
    written = [f"{key} = {day}" for key, day in days.items() if day]
    return ", ".join([f'uri_r = "http://example.org/{number}"', *written])
