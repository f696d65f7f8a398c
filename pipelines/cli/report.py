"""What a crawl came to, told to a program: `--summary` and `--metrics`, however it ended."""

import json
import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from crawler.errors import AskedWrongly, PolicytrailError, StoppedEarly
from crawler.items import State
from crawler.pace_file import Barred
from pipelines.cli.advice import left_open
from pipelines.cli.values import plain
from pipelines.database.file import reading
from pipelines.history import status
from pipelines.history.crawls import CrawlFacts, crawl_facts

_REFUSED = "refused"  # the outcome of a crawl that never began
_NEXT = {
    0: "wait for the next turn",
    1: "mend what the reason names, then run the same command again",
    2: "change the command: it would be refused again",
    75: "run the same command again later",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """How a crawl ended; moments are UTC. The keys are described in docs/operations.md."""

    crawl_id: str | None
    archive: str | None
    started_at: datetime
    finished_at: datetime
    exit_code: int
    outcome: str
    reason: str
    policies: int
    requests: int
    listings: dict[str, int]
    captures: dict[str, int]
    fetched: int
    bytes: int
    changes: int
    next: str
    not_before: datetime | None


class Reporting:
    """Around a crawl: whatever ends it, the files asked for are written, whole or not at all.

    Set `archive` as soon as it is known, and `ended` to what the engine says. An earlier summary
    is removed first, so that a crawl that was killed leaves none. Raises AskedWrongly where a file
    cannot be written.
    """

    archive: str | None = None
    ended: Any = None

    def __init__(self, data: Path, summary: Path | None, metrics: Path | None) -> None:
        self.data = data
        self.summary = summary
        self.metrics = metrics
        self.started_at = datetime.now(UTC)

    def __enter__(self) -> Self:
        for option, path in (("--summary", self.summary), ("--metrics", self.metrics)):
            if path and not _is_stdout(path):
                _expect_writable(option, path)
        if self.metrics and self.metrics.suffix != ".prom":
            raise AskedWrongly(f"--metrics {self.metrics}: the collector reads only *.prom")
        if self.summary and not _is_stdout(self.summary):
            self.summary.unlink(missing_ok=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not (self.summary or self.metrics):
            return
        told = self._sum_up(error)
        try:
            if self.summary:
                _write_summary(self.summary, told)
            if self.metrics:
                from pipelines.cli.metrics import write_metrics

                write_metrics(self.metrics, self.data, told)
        except OSError as unwritable:
            raise PolicytrailError(
                f"{told.reason or 'the crawl is done'}; but cannot report it: {unwritable}"
            ) from unwritable

    def _sum_up(self, error: BaseException | None) -> Summary:
        ledger = self.ended.ledger if self.ended else None
        names = [policy.policy_id for policy in ledger.policies()] if ledger else []
        facts, left = self._read(ledger.crawl_id, names) if ledger else (None, [])
        facts = facts or CrawlFacts(listings={})
        counts = ledger.count_states() if ledger else {}
        return Summary(
            crawl_id=ledger.crawl_id if ledger else None,
            archive=self.archive,
            started_at=_aware(facts.started_at) or self.started_at,
            finished_at=_aware(facts.finished_at) or datetime.now(UTC),
            exit_code=_exit_code(error),
            outcome=(self.ended.outcome or "failed") if ledger else _REFUSED,
            reason=" ".join(str(error).split()) if error else "",
            policies=len(names),
            requests=self.ended.requests if self.ended else 0,
            listings=facts.listings,
            captures={state.value: counts.get(state, 0) for state in State} if ledger else {},
            fetched=facts.fetched,
            bytes=facts.bytes,
            changes=facts.changes,
            next="; ".join([_NEXT[_exit_code(error)], *left]),
            not_before=error.until if isinstance(error, Barred) else None,
        )

    def _read(self, crawl_id: str, names: list[str]) -> tuple[CrawlFacts | None, list[str]]:
        try:
            with reading(self.data) as database:
                left = left_open(status.due(database, names))
                return crawl_facts(database, crawl_id, names), left
        except PolicytrailError:  # the crawl may have died of the very disk that holds the file
            return None, []


def _exit_code(error: BaseException | None) -> int:
    if isinstance(error, PolicytrailError):
        return error.exit_code
    if isinstance(error, KeyboardInterrupt):
        return StoppedEarly.exit_code
    return 0 if error is None else PolicytrailError.exit_code


def _write_summary(path: Path, told: Summary) -> None:
    fields = {name: plain(getattr(told, name)) for name in Summary.__dataclass_fields__}
    text = json.dumps(fields, ensure_ascii=False, indent=1) + "\n"
    if _is_stdout(path):
        sys.stdout.write(text)
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def _expect_writable(option: str, path: Path) -> None:
    if not path.parent.is_dir():
        raise AskedWrongly(f"{option} {path}: there is no folder {path.parent}: make it first")
    if path.is_dir():
        raise AskedWrongly(f"{option} {path}: that is a folder: name a file in it")
    if not os.access(path.parent, os.W_OK):
        raise AskedWrongly(f"{option} {path}: {path.parent} cannot be written in: name another")


def _is_stdout(path: Path) -> bool:
    return str(path) == "-"


def _aware(moment: datetime | None) -> datetime | None:
    return moment and moment.replace(tzinfo=UTC)
