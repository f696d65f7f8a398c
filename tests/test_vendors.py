"""The vendor list is read strictly: each mistake is refused with its file, line and remedy."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.errors import VendorListError
from crawler.vendors import Location, Policy, Vendor, load_vendors

LIST = """\
# Two invented vendors.
[[vendor]]
id = "acme"
name = "Acme Desk"
homepage = "https://acme.example/"
note = "Bought by Umbrella."

[[vendor.policy]]
kind = "privacy"
locations = [
    { uri_r = "http://acme.example/old", until = 2018-05-24, source = "a book" },
    { uri_r = "https://acme.example/new", since = 2018-05-25, guessed = true },
]

[[vendor]]
id = "umbrella"
name = "Umbrella"
homepage = "http://umbrella.example"
[[vendor.policy]]
kind = "privacy"
locations = [{ uri_r = "https://umbrella.example/privacy" }]
[[vendor.policy]]
kind = "terms"
locations = [{ uri_r = "https://umbrella.example/terms", until = 2020-01-01 }]
"""
OLD = '    { uri_r = "http://acme.example/old", until = 2018-05-24, source = "a book" },'
NEW = '    { uri_r = "https://acme.example/new", since = 2018-05-25, guessed = true },'
VENDOR_B = '[[vendor]]\nid = "b"\nname = "B"\nhomepage = "http://b.example"'
FAULT = "# here"


def swapped(name: str, old: str, new: str, remedy: str) -> object:
    """A list with one mistake in it, on the line that ends in the mark."""
    assert LIST.count(old) == 1, name
    return pytest.param(LIST.replace(old, new), remedy, id=name)


def location(name: str, new: str, remedy: str) -> object:
    return swapped(name, OLD, new + f" {FAULT}", remedy)


def address(uri_r: str, remedy: str) -> object:
    return location(uri_r, f'{{ uri_r = "{uri_r}", until = 2018-05-24 }},', remedy)


HTTP = "write http:// or https:// and a host"
SYNTAX = [
    swapped("open string", '"Acme Desk"', '"Acme # here', "mend quotes"),
    swapped("no value", '"Acme Desk"', "# here", "not TOML (Invalid value): mend"),
    swapped("key twice", "note =", 'id = "b" # here\nnote =', "or a key written twice"),
    swapped("no such day", OLD, f"{{ since = 2018-02-30 }}, {FAULT}", "not TOML (Invalid date"),
    swapped(
        "table twice",
        '[[vendor.policy]]\nkind = "privacy"\nlocations = [\n',
        "[a]\n[a] # here\nb = [\n",
        "Cannot declare",
    ),
    swapped("open list", "2020-01-01 }]\n", "2020-01-01 } # here", "Unclosed array"),
]
KEYS = [
    swapped("at the top", "# Two invented vendors.", 'vendors = "x" # here', "write 'vendor'"),
    swapped("in a vendor", "note =", "notes = 1 # here\nnote =", "write 'note'"),
    swapped("like no known", "note =", "zzz = 1 # here\nnote =", "remove it; known: id, name, hom"),
    swapped("in a policy", 'kind = "terms"', 'kin = 1 # here\nkind = "terms"', "write 'kind'"),
    location("in a location", OLD.replace("source", "sauce"), "unknown key 'sauce': write 'sour"),
    swapped("no id", '[[vendor]]\nid = "acme"', "[[vendor]] # here", "'id' is missing: add id"),
    swapped(
        "no name",
        '[[vendor]]\nid = "acme"\nname = "Acme Desk"',
        '[[vendor]] # here\nid = "acme"',
        "add name",
    ),
    swapped(
        "no homepage",
        '[[vendor]]\nid = "umbrella"\nname = "Umbrella"\nhomepage = "http://umbrella.example"',
        '[[vendor]] # here\nid = "b"\nname = "B"',
        "add homepage",
    ),
    swapped(
        "no policy",
        "# Two invented vendors.",
        '[[vendor]] # here\nid = "b"\nname = "B"\nhomepage = "http://b.example"',
        "add a [[vendor.policy]] table",
    ),
    swapped("no kind", '[[vendor.policy]]\nkind = "terms"', "[[vendor.policy]] # here", "add kind"),
    swapped(
        "no locations",
        "# Two invented vendors.",
        f'{VENDOR_B}\n[[vendor.policy]] # here\nkind = "a"',
        'add { uri_r = "https://..." } in square brackets',
    ),
    location("no address", "{ until = 2018-05-24 },", "'uri_r' is missing: add uri_r"),
]
TYPES = [
    swapped("id a number", 'id = "acme"', "id = 7 # here", "'id' is a number: write a string"),
    swapped("name a list", '"Acme Desk"', '["a"] # here', "is a list: write a string in quotes"),
    swapped("name blank", '"Acme Desk"', '" " # here', "'name' is blank: fill it in"),
    swapped("note a day", '"Bought by Umbrella."', "2021-01-01 # here", "is a date or time: write"),
    location("day quoted", OLD.replace("2018-05-24", '"2018-05-24"'), "without quotes and time, l"),
    location("day with a time", OLD.replace("-24", "-24T00:00:00"), "is a date or time: write a d"),
    location("day a year", OLD.replace("2018-05-24", "2018"), "'until' is a number: write a date"),
    location("flag quoted", OLD.replace('source = "a book"', 'guessed = "yes"'), "true or false"),
    location("source a flag", OLD.replace('"a book"', "true"), "'source' is true or false: write"),
    location("location a string", '"http://acme.example/old",', "item 1 of 'locations' is a str"),
    swapped(
        "locations a table",
        '[{ uri_r = "https://umbrella.example/privacy" }]',
        '{ uri_r = "https://u.example" } # here',
        "'locations' is a table: write { uri_r",
    ),
    swapped(
        "no location",
        '[{ uri_r = "https://umbrella.example/privacy" }]',
        "[] # here",
        "'locations' is empty: add { uri_r",
    ),
    swapped(
        "policy single",
        '[[vendor.policy]]\nkind = "privacy"\nlocations = [\n',
        '[vendor.policy] # here\nkind = "privacy"\nlocations = [\n',
        "'policy' is a table: write a [[vendor.policy]] table",
    ),
]
LENGTHS = [
    swapped(f"every {length}", 'kind = "terms"', f'kind = "terms"\nevery = {length} # here', remedy)
    for length, remedy in (
        ("0", "'every' is 0, not 1 to 36525 days: write a number of days like 30"),
        ("40000", "not 1 to 36525 days"),
        ("-7", "not 1 to 36525 days"),
        ('"6000 weeks"', "not 1 to 36525 days"),
        ("1.5", "'every' is a number: write a number of days like 30, or \"2 weeks\""),
        ("true", "'every' is true or false: write a number of days"),
        ('"monthly"', "'every' is a string: write a number of days"),
        ("2021-01-01", "'every' is a date or time: write a number of days"),
    )
]
MEANING = [
    swapped("capital in an id", '"acme"', '"Acme" # here', "use only a-z, 0-9 and -"),
    swapped("accent in an id", '"acme"', '"\u00e1cme" # here', "use only a-z, 0-9 and -"),
    swapped("slash in a kind", '"terms"', '"terms/eu" # here', "use only a-z, 0-9 and -"),
    swapped("vendor twice", '"umbrella"', '"acme" # here', "is on line 3 already: merge them or"),
    swapped("kind twice", '"terms"', '"privacy" # here', "'privacy' on line 20 already: put all"),
    swapped("homepage a host", '"http://umbrella.example"', '"umbrella.example" # here', HTTP),
    location("days swapped", OLD.replace("until", "since = 2019-01-01, until"), "24: swap them"),
    address("acme.example/old", HTTP),
    address("ftp://acme.example/old", HTTP),
    address("https:///old", HTTP),
    address("https://[::1/old", HTTP),
    address("https://acme.example:port/old", HTTP),
    address("https://acme.example/the old", "remove the spaces (or write %20)"),
    address(
        "https://web.archive.org/web/20160101000000/http://acme.example/old",
        "write the address it had on the web: http://acme.example/old",
    ),
]


def fault(text: str) -> int:
    (line,) = (n for n, line in enumerate(text.splitlines(), 1) if line.endswith(FAULT))
    return line


def refusal(path: Path, text: str) -> VendorListError:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(VendorListError) as caught:
        load_vendors(path)
    return caught.value


@pytest.mark.parametrize(("text", "remedy"), [*SYNTAX, *KEYS, *TYPES, *LENGTHS, *MEANING])
def test_a_mistake_is_refused_with_file_line_and_remedy(
    tmp_path: Path, text: str, remedy: str
) -> None:
    path = tmp_path / "vendors.toml"

    error = refusal(path, text)

    assert str(error).startswith(f"{path}:{fault(text)}: ")
    assert remedy in error.reason
    assert error.exit_code == 2


@pytest.mark.parametrize(("text", "remedy"), [*SYNTAX, *KEYS, *TYPES, *LENGTHS, *MEANING])
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(noise=st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["", "# ] } [[a]]", "\t"]))))
def test_lines_that_say_nothing_move_the_number_and_nothing_else(
    tmp_path: Path, text: str, remedy: str, noise: list[tuple[int, str]]
) -> None:
    lines = text.splitlines()
    for place, written in noise:
        lines.insert(min(place, len(lines) - 1), written)
    longer = "\n".join(lines)

    error = refusal(tmp_path / "vendors.toml", longer)

    assert error.line == fault(longer)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(LIST.encode(), id="as written"),
        pytest.param(LIST.replace("\n", "\r\n").encode(), id="line ends of another system"),
        pytest.param(b"\xef\xbb\xbf" + LIST.encode(), id="byte order mark"),
    ],
)
def test_a_good_list_is_read_in_its_order_with_every_field(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "vendors.toml"
    path.write_bytes(content)

    acme, umbrella = load_vendors(path)

    assert acme == Vendor(
        vendor_id="acme",
        name="Acme Desk",
        homepage="https://acme.example/",
        note="Bought by Umbrella.",
        policies=(
            Policy(
                vendor_id="acme",
                kind="privacy",
                locations=(
                    Location(
                        uri_r="http://acme.example/old", until=date(2018, 5, 24), source="a book"
                    ),
                    Location(
                        uri_r="https://acme.example/new", since=date(2018, 5, 25), guessed=True
                    ),
                ),
            ),
        ),
    )
    assert [policy.policy_id for policy in umbrella.policies] == [
        "umbrella/privacy",
        "umbrella/terms",
    ]


@pytest.mark.parametrize(
    ("of_vendor", "of_policy", "days"),
    [
        pytest.param("", "", None, id="neither"),
        pytest.param("", "every = 7\n", 7, id="a number"),
        pytest.param("", 'every = "2 weeks"\n', 14, id="weeks"),
        pytest.param("", 'every = "1 day"\n', 1, id="a day"),
        pytest.param("every = 90\n", "", 90, id="the vendor's"),
        pytest.param("every = 90\n", "every = 7\n", 7, id="the policy's before the vendor's"),
    ],
)
def test_a_list_says_how_often_a_policy_is_listed(
    tmp_path: Path, of_vendor: str, of_policy: str, days: int | None
) -> None:
    path = tmp_path / "vendors.toml"
    text = LIST.replace('name = "Umbrella"\n', f'name = "Umbrella"\n{of_vendor}')
    path.write_text(text.replace('kind = "terms"\n', f'kind = "terms"\n{of_policy}'), "utf-8")

    terms = load_vendors(path)[1].policies[1]

    assert (terms.policy_id, terms.every_days) == ("umbrella/terms", days)
