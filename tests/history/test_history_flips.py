"""A text that came and went at once by whole lines is marked; an edit taken back is not."""

import pytest
from archive_facts import (
    POLICY,
    Sight,
    compare_neighbours,
    enlist,
    remember,
    rows,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.database.file import Connection
from pipelines.history.status import flips

pytestmark = pytest.mark.database

LINES = [f"We keep your {name} as long as you stay." for name in ("name", "photo", "voice", "bill")]
WHOLE = "\n".join(LINES)
PART = "\n".join(LINES[:1])
LESS = "\n".join(LINES[:3])
MORE = "\n".join([*LINES, "Home", "Tour"])
EDIT = WHOLE.replace("photo", "picture")
MOVED = "\n".join([LINES[3], *LINES[:3]])
BOTH = "\n".join(["Home", *LINES[:3]])


def see(database: Connection, *texts: str) -> None:
    remember(database, *((f"{2000 + year}-01-01", text) for year, text in enumerate(texts)))
    compare_neighbours(database)


def flip(database: Connection, view: str = "versions") -> list[bool | None]:
    return [mark for (mark,) in rows(database, f"SELECT flip FROM {view} ORDER BY version")]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param([WHOLE, LESS, WHOLE], [False, True, False], id="lines lost"),
        pytest.param([WHOLE, MORE, WHOLE], [False, True, False], id="lines gained"),
        pytest.param(
            [WHOLE, f"{PART} Home", WHOLE], [False, True, False], id="most of the text lost"
        ),
        pytest.param([WHOLE, LESS, LESS, WHOLE], [False, True, False], id="seen twice"),
        pytest.param([WHOLE, LESS, LESS, LESS, WHOLE], [False] * 3, id="seen three times"),
        pytest.param([WHOLE, EDIT, WHOLE], [False] * 3, id="an edit taken back"),
        pytest.param([WHOLE, BOTH, WHOLE], [False] * 3, id="lines lost and others gained"),
        pytest.param([WHOLE, f"Home\n{MOVED}", WHOLE], [False] * 3, id="one moved as well"),
        pytest.param([WHOLE, LESS, MORE], [False] * 3, id="another text behind"),
        pytest.param([WHOLE, LESS], [False] * 2, id="nothing behind"),
        pytest.param([LESS, WHOLE], [False] * 2, id="nothing before"),
        pytest.param(
            [WHOLE, WHOLE, LESS, WHOLE, LESS, LESS, LESS], [False] * 4, id="a change with an echo"
        ),
        pytest.param(
            [WHOLE, LESS, WHOLE, WHOLE, LESS, WHOLE],
            [False, True, False, True, False],
            id="twice the same slip",
        ),
    ],
)
def test_a_flip_is_whole_lines_that_came_or_went_at_once(
    database: Connection, texts: list[str], expected: list[bool]
) -> None:
    see(database, *texts)

    assert flip(database) == expected


def test_the_changes_into_and_out_of_a_flip_are_marked(database: Connection) -> None:
    see(database, EDIT, WHOLE, LESS, WHOLE, EDIT)

    assert flip(database, "changes") == [False, True, True, False]


def test_a_flip_hides_nothing(database: Connection) -> None:
    see(database, WHOLE, LESS, WHOLE)

    counted = rows(database, "SELECT observations, versions, flips FROM coverage")

    assert counted == [(3, 3, 1)]
    assert flips(database, [POLICY]) == 1


def test_until_the_lines_are_compared_it_is_not_known(database: Connection) -> None:
    remember(database, ("2018-01-01", WHOLE), ("2019-01-01", LESS), ("2020-01-01", WHOLE))

    assert flip(database) == [False, None, False]


def test_another_language_in_between_is_no_flip(database: Connection) -> None:
    remember(
        database,
        Sight(when="2018-01-01", text=WHOLE),
        Sight(when="2019-01-01", text=LESS, language="de"),
        Sight(when="2020-01-01", text=WHOLE),
    )
    compare_neighbours(database)

    assert rows(database, "SELECT language, flip FROM versions ORDER BY ALL") == [
        ("de", False),
        ("en", False),
    ]


@settings(deadline=None, max_examples=4)
@given(
    texts=st.lists(st.sampled_from([WHOLE, LESS, MORE, EDIT, PART]), min_size=3, max_size=7),
    data=st.data(),
)
def test_any_order_of_arrival_marks_the_same(
    shared: Connection, texts: list[str], data: st.DataObject
) -> None:
    sights = [(f"{2000 + year}-01-01", text) for year, text in enumerate(texts)]
    shuffled = data.draw(st.permutations(sights))

    assert marks(shared, sights) == marks(shared, *([sight] for sight in shuffled))


def marks(database: Connection, *turns: list[tuple[str, str]]) -> list[list[tuple[object, ...]]]:
    """Give the history of sights that arrive in turns, compared after each."""
    database.execute("BEGIN")
    try:
        for turn in turns:
            remember(database, *turn)
            compare_neighbours(database)
        return [
            rows(database, f"SELECT * FROM {view} ORDER BY ALL") for view in ("versions", "changes")
        ]
    finally:
        database.execute("ROLLBACK")


def test_a_policy_without_a_flip_counts_none(database: Connection) -> None:
    enlist(database, "beta/privacy")

    assert flips(database, ["beta/privacy"]) == 0
