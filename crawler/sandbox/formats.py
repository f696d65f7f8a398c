"""How the archive writes digests, dates and statuses. Standard library only."""

import base64
import hashlib
from email.utils import format_datetime
from functools import lru_cache
from http import HTTPStatus

from crawler.memento import is_timestamp, to_datetime


def digest_of(payload: bytes) -> str:
    """Write the archive's own hash of a body: SHA-1 in base 32."""
    return base64.b32encode(hashlib.sha1(payload, usedforsecurity=False).digest()).decode()


def phrase_of(status: int) -> str:
    """Give the usual words for a status, `Unknown` for one that nobody defined."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


@lru_cache(maxsize=65536)
def http_date(timestamp: str) -> str:
    """Write 14 digits as HTTP does: `Tue, 18 Oct 2016 22:57:56 GMT`."""
    return format_datetime(to_datetime(timestamp), usegmt=True)


@lru_cache(maxsize=65536)
def seconds_of(timestamp: str) -> float:
    """Give the moment of 14 digits as seconds, for distances; 0 where no such moment exists."""
    return to_datetime(timestamp).timestamp() if is_timestamp(timestamp) else 0.0
