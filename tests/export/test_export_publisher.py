"""Whoever publishes a dataset is named as they said, and reached where they said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.export.papers.publisher import UNNAMED, Publisher, publisher


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        pytest.param("", Publisher(), id="nobody"),
        pytest.param("Jane Roe", Publisher(name="Jane Roe"), id="a name"),
        pytest.param(
            "Jane Roe <jane@uni.example>",
            Publisher(name="Jane Roe", mail="jane@uni.example"),
            id="a name and an address",
        ),
        pytest.param(
            "jane@uni.example",
            Publisher(name="jane@uni.example", mail="jane@uni.example"),
            id="an address",
        ),
        pytest.param(
            "<https://lab.example/take-down>",
            Publisher(name="https://lab.example/take-down", page="https://lab.example/take-down"),
            id="a page",
        ),
        pytest.param(
            "The Lab\n<https://lab.example/>",
            Publisher(name="The Lab", page="https://lab.example/"),
            id="two lines",
        ),
        pytest.param("Roe & Sons <us>", Publisher(name="Roe & Sons <us>"), id="no address"),
    ],
)
def test_a_contact_is_read_as_it_was_meant(contact: str, expected: Publisher) -> None:
    assert publisher(contact) == expected


@pytest.mark.parametrize(
    ("contact", "words"),
    [
        pytest.param("", f"{UNNAMED}, at the place where you found it", id="nobody"),
        pytest.param("Jane Roe", "Jane Roe, at the place where", id="a name"),
        pytest.param("Jane <j@uni.example>", "Jane, j@uni.example", id="a name and an address"),
        pytest.param("j@uni.example", "j@uni.example", id="an address"),
    ],
)
def test_a_reader_is_told_how_to_reach_the_publisher(contact: str, words: str) -> None:
    assert publisher(contact).reached.startswith(words)


@given(contact=st.text(max_size=60))
def test_a_publisher_always_has_a_name_on_one_line(contact: str) -> None:
    read = publisher(contact)

    assert read.name
    assert read.name.isprintable()
    assert "\n" not in read.reached
