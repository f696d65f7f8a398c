"""The cookbook of questions: each explained, with its SQL and its answer on an archive.

`make cookbook` writes docs/questions.md by it, from the archive that `policytrail demo` leaves.
What differs between two crawls of the same archive (names of crawls, times of fetching, ports)
is left out, so that the page changes only when a question or an answer does.
"""

import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from shlex import quote
from textwrap import fill
from typing import Any

from pipelines.database.file import reading
from pipelines.history.answering import answer
from pipelines.history.catalogue import Question, questions

_SHOWN = 12
_CARDS = 3
_WIDEST = 140  # characters of a row that still reads as a table
_CELL = 44
_DIFFERING = re.compile(
    "archive|archive_source|crawl_id|extractor|extractor_id|extractor_options|fetched_at|"
    "policytrail_version|.*(?:listed|settled|started|noticed|adopted)_at"
)
_LOOPBACK = re.compile(r"http://127\.0\.0\.1:\d+")
_ID = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{52}\b")
_INTRODUCTION = """\
# Questions

What the studies of this field asked of such archives, as SQL. Each question is a file in
[pipelines/history/questions](../pipelines/history/questions), answered by

```console
$ policytrail ask --list
$ policytrail ask 2 --about
$ policytrail ask 2 -p term=CCPA --format csv
$ policytrail ask 2 --plot first.svg
```

or in any DuckDB client, on the file alone: `policytrail ask 2 --sql` prints the query. A parameter
is a variable of the session there (`SET VARIABLE term = 'CCPA';`); what is not set has its
default. The tables, views and macros are explained in [data.md](data.md).

An answer knows only what was captured. A change lies between two captures and has no date; an
open end stays open; counts of versions are lower bounds; nothing is carried from one period into
the next. What each answer does not say stands below it.

The answers shown here are those of the invented vendors that come with policytrail
(`make demo`); `make cookbook` writes this page. What differs from crawl to crawl is shown as `…`.
"""


def cookbook(data: Path) -> str:
    """Write the page from the answers on a data folder, read-only."""
    known = list(questions().values())
    contents = "\n".join(f"- [{each.number}. {each.title}](#{_anchor(each)})" for each in known)
    pages = [_page(data, each) for each in known]
    return "\n".join([_INTRODUCTION, contents, *pages])


def page(asked: Question, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Explain one question, with its answer cut to what can be read."""
    parts = [f"\n## {asked.number}. {asked.title}\n\n{_folded(asked.about)}\n"]
    if asked.parameters:
        parts += ["| parameter | default | |\n|---|---|---|"]
        parts += [
            f"| `{each.name}` | {_default(each.default)} | {each.about} |"
            for each in asked.parameters
        ]
        parts += [""]
    values = plain_values(asked)
    given = "".join(f" -p {name}={quote(value)}" for name, value in values.items())
    drawn = f" `--plot FILE` draws it ({asked.plot.kind})." if asked.plot else ""
    parts += [f"`policytrail ask {asked.number}{given}`.{drawn}\n", _query(asked), ""]
    parts += [_result(columns, rows), ""]
    parts += [_folded(f"**What can be misread:** {asked.misread}"), ""]
    return "\n".join(parts)


def plain_values(asked: Question) -> dict[str, str]:
    """Give the example's values as a user writes them, without the dress of SQL."""
    return {
        name: re.sub(r"^(?:DATE |TIMESTAMP )?'(.*)'$", r"\1", literal).replace("''", "'")
        for name, literal in asked.example.items()
    }


def _page(data: Path, asked: Question) -> str:
    with reading(data) as database:
        found = answer(database, asked, plain_values(asked))
        return page(asked, found.columns, list(found.rows))


def _query(asked: Question) -> str:
    """Show the query without its head, which the page says in words."""
    settings = "".join(
        f'SET VARIABLE "{name}" = {literal};\n' for name, literal in asked.example.items()
    )
    return f"```sql\n{settings}{asked.query}```"


def _result(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Show the first rows in columns, or, too wide for a page, fewer with a column a line."""
    cells = [
        [_cell(name, value) for name, value in zip(columns, row, strict=True)]
        for row in rows[:_SHOWN]
    ]
    widths = [max(map(len, column)) for column in zip(columns, *cells, strict=True)]
    if sum(widths) + 2 * len(widths) <= _WIDEST:
        lines = [_aligned(line, widths) for line in (columns, *cells)]
    else:
        cells = cells[:_CARDS]
        lines = [line for row in cells for line in _card(columns, row)]
    count = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
    cut = f", the first {len(cells)}" if len(cells) < len(rows) else ""
    return "\n".join([f"On the samples: {count}{cut}.\n", "```text", *lines, "```"])


def _card(columns: Sequence[str], row: Sequence[str]) -> Iterable[str]:
    width = max(map(len, columns))
    yield "-" * width
    for pair in zip(columns, row, strict=True):
        yield _aligned(pair, (width, 0))


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()


def _cell(column: str, value: Any) -> str:
    if value is None:
        return ""
    if _DIFFERING.fullmatch(column) or (column in ("old", "new") and _ID.fullmatch(str(value))):
        return "…"  # question 29 calls the ids of extractors old and new
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1000 else f"{value:.0f}"
    text = _LOOPBACK.sub("https://archive.example", str(value))
    text = _ID.sub(r"\1…", text).replace("\n", "\\n")
    return text if len(text) <= _CELL else f"{text[: _CELL - 1]}…"


def _default(default: str) -> str:
    return "" if default == "NULL" else f"`{default}`"


def _anchor(asked: Question) -> str:
    """Name the heading as a reader of Markdown does."""
    heading = f"{asked.number}. {asked.title}".lower()
    return re.sub(r"[^\w\- ]", "", heading).replace(" ", "-")


def _folded(words: str) -> str:
    return fill(words, 98, break_long_words=False, break_on_hyphens=False)


if __name__ == "__main__":
    sys.stdout.write(cookbook(Path(sys.argv[1])))
