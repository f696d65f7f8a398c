"""What the storms share with other whole crawls, and how many of them there are."""

import pytest
from crawl.conftest import make_desk

__all__ = ["make_desk"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run ask for other storms than the few that every run has."""
    parser.addoption("--storm-seeds", type=int, default=10, help="how many storms, a seed each")
    parser.addoption("--storm-first", type=int, default=0, help="the first seed")
    parser.addoption("--storm-width", type=int, default=6, help="how many faults strike at once")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each storm its seed."""
    if "seed" in metafunc.fixturenames:
        first = metafunc.config.getoption("--storm-first", 0)
        many = metafunc.config.getoption("--storm-seeds", 10)
        metafunc.parametrize("seed", range(first, first + many))


@pytest.fixture
def width(request: pytest.FixtureRequest) -> int:
    """How many kinds of faults are about at the same time."""
    return int(request.config.getoption("--storm-width", 6))
