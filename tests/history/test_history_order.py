"""Whatever the order of arrival, the history is the same."""

import pytest
from archive_facts import Sight, remember, rows
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.database.file import Connection

pytestmark = pytest.mark.database


@settings(deadline=None, max_examples=8)
@given(
    sights=st.lists(
        st.builds(
            Sight,
            when=st.sampled_from([f"2018-01-0{day}" for day in range(1, 10)]),
            text=st.sampled_from(["a b", "b c", "c d"]),
            language=st.sampled_from(["en", "de"]),
            verdict=st.sampled_from(["policy", "policy", "not-policy"]),
            uri_r=st.sampled_from(["http://a.example/", "http://b.example/"]),
            state=st.sampled_from(["fetched", "fetched", "unchanged", "failed"]),
        ),
        max_size=8,
        unique_by=lambda sight: (sight.when, sight.uri_r, sight.text),
    ),
    data=st.data(),
)
def test_any_order_of_arrival_gives_the_same_history(
    shared: Connection, sights: list[Sight], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(sights))

    assert _history(shared, sights) == _history(shared, shuffled)


def _history(database: Connection, sights: list[Sight]) -> list[list[tuple[object, ...]]]:
    database.execute("BEGIN")
    try:
        remember(database, *sights)
        return [
            rows(database, f"SELECT * FROM {view} ORDER BY ALL") for view in ("versions", "changes")
        ]
    finally:
        database.execute("ROLLBACK")
