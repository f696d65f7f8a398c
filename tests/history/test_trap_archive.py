"""The archive of traps is the one that its answers were worked out on."""

from archive_facts import rows
from trap_archive import SIGHTS, trap_archive


def test_the_traps_stand_in_any_order_of_arrival() -> None:
    query = "SELECT * EXCLUDE (crawl_id) FROM versions ORDER BY policy_id, language, version"
    in_order = rows(trap_archive(), query)

    backwards = rows(trap_archive(SIGHTS[::-1]), query)

    assert backwards == in_order
    assert len(in_order) == 14
