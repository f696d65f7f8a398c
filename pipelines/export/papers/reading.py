"""How a dataset is opened, in the words of the tools that people have."""

_DUCKDB = """\
DuckDB (questions ready to ask, see below):
```sql
SELECT policy_id, not_before, not_after, words_added, words_removed
FROM {duckdb}
WHERE significance = 'substantive'
ORDER BY policy_id, version;
```
"""
_PANDAS = """\
pandas:
```python
import pandas as pd

versions = {pandas}
```
"""
_POLARS = """\
polars:
```python
import polars as pl

versions = {polars}
```
"""
_R = """\
R:
```r
versions <- {r}
```
"""
_DATASETS = """\
Hugging Face datasets, each table a configuration:
```python
from datasets import load_dataset

versions = load_dataset(".", "versions", split="train")
```
"""
_SAYINGS = {
    "parquet": {
        "duckdb": "'data/changes.parquet'",
        "pandas": 'pd.read_parquet("data/versions.parquet")',
        "polars": 'pl.read_parquet("data/versions.parquet")',
        "r": 'arrow::read_parquet("data/versions.parquet")',
    },
    "csv": {
        "duckdb": "'data/changes.csv'",
        "pandas": 'pd.read_csv("data/versions.csv", dtype={"timestamp": str})',
        "polars": 'pl.read_csv("data/versions.csv", schema_overrides={"timestamp": pl.String})',
        "r": 'readr::read_csv("data/versions.csv", col_types = readr::cols(timestamp = "c"))',
    },
    "jsonl": {
        "duckdb": "'data/changes.jsonl'",
        "pandas": 'pd.read_json("data/versions.jsonl", lines=True, dtype={"timestamp": str})',
        "polars": 'pl.read_ndjson("data/versions.jsonl")',
        "r": 'jsonlite::stream_in(file("data/versions.jsonl"))',
    },
}


def reading_it(layout: str) -> str:
    """Show how to open the tables of a layout, in five tools."""
    said = "\n".join((_DUCKDB, _PANDAS, _POLARS, _R, _DATASETS))
    for tool, words in _SAYINGS[layout].items():
        said = said.replace(f"{{{tool}}}", words)
    return said
