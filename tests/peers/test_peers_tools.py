"""The tools of others are there, offline, and none of them is in our own environment."""

from importlib.util import find_spec

import pytest

pytestmark = pytest.mark.peers

READERS = ("frictionless", "mlcroissant", "datasets", "pandas", "polars", "pyarrow")
OTHERS = ("pywb", "cffconvert")


@pytest.mark.parametrize("name", READERS)
def test_the_readers_of_datasets_are_there(peer, name: str) -> None:
    assert peer(f"import {name}; print('here')") == "here\n"


@pytest.mark.parametrize("name", OTHERS)
def test_the_replayer_and_the_validator_of_citations_are_there(replay, name: str) -> None:
    assert replay(f"import {name}; print('here')") == "here\n"


@pytest.mark.parametrize("name", [*READERS, *OTHERS])
def test_nothing_of_ours_can_lean_on_a_peer(name: str) -> None:
    assert find_spec(name) is None
