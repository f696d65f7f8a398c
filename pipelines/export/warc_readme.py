"""What a collection of WARC files says of itself. Standard library only."""

from dataclasses import dataclass, field

_README = """# Policies as they were archived

{responses:,} mementos and {revisits:,} further captures of the same bodies, in {files:,} files.

| | |
|---|---|
| `archive/*.warc.gz` | WARC 1.1, a gzip member for each record |
| `indexes/index.cdxj` | where each capture lies, sorted by the bytes of its lines |
| `SHA256SUMS` | `sha256sum --check SHA256SUMS` proves that all is as it was written |
{missing}
## Replay
The folder is laid out as a collection of pywb. Where it is called `collections/policies`:
```
pip install pywb
wayback
```
Then http://localhost:8080/policies/2016/ADDRESS is the page at ADDRESS as it was captured next to
2016, and http://localhost:8080/policies/20161018225756id_/ADDRESS has its bytes as they are here.

## What the records say
- `response`: a page as a web archive played it back. `WARC-Date` is the moment of its capture,
  `WARC-Target-URI` its address on the web, `WARC-Source-URI` the address in the archive that it
  was fetched from, `WARC-Creation-Date` when. Content and transfer codings are undone, and the
  headers that spoke of them are gone; the others are as they were archived.
- `revisit`: a capture that the archive lists with the digest of another one, so that its body was
  not fetched again. `WARC-Refers-To` names the record that has it.
- `WARC-Payload-Digest` is of the bytes that are here. `WARC-Archive-Digest` is what the archive's
  index says, which may be of the bytes before their coding was undone; `WARC-Archive-CDX` is
  the whole line of that index.

Captures without a body (redirects, errors, those left out) are not here, and neither are texts
that were not captured from the web by an archive. The pages belong to those who wrote them.
"""
_MISSING = (
    "| `missing.txt` | {count:,} captures that should be here; their bodies are not to be had |\n"
)


@dataclass(slots=True, kw_only=True)
class Written:
    """What was written, and which captures could not be, because their body is not to be had."""

    responses: int = 0
    revisits: int = 0
    files: int = 0
    missing: list[str] = field(default_factory=list)


def readme(written: Written) -> str:
    """Write the README of a collection."""
    count = len(written.missing)
    return _README.format(
        responses=written.responses,
        revisits=written.revisits,
        files=written.files,
        missing=_MISSING.format(count=count) if count else "",
    )
