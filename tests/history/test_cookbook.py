"""The cookbook explains each question and shows what of its answer does not differ."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.export.cookbook import page, plain_values
from pipelines.history.catalogue import Question, parse, questions

pytestmark = pytest.mark.database

PAGE = (Path(__file__).parents[2] / "docs" / "questions.md").read_text(encoding="utf-8")
ASKED = parse(
    "q02_who.sql",
    """\
-- 2. Who said "it" first?
--
-- A row is a policy.
--
-- Misread: silence is no absence.
-- Parameters:
--   term = 'GDPR': a term
--   since: first day
-- Plot: line x=year y=share
-- Example: term = 'it''s', since = DATE '2010-01-01'
SELECT getvariable('term'),
       getvariable('since');
""",
)


@pytest.mark.parametrize("asked", questions().values(), ids=lambda asked: asked.name)
def test_the_cookbook_has_the_question_as_it_is_asked_now(asked: Question) -> None:
    heading = f"\n## {asked.number}. {asked.title}\n"

    assert heading in PAGE
    section = PAGE[PAGE.index(heading) :].split("\n## ")[1]
    assert asked.query in section
    assert " ".join(asked.misread.split()) in " ".join(section.split())


def test_a_page_says_how_to_ask_and_what_comes_out() -> None:
    rows = [("a/b", date(2010, 1, 2), 0.123456, None)]

    written = page(ASKED, ("policy_id", "since", "share", "quote"), rows)

    assert (
        written
        == """
## 2. Who said "it" first?

A row is a policy.

| parameter | default | |
|---|---|---|
| `term` | `'GDPR'` | a term |
| `since` |  | first day |

`policytrail ask 2 -p term='it'"'"'s' -p since=2010-01-01`. `--plot FILE` draws it (line).

```sql
SET VARIABLE "term" = 'it''s';
SET VARIABLE "since" = DATE '2010-01-01';
SELECT getvariable('term'),
       getvariable('since');
```

On the samples: 1 row.

```text
policy_id  since       share   quote
a/b        2010-01-02  0.1235
```

**What can be misread:** silence is no absence.
"""
    )


def test_an_example_is_given_to_the_command_without_the_dress_of_sql() -> None:
    assert plain_values(ASKED) == {"term": "it's", "since": "2010-01-01"}


def test_many_rows_are_cut_and_counted() -> None:
    written = page(ASKED, ("n",), [(number,) for number in range(40)])

    assert "On the samples: 40 rows, the first 12.\n" in written
    assert "\n11\n```" in written


def test_a_wide_answer_is_written_a_column_a_line() -> None:
    columns = [f"column_{number}" for number in range(20)]

    written = page(ASKED, columns, [[number] * 20 for number in range(5)])

    assert "On the samples: 5 rows, the first 3.\n" in written
    assert "\ncolumn_19  2\n```" in written


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        pytest.param("crawl_id", "20260102-abc", "…", id="which crawl"),
        pytest.param("fetched_at", date(2026, 1, 2), "…", id="when it was fetched"),
        pytest.param(
            "uri_m", "http://127.0.0.1:8397/web/1", "https://archive.example/web/1", id="port"
        ),
        pytest.param("text_id", "0123456789abcdef" * 4, "0123456789ab…", id="long id"),
        pytest.param("text", "one\ntwo", r"one\ntwo", id="lines"),
        pytest.param("quote", "x" * 50, "x" * 43 + "…", id="long text"),
        pytest.param("days", 1234.5678, "1235", id="many days"),
    ],
)
def test_what_differs_from_crawl_to_crawl_is_left_out(
    column: str, value: object, shown: str
) -> None:
    assert f"```text\n{column}\n{shown}\n```" in "\n".join(
        line.rstrip() for line in page(ASKED, (column,), [(value,)]).split("\n")
    )
