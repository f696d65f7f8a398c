"""Carries out faults: answers instead of the archive, or spoils its answer. Standard library."""

from collections.abc import Callable
from dataclasses import replace

from crawler.memento import is_timestamp
from crawler.sandbox.archive import ArchivedCapture
from crawler.sandbox.faults import Fault
from crawler.sandbox.formats import http_date
from crawler.sandbox.playback import Asked, elsewhere, exact, memento, nearest
from crawler.sandbox.replies import (
    circle,
    excluded,
    http_date_in,
    listing_reply,
    not_archived,
    notice,
    overloaded,
    too_many_requests,
)
from crawler.sandbox.visits import Visit
from crawler.sandbox.wire import Reply, gzipped


def carry_out(fault: Fault, visit: Visit) -> Reply:
    """Give the reply that a fault makes of a request."""
    if fault.name in _INSTEAD:
        return _INSTEAD[fault.name](fault)
    if fault.name in _OTHER_CAPTURE and visit.asked:
        return _OTHER_CAPTURE[fault.name](visit, visit.asked)
    if fault.name == "circle":
        return circle(visit.request)
    return _SPOILED[fault.name](visit.answer(), fault)


def _reset(_: Fault) -> Reply:
    return Reply(status=0, reason="", reset=True)


def _in_seconds(fault: Fault) -> Reply:
    return too_many_requests(str(round(fault.seconds)))


def _at_date(fault: Fault) -> Reply:
    return too_many_requests(http_date_in(fault.seconds))


def _html_listing(_: Fault) -> Reply:
    page = notice(200, "OK", "Something went wrong.", "The index could not be read. Try later.")
    return listing_reply(200, "OK", page.body.decode(), "text/html")


def _late(reply: Reply, fault: Fault) -> Reply:
    return replace(reply, delay=fault.seconds)


def _short(reply: Reply, _: Fault) -> Reply:
    return replace(reply, chunked=False, whole=False)


def _cut_chunks(reply: Reply, _: Fault) -> Reply:
    return replace(reply, chunked=True, whole=False)


def _cut_listing(reply: Reply, _: Fault) -> Reply:
    cut = reply.body[: len(reply.body) * 2 // 3]
    return replace(reply, body=cut.rstrip(b"\n") if cut.endswith(b"\n") else cut)


def _lie(reply: Reply, _: Fault) -> Reply:
    return replace(reply.having(("Content-Encoding", "gzip")), compress=False)


def _twice(reply: Reply, _: Fault) -> Reply:
    body = reply.body if reply.header("content-encoding") == "gzip" else gzipped(reply.body)
    bare = reply.lacking("content-encoding")
    headers = (*bare.headers, ("content-encoding", ""), ("Content-Encoding", "gzip"))
    return replace(bare, headers=headers, body=body, compress=False)


def _drip(reply: Reply, fault: Fault) -> Reply:
    return replace(reply, drip=fault.seconds)


def _endless(reply: Reply, _: Fault) -> Reply:
    return replace(reply, endless=True, compress=False)


def _long_header(reply: Reply, _: Fault) -> Reply:
    return reply.having(("x-archive-orig-set-cookie", "a=1; " * 20_000))


def _many_headers(reply: Reply, _: Fault) -> Reply:
    return replace(
        reply,
        headers=(*reply.headers, *((f"x-archive-orig-x-{n}", "a=1; " * 200) for n in range(5_000))),
    )


def _another(visit: Visit, asked: Asked) -> ArchivedCapture | None:
    playable = visit.archive.playable_of(asked.urlkey)
    others = [capture for capture in playable if capture.timestamp != asked.digits]
    return nearest(others, asked.digits) if others else None


def _drifted(visit: Visit, asked: Asked) -> Reply:
    other = _another(visit, asked)
    if other:
        return memento(visit.archive, visit.request, asked, other)
    alone = exact(visit.archive.playable_of(asked.urlkey), asked)
    if alone is None:
        return visit.answer()
    year = int(asked.digits[:4]) + 4  # a leap day stays a day that exists
    drifted = f"{year}{asked.digits[4:]}"
    moment = http_date(drifted if is_timestamp(drifted) else f"{year}0101000000")
    return visit.answer().having(("memento-datetime", moment))


def _elsewhere(visit: Visit, asked: Asked) -> Reply:
    other = _another(visit, asked)
    if other is None:
        return not_archived(visit.request.archive, asked.uri_r)
    return elsewhere(visit.request, asked, other)


_INSTEAD: dict[str, Callable[[Fault], Reply]] = {
    "429": lambda _: too_many_requests(),
    "429-seconds": _in_seconds,
    "429-date": _at_date,
    "503": lambda _: overloaded(503),
    "504": lambda _: overloaded(504),
    "first-504": lambda _: overloaded(504),
    "reset": _reset,
    "ban": _reset,
    "html-listing": _html_listing,
    "excluded-200": lambda _: excluded(200),
    "excluded-403": lambda _: excluded(403),
}
_OTHER_CAPTURE: dict[str, Callable[[Visit, Asked], Reply]] = {
    "drifted": _drifted,
    "elsewhere": _elsewhere,
}
_SPOILED: dict[str, Callable[[Reply, Fault], Reply]] = {
    "slow": _late,
    "short-body": _short,
    "cut-chunks": _cut_chunks,
    "cut-listing": _cut_listing,
    "gzip-lie": _lie,
    "encoding-twice": _twice,
    "drip": _drip,
    "endless": _endless,
    "long-header": _long_header,
    "many-headers": _many_headers,
}
