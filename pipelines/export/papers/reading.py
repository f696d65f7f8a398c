"""How a dataset is opened, in the words of the tools that people have.

`tests/peers/` runs what is said here of pandas and polars, and DuckDB's own words beside it.
"""

_TOOLS = """\
DuckDB (or with the questions ready to ask, see below):
```sql
SELECT policy_id, not_before, not_after, words_added, words_removed
FROM {duckdb}
WHERE significance = 'substantive'
ORDER BY policy_id, version;
```

pandas:
```python
import pandas as pd

versions = {pandas}
```

polars:
```python
import polars as pl

versions = {polars}
```

R:
```r
versions <- {r}
```

Hugging Face datasets, each table that has rows a configuration:
```python
from datasets import load_dataset

versions = load_dataset(".", "versions", split="train")
```

{conventions}"""
_PARQUET = {
    "duckdb": "'data/changes.parquet'",
    "pandas": 'pd.read_parquet("data/versions.parquet")',
    "polars": 'pl.read_parquet("data/versions.parquet")',
    "r": 'arrow::read_parquet("data/versions.parquet")',
    "conventions": """\
Files are compressed by zstd and sorted. Moments are instants in UTC; the archive's 14 digits stay
beside them as text (`timestamp`). What is missing is NULL; an empty text is not missing.
""",
}
_CSV = {
    "duckdb": r"read_csv('data/changes.csv', nullstr = '\N', allow_quoted_nulls = false)",
    "pandas": r"""pd.read_csv(
    "data/versions.csv", na_values=[r"\N"], keep_default_na=False, dtype={"timestamp": str}
)""",
    "polars": r"""pl.read_csv(
    "data/versions.csv", null_values=[r"\N"], schema_overrides={"timestamp": pl.String}
)""",
    "r": r"""readr::read_csv(
  "data/versions.csv", na = "\\N", col_types = readr::cols(timestamp = "c")
)""",
    "conventions": r"""Files are UTF-8 with a header, commas, quotation marks doubled within
quotation marks, and lines that end with LF. What is missing is `\N`; an empty field is an empty
text. A text that a spreadsheet could take for a formula (it begins with `=`, `+`, `-`, `@`, a tab
or a line's end), that begins with an apostrophe, or that is `\N` itself has an apostrophe in
front: take one leading apostrophe off a text, and it is exact. Moments are ISO 8601 in UTC;
`timestamp` are 14 digits, to be read as text.
""",
}
_JSONL = {
    "duckdb": "read_json('data/changes.jsonl', format = 'newline_delimited')",
    "pandas": """pd.read_json(
    "data/versions.jsonl", lines=True, dtype={"timestamp": str}, convert_dates=False
)""",
    "polars": 'pl.read_ndjson("data/versions.jsonl", infer_schema_length=None)',
    "r": 'jsonlite::stream_in(file("data/versions.jsonl"))',
    "conventions": """\
Each line is a JSON object in UTF-8. What is missing is null; an empty text is not missing. Moments
are ISO 8601 in UTC, as text; `timestamp` are 14 digits.
""",
}
_SAID = {"parquet": _PARQUET, "csv": _CSV, "jsonl": _JSONL}


def reading_it(layout: str) -> str:
    """Show how to open the tables of a layout in five tools, and how they are written."""
    return _TOOLS.format(**_SAID[layout])


def said_of(layout: str, tool: str) -> str:
    """Give what is said of one tool."""
    return _SAID[layout][tool]
