"""Every page read by every extractor, on as many cores as asked. Standard library only."""

import hashlib
import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import islice
from time import monotonic, process_time

from benchmarks._corpus import Page
from benchmarks._extractors import EXTRACTORS, Reading, rungs

Readings = dict[str, Reading]
_EVERY = 10.0
_WARM = (
    b"<html><body><h1>Privacy policy</h1>"
    b"<p>We keep the name and the address of each customer for a year, and then we erase it.</p>"
)


def read(
    pages: Sequence[Page], names: Sequence[str], workers: int
) -> Iterator[tuple[Page, Readings]]:
    """Give each page with what each extractor made of it, in order, telling how far it is."""
    work = partial(read_page, names=tuple(names))
    shown = monotonic()
    for number, pair in enumerate(zip(pages, _mapped(work, pages, workers, names), strict=True)):
        yield pair
        if monotonic() - shown > _EVERY:
            shown = monotonic()
            print(f"{number + 1} of {len(pages)} pages", file=sys.stderr, flush=True)


def read_page(page: Page, names: Sequence[str]) -> Readings:
    """Read a page with each extractor in turn."""
    body = page.path.read_bytes()
    digest = hashlib.sha256(body).hexdigest()
    readings = {}
    for name in names:
        began = process_time()
        found = EXTRACTORS[name](body, page.language)
        seconds = process_time() - began
        ids = {"bytes": digest, **rungs(found)}
        readings[name] = replace(found, seconds=seconds, ids=ids)
    return readings


def _mapped(
    work: partial[Readings], pages: Sequence[Page], workers: int, names: Sequence[str]
) -> Iterator[Readings]:
    if workers == 1:
        _warm(names)
        yield from map(work, pages)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        workers, mp_context=context, initializer=_warm, initargs=(tuple(names),)
    ) as pool:
        waiting = iter(pages)
        under_way = [pool.submit(work, page) for page in islice(waiting, 4 * workers)]
        while under_way:
            yield under_way.pop(0).result()
            under_way += [pool.submit(work, page) for page in islice(waiting, 1)]


def _warm(names: Sequence[str]) -> None:
    # Models and word lists are loaded once a process, not once a page.
    for name in names:
        EXTRACTORS[name](_WARM, "en")
