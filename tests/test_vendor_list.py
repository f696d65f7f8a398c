"""Files that are no list; policies by name; the committed list and its description."""

import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.errors import UnknownPolicy, VendorListError
from crawler.vendors import Location, Policy, Vendor, find_policies, load_vendors

DATA = Path(__file__).parent.parent / "data"


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        pytest.param(b"", 1, "'vendor' is missing: add a [[vendor]] table", id="empty file"),
        pytest.param(b"# none\n\n", 1, "add a [[vendor]] table", id="only a comment"),
        pytest.param(b"\n\nvendor = []\n", 3, "'vendor' is empty: add", id="empty list"),
        pytest.param(b"\n[vendor]\nid = 'a'\n", 2, "is a table: write a [[vendor]]", id="single"),
        pytest.param(b"# a\n# \xe4\n", 2, "not UTF-8: save the file as UTF-8", id="Latin-1"),
        pytest.param(b"\xff\xfea\x00", 1, "not UTF-8: save the file as UTF-8", id="UTF-16"),
        pytest.param(b"a = " + b"[" * 9999, 1, "not TOML", id="nested without end"),
    ],
)
def test_a_file_that_is_no_list_is_refused(
    tmp_path: Path, content: bytes, line: int, reason: str
) -> None:
    path = tmp_path / "vendors.toml"
    path.write_bytes(content)

    with pytest.raises(VendorListError) as caught:
        load_vendors(path)

    assert caught.value.line == line
    assert reason in caught.value.reason


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(VendorListError, match=r"nowhere\.toml:0: cannot be read .*: name a read"):
        load_vendors(tmp_path / "nowhere.toml")


def test_a_folder_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(VendorListError, match=r"cannot be read .*: name a readable file"):
        load_vendors(tmp_path)


def vendor(vendor_id: str, *kinds: str) -> Vendor:
    return Vendor(
        vendor_id=vendor_id,
        name=vendor_id.title(),
        homepage=f"https://{vendor_id}.example/",
        policies=tuple(
            Policy(
                vendor_id=vendor_id,
                kind=kind,
                locations=(Location(uri_r=f"https://{vendor_id}.example/{kind}"),),
            )
            for kind in kinds
        ),
    )


VENDORS = (vendor("acme", "privacy"), vendor("umbrella", "privacy", "terms"))


def names_of(policies: Sequence[Policy]) -> list[str]:
    return [policy.policy_id for policy in policies]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        pytest.param([], ["acme/privacy", "umbrella/privacy", "umbrella/terms"], id="no names"),
        pytest.param(["umbrella/terms"], ["umbrella/terms"], id="vendor and kind"),
        pytest.param(["acme"], ["acme/privacy"], id="vendor with one policy"),
        pytest.param(["acme", "acme/privacy", "acme"], ["acme/privacy"], id="named thrice"),
        pytest.param(
            ["umbrella/terms", "acme"], ["acme/privacy", "umbrella/terms"], id="order of the list"
        ),
    ],
)
def test_policies_are_found_by_name_once_each_in_the_order_of_the_list(
    names: list[str], found: list[str]
) -> None:
    assert names_of(find_policies(VENDORS, names)) == found


@pytest.mark.parametrize(
    ("name", "help_given"),
    [
        pytest.param("umbrella", "say umbrella/privacy or umbrella/terms", id="not clear"),
        pytest.param("acme/terms", "say acme/privacy", id="kind that the vendor lacks"),
        pytest.param("acme/", "say acme/privacy", id="half a name"),
        pytest.param("umbrela", "did you mean umbrella", id="vendor misspelt"),
        pytest.param("acne/privacy", "did you mean acme/privacy", id="policy misspelt"),
        pytest.param("zzz", "`policytrail vendors` shows the list", id="like nothing"),
        pytest.param("", "`policytrail vendors` shows the list", id="empty name"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest_ones(name: str, help_given: str) -> None:
    with pytest.raises(UnknownPolicy) as caught:
        find_policies(VENDORS, ["acme", name])

    assert str(caught.value).startswith(f"no policy {name!r}: ")
    assert help_given in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_name_is_unknown_to_an_empty_list() -> None:
    with pytest.raises(UnknownPolicy):
        find_policies((), ["acme"])


@pytest.fixture(scope="module")
def committed() -> tuple[Vendor, ...]:
    return load_vendors(DATA / "vendors.toml")


def test_the_committed_list_has_sixty_vendors_with_ids_of_their_own(
    committed: tuple[Vendor, ...],
) -> None:
    assert len({vendor.vendor_id for vendor in committed}) == len(committed) >= 60


def test_the_five_first_vendors_come_first_with_their_first_addresses(
    committed: tuple[Vendor, ...],
) -> None:
    addresses = {
        "hesk/privacy": "http://www.hesk.com/knowledgebase/index.php?article=78",
        "nethelpdesk/privacy": "http://www.nethelpdesk.com/privacy-policy/",
        "desk-com/privacy": "http://www.desk.com/privacy",
        "helpsystems/privacy": "http://www.helpsystems.com/privacy-policy",
        "mhelpdesk/privacy": "http://www.mhelpdesk.com/Privacy.aspx",
    }

    five = find_policies(committed[:5], [])

    assert names_of(five) == list(addresses)
    for policy in five:
        assert addresses[policy.policy_id] in {place.uri_r for place in policy.locations}


def test_every_vendor_of_the_committed_list_has_a_web_site_and_a_privacy_policy(
    committed: tuple[Vendor, ...],
) -> None:
    assert {urlsplit(vendor.homepage).scheme for vendor in committed} <= {"http", "https"}
    assert all(find_policies(committed, [f"{vendor.vendor_id}/privacy"]) for vendor in committed)


def test_what_has_no_source_is_marked_as_guessed(committed: tuple[Vendor, ...]) -> None:
    policies = find_policies(committed, [])

    unproved = [place for policy in policies for place in policy.locations if not place.source]

    assert unproved
    assert all(place.guessed for place in unproved)


def test_no_day_is_lost_between_two_locations(committed: tuple[Vendor, ...]) -> None:
    for policy in find_policies(committed, []):
        for earlier, later in zip(policy.locations, policy.locations[1:], strict=False):
            assert earlier.until is not None
            assert later.since == earlier.until + timedelta(days=1), policy.policy_id


def test_the_example_in_the_description_is_a_list_that_loads(tmp_path: Path) -> None:
    description = (DATA / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", description, re.DOTALL)
    path = tmp_path / "vendors.toml"
    path.write_text(example, encoding="utf-8")

    (acme,) = load_vendors(path)

    assert names_of(acme.policies) == ["acme/privacy"]
    assert len(acme.policies[0].locations) == 2
