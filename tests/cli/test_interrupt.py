"""Ctrl-C is known in whatever becomes of it inside a query."""

import pytest

from pipelines.cli.running import is_interrupt


@pytest.mark.parametrize(
    ("error", "known"),
    [
        pytest.param(KeyboardInterrupt(), True, id="itself"),
        pytest.param(RuntimeError("Query interrupted"), True, id="in the words of DuckDB"),
        pytest.param(RuntimeError("out of paper"), False, id="any other error"),
    ],
)
def test_an_interrupt_is_told_from_any_other_error(error: BaseException, known: bool) -> None:
    assert is_interrupt(error) is known
