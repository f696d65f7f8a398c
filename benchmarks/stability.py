"""How often a text changes where the truth does not, and stands still where it does.

Neighbouring captures of an address are compared on each rung: bytes, text, normalised words,
words without stated dates. A change is false where no paragraph of the truth changed; it is
missed where one did and the ids are equal. Exits with 1 where policytrail's versions, which
stand on normalised words, have more than 2 % of either.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks._common import table
from benchmarks._corpus import Page, chosen, corpus, neighbours
from benchmarks._extractors import EXTRACTORS, OURS
from benchmarks._readings import Readings, read
from benchmarks._runs import runs
from benchmarks._scoring import spaced
from pipelines.extraction.normalize import normalize

RUNGS = ("bytes", "text", "normalized", "undated")
DECIDES = "normalized"
MOST = 0.02
_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two neighbouring captures with what was read from them."""

    old: Page
    new: Page
    old_readings: Readings
    new_readings: Readings

    def differs(self, name: str, rung: str) -> bool | None:
        """Whether an extractor tells them apart on a rung; None where it has no such rung."""
        old, new = self.old_readings[name].ids, self.new_readings[name].ids
        if not any(
            found.ids.get(rung) for found in (self.old_readings[name], self.new_readings[name])
        ):
            return None if rung not in old or rung == "undated" else False
        return old.get(rung) != new.get(rung)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The false and the missed changes of one extractor on one rung."""

    name: str
    rung: str
    equal: int
    false: list[Pair]
    changed: int
    missed: list[Pair]

    @property
    def kept(self) -> bool:
        """Whether both are within the limit."""
        return len(self.false) <= MOST * self.equal and len(self.missed) <= MOST * self.changed


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, compare, print; say whether the limits are kept."""
    options = _options(arguments)
    with corpus(options.corpus) as pages:
        return measure(chosen(pages, None, options.site), options)


def measure(pages: Sequence[Page], options: argparse.Namespace) -> int:
    """Read and compare neighbouring pages, print what comes of it."""
    names = options.only or list(EXTRACTORS)
    found = [pair for kind in options.classes for pair in neighbours(pages, kind)][: options.limit]
    wanted = list({page.key: page for pair in found for page in pair}.values())
    readings = {page.key: made for page, made in read(wanted, names, options.workers)}
    pairs = [
        Pair(old=old, new=new, old_readings=readings[old.key], new_readings=readings[new.key])
        for old, new in found
    ]
    rows = [row for name in names for rung in RUNGS if (row := compare(pairs, name, rung))]
    print(table(("extractor", "rung", "false", "of", "%", "missed", "of", "%"), map_rows(rows)))
    deciding = [row for row in rows if row.rung == DECIDES]
    for row in deciding if options.list else ():
        print("\n".join(told(row)))
    return 0 if all(row.kept for row in deciding if row.name == OURS) else 1


def compare(pairs: Sequence[Pair], name: str, rung: str) -> Row | None:
    """Count the false and the missed changes; None where the extractor has no such rung."""
    differ = [(pair, pair.differs(name, rung)) for pair in pairs]
    if not any(differs is not None for _, differs in differ):
        return None
    return Row(
        name=name,
        rung=rung,
        equal=sum(not pair.new.changed for pair in pairs),
        false=[pair for pair, differs in differ if differs and not pair.new.changed],
        changed=sum(bool(pair.new.changed) for pair in pairs),
        missed=[pair for pair, differs in differ if not differs and pair.new.changed],
    )


def map_rows(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    """Set the rows as cells."""
    return [
        (
            row.name,
            row.rung,
            *(f"{len(row.false)}", f"{row.equal}", _percent(row.false, row.equal)),
            *(f"{len(row.missed)}", f"{row.changed}", _percent(row.missed, row.changed)),
        )
        for row in rows
    ]


def told(row: Row) -> Iterator[str]:
    """Tell each false and each missed pair with the words that differ, ours and the truth's."""
    for kind, pairs in (("false", row.false), ("missed", row.missed)):
        for pair in pairs:
            old, new = pair.old_readings[row.name], pair.new_readings[row.name]
            finer = "".join(f" {rung}={pair.differs(row.name, rung)}" for rung in RUNGS)
            yield f"\n== {row.name}: {kind}: {pair.old.key} -> {pair.new.timestamp};{finer}"
            yield from _differences("read", old.text, new.text)
            yield from _differences("truth", pair.old.truth, pair.new.truth)


def _differences(what: str, old: str, new: str) -> Iterator[str]:
    found = runs(spaced(normalize(old)).split(), spaced(normalize(new)).split())
    words = sum(run.size for run in found)
    yield f"  {what}: {words} words in {len(found)} places"
    for run in sorted(found, key=lambda run: -run.size)[:_SHOWN]:
        yield f"    {run}"


def _percent(part: Sequence[Pair], whole: int) -> str:
    return f"{100 * len(part) / whole:.1f}" if whole else "-"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, help="a folder of kept pages with their truth")
    parser.add_argument("--limit", type=int, help="at most so many pairs")
    parser.add_argument("--only", nargs="+", choices=EXTRACTORS, help="only these extractors")
    parser.add_argument("--site", nargs="+", default=[], help="only the pages of these sites")
    parser.add_argument(
        "--classes", nargs="+", default=["single"], choices=("single", "mixed"), help="of pages"
    )
    parser.add_argument("--workers", type=int, default=1, help="processes at a time")
    parser.add_argument("--list", action="store_true", help="show each false and missed change")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
