"""Versions as Markdown files, each with its provenance at its head. Owns PyYAML's writing.

The emitter in C is asked for by name: the one in Python writes some characters in another way,
and the same version has to be the same bytes everywhere.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from pipelines.database.excerpts import is_narrowed_by
from pipelines.database.file import Connection
from pipelines.export.choices import Choices
from pipelines.export.folder import new_folder, safe_name
from pipelines.history.provenance import Version, with_texts

_ABOUT = """\
# Versions of policies

A file is one version of a policy in one language, as a web archive captured it. Its head says
where the text was read from, and between which moments it came: after `not_before` (null: nobody
knows) and not after `not_after`. Times are UTC. `index.jsonl` has the heads of all files, a line
each, with their paths.

The texts are their owners'. They are here for research; whoever publishes these files is the one
to ask for a text to be taken down. Made by policytrail.

| policy | language | versions | first seen | last seen |
|---|---|---|---|---|
"""


def export_markdown(
    connection: Connection,
    folder: Path,
    choices: Choices,
    step: Callable[[int], None],
) -> str:
    """Write a file for each version, README.md and index.jsonl; say how many there are."""
    del choices  # the archive given is what was chosen
    versions, redacted = 0, is_narrowed_by(connection, "redact")
    with (
        new_folder(folder) as part,
        (part / "README.md").open("w", encoding="utf-8", newline="\n") as readme,
        (part / "index.jsonl").open("w", encoding="utf-8", newline="\n") as index,
    ):
        readme.write(_ABOUT)
        for _, each in groupby(with_texts(connection), key=lambda pair: _home(pair[0])):
            seen = []
            for version, text in each:
                known = head(version, redacted=redacted)
                index.write(_write(part, version, known, text))
                seen += [version.first_seen, version.last_seen]
                step(1)
            readme.write(_row(version, len(seen) // 2, min(seen), max(seen)))
            versions += len(seen) // 2
    return f"{versions:,} {'version' if versions == 1 else 'versions'} in {folder}"


def head(version: Version, *, redacted: bool) -> dict[str, Any]:
    """Say of a version where it comes from. What is not known is null."""
    changed = version.not_before is not None
    return {
        "policy": version.policy_id,
        "vendor": version.vendor_id,
        "vendor_name": version.vendor_name or None,
        "kind": version.kind,
        "language": version.language,
        "version": version.version,
        "title": version.title or None,
        "first_seen": _utc(version.first_seen),
        "last_seen": _utc(version.last_seen),
        "observations": version.observations,
        "not_before": _utc(version.not_before),
        "not_after": _utc(version.first_seen) if changed else None,
        "flip": version.flip,
        "stated_date": version.stated_date,
        "stated_kind": version.stated_kind or None,
        "words": version.words,
        "uri_r": version.uri_r,
        "uri_m": version.uri_m,
        "memento_datetime": _utc(version.memento_datetime),
        "digest": version.digest,
        "body_sha256": version.body_sha256,
        "text_id": version.text_id,
        "redacted": redacted,
        "extractor": f"{version.extractor_name} {version.extractor_version}".strip() or None,
        "extractor_id": version.extractor_id,
        "crawl_id": version.crawl_id,
        "source": version.source,
    }


def path_of(version: Version) -> Path:
    """Name the file of a version, so that names sort as versions do."""
    return _home(version) / f"{version.version:04}_{version.first_seen.date().isoformat()}.md"


def _home(version: Version) -> Path:
    return Path(*map(safe_name, version.names))


def _write(part: Path, version: Version, known: dict[str, Any], text: str) -> str:
    """Write one file; give its line of the index."""
    path = path_of(version)
    (part / path.parent).mkdir(parents=True, exist_ok=True)
    told = yaml.dump(
        known, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=1_000_000
    )
    body = f"\n{text}\n" if text else ""
    (part / path).write_bytes(f"---\n{told}---\n{body}".encode())
    return f"{json.dumps({'path': path.as_posix()} | known, default=_iso, ensure_ascii=False)}\n"


def _row(version: Version, versions: int, first_seen: datetime, last_seen: datetime) -> str:
    name = version.policy_id.replace("|", "\\|")
    where = _home(version).as_posix()
    days = f"{first_seen.date().isoformat()} | {last_seen.date().isoformat()}"
    return f"| [{name}]({where}/) | {version.language} | {versions:,} | {days} |\n"


def _utc(moment: datetime | None) -> datetime | None:
    return moment and moment.replace(tzinfo=UTC)


def _iso(moment: Any) -> str:
    return str(moment.isoformat()).replace("+00:00", "Z")
