"""An archive of very many policies: what its questions take, beside SQLite and git.

The Princeton-Leuven corpus has a million texts of 130,000 sites; `--policies 130000` makes an
archive of that shape (8 versions each; 7 GB of text, most of an hour), the default a tenth.
With `--data` the archive is kept and used again. Every ratio is taken in this run; exits with 1
where one is beyond its limit.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks import _archive, _long, _sqlite
from benchmarks._bulk import Bulk, BulkPolicy
from benchmarks._common import spend, table
from pipelines.database.file import NAME, reading
from pipelines.database.word_index import index_words
from pipelines.history.upkeep import keep_up

_SAMPLE = 5_000  # policies whose size on disk is compared with git's
_MEMORY = 4_096  # MB
_LOOKS, _ASKS = 31, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A figure beside its peer's; `most` is the limit of their quotient."""

    name: str
    ours: float
    peer: str
    theirs: float
    most: float

    @property
    def value(self) -> float:
        """How many times the peer's figure ours is."""
        return self.ours / self.theirs

    @property
    def row(self) -> list[str]:
        """The figures as cells of a table."""
        cells = [f"{self.ours * 1000:,.1f}", self.peer, f"{self.theirs * 1000:,.1f}"]
        return [self.name, *cells, f"{self.value:.3g}", f"{self.most:g}"]


def main() -> int:
    """Measure, print, and say whether every limit holds."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--policies", type=int, default=13_000)
    parser.add_argument("--data", type=Path, help="keep the archive in this folder")
    options = parser.parse_args()
    with _folders(options.data) as (data, scratch):
        bulk = Bulk()
        _make(data, bulk, options.policies)
        asked = _ask_all(data, options.policies)
        ratios = [
            *_ratios(asked),
            *_beside_sqlite(data, scratch, asked, options.policies),
            *_beside_git(scratch, bulk, asked),
            _adding(data, scratch, bulk),
            _size(scratch, bulk),
        ]
    head = ["question", "ours (ms)", "beside", "theirs (ms)", "ratio", "limit"]
    print(table(head, [ratio.row for ratio in ratios]))
    peak = max(found["peak"] for found in asked.values())
    print(f"highest peak of memory {peak:,.0f} MB, limit {_MEMORY:,}")
    return int(peak > _MEMORY or any(ratio.value > ratio.most for ratio in ratios))


@contextmanager
def _folders(data: Path | None) -> Iterator[tuple[Path, Path]]:
    where = None if data is None else data.absolute().parent
    with TemporaryDirectory(dir=where) as scratch:
        yield data or Path(scratch) / "data", Path(scratch)


def _make(data: Path, bulk: Bulk, policies: int) -> None:
    began = perf_counter()
    if not (data / NAME).exists():
        _archive.begin(data)
        _archive.add(data, [_long.long_policy(bulk)])
    _archive.fill(
        data, bulk, _present(data), policies, lambda far: _tell(f"{far:,} policies", began)
    )
    index_words(data)
    size = (data / NAME).stat().st_size / 2**20
    _tell(f"an archive of {policies:,} policies, {size:,.0f} MB", began)


def _present(data: Path) -> int:
    """Count the policies that are there, but for the long one."""
    with reading(data) as connection:
        row = connection.execute("SELECT count(*) - 1 FROM policies").fetchone()
    return int(row[0]) if row else 0


def _ask_all(data: Path, policies: int) -> dict[str, dict[str, float]]:
    """Ask every question in a process of its own."""
    asked = {}
    names = {
        "a text by its id": _LOOKS,
        "policy_at": _LOOKS,
        "versions of one policy": _LOOKS,
        "changes of the long policy": _LOOKS,
        "one diff": _LOOKS,
        "all versions": _ASKS,
        "changes a year": _ASKS,
        "reading all texts": _ASKS,
        "first mention of a law": _ASKS,
        "first mention of a rare word": _LOOKS,
        "the same by scan": _ASKS,
    }
    for name, times in names.items():
        cost = spend("benchmarks._asked", str(data), name, str(times), str(policies))
        asked[name] = json.loads(cost.output)
        found = asked[name]
        print(
            f"{name}: {found['seconds'] * 1000:,.1f} ms, {found['rows']:,} rows, "
            f"peak {found['peak']:,.0f} MB",
            flush=True,
        )
    if asked["first mention of a rare word"]["rows"] != asked["the same by scan"]["rows"]:
        raise SystemExit("the index and the scan do not agree")
    return asked


def _ratios(asked: dict[str, dict[str, float]]) -> list[Ratio]:
    pairs = (
        ("policy_at", "a text by its id", 2.0),
        ("first mention of a law", "reading all texts", 2.0),
        ("first mention of a rare word", "the same by scan", 1 / 20),
    )
    return [
        Ratio(
            name=ours,
            ours=asked[ours]["seconds"],
            peer=theirs,
            theirs=asked[theirs]["seconds"],
            most=most,
        )
        for ours, theirs, most in pairs
    ]


def _beside_sqlite(
    data: Path, scratch: Path, asked: dict[str, dict[str, float]], policies: int
) -> list[Ratio]:
    path = scratch / "archive.sqlite"
    began = perf_counter()
    _sqlite.copy(data, path)
    _tell(f"the same rows in SQLite, {path.stat().st_size / 2**20:,.0f} MB", began)
    found = [
        Ratio(
            name=name,
            ours=asked[name]["seconds"],
            peer="SQLite",
            theirs=_sqlite.seconds_whole(path, query),
            most=1 / 5,
        )
        for name, query in (
            ("all versions", _sqlite.ALL_VERSIONS),
            ("changes a year", _sqlite.CHANGES),
        )
    ]
    looked = _sqlite.seconds_at(path, policies, _LOOKS)
    print(f"a text as of a date in SQLite: {looked * 1000:,.2f} ms", flush=True)
    path.unlink()
    return found


def _beside_git(scratch: Path, bulk: Bulk, asked: dict[str, dict[str, float]]) -> Sequence[Ratio]:
    policy = _long.long_policy(bulk)
    versions = zip(policy.seen, policy.texts, strict=True)
    folder = _long.repository(
        scratch / "long.git", ([(seen, "privacy.md", text)] for seen, text in versions)
    )
    log = ("log", "main", "--format=%H %cI")
    bare, counted, shown = (
        median(_long.seconds_of(folder, *log, *more) for _ in range(5))
        for more in ((), ("--numstat", "--", "privacy.md"), ("--patch", "--", "privacy.md"))
    )
    at = median(_long.last_before(folder, seen, "privacy.md") for seen in policy.seen[100:2000:100])
    print(
        f"git, {_long.VERSIONS:,} versions: log {bare * 1000:,.0f} ms, with --numstat "
        f"{counted * 1000:,.0f} ms, with --patch {shown * 1000:,.0f} ms; a text as of a date "
        f"{at * 1000:,.0f} ms",
        flush=True,
    )
    ours = asked["changes of the long policy"]["seconds"]
    history = "changes of the long policy"
    return [
        Ratio(name=history, ours=ours, peer="git log --numstat", theirs=counted, most=1 / 3),
        Ratio(
            name="policy_at",
            ours=asked["policy_at"]["seconds"],
            peer="git rev-list, show",
            theirs=at,
            most=1.0,
        ),
    ]


def _adding(data: Path, scratch: Path, bulk: Bulk) -> Ratio:
    """Load another 1,000 captures, as a crawl of their policies does, here and when empty."""
    empty = scratch / "empty"
    _archive.begin(empty)
    turns: dict[Path, list[float]] = {empty: [], data: []}
    present = _present(data)
    for first in range(present, present + 625, 125):
        chosen = list(bulk.policies(first, first + 125))
        for folder, seconds in turns.items():
            seconds.append(_add(folder, chosen))
            if folder == empty:
                shutil.rmtree(empty)
                _archive.begin(empty)
    return Ratio(
        name="adding 1,000 captures",
        ours=median(turns[data]),
        peer="to an empty archive",
        theirs=median(turns[empty]),
        most=1.5,
    )


def _add(data: Path, policies: Sequence[BulkPolicy]) -> float:
    began = perf_counter()
    _archive.add(data, policies, compared=False)
    keep_up(data, [f"{policy.vendor_id}/privacy" for policy in policies])
    return perf_counter() - began


def _size(scratch: Path, bulk: Bulk) -> Ratio:
    """Compare the whole database of some policies with a packed repository of their texts."""
    data = scratch / "sample"
    _archive.begin(data)
    _archive.fill(data, bulk, 0, _SAMPLE)
    index_words(data)
    policies = list(bulk.policies(0, _SAMPLE))
    rounds = (
        [(p.seen[place], _path(p), p.texts[place]) for p in policies]
        for place in range(len(policies[0].texts))
    )
    folder = _long.repository(scratch / "sample.git", rounds)
    return Ratio(
        name=f"MB of {_SAMPLE:,} policies",
        ours=(data / NAME).stat().st_size / 2**20 / 1000,
        peer="git, packed",
        theirs=_long.size_of(folder / "objects") / 2**20 / 1000,
        most=2.0,
    )


def _path(policy: BulkPolicy) -> str:
    return f"{policy.vendor_id[:2]}/{policy.vendor_id}.md"


def _tell(words: str, began: float) -> None:
    print(f"{words}, {perf_counter() - began:,.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
