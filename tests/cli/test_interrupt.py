"""Ctrl-C in the middle of a query ends in one line, whatever the database makes of it."""

import signal
from threading import Timer

import duckdb
import pytest

from pipelines.cli.running import is_interrupt

ENDLESS = "SELECT count(*) FROM range(1_000_000_000_000) WHERE range % 7 = 3"


def test_an_interrupted_query_is_known_as_one() -> None:
    press = Timer(0.2, lambda: signal.raise_signal(signal.SIGINT))

    with duckdb.connect() as connection:
        press.start()
        with pytest.raises((KeyboardInterrupt, RuntimeError)) as told:
            connection.execute(ENDLESS)

    assert is_interrupt(told.value)


def test_any_other_error_is_none() -> None:
    assert not is_interrupt(RuntimeError("out of paper"))
