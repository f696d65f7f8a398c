"""What the command says on standard error, for a program: JSON, an object a line.

Owns pythonjsonlogger. What a person reads instead is written by the verbs themselves.
"""

import logging
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import TextIO

LOG = logging.getLogger("policytrail")  # the command's own words; said whatever LOG_LEVEL is


class JsonLines(logging.StreamHandler[TextIO]):
    """Writes each record as one object; `crawl_id` is in each as soon as it is known.

    `least` is the level that others than the command itself must reach.
    """

    crawl_id: str | None = None
    least = logging.WARNING

    def handle(self, record: logging.LogRecord) -> bool:
        """Drop what others say below their level; the libraries set levels of their own."""
        heard = record.name == LOG.name or record.levelno >= self.least
        return heard and bool(super().handle(record))

    def format(self, record: logging.LogRecord) -> str:
        """Add the crawl to a record and write it as JSON."""
        if self.crawl_id:
            record.crawl_id = self.crawl_id
        return super().format(record)


def is_json_asked(arguments: Sequence[str]) -> bool:
    """Say whether a verb's arguments ask for JSON, before anybody has read them.

    Even a refusal of those arguments has to be JSON.
    """
    return "--log-format json" in " ".join(arguments).replace("=", " ")


def speak_json() -> JsonLines:
    """From now on, let everything on standard error be JSON: words, warnings, crashes."""
    from pythonjsonlogger.json import JsonFormatter

    lines = JsonLines(sys.stderr)
    lines.setFormatter(
        JsonFormatter(
            ("levelname", "name", "message"),
            timestamp="time",
            rename_fields={"levelname": "level", "name": "logger", "exc_info": "exception"},
            json_ensure_ascii=False,
        )
    )
    logging.basicConfig(handlers=[lines], force=True)
    LOG.setLevel(logging.INFO)
    logging.captureWarnings(True)
    sys.excepthook = _crashed
    return lines


def json_lines() -> JsonLines | None:
    """Give what writes JSON; None where a person is spoken to."""
    handlers = logging.getLogger().handlers
    return next((handler for handler in handlers if isinstance(handler, JsonLines)), None)


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    LOG.critical("crashed: %s", error, exc_info=(kind, error, trace))
