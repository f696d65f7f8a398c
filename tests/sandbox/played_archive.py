"""The captures that the tests play back."""

from sandbox_clients import Got, get

from crawler.sandbox.archive import Archive, archive_of, capture, revisit_of
from crawler.sandbox.server import Sandbox

PRIVACY = "http://acme.example/privacy"
FIRST = capture(
    PRIVACY,
    "20100101000000",
    "<p>one</p>",
    headers=[("Last-Modified", "Thu, 31 Dec 2009 10:00:00 GMT"), ("Via", "a"), ("Via", "b")],
)


def history() -> Archive:
    return archive_of(
        FIRST,
        capture(PRIVACY, "20120101000000", "<p>two</p>", content_type="text/html"),
        revisit_of(FIRST, "20140101000000"),
        capture(f"{PRIVACY}?print=1", "20140101000000", "<p>print</p>"),
        excluded=["http://sealed.example/"],
    )


def play(sandbox: Sandbox, timestamp: str, uri_r: str, mode: str = "id_", **headers: str) -> Got:
    return get(f"{sandbox.url}/web/{timestamp}{mode}/{uri_r}", **headers)
