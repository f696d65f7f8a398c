"""The last rung: two texts that differ only in what each says of its own age are one."""

import time

import pytest
from extraction_pages import policy_page

from pipelines.extraction.extract import extract
from pipelines.extraction.undated import spans_of_dates, undated, undated_id

# Long enough that its middle is neither the head nor the tail of the text.
SECTIONS = [
    f"Section {letter}: we keep what you write in the form of that letter, and nobody else reads "
    "it but the people who answer you, for as long as they need it to answer you well."
    for letter in "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("Last updated: 3 May", "Last updated: 4 June", id="without a year"),
        pytest.param("Updated May 25, 2018.", "Updated June 1st, 2019.", id="with one"),
        pytest.param("Last updated: 3 May 2018\n\nWe care.", "We care.", id="one says none"),
        pytest.param("Effective date: 1/2/2012", "Effective date: 2013-04-03", id="numbers"),
        pytest.param("| Last updated | May 3, 2018 |", "| Last updated | May 9, 2018 |", id="cell"),
        pytest.param("Last updated\n\nMay 3, 2018", "Last updated\n\nMay 9, 2018", id="two lines"),
        pytest.param("May 25, 2018\n\nWe care.", "June 1, 2019\n\nWe care.", id="a date alone"),
        pytest.param(
            "Modified on: Tue, 3 May, 2016 at 9:41 AM",
            "Modified on: Wed, 14 June, 2017 at 10:02 PM",
            id="day and hour",
        ),
        pytest.param("Updated 2 years ago", "Updated 3 years ago", id="ago"),
        pytest.param("Stand 25. Mai 2018", "Stand 1. März 2019", id="German"),
        pytest.param(
            "Dernière mise à jour : 3 mai 2018", "Dernière mise à jour : 13 juin 2019", id="French"
        ),
        pytest.param("最后更新日期\uff1a2018年5月3日", "最后更新日期\uff1a2019年6月4日", id="Han"),
        pytest.param("Privacy Policy Version 2.1", "Privacy Policy Version 2.2", id="version"),
        pytest.param("Version: 3.0 | May 2018", "Version: 3.1 | June 2019", id="version, month"),
        pytest.param("(c) 2012-2015 Acme", "(c) 2012-2016 Acme", id="copyright"),
        pytest.param("© Acme Desk Ltd. 2012", "© Acme Desk Ltd. 2013", id="copyright of a name"),
        pytest.param("Copyright 2010, 2011 Acme", "Copyright 2010, 2012 Acme", id="word"),
        pytest.param("Page 3 of 7", "Page 3 of 9", id="page"),
        pytest.param("Views: 12\n\nWe care.", "Views: 15\n\nWe care.", id="counter"),
        pytest.param(
            "Updated: May 3, 2018 | 1,204 views", "Updated: May 4, 2018 | 1,310 views", id="both"
        ),
    ],
)
def test_what_a_text_says_of_its_own_age_makes_no_difference(old: str, new: str) -> None:
    assert undated(old) == undated(new)
    assert undated_id(old) == undated_id(new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("We keep it for 12 months.", "We keep it for 24 months.", id="retention"),
        pytest.param("Effective 12 months after", "Effective 24 months after", id="a term"),
        pytest.param("We use TLS version 1.2.", "We use TLS version 1.3.", id="another's version"),
        pytest.param("In 2018 we sold data.", "In 2019 we sold data.", id="a year"),
        pytest.param("Until May 3, 2018 we share", "Until May 4, 2018 we share", id="a day"),
        pytest.param("See page 3 of the guide", "See page 4 of the guide", id="a page elsewhere"),
        pytest.param("(c) 30 days after", "(c) 60 days after", id="an item c"),
        pytest.param("Call 555 1234.", "Call 555 1235.", id="a telephone"),
        pytest.param("under Article 6", "under Article 7", id="an article"),
        pytest.param("we may share", "we share", id="may is no month here"),
        pytest.param("we do sell", "we do not sell", id="a not"),
        pytest.param("you and we", "we and you", id="another order"),
    ],
)
def test_what_the_policy_says_makes_one(old: str, new: str) -> None:
    assert undated(old) != undated(new)


@pytest.mark.parametrize(
    ("line", "dropped"),
    [
        pytest.param("Last updated: May 3, 2018", True, id="a line that says no more"),
        pytest.param("This part was last updated on May 3, 2018 by all of us.", False, id="more"),
    ],
)
def test_far_from_both_ends_a_date_has_to_fill_its_line(line: str, dropped: bool) -> None:
    sections = [*SECTIONS[:26], line, *SECTIONS[26:]]

    other = line.replace("2018", "2019")

    changed = undated("\n\n".join(sections)) != undated("\n\n".join(sections).replace(line, other))
    assert changed is not dropped


def test_the_spans_hold_the_label_and_the_date() -> None:
    text = "Privacy\n\nLast updated: May 3, 2018\n\nWe care."

    (first, *more) = [text[start:end] for start, end in spans_of_dates(text)]

    assert (first, more) == ("Last updated: May 3, 2018", [])


def test_each_rung_of_two_captures_is_coarser_than_the_one_before() -> None:
    first = extract(policy_page(before="<p>Last updated: May 3, 2018</p>").encode())
    again = extract(policy_page(before="<p>LAST UPDATED, May 3, 2018!</p>").encode())
    later = extract(policy_page(before="<p>Last updated: June 4, 2019</p>").encode())

    assert first.text_id != again.text_id
    assert first.normalized_id == again.normalized_id != later.normalized_id
    assert first.undated_id == again.undated_id == later.undated_id


def test_a_body_without_a_text_has_no_id_of_any_rung() -> None:
    nothing = extract(b"")

    assert (nothing.text_id, nothing.normalized_id, nothing.undated_id) == (None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n* " * 20_000, id="marks"),
        pytest.param("updated : . - " * 10_000, id="labels"),
        pytest.param("\n".join(f"- {1900 + n % 200} version x" for n in range(10_000)), id="years"),
        pytest.param("updated:" + " " * 100_000 + "x", id="blanks"),
    ],
)
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()

    undated(text)

    assert time.process_time() - began < 6
