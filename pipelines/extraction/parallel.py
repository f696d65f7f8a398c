"""Many bodies on all cores, answers in the order asked. Standard library only."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from crawler.errors import AskedWrongly
from pipelines.extraction.extract import Extraction, extract
from pipelines.extraction.fingerprint import current_extractor

# Starting processes takes longer than reading this many pages.
_FEW = 16
# Pages under way or read ahead, for each worker: enough that none waits behind a long page.
_AHEAD = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body to read; `key` is the caller's own name for it and comes back untouched."""

    key: str
    body: bytes
    content_type: str = ""
    url: str = ""


def read_all(
    items: Iterable[Body], workers: int | None = None
) -> Iterator[tuple[Body, Extraction]]:
    """Extract many bodies, in input order, at most `workers` (all cores) at once.

    `items` is read only a little ahead, so it may be endless or come from a file.
    """
    workers = workers or os.cpu_count() or 1
    waiting = iter(items)
    first = list(islice(waiting, _FEW))
    if workers == 1 or len(first) < _FEW:
        for item in chain(first, waiting):
            yield item, _read(item)
        return
    yield from _spread(chain(first, waiting), workers)


def read_files(
    paths: Sequence[Path | str], url: str = "", content_type: str = ""
) -> Iterator[dict[str, str | float | None]]:
    """Extract kept pages: one dictionary a file, in order: texts or None, and `score`.

    Raises AskedWrongly, naming the file, before any work when one cannot be read.
    """
    files = [Path(path) for path in paths]
    for file in files:
        _must_be_readable(file)
    bodies = (
        Body(key=str(file), body=file.read_bytes(), content_type=content_type, url=url)
        for file in files
    )
    return (_row(item.key, extraction) for item, extraction in read_all(bodies))


def _spread(items: Iterator[Body], workers: int) -> Iterator[tuple[Body, Extraction]]:
    under_way: deque[tuple[Body, Future[Extraction]]] = deque()
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_interrupts_alone)
    try:
        for item in items:
            under_way.append((item, pool.submit(_read, item)))
            if len(under_way) >= workers * _AHEAD:
                done, future = under_way.popleft()
                yield done, future.result()
        while under_way:
            done, future = under_way.popleft()
            yield done, future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _read(item: Body) -> Extraction:
    return extract(item.body, content_type=item.content_type, url=item.url)


def _leave_interrupts_alone() -> None:
    # Ctrl+C reaches the whole group; the parent alone decides how to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _must_be_readable(file: Path) -> None:
    try:
        with file.open("rb"):
            pass
    except OSError as error:
        raise AskedWrongly(f"cannot read {file}: {error.strerror}") from error


def _row(file: str, extraction: Extraction) -> dict[str, str | float | None]:
    stated = extraction.stated_date
    return {
        "file": file,
        "verdict": extraction.verdict,
        "reason": extraction.reason,
        "score": extraction.score,
        "language": extraction.language,
        "title": extraction.title,
        "stated_date": stated.isoformat() if stated else None,
        "text": extraction.text,
        "text_id": extraction.text_id,
        "normalized_id": extraction.normalized_id,
        "extractor_id": current_extractor().extractor_id,
    }
