"""Ctrl-C and SIGTERM: once ends the crawl well, twice ends it at once.

Scrapy's own second signal leaves its threads behind, and the process with them.
"""

import os
import signal
import sys
from types import FrameType

from scrapy.crawler import CrawlerProcess

from crawler.errors import StoppedEarly

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_SHOW_CURSOR = b"\x1b[?25h\n"


def run_until_stopped(process: CrawlerProcess) -> None:
    """Run what was scheduled; a signal writes what is in hand, a second one leaves it.

    Leaving is safe, as a kill is: what is on disk is whole, and the next crawl goes on from it.
    """
    from twisted.internet import reactor

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - a signal handler's
        _handle(leave)
        reactor.callFromThread(process.stop)

    def leave(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - a signal handler's
        if sys.stderr.isatty():
            os.write(sys.stderr.fileno(), _SHOW_CURSOR)
        os._exit(StoppedEarly.exit_code)

    reactor.callWhenRunning(lambda: _handle(stop))
    process.start(install_signal_handlers=False)


def _handle(how: object) -> None:
    for number in _SIGNALS:
        signal.signal(number, how)  # type: ignore[arg-type]
