"""A dataset of the archive of traps in a folder, for tests of what lies beside its tables."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from archive_facts import insert
from markdown_it import MarkdownIt
from trap_archive import trap_archive

from pipelines.database.file import Connection
from pipelines.export.choices import Choices
from pipelines.export.dataset import write_dataset
from pipelines.export.papers.publisher import publisher
from pipelines.export.papers.release import Release, release
from pipelines.export.papers.writing import write_papers
from pipelines.export.rows import write_rows
from pipelines.history.contents import Covered, Reader

CONTACT = "Jane Roe <jane@uni.example>"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Made:
    """A connection, the folder that was written from it, and what the papers tell of."""

    connection: Connection
    folder: Path
    told: Release


def make(connection: Connection, folder: Path, layout: str = "parquet") -> Made:
    """Write a dataset and its papers."""
    folder.mkdir()
    if layout == "parquet":
        write_dataset(connection, folder, lambda _: None)
    else:
        write_rows(connection, folder, lambda _: None, layout)
    write_papers(connection, folder, Choices(), CONTACT)
    told = release(connection, folder, CONTACT)
    return Made(connection=connection, folder=folder, told=told)


def traps() -> Connection:
    """Open the archive of traps, with the runs that it speaks of."""
    connection = trap_archive()
    for number in (1, 2):
        crawl = {"crawl_id": f"crawl-{number}", "policytrail_version": "0.1.0", "options": "{}"}
        where = {"archive": "https://archive.example", "outcome": "finished"}
        when = {"started_at": "2026-01-01", "finished_at": "2026-01-01 12:00:00"}
        insert(connection, "crawls", crawl | where | when)
    return connection


def spoilt(told: Release, words: str) -> Release:
    """Put some words wherever words of the data or of the user come into the papers."""
    reader = Reader(extractor_id=words, name=words, version=words)
    contents = replace(
        told.contents,
        languages={words: 1, "en": 2},
        states={words: 3},
        significances={words: 4},
        archives=(words,),
        collectors=(f"by {words}",),
        reader=reader,
    )
    return replace(
        told,
        contents=contents,
        chosen=({"policies": [words], "languages": [words]},),
        publisher=publisher(words),
        redactions={words: 1},
    )


def covered(words: str) -> Covered:
    """Give the coverage of a policy with a name like that."""
    return Covered(
        policy_id=words,
        vendor_name=words,
        captures=1,
        observations=0,
        versions=0,
        first_seen=None,
        last_seen=None,
        longest_gap_days=None,
    )


def head_of(card: str) -> Any:
    """Read the YAML at the head of a card, as Hugging Face does."""
    found = re.match(r"---\n(.*?\n)---\n", card, re.DOTALL)
    assert found
    return yaml.safe_load(found[1])


def marks_of(card: str) -> list[str]:
    """List what Markdown a card is made of, down to the cell, without its words."""
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    body = card.partition("\n---\n")[2]
    return [
        child.type
        for token in reader.parse(body)
        for child in (token, *(token.children or ()))
        if child.type not in ("text", "text_special", "softbreak")
    ]
