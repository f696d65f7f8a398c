"""What a program is told of a crawl: JSON lines, a summary and metrics, however it ended."""

import json
import re
import shutil
import signal
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_openmetrics
from prometheus_client.parser import text_string_to_metric_families as read_text_format

from crawl.archives import address, history
from crawl.commands import ROOT, Ran
from crawl.conftest import MakeDesk
from crawl.desks import Desk
from crawler.sandbox.faults import Fault
from pipelines.database.lock import FolderLock

OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
WAYS = ["done", "budget", "failed listing", "interrupted", "banned", "barred", "another", "wrong"]
CODES = dict(zip(WAYS, [0, 75, 1, 75, 75, 75, 75, 2], strict=True))
OUTCOMES = dict(
    zip(
        WAYS,
        [
            *("finished", "budget", "finished", "shutdown", "banned"),
            *("refused", "refused", "refused"),
        ],
        strict=True,
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """How a crawl ended, and the files it left."""

    ran: Ran
    desk: Desk
    summary: dict[str, Any]
    metrics: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What was said on standard error; raises unless it is JSON from end to end."""
        return [json.loads(line) for line in self.ran.err.splitlines()]

    @property
    def samples(self) -> dict[str, float]:
        """The metrics by name, with the value of their label."""
        return {
            " ".join([sample.name, *sample.labels.values()]): sample.value
            for family in read_openmetrics(self.metrics)
            for sample in family.samples
        }


def reporting(desk: Desk) -> list[str]:
    """The options that ask for every report."""
    files = ["--summary", str(summary_of(desk)), "--metrics", str(metrics_of(desk))]
    return ["--log-format", "json", *files]


def summary_of(desk: Desk) -> Path:
    return desk.data.with_suffix(".json")


def metrics_of(desk: Desk) -> Path:
    return desk.data.with_suffix(".prom")


def reported(desk: Desk, ran: Ran) -> Reported:
    return Reported(
        ran=ran,
        desk=desk,
        summary=json.loads(summary_of(desk).read_text("utf-8")),
        metrics=metrics_of(desk).read_text("utf-8"),
    )


@pytest.fixture(scope="module")
def ways(make_desk: MakeDesk) -> dict[str, Reported]:
    """A crawl for each way to end."""
    names = ["acme", "bolt"]
    desk = make_desk([each for name in names for each in history(name, "AABC")], names)
    told: dict[str, Reported] = {}

    def crawl(way: str, *arguments: str, on: Desk | None = None, **settings: str) -> None:
        place = on or desk.another(way.replace(" ", "-"))
        told[way] = reported(place, place.crawl(*reporting(place), *arguments, **settings))

    crawl("done")
    limited = desk.another("budget")
    crawl("budget", "--max-fetches", "3", on=limited)
    again = limited.another("resumed")
    shutil.copytree(limited.data, again.data)
    crawl("resumed", "--on-change", "sh -c 'cat >&2; echo heard'", on=again)
    crawl("wrong", "--strategy", "sometimes")
    desk.sandbox.faults.add(Fault("503", where=address("bolt"), on="cdx"))
    crawl("failed listing")
    desk.sandbox.faults.faults[:] = [Fault("slow", on="playback", seconds=0.2)]
    told["interrupted"] = interrupt(desk.another("interrupted"))
    held = desk.another("another")
    lock = FolderLock(held.data)
    lock.take()
    crawl("another", on=held)
    lock.release()
    desk.sandbox.faults.faults[:] = [Fault("ban", on="playback", times=1, seconds=60)]
    crawl("banned")
    crawl("barred")
    return told


def interrupt(desk: Desk) -> Reported:
    """Stop a crawl in the midst of it."""
    asked = desk.sandbox.log.count("playback")
    running = desk.start(*desk.crawling(*reporting(desk)))
    while desk.sandbox.log.count("playback") < asked + 2:
        time.sleep(0.01)
    running.send(signal.SIGTERM)
    return reported(desk, running.wait())


@pytest.mark.parametrize("way", WAYS)
def test_standard_error_is_json_from_end_to_end(ways: dict[str, Reported], way: str) -> None:
    lines = ways[way].lines

    assert ways[way].ran.code == CODES[way]
    assert all({"time", "level", "logger", "message"} <= line.keys() for line in lines)
    assert all(datetime.fromisoformat(line["time"]).tzinfo == UTC for line in lines)
    if CODES[way]:
        assert lines[-1]["level"] == "ERROR"
        assert lines[-1]["message"] == ways[way].summary["reason"]


def test_the_lines_of_a_crawl_have_its_id_its_progress_and_its_closing_count(
    ways: dict[str, Reported],
) -> None:
    lines = ways["done"].lines

    assert {line["crawl_id"] for line in lines} == {ways["done"].summary["crawl_id"]}
    assert "acme/privacy: 4 mementos to fetch" in [line["message"] for line in lines]
    assert lines[-1]["captures"] == ways["done"].summary["captures"]


def test_what_a_command_says_that_is_told_of_changes_is_in_the_lines(
    ways: dict[str, Reported],
) -> None:
    said = [line["message"] for line in ways["resumed"].lines if line["message"][:3] == "sh:"]

    assert all('"change_id": ' in line for line in said[::2])
    assert said[1::2] == ["sh: heard"] * 3


@pytest.mark.parametrize("way", WAYS)
def test_the_summary_says_how_the_crawl_ended(ways: dict[str, Reported], way: str) -> None:
    told = ways[way].summary

    assert (told["exit_code"], told["outcome"]) == (CODES[way], OUTCOMES[way])
    assert (told["reason"] == "") is (way == "done")
    assert (told["crawl_id"] is None) is (told["outcome"] == "refused")
    assert told["started_at"] <= told["finished_at"]
    assert (told["not_before"] is not None) is (way in ("banned", "barred"))
    assert ways[way].ran.out == ""


def test_the_summary_says_what_to_do_and_what_is_left(ways: dict[str, Reported]) -> None:
    steps = {way: ways[way].summary["next"] for way in WAYS}

    assert steps["done"] == "wait for the next turn"
    assert steps["budget"] == "run the same command again later; pending captures: 5"
    assert steps["failed listing"].endswith("run the same command again; listings to try again: 1")
    assert steps["wrong"] == "change the command: it would be refused again"


@pytest.mark.parametrize("way", [way for way in WAYS if OUTCOMES[way] != "refused"])
def test_the_summary_counts_what_the_database_has(ways: dict[str, Reported], way: str) -> None:
    told, desk = ways[way].summary, ways[way].desk

    ((crawl_id, archive, outcome),) = desk.ask("SELECT crawl_id, archive, outcome FROM crawls")
    assert (told["crawl_id"], told["archive"], told["outcome"]) == (crawl_id, archive, outcome)
    assert told["policies"] == 2
    assert {key: count for key, count in told["captures"].items() if count} == desk.states()
    assert [(told["fetched"], told["bytes"])] == desk.ask(
        "SELECT count(*), coalesce(sum(body_bytes), 0)::BIGINT FROM mementos"
    )
    assert [(told["changes"],)] == desk.ask("SELECT count(*) FROM changes")
    assert {key: count for key, count in told["listings"].items() if count} == dict(
        desk.ask("SELECT outcome, count(*) FROM listings GROUP BY outcome")
    )


def test_the_summary_of_a_second_run_counts_what_that_run_did(ways: dict[str, Reported]) -> None:
    first, second = ways["budget"].summary, ways["resumed"].summary

    assert (first["fetched"], first["requests"]) == (3, 5)
    assert (second["fetched"], second["requests"]) == (5, 7)
    assert second["captures"]["fetched"] == 8


def test_every_key_of_the_summary_is_documented_and_no_other(ways: dict[str, Reported]) -> None:
    section = OPERATIONS.partition("### The summary\n")[2].partition("\n#")[0]

    documented = {
        name
        for row in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row)
    }

    assert documented == ways["done"].summary.keys()


@pytest.mark.parametrize("way", WAYS)
def test_the_metrics_can_be_read_by_both_of_prometheus_parsers(
    ways: dict[str, Reported], way: str
) -> None:
    text = ways[way].metrics

    strict, lenient = list(read_openmetrics(text)), list(read_text_format(text))
    samples = [sample for family in strict for sample in family.samples]
    assert samples == [sample for family in lenient for sample in family.samples]
    assert {family.type for family in [*strict, *lenient]} == {"gauge"}
    assert all(sample.name.startswith("policytrail_") for sample in samples)
    assert not [sample for sample in samples if sample.name.endswith("_total")]
    assert not [sample for sample in samples if sample.timestamp is not None]
    assert text.endswith("# EOF\n")


@pytest.mark.parametrize("way", WAYS)
def test_the_metrics_say_what_the_summary_says(ways: dict[str, Reported], way: str) -> None:
    told, samples = ways[way].summary, ways[way].samples

    outcomes = {key for key, value in samples.items() if "_outcome " in key and value}
    assert outcomes == {f"policytrail_crawl_outcome {told['outcome']}"}
    assert samples["policytrail_crawl_exit_code"] == told["exit_code"]
    assert samples["policytrail_crawl_requests"] == told["requests"]
    assert samples["policytrail_crawl_mementos"] == told["fetched"]
    ended = datetime.fromisoformat(told["finished_at"]).timestamp()
    assert samples["policytrail_crawl_end_timestamp_seconds"] == pytest.approx(ended)
    barred = samples["policytrail_barred_until_timestamp_seconds"] > ended
    assert barred is (told["not_before"] is not None)


def test_the_metrics_say_how_the_archive_stands(ways: dict[str, Reported]) -> None:
    done, failed = ways["done"], ways["failed listing"]

    size = (done.desk.data / "policytrail.duckdb").stat().st_size
    assert done.samples["policytrail_policies healthy"] == 2
    assert done.samples["policytrail_captures fetched"] == 8
    assert done.samples["policytrail_database_bytes"] == size
    assert done.samples["policytrail_warc_bytes"] > 0
    due = done.samples["policytrail_due_timestamp_seconds"]
    assert due - time.time() == pytest.approx(30 * 86400, abs=600)
    assert failed.samples["policytrail_policies failing"] == 1
    assert failed.samples["policytrail_crawl_listings failed"] == 1


@pytest.mark.parametrize(
    ("option", "file", "words"),
    [
        ("--summary", "missing/summary.json", "there is no folder"),
        ("--metrics", "missing/policytrail.prom", "there is no folder"),
        ("--metrics", "policytrail.txt", "*.prom"),
    ],
)
def test_a_report_that_cannot_be_written_is_refused_before_the_crawl(
    ways: dict[str, Reported], tmp_path: Path, option: str, file: str, words: str
) -> None:
    desk = ways["done"].desk.another("never")
    asked = desk.sandbox.log.count()

    refused = desk.crawl(option, str(tmp_path / file))

    assert (refused.code, refused.says_it_in_one_line) == (2, True)
    assert words in refused.err
    assert desk.sandbox.log.count() == asked
    assert not desk.data.exists()


def test_a_crawl_that_was_killed_leaves_no_summary_not_even_an_earlier_one(
    ways: dict[str, Reported], make_desk: MakeDesk
) -> None:
    desk = make_desk(history("acme", "AB"), ["acme"], [Fault("slow", on="cdx", seconds=30)])
    summary_of(desk).write_text("{}", "utf-8")
    running = desk.start(*desk.crawling(*reporting(desk)))
    while not (desk.data / ".crawl.pid").exists():
        time.sleep(0.01)

    running.send(signal.SIGKILL)
    running.wait()

    assert [path.name for path in desk.data.parent.glob("*data.*")] == []


def test_a_dry_run_makes_no_report(ways: dict[str, Reported], tmp_path: Path) -> None:
    refused = ways["done"].desk.crawl("--dry-run", "--summary", str(tmp_path / "summary.json"))

    assert refused.code == 2
    assert "--dry-run" in refused.err
    assert list(tmp_path.iterdir()) == []
