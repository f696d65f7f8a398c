"""The state of an archive for node_exporter's textfile collector. Owns prometheus_client.

Gauges only, without timestamps: so written, OpenMetrics is also the older text format, which is
all that the collector reads.
"""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Gauge
from prometheus_client.openmetrics.exposition import generate_latest

from crawler.errors import AskedWrongly, PolicytrailError
from crawler.items import Outcome, State
from crawler.pace_file import barred
from pipelines.cli.disk import disk_use
from pipelines.cli.overview import usual_schedule
from pipelines.database.file import Connection, reading
from pipelines.database.schedule import NEVER
from pipelines.history import health, status
from pipelines.history.health import Health
from pipelines.history.policies import policy_ids

OUTCOMES = (
    *("finished", "budget", "banned", "rate-limited", "unreachable", "shutdown", "failed"),
    "refused",
)


def write_metrics(path: Path, data: Path, told: Any) -> None:
    """Write how a crawl ended and how the archive stands; raises OSError.

    What cannot be read of the archive is left out.
    """
    gauges = _Gauges()
    _crawl(gauges, told)
    bar = barred(told.archive, 0.0) if told.exit_code != AskedWrongly.exit_code else None
    gauges.set(
        "barred_until_timestamp_seconds",
        "Until when the archive is not to be asked; 0 when it may be.",
        bar.until.timestamp() if bar else 0,
    )
    try:
        with reading(data) as database:
            _archive(gauges, database)
        _disk(gauges, data)
    except PolicytrailError:  # a first crawl that was refused has no database yet
        pass
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(generate_latest(gauges.registry))  # type: ignore[no-untyped-call]
    beside.replace(path)


class _Gauges:
    def __init__(self) -> None:
        self.registry = CollectorRegistry()

    def set(self, name: str, words: str, value: float) -> None:
        Gauge(f"policytrail_{name}", words, registry=self.registry).set(value)

    def set_each(self, name: str, words: str, label: str, values: Mapping[str, float]) -> None:
        gauge = Gauge(f"policytrail_{name}", words, [label], registry=self.registry)
        for key, value in values.items():
            gauge.labels(key).set(value)


def _crawl(gauges: _Gauges, told: Any) -> None:
    began, ended = told.started_at.timestamp(), told.finished_at.timestamp()
    gauges.set("crawl_start_timestamp_seconds", "When the last crawl began.", began)
    gauges.set("crawl_end_timestamp_seconds", "When the last crawl ended.", ended)
    gauges.set("crawl_duration_seconds", "How long the last crawl took.", ended - began)
    gauges.set("crawl_exit_code", "Exit code: 0, 1, 2 or 75 (run again later).", told.exit_code)
    gauges.set_each(
        "crawl_outcome",
        "1 for how the last crawl ended, 0 for all else.",
        "outcome",
        {outcome: float(told.outcome == outcome) for outcome in OUTCOMES},
    )
    gauges.set("crawl_policies", "Policies that the last crawl took up.", told.policies)
    gauges.set("crawl_requests", "Requests that the last crawl made.", told.requests)
    gauges.set("crawl_mementos", "Mementos that the last crawl fetched.", told.fetched)
    gauges.set("crawl_memento_bytes", "Bytes of the bodies that it fetched.", told.bytes)
    gauges.set_each(
        "crawl_listings",
        "Listings of the last crawl by outcome.",
        "outcome",
        {outcome.value: told.listings.get(outcome.value, 0) for outcome in Outcome},
    )


def _archive(gauges: _Gauges, database: Connection) -> None:
    names, now = policy_ids(database, []), datetime.now(UTC)
    found = health.standings(database, names, usual_schedule())
    kinds = [standing.health(now) for standing in found]
    gauges.set_each(
        "policies",
        "Policies by how they stand.",
        "health",
        {kind.value: kinds.count(kind) for kind in Health},
    )
    first = min((each.due_at for each in found), default=NEVER)
    gauges.set(
        "due_timestamp_seconds",
        "When the first policy is or was due; 0 where one was never listed.",
        0 if first == NEVER else first.timestamp(),
    )
    states = status.states(database, names)
    gauges.set_each(
        "captures",
        "Lines of the ledger by state.",
        "state",
        {state.value: states.get(state, 0) for state in State},
    )
    last = health.last_crawl(database)
    if last and last.last_success:
        gauges.set(
            "crawl_success_timestamp_seconds",
            "When a crawl last came to its end.",
            last.last_success.replace(tzinfo=UTC).timestamp(),
        )


def _disk(gauges: _Gauges, data: Path) -> None:
    used = disk_use(data)
    gauges.set("database_bytes", "Size of the database file.", used.database)
    gauges.set("warc_bytes", "Size of the kept bodies.", used.warc)
