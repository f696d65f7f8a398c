"""Two captures that say the same have one normalised text; counters say nothing."""

# ruff: noqa: RUF001 - the letters of other alphabets are the point here
import hashlib

import pytest
from extraction_pages import article_page, policy_page
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extraction.counters import without_counters
from pipelines.extraction.extract import extract
from pipelines.extraction.normalize import count_words, normalize, normalized_id
from pipelines.extraction.tidy import tidy

COUNTERS = [
    "Views: 123",
    "Article views",
    "Article views: 12,345",
    "1,204 views",
    "Rating: 4/5 (12 votes)",
    "Rating (Votes): (594)",
    "**Hits:** 77",
    "| Views: | 5012 |",
    "| Article ID: | 78 |",
    "Article details | Article ID: | 78",
    "Was this article helpful? Yes / No",
    "Was this article helpful? [yes](javascript:void) / [no](javascript:void)",
    "Did you find this helpful?",
    "12 of 20 found this helpful",
    "3 out of 7 people found this article useful",
    "War dieser Artikel hilfreich?",
    "Cet article vous a-t-il été utile ?",
    "Aufrufe: 12",
    "浏览次数：128",
]
SENTENCES = [
    "We log page views and visits to improve the site.",
    "Views expressed by users are their own.",
    "Rating: we may share your rating with other users.",
    "Comments",
    "12 months after your last visit we erase your account.",
    "1. Views",
    "This article was found helpful by our lawyers, who found 12 of 20 clauses void.",
    "2018",
]


@pytest.mark.parametrize("line", COUNTERS)
def test_a_line_that_only_counts_or_asks_for_a_vote_goes(line: str) -> None:
    assert without_counters(f"We collect data.\n{line}\nWe erase it.") == (
        "We collect data.\nWe erase it."
    )


@pytest.mark.parametrize("line", SENTENCES)
def test_a_sentence_of_the_policy_stays(line: str) -> None:
    text = f"We collect data.\n{line}\nWe erase it."

    assert without_counters(text) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("| Visitors online: | 12 |", "| Visitors online: | 5 |"),
        (
            "Home Contact You are visitor **2874** Privacy",
            "Home Contact You are visitor **9** Privacy",
        ),
        ("Besucher seit 2009: 2.511 · AGB", "Besucher seit 2009: 2.917 · AGB"),
        ("On paper On a board 176 votes so far", "On paper On a board 183 votes so far"),
        ("Heute schon 6 Anfragen beantwortet", "Heute schon 21 Anfragen beantwortet"),
        ("This article was viewed 1,204 times.", "This article was viewed 99 times."),
    ],
)
def test_a_counter_that_runs_inside_a_line_says_nothing(one: str, other: str) -> None:
    assert normalized_id(one) == normalized_id(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Visitors under 13 may not register.", "Visitors under 16 may not register."),
        ("We keep visits for 30 days.", "We keep visits for 90 days."),
        ("You are at least 13 years old.", "You are at least 16 years old."),
        ("We answer 30 requests a day.", "We answer 40 requests a day."),
    ],
)
def test_a_number_of_the_policy_says_something(one: str, other: str) -> None:
    assert normalized_id(one) != normalized_id(other)


def test_a_number_or_an_answer_goes_with_the_counter_before_it() -> None:
    text = "Views:\n\n1,204\nWas this page useful?\nYes\nNo\nWe erase data."

    assert without_counters(text).split() == ["We", "erase", "data."]


def test_two_captures_of_an_article_that_differ_in_counters_are_one_text() -> None:
    first = extract(article_page(views=1_204, votes=17).encode())
    later = extract(article_page(views=98_765, votes=594).encode())

    assert first.normalized_id == later.normalized_id
    assert "helpful" not in first.text
    assert "1204" not in first.text


def test_two_captures_that_differ_in_a_word_are_two_texts() -> None:
    first = extract(policy_page().encode())
    later = extract(policy_page().replace("three years", "four years").encode())

    assert first.normalized_id != later.normalized_id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("## Our Data", "our data"),
        ("**Your** _rights_", "Your rights"),
        ("See [the list](http://a.example/x_(1)).", "See [the list](https://b.example/)!"),
        ("[![logo](a.png)](http://a.example/) us", "logo us"),
        ("don\u2019t \u201cshare\u201d", 'don\'t "share"'),
        ("ﬁle Ａ１", "file a1"),
        ("in\u00adfor\u200bmation", "information"),
        ("Straße", "STRASSE"),
        ("one\u00a0two\n\nthree", "one two three"),
        ("- a\n- b", "* a\n* b"),
    ],
    ids=[
        "case",
        "marks",
        "targets",
        "image",
        "quotes",
        "width",
        "hyphen",
        "eszett",
        "space",
        "list",
    ],
)
def test_dress_makes_no_difference(one: str, other: str) -> None:
    assert normalize(one) == normalize(other)
    assert normalized_id(one) == normalized_id(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("5 %", "5 $"), ("10 days", "10 day"), ("2018", "2019"), ("हिन्दी", "हन्दी")],
    ids=["unit", "plural", "year", "vowel sign"],
)
def test_meaning_makes_a_difference(one: str, other: str) -> None:
    assert normalize(one) != normalize(other)


def test_the_id_is_the_sha_256_of_the_words() -> None:
    words = hashlib.sha256(b"we collect data").hexdigest()

    assert normalized_id("# We *collect*\n\ndata.") == words


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("We keep it.", 3), ("我们收集 data", 5), ("5 %", 2)],
    ids=["nothing", "English", "Chinese", "amount"],
)
def test_words_are_counted_as_readers_count_them(text: str, words: int) -> None:
    assert count_words(normalize(text)) == words


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalize(text)

    assert normalize(once) in (once, normalize(normalize(once)))


# What was decoded twice is told by its neighbours, which tidying may change.
@given(
    st.text(
        alphabet=st.characters(
            codec="utf-8",
            exclude_characters="\u00c2\u00c3\u00c4\u00c5\u00ce\u00cf\u00d0\u00d1\u00e2\u00e3",
        ),
        max_size=300,
    )
)
def test_tidying_twice_gives_the_same_words(text: str) -> None:
    once = tidy(text)

    assert normalize(tidy(once)) == normalize(once)


@pytest.mark.parametrize("unseen", ["\x1f", "\u200b"], ids=["control", "zero width"])
def test_letters_that_unseen_characters_part_are_repaired(unseen: str) -> None:
    assert tidy(f"It costs \u00e2{unseen}\u201a\u00ac 5") == "It costs \u20ac 5"
