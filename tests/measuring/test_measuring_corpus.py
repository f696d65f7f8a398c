"""Which pages are measured, what is made of them, and when a limit is missed."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from benchmarks import extraction, stability
from benchmarks._corpus import Page, chosen, load, neighbours
from benchmarks._extractors import EXTRACTORS, Reading
from benchmarks._figures import over_sites
from benchmarks._invented import write_corpus


def page(site: str, timestamp: str, changed: bool | None = None, kind: str = "single") -> Page:
    return Page(
        key=f"{site}/{timestamp}",
        path=Path(f"{site}/{timestamp}"),
        site=site,
        url=f"http://{site}/privacy",
        timestamp=timestamp,
        page_class=kind,
        language="en",
        error_class=None,
        truth_path=Path("truth"),
        markdown_path=None,
        changed=changed,
    )


PAGES = [
    page("a.example", "2"),
    page("a.example", "1"),
    page("a.example", "3", changed=True),
    page("b.example", "1", changed=True),
    page("b.example", "2", changed=False),
    page("c.example", "1", kind="soft_error"),
]


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("invented")
    write_corpus(folder)
    return folder


def rewritten(folder: Path, place: Path, **facts: object) -> Path:
    """Copy a corpus, with other facts in its manifest."""
    for path in folder.rglob("*"):
        if path.is_file():
            copy = place / path.relative_to(folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    manifest = place / "invented.manifest.jsonl"
    rows = [json.loads(line) | facts for line in manifest.read_text().splitlines()]
    manifest.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return place


def keys(pages: Iterable[Page]) -> list[str]:
    return [one.key for one in pages]


def test_a_limit_takes_a_page_of_every_site_before_a_second_one() -> None:
    assert keys(chosen(PAGES, 2, [])) == ["a.example/2", "b.example/1", "c.example/1"]


def test_a_site_is_measured_alone() -> None:
    assert keys(chosen(PAGES, None, ["b.example"])) == ["b.example/1", "b.example/2"]


def test_neighbours_follow_each_other_at_one_address_and_are_known_to_differ_or_not() -> None:
    pairs = [(old.key, new.key) for old, new in neighbours(PAGES, "single")]

    assert pairs == [("a.example/2", "a.example/3"), ("b.example/1", "b.example/2")]


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"no \*manifest\.jsonl in it: name the folder"):
        load(tmp_path)


def test_a_site_counts_once_however_many_captures_it_has() -> None:
    assert over_sites([("a", 1.0), ("a", 1.0), ("a", 0.0), ("b", 0.0)]) == pytest.approx(1 / 3)


def test_invented_pages_keep_within_the_limits(
    invented: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = extraction.main(["--corpus", str(invented), "--only", "policytrail"])

    said = capsys.readouterr().out
    assert code == 0, said
    assert "single: 24 pages of 4 sites" in said
    assert "policies refused: 0 of 25" in said
    assert max(map(len, said.splitlines())) <= 80


def test_a_policy_that_is_lost_misses_the_limits(
    invented: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = rewritten(invented, tmp_path, truth_path="helpdesk-0.example/20050115120000.truth.txt")

    code = extraction.main(
        ["--corpus", str(folder), "--only", "policytrail", "--format", "json", "--limit", "5"]
    )

    limits = {row["what"]: row["kept"] for row in json.loads(capsys.readouterr().out)["limits"]}
    assert code == 1
    assert not limits["F1 of single pages"]
    assert limits["soft errors caught"]


def test_the_worst_captures_are_shown_with_what_is_missing(
    invented: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = rewritten(invented, tmp_path)
    truth = next(folder.rglob("*0115120000.truth.md"))
    truth.write_text(truth.read_text() + "\n## A heading that no page has\n")

    extraction.main(
        ["--corpus", str(folder), "--only", "html2text", "--worst", "1", "--by", "headings"]
    )

    assert "headings absent: 1 of 10: a heading that no page has" in capsys.readouterr().out


@pytest.mark.parametrize("name", EXTRACTORS)
def test_every_extractor_reads_a_policy_and_finds_nothing_in_nothing(name: str) -> None:
    said = "We keep your name and your address for a year and share them with nobody else. "
    body = f"<html><body><main><h1>Privacy policy</h1><p>{said * 9}</p></main></body></html>"

    assert said.strip() in EXTRACTORS[name](body.encode(), "en").text.replace("\n", " ")
    assert EXTRACTORS[name](b"", "en").text == ""


def test_a_text_that_changes_with_the_truth_alone_is_stable(
    invented: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = stability.main(["--corpus", str(invented), "--only", "policytrail"])

    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert code == 0
    assert ["|", "policytrail", "|", "bytes", "|", "12", "|", "12"] in [row[:8] for row in rows]
    assert ["|", "policytrail", "|", "normalized", "|", "0", "|", "12"] in [row[:8] for row in rows]


@pytest.mark.parametrize(
    ("changed", "kind", "words"),
    [(False, "false", "{+"), (True, "missed", "read: 0 words in 0 places")],
    ids=["false", "missed"],
)
def test_each_false_and_each_missed_change_is_told(
    invented: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    changed: bool,
    kind: str,
    words: str,
) -> None:
    folder = rewritten(invented, tmp_path, substantive_change_from_previous=changed)

    code = stability.main(
        ["--corpus", str(folder), "--only", "policytrail", "--list", "--limit", "5"]
    )

    told = capsys.readouterr().out.partition("==")[2]
    assert code == 1
    assert told.startswith(f" policytrail: {kind}: helpdesk-0.example/")
    assert words in told


def test_a_rung_that_an_extractor_does_not_have_is_left_out() -> None:
    old, new = page("a.example", "1"), page("a.example", "2", changed=False)
    readings = {"peer": Reading(text="a", ids={"bytes": "1", "text": "2"})}
    pair = stability.Pair(old=old, new=new, old_readings=readings, new_readings=readings)

    assert stability.compare([pair], "peer", "undated") is None
    assert stability.compare([pair], "peer", "text") is not None
