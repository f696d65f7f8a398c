"""The sample archive: six invented vendors and the dirt that their pages have in real life."""

import io
from collections import Counter, defaultdict
from itertools import pairwise

import pypdf
import pytest
from sandbox_clients import Serve, get

from crawler.memento import to_datetime
from crawler.sandbox import samples
from crawler.sandbox.archive import ArchivedCapture
from crawler.sandbox.samples import sample_archive
from crawler.sandbox.samples.policies import policy_of
from crawler.urlkeys import urlkey_of
from crawler.vendors import Location, Vendor, load_vendors

ARCHIVE = sample_archive()
VENDORS = load_vendors(samples.VENDORS)
MOVES = [
    pair for vendor in VENDORS for policy in vendor.policies for pair in pairwise(policy.locations)
]
VERSIONS = {"acmedesk": 6, "helpharbor": 5, "kundenpult": 5, "opsgrove": 6, "ticketbarn": 7}


def captures_of(vendor: Vendor) -> list[ArchivedCapture]:
    keys = {urlkey_of(uri_r) for uri_r in locations(vendor)}
    found = [capture for capture in ARCHIVE.captures if capture.urlkey in keys]
    return sorted(found, key=lambda capture: capture.timestamp)


def locations(vendor: Vendor) -> list[str]:
    return [place.uri_r for policy in vendor.policies for place in policy.locations]


def at(uri_r: str, year: str) -> ArchivedCapture:
    found = ARCHIVE.captures_of(urlkey_of(uri_r))
    return next(capture for capture in found if capture.timestamp.startswith(year))


def by_vendor(vendor: Vendor) -> str:
    return vendor.vendor_id


def test_there_are_five_listed_vendors_and_over_a_hundred_captures() -> None:
    assert [vendor.vendor_id for vendor in VENDORS] == [
        "acmedesk",
        "ticketbarn",
        "helpharbor",
        "kundenpult",
        "opsgrove",
    ]
    assert len(ARCHIVE) > 100


@pytest.mark.parametrize("vendor", VENDORS, ids=by_vendor)
def test_a_vendor_has_twenty_captures_over_twelve_years(vendor: Vendor) -> None:
    found = captures_of(vendor)

    first, last = (to_datetime(capture.timestamp) for capture in (found[0], found[-1]))
    assert len(found) >= 20
    assert (last - first).days > 11.9 * 365


@pytest.mark.parametrize(("old", "new"), MOVES, ids=lambda place: place.uri_r)
def test_a_window_of_the_list_reaches_the_move_but_not_beyond(old: Location, new: Location) -> None:
    moved = [found for found in ARCHIVE.captures_of(urlkey_of(old.uri_r)) if found.status == 301]
    there = ARCHIVE.captures_of(urlkey_of(new.uri_r))

    assert old.until == to_datetime(moved[0].timestamp).date()
    assert new.since
    assert new.since <= to_datetime(there[0].timestamp).date()


def test_every_listed_address_has_captures() -> None:
    listed = [uri_r for vendor in VENDORS for uri_r in locations(vendor)]

    assert [uri_r for uri_r in listed if not ARCHIVE.captures_of(urlkey_of(uri_r))] == []


@pytest.mark.parametrize(
    ("name", "version"),
    [(name, version) for name, last in VERSIONS.items() for version in range(1, last + 1)],
)
def test_a_policy_is_a_real_length_and_differs_from_the_one_before(name: str, version: int) -> None:
    path = samples.FOLDER / "texts" / f"{name}.txt"

    policy = policy_of(path, version)

    words = sum(len(section.paragraph.split()) for section in policy.sections)
    assert 380 <= words <= 1200
    assert policy != policy_of(path, version - 1)


def test_counters_differ_where_the_text_does_not() -> None:
    article = "http://www.acmedesk.example/knowledgebase/index.php?article=78"
    first, second = ARCHIVE.captures_of(urlkey_of(article))[:2]

    differing = [
        (one, other)
        for one, other in zip(first.body.splitlines(), second.body.splitlines(), strict=True)
        if one != other
    ]
    assert b"Was this article helpful?" in first.body
    assert [one.split(b">")[2].split(b"<")[0] for one, _ in differing[1:]] == [
        b"Views:",
        b"Visitors online:",
    ]
    assert len(differing) == 3


def test_a_policy_goes_back_to_an_older_text() -> None:
    path = samples.FOLDER / "texts" / "acmedesk.txt"

    second, third, fourth = (policy_of(path, version) for version in (2, 3, 4))

    assert second == fourth != third


@pytest.mark.parametrize(
    ("uri_r", "year", "written", "declared"),
    [
        ("http://www.helpharbor.example/privacy.htm", "2005", "cp1252", "utf-8"),
        ("http://www.helpharbor.example/Privacy.aspx", "200711", "utf-8", "iso-8859-1"),
        ("http://www.kundenpult.example/datenschutz.html", "2011", "cp1252", "utf-8"),
        ("http://www.kundenpult.example/datenschutz.html", "201302", "utf-8", "iso-8859-1"),
    ],
)
def test_some_pages_are_written_in_another_charset_than_they_declare(
    uri_r: str, year: str, written: str, declared: str
) -> None:
    found = at(uri_r, year)

    assert found.header("Content-Type") == f"text/html; charset={declared}"
    assert f"charset={declared}".encode() in found.body
    assert any(sign in found.body.decode(written) for sign in ("\N{EN DASH}", "ä"))
    if declared == "utf-8":
        with pytest.raises(UnicodeDecodeError):
            found.body.decode(declared)


def test_a_policy_moves_to_another_address_and_one_to_another_company() -> None:
    moves = {
        (found.url.split("/")[2], found.header("Location").split("/")[2])
        for found in ARCHIVE.captures
        if found.status in (301, 302) and found.header("Location").startswith("http")
    }

    assert ("www.acmedesk.example", "www.acmedesk.example") in moves
    assert ("www.ticketbarn.example", "www.meridiansuite.example") in moves
    assert all(ARCHIVE.captures_of(urlkey_of(f.header("Location"))) for f in moved_whole())


def moved_whole() -> list[ArchivedCapture]:
    return [f for f in ARCHIVE.captures if f.header("Location").startswith("http")]


def test_a_page_was_gone_once_with_a_friendly_200_and_once_with_a_404() -> None:
    privacy = "https://www.opsgrove.example/legal/privacy"
    soft, hard = at(privacy, "201707"), at(privacy, "201710")

    assert (soft.status, hard.status) == (200, 404)
    assert soft.body == hard.body
    assert b"could not find" in soft.body
    assert at("http://www.helpharbor.example/privacy.htm", "2009").status == 404


def test_unchanged_captures_share_a_digest() -> None:
    digests = Counter(
        (found.urlkey, found.digest)
        for found in ARCHIVE.captures
        if found.status == 200 and not found.revisit
    )

    assert sorted(count for count in digests.values() if count > 1) == [2, 2, 2, 3]


def test_there_are_revisits_an_unplayable_capture_and_archived_refusals() -> None:
    counts = Counter(found.status for found in ARCHIVE.captures if found.status >= 400)

    assert sum(found.revisit for found in ARCHIVE.captures) == 2
    assert [found.faults for found in ARCHIVE.captures if found.faults] == [("elsewhere",)]
    assert counts == {404: 2, 429: 1, 503: 1}


def test_a_site_is_excluded(serve: Serve) -> None:
    sandbox = serve(ARCHIVE)

    reply = get(f"{sandbox.url}/cdx/search/cdx?url=sealeddesk.example/privacy")

    assert reply.status == 403


def test_one_policy_is_also_a_pdf_that_can_be_read() -> None:
    found = at("https://www.opsgrove.example/legal/privacy.pdf", "2018")

    reader = pypdf.PdfReader(io.BytesIO(found.body), strict=True)
    text = " ".join(page.extract_text() for page in reader.pages)

    assert found.mimetype == "application/pdf"
    assert text.startswith("Privacy Notice")
    assert "Data Protection Commission in Dublin" in " ".join(text.split())
    assert len(reader.pages) == 2


def test_an_early_page_is_laid_out_in_tables_and_a_later_one_is_a_form() -> None:
    table = at("http://www.helpharbor.example/privacy.htm", "2002").body
    form = at("http://www.helpharbor.example/Privacy.aspx", "2010").body

    assert b"<TABLE WIDTH=760" in table
    assert b"spacer.gif" in table
    assert b"__VIEWSTATE" in form


def test_the_law_of_its_time_is_in_each_text() -> None:
    path = samples.FOLDER / "texts" / "ticketbarn.txt"

    texts = {version: str(policy_of(path, version)) for version in range(1, 8)}

    named = defaultdict(list)
    for law in ("Safe Harbor", "Privacy Shield", "GDPR"):
        named[law] = [version for version, text in texts.items() if law in text]
    assert named == {"Safe Harbor": [1, 2, 3, 4], "Privacy Shield": [6], "GDPR": [7]}


def test_every_timestamp_exists_and_no_two_are_the_same() -> None:
    moments = [to_datetime(f.timestamp) for vendor in VENDORS for f in captures_of(vendor)]

    assert len(moments) == len(set(moments)) > 100


def test_the_samples_are_small() -> None:
    sizes = [path.stat().st_size for path in samples.FOLDER.rglob("*") if path.suffix != ".pyc"]

    assert sum(sizes) < 200_000
