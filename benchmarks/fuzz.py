"""Pages that no server should send, by the hundred thousand: none may raise, hang or swell.

Each input is made from the seed and its number alone, so that any can be made again. It may take
10 s of CPU and 1 GB of memory; a watched process reads it. Exits with 1 where an input went
beyond, each kept as a file, and with 75 where it was stopped: `--from` continues.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import monotonic

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks._mutations import make
from benchmarks._seeds import Source, source
from benchmarks._watch import Done, Work, watched
from pipelines.extraction.extract import Extraction, extract

STOPPED = 75
_EVERY = 5.0
_AGAIN = 50  # one input in so many is read twice
_KEPT = 20  # slowest inputs remembered


def check(index: int, *, seed: int, pages: Source) -> None:
    """Read one input; AssertionError where what comes out contradicts itself."""
    made = make(seed, index, pages)
    found = extract(made.body, content_type=made.content_type, url=made.url)
    sound(found)
    if index % _AGAIN == 0:
        again = extract(made.body, content_type=made.content_type, url=made.url)
        assert again == found, "the second reading differs from the first"


def sound(found: Extraction) -> None:
    """AssertionError where an extraction contradicts itself."""
    assert found.verdict in ("policy", "not-policy"), found.verdict
    assert (found.verdict == "policy") == (not found.reason), found.reason
    assert (found.text_id is None) == (not found.text), "text and its id disagree"
    for words in (found.text, found.title, found.stated_quote):
        words.encode()  # a lone surrogate would break the database


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the inputs, tell how far it is, and what came of them."""
    options = _options(arguments)
    pages = source(options.corpus)
    work = partial(check, seed=options.seed, pages=pages)
    if options.only is not None:
        work(options.only)
        return 0
    return run(work, range(options.start, options.inputs), options, pages)


def run(work: Work, numbers: Iterable[int], options: argparse.Namespace, pages: Source) -> int:
    """Do the work for each number, watched; keep the inputs that went wrong."""
    tally = Tally(first=options.start, last=options.inputs)
    try:
        for done in watched(work, numbers, options.workers):
            tally.add(done)
            if done.flaw:
                keep(done, options, pages)
    except KeyboardInterrupt:
        print(f"stopped; continue with --seed {options.seed} --from {tally.settled}")
        return 1 if tally.flaws else STOPPED
    print("\n".join(tally.told(options.seed, pages)))
    return 1 if tally.flaws else 0


class Tally:
    """What the inputs came to so far."""

    def __init__(self, first: int, last: int) -> None:
        self.began, self.shown = monotonic(), monotonic()
        self.settled, self.last = first, last
        self.waiting: set[int] = set()
        self.done = 0
        self.seconds = 0.0
        self.most = 0
        self.slowest: list[tuple[float, int]] = []
        self.flaws: list[Done] = []

    def add(self, done: Done) -> None:
        """Count an input, and say every few seconds how far it is."""
        self.done += 1
        self.seconds += done.seconds
        self.most = max(self.most, done.memory)
        self.slowest = sorted([*self.slowest, (done.seconds, done.index)])[-_KEPT:]
        self.flaws += [done] if done.flaw else []
        self.waiting.add(done.index)
        while self.settled in self.waiting:
            self.waiting.remove(self.settled)
            self.settled += 1
        if monotonic() - self.shown > _EVERY:
            self.shown = monotonic()
            print(self.line(), file=sys.stderr, flush=True)

    def line(self) -> str:
        """Say how far it is."""
        pace = self.done / (monotonic() - self.began)
        slowest, index = self.slowest[-1]
        return (
            f"{self.settled:,} of {self.last:,}, {pace:.0f}/s, slowest {slowest:.1f} s "
            f"(input {index}), {len(self.flaws)} flaws"
        )

    def told(self, seed: int, pages: Source) -> Iterator[str]:
        """Sum up."""
        if not self.done:
            yield "no inputs"
            return
        sample = [
            make(seed, index, pages)
            for index in range(self.settled - min(500, self.done), self.settled)
        ]
        size = median(len(made.body) for made in sample)
        minutes, cost = (monotonic() - self.began) / 60, self.seconds / self.done * 1000
        yield f"{self.done:,} inputs of seed {seed} in {minutes:.1f} min"
        yield f"median {size:,.0f} bytes, {cost:.1f} ms of CPU, most memory {self.most >> 20} MB"
        for seconds, index in reversed(self.slowest[-5:]):
            yield f"slow: {seconds:.2f} s: input {index} ({make(seed, index, pages).how})"
        kinds = Counter(done.flaw.rpartition("\n")[2] for done in self.flaws)
        yield f"{len(self.flaws)} flaws"
        yield from (f"  {times} times: {kind}" for kind, times in kinds.most_common())


def keep(done: Done, options: argparse.Namespace, pages: Source) -> None:
    """Write an input that went wrong to a file and say so."""
    made = make(options.seed, done.index, pages)
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / f"fuzz-{options.seed}-{done.index}.bin"
    path.write_bytes(made.body)
    print(
        f"FLAW: seed {options.seed} input {done.index} ({made.how}), kept as {path}, "
        f"content type {made.content_type!r}, url {made.url!r}:\n{done.flaw}",
        flush=True,
    )


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000, help="up to this number")
    parser.add_argument("--from", dest="start", type=int, default=0, help="from this number on")
    parser.add_argument("--only", type=int, help="read this one here, to see its traceback")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, help="mutate the pages below this folder")
    parser.add_argument("--workers", type=int, default=2, help="processes that read")
    parser.add_argument("--out", type=Path, default=Path("fuzz"), help="folder for what is kept")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
