"""Two hundred and more soft errors as servers, walls, parkers and sites make them are refused.

`tuned` is what the signs were written against, `measured` and `strangers` what they were then
measured by: real menus, banners and footers stand around the pages, full of the words of policies.
"""

from collections import Counter

import pytest
from soft_error_pages import SoftError, soft_errors

from pipelines.extraction.extract import Extraction, extract

TABLES = ("tuned.txt", "measured.txt", "strangers.txt")
REASONS = (
    "challenge",
    "consent-wall",
    "login",
    "maintenance",
    "other-page",
    "parked",
    "redirect",
    "script-shell",
    "soft-404",
)


@pytest.fixture(scope="module")
def readings() -> list[tuple[SoftError, Extraction]]:
    pages = [page for table in TABLES for page in soft_errors(table)]
    return [(page, extract(page.body)) for page in pages]


@pytest.mark.parametrize("reason", REASONS)
def test_soft_errors_of_a_class_are_refused(
    readings: list[tuple[SoftError, Extraction]], reason: str
) -> None:
    verdicts = {page.name: read.verdict for page, read in readings if page.reason == reason}

    let_through = [name for name, verdict in verdicts.items() if verdict == "policy"]

    assert len(let_through) <= 0.05 * len(verdicts), let_through


@pytest.mark.parametrize("reason", REASONS)
def test_soft_errors_say_what_they_are(
    readings: list[tuple[SoftError, Extraction]], reason: str
) -> None:
    found = Counter(read.reason for page, read in readings if page.reason == reason)

    assert found[reason] >= 0.9 * found.total(), found


def test_no_refused_page_scores_like_a_policy(
    readings: list[tuple[SoftError, Extraction]],
) -> None:
    scores = [read.score for _, read in readings if read.verdict == "not-policy"]

    assert all(0 <= score < 0.5 for score in scores)
