"""`export --format markdown`: a file for each version, that says where its text comes from."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from archive_facts import POLICY, Sight, empty_database, enlist, remember, rows

from pipelines.database.excerpts import Excerpt, note_excerpts
from pipelines.database.file import Connection
from pipelines.export.choices import Choices
from pipelines.export.markdown import export_markdown

ODD = "日本 😀 \\ \"quoted\" 'single': # no\x85\x00comment\n---\n- [x]: {y}"


def ignore(steps: int) -> None:
    """Tell nobody."""


def parts_of(path: Path) -> tuple[dict[str, Any], str]:
    """Give head and text of a file, as any reader of such heads parts them."""
    _, head, text = path.read_bytes().decode().split("---\n", 2)
    return yaml.safe_load(head), text.removeprefix("\n").removesuffix("\n")


@pytest.fixture(scope="module")
def folder(traps: Connection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("markdown") / "texts"
    export_markdown(traps, folder, Choices(), ignore)
    return folder


@pytest.fixture(scope="module")
def shared() -> Iterator[Connection]:
    with empty_database() as connection:
        enlist(connection, POLICY)
        yield connection


@pytest.fixture
def database(shared: Connection) -> Iterator[Connection]:
    shared.execute("BEGIN")
    yield shared
    shared.execute("ROLLBACK")


def test_each_version_has_a_file_named_by_number_and_day(traps: Connection, folder: Path) -> None:
    known = rows(traps, "SELECT policy_id, language, version, first_seen FROM versions")

    assert {str(path.relative_to(folder)) for path in folder.rglob("*/*.md")} == {
        f"{policy}/{language}/{version:04}_{moment:%Y-%m-%d}.md"
        for policy, language, version, moment in known
    }


def test_the_text_is_there_to_the_byte(traps: Connection, folder: Path) -> None:
    found = [parts_of(path) for path in folder.rglob("*/*.md")]

    assert {head["text_id"] for head, _ in found} == {
        text_id for (text_id,) in rows(traps, "SELECT text_id FROM versions")
    }
    assert not [
        head["policy"]
        for head, text in found
        if hashlib.sha256(text.encode()).hexdigest() != head["text_id"]
    ]


def test_a_head_says_where_the_text_comes_from_and_when_it_came(
    database: Connection, tmp_path: Path
) -> None:
    remember(
        database,
        ("2016-10-18T22:57:56", "We keep data."),
        Sight(when="2018-05-25", text="We delete it.", stated_date="2018-05-20"),
        ("2019-05-25", "We delete it."),
    )
    note_excerpts(database, [Excerpt(chosen={"redact": True})])

    said = export_markdown(database, tmp_path, Choices(), ignore)

    head, _ = parts_of(tmp_path / "acme/privacy/en/0002_2018-05-25.md")
    text_id, body, digest = rows(
        database, "SELECT text_id, body_sha256, digest FROM versions WHERE version = 2"
    )[0]
    assert said == f"2 versions in {tmp_path}"
    assert head == {
        "policy": "acme/privacy",
        "vendor": "acme",
        "vendor_name": "Acme",
        "kind": "privacy",
        "language": "en",
        "version": 2,
        "title": "Privacy",
        "first_seen": datetime(2018, 5, 25, tzinfo=UTC),
        "last_seen": datetime(2019, 5, 25, tzinfo=UTC),
        "observations": 2,
        "not_before": datetime(2016, 10, 18, 22, 57, 56, tzinfo=UTC),
        "not_after": datetime(2018, 5, 25, tzinfo=UTC),
        "flip": False,
        "stated_date": date(2018, 5, 20),
        "stated_kind": None,
        "words": 3,
        "uri_r": "http://acme.example/privacy",
        "uri_m": "https://archive.example/web/20180525000000id_/http://acme.example/privacy",
        "memento_datetime": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        "digest": digest,
        "body_sha256": body,
        "text_id": text_id,
        "redacted": True,
        "extractor": "reader 1",
        "extractor_id": "x1",
        "crawl_id": "crawl-1",
        "source": "archive",
    }
    first, _ = parts_of(tmp_path / "acme/privacy/en/0001_2016-10-18.md")
    assert (first["not_before"], first["not_after"]) == (None, None)


def test_the_index_has_every_file_with_its_head(folder: Path) -> None:
    lines = (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()
    index = {row.pop("path"): row for row in map(json.loads, lines)}

    assert list(index) == sorted(str(path.relative_to(folder)) for path in folder.rglob("*/*.md"))
    head, _ = parts_of(folder / next(iter(index)))
    assert list(head) == list(next(iter(index.values())))
    assert head["text_id"] == next(iter(index.values()))["text_id"]


def test_the_readme_leads_to_every_policy(traps: Connection, folder: Path) -> None:
    table = (folder / "README.md").read_text(encoding="utf-8").partition("|---|")[2]
    counted = rows(
        traps,
        "SELECT policy_id, language, count(*), min(first_seen), max(last_seen) FROM versions "
        "GROUP BY ALL ORDER BY policy_id, language",
    )

    assert table.splitlines()[1:] == [
        f"| [{policy}]({policy}/{language}/) | {language} | {count} | {first:%Y-%m-%d} | "
        f"{last:%Y-%m-%d} |"
        for policy, language, count, first, last in counted
    ]


def test_two_exports_are_the_same_bytes_whatever_the_time_zone(
    traps: Connection, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    monkeypatch.setenv("LC_ALL", "C")

    traps.execute("SET threads = 1")
    export_markdown(traps, tmp_path, Choices(), ignore)
    traps.execute("RESET threads")

    assert {
        str(path.relative_to(tmp_path)): path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.is_file()
    } == {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_no_title_or_name_breaks_the_head_or_leaves_the_folder(
    database: Connection, tmp_path: Path
) -> None:
    names = ("../up", ".git/hooks", "a|b/c", "no/yes")
    enlist(database, *names)
    remember(database, *(Sight(when="2016", text=f"of {name}", policy_id=name) for name in names))
    database.execute("UPDATE readings SET title = ?", [ODD])

    export_markdown(database, tmp_path / "texts", Choices(), ignore)

    found = [parts_of(path) for path in (tmp_path / "texts").rglob("*/*.md")]
    assert sorted(head["policy"] for head, _ in found) == sorted(names)
    assert {
        (head["title"], head["vendor"] == head["policy"].partition("/")[0]) for head, _ in found
    } == {(ODD, True)}
    assert [path.name for path in tmp_path.iterdir()] == ["texts"]


def test_without_texts_there_are_the_heads(database: Connection, tmp_path: Path) -> None:
    remember(database, ("2016", "We keep data."))
    database.execute("UPDATE texts SET text = ''")

    export_markdown(database, tmp_path, Choices(), ignore)

    head, text = parts_of(tmp_path / "acme/privacy/en/0001_2016-01-01.md")
    assert (head["words"], text) == (3, "")


def test_every_version_is_a_step(traps: Connection, tmp_path: Path) -> None:
    steps: list[int] = []

    export_markdown(traps, tmp_path, Choices(), steps.append)

    assert sum(steps) == rows(traps, "SELECT count(*) FROM versions")[0][0]
