"""`export --format atom`: feeds that any reader takes, and files that are whole or not there."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from pipelines.database.file import reading
from pipelines.export.atom import feeds
from pipelines.export.files import write_files
from pipelines.history.changes import Change, changes

ATOM = "{http://www.w3.org/2005/Atom}"
BEGAN = datetime(2026, 1, 1)  # noqa: DTZ001 - the tables hold naive UTC
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture(scope="module")
def found(archive: Path) -> list[Change]:
    with reading(archive) as connection:
        return changes(connection, ["acme/privacy"])


def every_file(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_there_is_a_feed_for_all_and_one_for_each_vendor_also_without_changes(
    run, tmp_path: Path
) -> None:
    result = run("export", str(tmp_path / "public"), "--format", "atom")

    written = every_file(tmp_path / "public")
    parsed = {name: feedparser.parse(content) for name, content in written.items()}
    assert (result.exit_code, result.stdout) == (0, "")
    assert "3 feeds of 2 changes" in result.stderr
    assert {name: len(feed.entries) for name, feed in parsed.items()} == {
        "acme.atom": 2,
        "beta.atom": 0,
        "changes.atom": 2,
    }
    assert not [name for name, feed in parsed.items() if feed.bozo or feed.version != "atom10"]
    assert len({feed.feed.id for feed in parsed.values()}) == 3
    assert parsed["beta.atom"].feed.updated == "2026-01-01T00:00:00Z"


def test_an_entry_says_the_interval_in_words_and_where_both_texts_are(run, tmp_path: Path) -> None:
    run("export", str(tmp_path), "--format", "atom")

    newest, oldest = feedparser.parse((tmp_path / "acme.atom").read_bytes()).entries
    assert oldest.title == "Acme: privacy policy changed (en, substantive)"
    assert oldest.updated == oldest.published == "2026-01-02T03:04:05Z"
    assert oldest.summary == (
        "The text changed between 2017-01-01 00:00:00 UTC, when the old one was last seen, and "
        "2017-01-31 12:00:00 UTC, when the new one was first seen (30.5 days). "
        "Words added: 4, removed: 1; 80.0% alike; substantive."
    )
    assert {link.rel: link.href[-45:] for link in oldest.links} == {
        "related": "20170101000000id_/http://acme.example/privacy",
        "alternate": "20170131120000id_/http://acme.example/privacy",
    }
    assert newest.id != oldest.id


def test_a_feed_has_what_rfc_4287_requires(found: list[Change]) -> None:
    written = feeds({"acme": "Acme", "beta": "Beta"}, found, BEGAN, 500)

    for content in written.values():
        feed = etree.fromstring(content)
        entries = feed.findall(f"{ATOM}entry")
        for element in (feed, *entries):
            once = [len(element.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")]
            assert once == [1, 1, 1]
            assert MOMENT.fullmatch(element.findtext(f"{ATOM}updated"))
            assert element.findtext(f"{ATOM}id").startswith("urn:uuid:")
        assert feed.findtext(f"{ATOM}author/{ATOM}name") == "policytrail"
        assert len(feed.findall(f"{ATOM}link[@rel='self']")) == 1
        assert all(len(entry.findall(f"{ATOM}link[@rel='alternate']")) == 1 for entry in entries)
        ids = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(ids) == len(set(ids))


def test_no_text_of_a_policy_is_in_a_feed(run, tmp_path: Path) -> None:
    said = run("show", "acme").stdout.split("\n\n")[1:]

    run("export", str(tmp_path), "--format", "atom")

    everything = b"".join(every_file(tmp_path).values()).decode()
    assert len(said) == 2
    assert not [sentence for sentence in said if sentence.strip() in everything]


def test_the_same_changes_are_the_same_bytes_in_any_order(found: list[Change]) -> None:
    twin = [replace(change, change_id=f"{change.change_id}0") for change in found]

    one = feeds({"acme": "Acme"}, [*found, *twin], BEGAN, 500)
    two = feeds({"acme": "Acme"}, [*twin[::-1], *found[::-1]], BEGAN, 500)

    assert one == two


def test_a_feed_holds_the_changes_found_last(found: list[Change]) -> None:
    old, new = found
    late = replace(old, found_at=datetime(2026, 6, 1))  # noqa: DTZ001

    written = feeds({"acme": "Acme"}, [late, new], BEGAN, 1)

    parsed = feedparser.parse(written["changes.atom"])
    assert [entry.id for entry in parsed.entries] == [old.change_id]
    assert parsed.feed.updated == "2026-06-01T00:00:00Z"


def test_names_and_addresses_are_escaped_and_what_xml_cannot_hold_is_marked(
    found: list[Change],
) -> None:
    odd = replace(
        found[0],
        vendor_name='A & B <i>"\x01',
        new_uri_m="https://archive.example/web/2017id_/http://a.example/?a=1&b=<2>\x0b",
        similarity=None,
        significance=None,
    )

    (entry,) = feedparser.parse(feeds({}, [odd], BEGAN, 9)["changes.atom"]).entries

    assert entry.title_detail.value == (
        'A & B <i>"\ufffd: privacy policy changed (en, not compared)'
    )
    assert entry.link.endswith("?a=1&b=<2>\ufffd")
    assert "not compared yet" in entry.summary


def test_an_export_replaces_the_one_before_and_never_writes_into_it(run, tmp_path: Path) -> None:
    (tmp_path / "acme.atom").write_text("old")
    (tmp_path / "being read").hardlink_to(tmp_path / "acme.atom")
    (tmp_path / "other.txt").write_text("not ours")

    run("export", str(tmp_path), "--format", "atom", "--limit", "1")

    assert sorted(every_file(tmp_path)) == [
        "acme.atom",
        "being read",
        "beta.atom",
        "changes.atom",
        "other.txt",
    ]
    assert len(feedparser.parse((tmp_path / "acme.atom").read_bytes()).entries) == 1
    assert (tmp_path / "being read").read_text() == "old"


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        pytest.param("file", "File exists", id="a file"),
        pytest.param("file/below", "Not a directory", id="below a file"),
        pytest.param("taken", "beta.atom is a folder there", id="a name that is taken"),
    ],
)
def test_an_export_that_cannot_be_written_leaves_everything_as_it_was(
    run, tmp_path: Path, place: str, reason: str
) -> None:
    (tmp_path / "file").write_text("here")
    (tmp_path / "taken" / "beta.atom").mkdir(parents=True)

    result = run("export", str(tmp_path / place), "--format", "atom")

    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{place}: {reason}" in result.stderr
    assert result.stderr.count("\n") == 1
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["beta.atom", "file", "taken"]
    assert (tmp_path / "file").read_text() == "here"


def test_files_that_stand_are_kept_when_the_disk_takes_no_more(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / ".b.part").mkdir()

    with pytest.raises(Exception, match="cannot write in"):
        write_files(tmp_path, {"a": b"new", "b": b"new"})

    assert (tmp_path / "a").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".b.part", "a"]
