"""What hostile pages cost: a crawl of each between two ordinary ones, beside an ordinary crawl.

For each page: the state it ended in, why, the seconds of its crawl, and the most memory of the
process as a ratio to that of the ordinary crawl in the same run. Exits with 1 where a page ends in
another state than it must, or takes a gigabyte more than an ordinary one.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parents[1]
sys.path[:1] = [str(ROOT), str(ROOT / "tests")]  # not this folder, which holds a requests.py

from crawl.archives import history, write_vendors  # noqa: E402
from crawl.desks import Desk  # noqa: E402
from crawl_storm.hostile import HOSTILE, MIDDLE, served  # noqa: E402

from benchmarks._common import table  # noqa: E402
from crawler.sandbox.archive import Archive, ArchivedCapture  # noqa: E402
from crawler.sandbox.server import Sandbox  # noqa: E402

MOST = 1 << 30
HEAD = ("page", "state", "seconds", "memory", "reason")
ENDED = """
SELECT captures.state, coalesce(nullif(captures.reason, ''), extractions.reason, '')
FROM captures
LEFT JOIN mementos USING (policy_id, timestamp)
LEFT JOIN extractions USING (body_sha256)
WHERE captures.timestamp = ?
"""


def crawl(name: str, captures: Sequence[ArchivedCapture]) -> tuple[str, str, float, int]:
    """Crawl one vendor; give the middle capture's state and why, seconds, and bytes of memory."""
    with tempfile.TemporaryDirectory() as folder, Sandbox(Archive(captures)) as sandbox:
        place = Path(folder)
        vendors = write_vendors(place / "vendors.toml", [name])
        desk = Desk(data=place / "data", vendors=vendors, sandbox=sandbox)
        began = monotonic()
        ran = desk.crawl()
        seconds = monotonic() - began
        state, reason = desk.ask(ENDED, captures[1].timestamp)[0]
    return state, reason, seconds, ran.peak


def main() -> None:
    """Crawl them all and print a table."""
    crawl("acme", history("acme", "ABA"))  # the first one starts the process to fork from
    *_, seconds, usual = crawl("acme", history("acme", "ABA"))
    rows = [("ordinary", "fetched", f"{seconds:.1f}", "1.00", "")]
    wrong = []
    for name, hostile in HOSTILE.items():
        captures = served(name)
        assert captures[1].timestamp == MIDDLE
        state, reason, seconds, peak = crawl(name, captures)
        rows.append((name, state, f"{seconds:.1f}", f"{peak / usual:.2f}", reason[:60]))
        if state != hostile.state or peak > usual + MOST:
            wrong.append(name)
    print(table(HEAD, rows))
    sys.exit(f"not as it must be: {', '.join(wrong)}" if wrong else 0)


if __name__ == "__main__":
    main()
