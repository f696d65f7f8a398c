"""What became of a request that got no whole answer. Uses Scrapy's exceptions."""

from typing import Any

from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, ResponseDataLossError
from twisted.python.failure import Failure

from crawler.items import State


def asked(failure: Failure) -> dict[str, Any]:
    """Give what the request carried along for its callback."""
    return dict(_request(failure).cb_kwargs)


def ending(failure: Failure) -> tuple[State, str]:
    """Say how it ended and why: an answer that is too large will be so the next time as well."""
    if isinstance(failure.value, DownloadCancelledError):
        return (
            State.DAMAGED,
            f"the answer is over {_request(failure).meta['download_maxsize']} bytes",
        )
    if isinstance(failure.value, ResponseDataLossError):  # it has no words of its own
        return State.FAILED, "the answer broke off before its end"
    return State.FAILED, str(failure.value) or type(failure.value).__name__


def _request(failure: Failure) -> Request:
    request: Request = failure.request  # type: ignore[attr-defined]
    return request
