"""What every crawl imports and loads, for the process that the tests' crawls are forked from.

That process outlives whoever is killed while asking it for a fork: without `forgiving` it would
end there, and every command of the tests with it.
"""

import errno
import multiprocessing.reduction
import socket

import scrapy.core.downloader.contextfactory
import scrapy.extensions.remote_control
from scrapy.settings import Settings
from scrapy.utils.misc import load_object

import pipelines.cli.crawl
import pipelines.cli.disk
import pipelines.cli.engine
import pipelines.cli.extract
import pipelines.cli.inventory
import pipelines.cli.metrics
import pipelines.cli.overview
import pipelines.cli.report
import pipelines.cli.telling
import pipelines.cli.upkeep
import pipelines.database.bodies
import pipelines.database.checking
import pipelines.history.differences
import pipelines.history.health
import pipelines.stages
from pipelines.extraction.extract import extract

MODULES = (pipelines, scrapy)
_PARTS = ("DOWNLOADER_MIDDLEWARES_BASE", "SPIDER_MIDDLEWARES_BASE", "EXTENSIONS_BASE")
_NAMES = ("SCHEDULER", "DUPEFILTER_CLASS", "STATS_CLASS", "LOG_FORMATTER", "SCHEDULER_MEMORY_QUEUE")
_SETTINGS = Settings()
_recvfds = multiprocessing.reduction.recvfds


def forgiving(asker: socket.socket, size: int) -> list[int]:
    """Receive what a fork needs; an asker that is gone is one that hung up, not an error."""
    try:
        return _recvfds(asker, size)
    except EOFError as gone:
        raise OSError(errno.ECONNABORTED, "the asker is gone") from gone


multiprocessing.reduction.recvfds = forgiving
for name in (*(_SETTINGS[one] for one in _NAMES), *(p for part in _PARTS for p in _SETTINGS[part])):
    if "telnet" not in name:  # it would install a reactor, which no fork may share
        load_object(name)
load_object(_SETTINGS["DOWNLOAD_HANDLERS_BASE"]["http"])
extract(
    b"<html><body><p>We keep what you tell us as long as the law wants us to.</p></body></html>",
    content_type="text/html",
    url="http://warm.example/",
)
