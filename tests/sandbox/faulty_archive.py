"""The captures that faults strike in the tests, and how these ask for them."""

from collections.abc import Callable

from sandbox_clients import Got, get

from crawler.sandbox.archive import Archive, archive_of, capture
from crawler.sandbox.server import Sandbox

PRIVACY = "http://acme.example/privacy"
TERMS = "http://acme.example/terms"
BODY = b"<p>We keep what we must.</p>" * 40
Ask = Callable[[Sandbox], Got]
FIRST, SECOND = "20100101000000", "20120101000000"


def history() -> Archive:
    return archive_of(
        capture(PRIVACY, FIRST, BODY),
        capture(PRIVACY, SECOND, BODY + b"<p>And more.</p>"),
        capture(TERMS, FIRST, "terms"),
    )


def play(sandbox: Sandbox, url: str = PRIVACY, timestamp: str = FIRST, **headers: str) -> Got:
    return get(f"{sandbox.url}/web/{timestamp}id_/{url}", **headers)


def cdx(sandbox: Sandbox, url: str = PRIVACY, **headers: str) -> Got:
    return get(f"{sandbox.url}/cdx/search/cdx?url={url}", **headers)
