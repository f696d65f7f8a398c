"""`crawl --on-change`: each change is told once, whatever ends the crawl or the command."""

import json
import shlex
from pathlib import Path

import pytest

from crawl.archives import history, write_vendors
from crawl.conftest import MakeDesk
from crawl.desks import Desk
from crawler.sandbox.archive import Archive

pytestmark = pytest.mark.slow


def telling(log: Path, fails_where: str = "nowhere") -> str:
    """A command that keeps what it hears, says something, and fails where a word is in it."""
    script = (
        f'line=$(cat); echo heard; case "$line" in *{shlex.quote(fails_where)}*) exit 3;; esac; '
        f'printf "%s\\n" "$line" >> {shlex.quote(str(log))}'
    )
    return shlex.join(["sh", "-c", script])


def told(log: Path) -> list[tuple[str, int]]:
    lines = log.read_text("utf-8").splitlines()
    return [(row["policy_id"], row["version"]) for row in map(json.loads, lines)]


@pytest.fixture(scope="module")
def known(make_desk: MakeDesk) -> Desk:
    """An archive that was crawled without a word to anybody."""
    desk = make_desk(history("acme", "AB"), ["acme"])
    assert desk.crawl().code == 0
    return desk


def test_what_was_there_before_is_known_and_what_failed_or_waits_is_told_later(
    known: Desk, tmp_path: Path
) -> None:
    log = tmp_path / "told.jsonl"
    captures = history("acme", "ABCDE")
    known.sandbox.serve(Archive(captures))

    failing = known.crawl("--on-change", telling(log, '"version": 4'))
    first = told(log)
    known.sandbox.serve(Archive([*captures, *history("bolt", "FGH")]))
    write_vendors(known.vendors, ["acme", "bolt"])
    stopped = known.crawl("--on-change", telling(log), "--max-fetches", "2")
    second = told(log)[len(first) :]

    assert (failing.code, failing.out) == (1, "")
    assert "sh ended with code 3: not told of acme/privacy (en), version 4" in failing.err
    assert failing.err.count("heard\n") == 3
    assert "changes not told: 1" in failing.last_line
    assert first == [("acme/privacy", 3), ("acme/privacy", 5)]
    assert stopped.code == 75
    assert "--max-fetches is used up" in stopped.last_line
    assert second == [("acme/privacy", 4)]
    assert known.ask("SELECT policy_id, version FROM changes WHERE policy_id = 'bolt/privacy'")
    assert known.ask("SELECT outcome, count(*) FROM announcements GROUP BY ALL ORDER BY ALL") == [
        ("known", 1),
        ("told", 3),
    ]
