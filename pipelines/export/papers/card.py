"""README.md: what a person reads first, and the card of the dataset on Hugging Face."""

from collections.abc import Iterable, Sequence
from textwrap import fill
from typing import Any

from pipelines.export.papers.citation import as_yaml
from pipelines.export.papers.legal import SPDX, WITHOUT_TEXTS
from pipelines.export.papers.markdown import inline, table
from pipelines.export.papers.reading import reading_it
from pipelines.export.papers.release import KEYWORDS, TITLE, File, Release
from pipelines.export.papers.words import LIMITS, abstract
from pipelines.export.rows import NULL
from pipelines.history.contents import Covered

COVERED = 100  # policies in the table of coverage; coverage.csv has all
_DEFAULT = "versions"
_SIZES = (
    (10**3, "n<1K"),
    (10**4, "1K<n<10K"),
    (10**5, "10K<n<100K"),
    (10**6, "100K<n<1M"),
    (10**7, "1M<n<10M"),
    (10**8, "10M<n<100M"),
)
_QUESTIONS = """\
`queries/` has the questions that studies of policies asked, as SQL. In this folder, with nothing \
but DuckDB: `duckdb -init queries/setup.sql`, then `.read queries/q07_versions_by_year.sql`. The \
head of each file says what a row means, which values it takes (`SET VARIABLE policy = \
'vendor/kind';`) and what can be misread in it."""
_NO_WORDS = """\
Those that look into texts find nothing in this copy, which has none."""
_PROOF = """\
`sha256sum --check SHA256SUMS` proves the bytes. `datapackage.json` is the authority on tables, \
types and keys; `croissant.json` says the same to loaders. `policytrail export --verify .` checks \
the sums, the keys and that versions, changes and coverage follow from the facts; \
`policytrail --data DIR import .` makes a database of it that answers the same questions."""


def card(release: Release, covered: Sequence[Covered]) -> str:
    """Write the head that Hugging Face reads, and the page below it."""
    parts = [
        f"---\n{as_yaml(_head(release))}---\n",
        f"# {TITLE}\n\n{_folded(inline(abstract(release)))}\n",
        f"## What is in it\n\n{_counts(release)}",
        f"## How to read it honestly\n\n{_items(LIMITS)}",
        f"## How to open it\n\n{reading_it(release.layout)}",
        f"## Questions\n\n{_folded(_questions(release))}\n",
        f"## Coverage\n\n{_coverage(release, covered)}",
        f"## The tables\n\n{_dictionary(release.files)}",
        f"## Licence, texts, take-down\n\n{_rights(release)}\n",
        f"## Proof\n\n{_folded(_PROOF)}\n",
    ]
    return "\n".join(parts)


def _questions(release: Release) -> str:
    """Say how to ask, and what cannot be asked."""
    return f"{_QUESTIONS} {_NO_WORDS}" if release.text_free else _QUESTIONS


def _head(release: Release) -> dict[str, Any]:
    free = release.text_free
    spoken = [name for name in release.contents.languages if len(name) == 2 and name.isalpha()]
    return {
        "pretty_name": TITLE,
        "license": "odc-by" if free else "other",
        **({} if free else {"license_name": WITHOUT_TEXTS, "license_link": "LICENSE"}),
        **({"language": spoken} if spoken else {}),
        "size_categories": [_size(release.rows[_DEFAULT])],
        "task_categories": ["other"],
        "annotations_creators": ["machine-generated"],
        "source_datasets": ["original"],
        "tags": [keyword.replace(" ", "-") for keyword in KEYWORDS],
        # `datasets` opens no table that has no row.
        "configs": [_config(release.layout, file) for file in release.files if file.rows],
    }


def _config(layout: str, file: File) -> dict[str, Any]:
    config: dict[str, Any] = {"config_name": file.table.name, "data_files": file.path}
    if layout == "csv":
        config |= {"na_values": NULL, "keep_default_na": False}
    return config | ({"default": True} if file.table.name == _DEFAULT else {})


def _size(rows: int) -> str:
    return next((name for limit, name in _SIZES if rows < limit), "100M<n<1B")


def _counts(release: Release) -> str:
    seen, reader = release.contents, release.contents.reader
    facts = [
        ("edition", f"{release.version}, {release.urn}"),
        ("newest fact", f"{seen.newest:%Y-%m-%d %H:%M:%S} UTC" if seen.newest else "none"),
        ("seen", _span(seen.first_seen, seen.last_seen)),
        ("captures by state", _told(seen.states)),
        ("changes", _told(seen.significances)),
        ("versions by language", _told(seen.languages)),
        ("archives", ", ".join(seen.archives) or "none"),
        *([("collected by others", ", ".join(seen.collectors))] if seen.collectors else []),
        ("extractor", f"{reader.name} {reader.version}, {reader.extractor_id}" if reader else "-"),
        ("made by", f"policytrail {release.software_version}, schema {release.schema_version}"),
        *([("redacted", _told(release.redactions))] if release.redacted else []),
    ]
    rows = [
        (file.table.name, f"{file.rows:,}", f"{file.bytes:,}", file.path) for file in release.files
    ]
    files = table(("table", "rows", "bytes", "file"), rows)
    return f"{table(('', ''), facts)}\n{files}"


def _span(first: object, last: object) -> str:
    return f"{first:%Y-%m-%d} to {last:%Y-%m-%d}" if first and last else "nothing"


def _told(counts: Any) -> str:
    return ", ".join(f"{name}: {count:,}" for name, count in counts.items()) or "none"


def _coverage(release: Release, covered: Sequence[Covered]) -> str:
    heads = ("policy", "vendor", "captures", "seen", "versions", "first", "last", "longest gap")
    rows = [
        (
            each.policy_id,
            each.vendor_name,
            f"{each.captures:,}",
            f"{each.observations:,}",
            f"{each.versions:,}",
            f"{each.first_seen:%Y-%m-%d}" if each.first_seen else "never",
            f"{each.last_seen:%Y-%m-%d}" if each.last_seen else "never",
            f"{each.longest_gap_days:,.0f} days" if each.longest_gap_days is not None else "",
        )
        for each in covered
    ]
    policies = release.rows["policies"]
    some = (
        f"The {len(rows)} policies with most versions, of {policies:,}. "
        if policies > len(rows)
        else ""
    )
    return f"{some}`coverage.csv` has every policy and every count.\n\n{table(heads, rows)}"


def _dictionary(files: Iterable[File]) -> str:
    sections = []
    for file in files:
        key = ", ".join(f"`{name}`" for name in file.table.key)
        keys = f" Key: {key}." if key else ""
        head = f"### {file.table.name}\n\n{_folded(file.table.description + keys)}\n"
        rows = [
            f"| `{column.name}` | {column.type}{'' if column.nullable else ', never missing'} "
            f"| {column.description} |"
            for column in file.table.columns
        ]
        refers = [
            f"- {', '.join(foreign.columns)} → {foreign.table} ({', '.join(foreign.references)})"
            for foreign in file.table.foreign
        ]
        lines = ["| column | type | |", "|---|---|---|", *rows]
        sections.append("\n".join([head, *lines, *(["", *refers] if refers else []), ""]))
    return "\n".join(sections)


def _rights(release: Release) -> str:
    whose = (
        "No text is in this copy."
        if release.text_free
        else "The texts are no part of it: they belong to their owners."
    )
    reached = inline(release.publisher.reached)
    return _folded(
        f"The database is licensed under {SPDX} (LICENSE). {whose} NOTICE says more. To have a "
        f"text taken out, or to tell of a mistake, write to {reached}. CITATION.cff says how to "
        "cite this edition."
    )


def _items(lines: Iterable[str]) -> str:
    return "\n".join(f"- {_folded(line, '  ')}" for line in lines) + "\n"


def _folded(words: str, after: str = "") -> str:
    return fill(words, 98, subsequent_indent=after, break_long_words=False, break_on_hyphens=False)
