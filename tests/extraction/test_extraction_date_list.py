"""The hand-checked list: what real policies state of themselves, in a few words of each.

`stated_dates.jsonl` says of each capture which date a person read in it. The pages are not ours
to keep here: their words stand in an invented policy; `benchmarks/dates.py` reads the pages.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

from pipelines.extraction.dates import stated_date

LIST = Path(__file__).with_name("stated_dates.jsonl")
ANSWERS = [json.loads(line) for line in LIST.read_text(encoding="utf-8").splitlines()]
WORDS = list({(answer["language"], answer["quote"]): answer for answer in ANSWERS}.values())
POLICY = """# Acme Desk

{}

We keep what we need for your account. Regulation (EU) 2016/679 of 27 April 2016 applies since
25 May 2018, and the Children's Act of 1998 (15 U.S.C. 6501) to those under 13.

## Changes

We post every change here, with the date of the last update at the top of the page.

© 2009-2019 Acme Desk
"""


@pytest.mark.parametrize(
    "answer", WORDS, ids=lambda answer: f"{answer['language']} {answer['quote'] or 'nothing'}"
)
def test_the_words_of_real_policies_are_read_as_a_person_read_them(
    answer: dict[str, str | None],
) -> None:
    stated = stated_date(POLICY.format(answer["quote"]), answer["language"] or "und")

    assert (str(stated.date) if stated.date else None, stated.kind) == (
        answer["date"],
        answer["kind"],
    )
    assert stated.quote in (answer["quote"] or "")


def test_the_list_is_long_and_wide_enough_to_say_something() -> None:
    sites = {answer["site"] for answer in ANSWERS}
    silent = [answer for answer in ANSWERS if not answer["quote"]]
    doubtful = [answer for answer in ANSWERS if answer["quote"] and not answer["date"]]
    languages = Counter(answer["language"] for answer in ANSWERS)

    assert len(ANSWERS) >= 100
    assert len(sites) >= 100
    assert (len(silent) >= 20, len(doubtful) >= 10) == (True, True)
    assert {"en", "fr", "de", "zh", "ja"} <= set(languages)
