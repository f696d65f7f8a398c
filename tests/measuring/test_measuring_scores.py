"""What the benchmarks count: words, shared runs of three, parts of a Markdown text."""

import pytest

from benchmarks._parts import kept, parts_of
from benchmarks._runs import runs
from benchmarks._scoring import score, spaced, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("We KEEP it, don't_we?", "we keep it don t we", id="case and punctuation"),
        pytest.param("[cookies](/b c)", "cookies b c", id="no link, for its target has a space"),
        pytest.param('see [our cookies](/cookies "Title")!', "see our cookies", id="a link"),
        pytest.param("![a map](/map.png) here", "a map here", id="an image"),
        pytest.param("我们 keep 2 ページ", "我 们 keep 2 ペ ー ジ", id="Han and kana"),
        pytest.param("カ・カ", "カ カ", id="but no mark between them"),
        pytest.param("# **Bold** | `a`", "bold a", id="marks"),
    ],
)  # fmt: skip
def test_a_text_is_scored_by_its_words(text: str, words: str) -> None:
    assert words_of(text) == words.split(" ")


def test_a_whole_text_with_as_much_again_has_full_recall_and_half_the_precision() -> None:
    truth = words_of("we keep your name for a year")

    found = score([*truth, *words_of("menu home tour blog team shop help")], truth)

    assert (found.recall, found.kept) == (1.0, 1.0)
    assert found.precision == pytest.approx(5 / 12)
    assert found.f1 == pytest.approx(2 * (5 / 12) / (5 / 12 + 1))


def test_words_in_another_order_are_kept_but_score_nothing() -> None:
    truth = words_of("one two three four")

    found = score(truth[::-1], truth)

    assert (found.f1, found.kept, found.loses) == (0.0, 1.0, False)


def test_three_words_that_come_twice_in_the_truth_must_come_twice() -> None:
    once = words_of("we sell nothing")

    assert score(once, [*once, *once]).recall == pytest.approx(1 / 4)


def test_a_word_that_comes_twice_in_the_truth_must_be_kept_twice() -> None:
    assert score(["data"], ["data", "data"]).kept == 0.5


@pytest.mark.parametrize(("left", "loses"), [(90, False), (89, True)], ids=["a tenth", "more"])
def test_a_text_loses_much_where_over_a_tenth_of_the_words_is_gone(left: int, loses: bool) -> None:
    truth = [f"word{number}" for number in range(100)]

    assert score(truth[:left], truth).loses is loses


def test_nothing_read_scores_nothing() -> None:
    found = score([], words_of("we keep your name"))

    assert (found.precision, found.recall, found.f1, found.loses) == (0.0, 0.0, 0.0, True)


MARKDOWN = """\
Policy
======

## What we *collect*

* Your name
    * and [address](/a)
* Your bank

1. First

   more of it

| Data | How long |
| --- | --- |
| Name | a year<br>or two |
|  | never |
"""


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("headings", ["policy", "what we collect"]),
        ("items", ["your name", "and address", "your bank", "first more of it"]),
        ("cells", ["data", "how long", "name", "a year or two", "never"]),
    ],
)
def test_the_parts_of_a_markdown_text_are_found(kind: str, parts: list[str]) -> None:
    found = parts_of(MARKDOWN)[kind]

    assert sorted(" ".join(part) for part in found.elements()) == sorted(parts)


def test_a_part_that_lost_its_mark_still_stands_in_the_text() -> None:
    text = MARKDOWN.replace("## ", "").replace("* Your bank", "")

    found = kept(text, MARKDOWN)

    assert (found["headings"].present, found["headings"].marked) == (2, 1)
    assert found["headings"].unmarked == [("what", "we", "collect")]
    assert found["items"].absent == [("your", "bank")]
    assert found["cells"].absent == found["cells"].unmarked == []


def test_a_part_that_comes_twice_must_be_marked_twice() -> None:
    found = kept("* Name\n\nName", "* Name\n* Name")

    assert (found["items"].present, found["items"].marked) == (2, 1)


def test_a_part_is_no_piece_of_a_longer_word() -> None:
    found = kept("Cookiesrule and a cookie", "# Cookies")

    assert found["headings"].present == 0


def test_differences_are_told_with_the_words_around_them() -> None:
    old = words_of("we keep your name and your address for three years after you leave")
    new = words_of("we keep your name and your address for four years after you leave us")

    assert [str(run) for run in runs(old, new)] == [
        "and your address for [-three-] {+four+} years after you leave",
        "years after you leave {+us+}",
    ]


def test_differences_near_each_other_are_one() -> None:
    found = runs(words_of("a b c d"), words_of("x b y d"))

    assert [(run.old, run.new) for run in found] == [(("a", "b", "c"), ("x", "b", "y"))]


def test_words_of_han_are_parted_for_the_eye() -> None:
    assert spaced("app我们2").split() == ["app", "我", "们", "2"]
