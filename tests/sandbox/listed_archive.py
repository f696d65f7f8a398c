"""The captures that the tests list."""

from sandbox_clients import Got, get

from crawler.sandbox.archive import Archive, archive_of, capture, revisit_of
from crawler.sandbox.server import Sandbox

PRIVACY = "http://acme.example/privacy"


def history() -> Archive:
    first = capture(PRIVACY, "20100101000000", "one")
    return archive_of(
        first,
        capture(PRIVACY, "20100601000000", "one"),
        revisit_of(first, "20110101000000"),
        capture("https://www.acme.example/privacy", "20120101000000", "two"),
        capture(PRIVACY, "20130101000000", status=404, content_type="text/plain"),
        capture(PRIVACY, "20140229120000", status=301, location="/legal/privacy"),
        capture("http://acme.example/legal/privacy", "20140301000000", "three"),
        capture("http://acme.example/legality", "20140401000000", "four"),
        capture("http://help.acme.example/privacy", "20150101000000", "five"),
        capture("http://acme.example:8080/privacy", "20150201000000", "six"),
        capture("http://acmedesk.example/", "20160101000000", "seven"),
        capture("http://sealed.example/page", "20160101000000", "sealed"),
        excluded=["http://sealed.example/"],
    )


def cdx(sandbox: Sandbox, query: str, **headers: str) -> Got:
    return get(f"{sandbox.url}/cdx/search/cdx?{query}", **headers)


def column(reply: Got, place: int = 1) -> list[str]:
    return [line.split(" ")[place] for line in reply.lines if line]
