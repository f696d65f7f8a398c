"""What adopting another extractor would change, before anybody does."""

import pytest
from archive_facts import POLICY, Sight, adopt, enlist, extract, remember, rows

from pipelines.database.file import Connection
from pipelines.database.readings import refresh
from pipelines.history.adoption import Preview, preview

pytestmark = pytest.mark.database
A, B, C, D = (Sight(when=f"{2015 + n}-01-01", text=text) for n, text in enumerate("abcd"))


def candidate(database: Connection, texts: dict[Sight, str], **columns: str) -> Preview:
    """Compare with an extractor that reads each body as it says; `columns` go to the last one."""
    adopt(database, "x2", None)
    for sight, text in texts.items():
        extract(database, sight, "x2", text)
    for name, value in columns.items():
        database.execute(
            f"UPDATE extractions SET {name} = ? WHERE extractor_id = 'x2' AND text_id = sha256(?)",
            [value, list(texts.values())[-1]],
        )
    refresh(database)
    return preview(database, "x1", "x2")


def policies(found: Preview) -> list[dict[str, object]]:
    return [dict(zip(found.columns, row, strict=True)) for row in found.policies]


def test_an_extractor_that_reads_alike_changes_nothing(database: Connection) -> None:
    remember(database, A, B)

    found = candidate(database, {A: "a", B: "b"})

    assert (found.observations, found.versions, found.versions_then) == (2, 2, 2)
    assert (found.policies, found.refused, found.accepted, found.languages) == ([], {}, {}, [])


def test_texts_that_become_one_take_their_change_away(database: Connection) -> None:
    remember(database, A, B, C)

    found = candidate(database, {A: "a", B: "a", C: "c"})

    assert (found.versions, found.versions_then) == (3, 2)
    assert policies(found) == [
        {
            "policy_id": POLICY,
            "different": 1,
            "refused": 0,
            "accepted": 0,
            "versions_before": 3,
            "versions_after": 2,
            "changes_before": 2,
            "changes_after": 1,
            "changes_gone": 1,
            "changes_new": 0,
        }
    ]


def test_a_change_with_another_text_in_its_interval_is_the_same_change(
    database: Connection,
) -> None:
    remember(database, A, B)

    found = candidate(database, {A: "a", B: "b in other words"})

    assert found.total("different") == 1
    assert (found.total("changes_gone"), found.total("changes_new")) == (0, 0)


def test_what_is_refused_is_counted_by_its_reason(database: Connection) -> None:
    remember(database, A, B, C)

    found = candidate(database, {A: "a", B: "b", C: "gone"}, verdict="not-policy", reason="parked")

    assert (found.refused, found.accepted) == ({"parked": 1}, {})
    assert [(row["refused"], row["versions_after"]) for row in policies(found)] == [(1, 2)]


def test_what_is_accepted_is_counted_by_the_reason_it_was_refused_for(
    database: Connection,
) -> None:
    remember(database, A, Sight(when="2016-01-01", text="b", verdict="not-policy"))
    database.execute("UPDATE extractions SET reason = 'login' WHERE verdict = 'not-policy'")

    wall = Sight(when="2016-01-01", text="b", verdict="not-policy")
    found = candidate(database, {A: "a", wall: "b"}, verdict="policy")

    assert (found.refused, found.accepted) == ({}, {"login": 1})
    assert found.total("accepted") == 1


def test_a_language_that_changes_is_counted(database: Connection) -> None:
    remember(database, A, B)

    found = candidate(database, {A: "a", B: "b"}, language="fr")

    assert found.languages == [("en", "fr", 1)]
    assert found.total("different") == 1


def test_the_policy_with_most_moves_comes_first_and_untouched_ones_not_at_all(
    database: Connection,
) -> None:
    names = ("beta/privacy", "gamma/privacy")
    enlist(database, *names)
    beta, gamma = (Sight(when="2015-01-01", text=f"{n}1", policy_id=n) for n in names)
    beta2, gamma2 = (Sight(when="2016-01-01", text=f"{n}2", policy_id=n) for n in names)
    remember(database, A, beta, beta2, gamma, gamma2)

    found = candidate(database, {A: "a", beta: "x", beta2: "y", gamma: "z", gamma2: "z"})

    assert [row["policy_id"] for row in policies(found)] == ["gamma/privacy", "beta/privacy"]


def test_looking_ahead_leaves_what_is_observed_as_it_was(database: Connection) -> None:
    remember(database, A, B)
    before = rows(database, "SELECT * FROM changes")

    candidate(database, {A: "a", B: "a"})

    assert rows(database, "SELECT * FROM changes") == before
