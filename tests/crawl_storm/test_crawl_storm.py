"""Storms: any faults in any order, and kills at any moment, end in the history of a calm day."""

import random
import signal

import pytest
from crawl.conftest import MakeDesk

from crawl_storm.weather import SAME_HISTORY, archive_of, ended, ride_out

pytestmark = [pytest.mark.database, pytest.mark.slow]
MOST_RUNS = 50


def test_a_storm_ends_in_the_history_of_a_calm_day(
    make_desk: MakeDesk, seed: int, width: int
) -> None:
    chance = random.Random(seed)
    served = archive_of(chance)
    desk = make_desk([each for captures in served.values() for each in captures], list(served))
    assert desk.crawl().code == 0
    stormy = desk.another("stormy")

    ridden = ride_out(stormy, ended(desk), chance, width, MOST_RUNS)

    assert ridden.codes[-1] == 0, ridden.codes
    assert set(ridden.codes) <= {0, 1, 75, -signal.SIGKILL}
    assert not [words for words in ridden.words if "Traceback" in words]
    assert stormy.tables(**SAME_HISTORY) == desk.tables(**SAME_HISTORY)
    assert stormy.run("check").code == 0
