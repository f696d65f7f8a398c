"""What differs between two texts, word by word."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.history.comparison import Kind, Significance, compare, readable


def marked(old: str, new: str) -> str:
    marks = {Kind.KEPT: "", Kind.ADDED: "+", Kind.REMOVED: "-"}
    return " ".join(
        marks[piece.kind] + word
        for piece in compare(old, new).pieces
        for word in piece.text.split()
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("we sell data", "we never sell data", "we +never sell data", id="added"),
        pytest.param("we never sell data", "we sell data", "we -never sell data", id="removed"),
        pytest.param("we sell data", "we rent data", "we -sell +rent data", id="replaced"),
        pytest.param("", "we sell", "+we +sell", id="from nothing"),
        pytest.param("we sell", "", "-we -sell", id="to nothing"),
        pytest.param("a\n\nb", "a b", "a b", id="white space is no word"),
        pytest.param("私は売る", "私は貸す", "私は -売る +貸す", id="a script without spaces"),
    ],
)
def test_words_are_kept_added_or_removed(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected


def test_the_counts_are_those_of_the_pieces() -> None:
    found = compare("one two three four", "one 2 three four five six")

    assert (found.words_added, found.words_removed, found.hunks) == (3, 1, 2)
    assert found.similarity == 2 * 3 / 10


def test_equal_texts_are_alike_and_minor() -> None:
    found = compare("same words", "same words")

    assert (found.similarity, found.hunks, found.significance) == (1.0, 0, Significance.MINOR)


def test_two_empty_texts_are_alike() -> None:
    assert compare("", "").similarity == 1.0


def test_a_paragraph_that_stayed_lends_no_words_to_a_new_one() -> None:
    kept = "We never share what you tell us with anyone else."
    new = "We share what you tell us with our many friends and partners abroad."

    found = compare(kept, f"{new}\n\n{kept}")

    assert [(piece.kind, piece.text.strip()) for piece in found.pieces] == [
        (Kind.ADDED, new),
        (Kind.KEPT, kept),
    ]


@pytest.mark.parametrize(
    ("old", "new", "significance"),
    [
        pytest.param("Updated May 25, 2018.", "Updated June 1st, 2019.", "minor", id="dates"),
        pytest.param("data; and more", "data, and more", "minor", id="punctuation"),
        pytest.param("We Care", "we care", "minor", id="case"),
        pytest.param("kept 30 days", "kept 60 days", "substantive", id="numbers"),
        pytest.param("we do sell", "we do not sell", "substantive", id="words"),
    ],
)
def test_only_stated_dates_and_dress_are_minor(old: str, new: str, significance: str) -> None:
    assert compare(old, new).significance == significance


ITEM = "- We keep your {} for a year."
NAMES = [ITEM.format(name) for name in ("name", "photo", "voice", "address")]


@pytest.mark.parametrize(
    ("new", "counts"),
    [
        pytest.param([*NAMES[:2], "", NAMES[2], NAMES[3].upper()], (0, 0, 0, 0), id="dress"),
        pytest.param(["Home", *NAMES], (1, 0, 0, 0), id="a line more"),
        pytest.param([NAMES[0], *NAMES[3:]], (0, 2, 0, 0), id="two lines fewer"),
        pytest.param([*NAMES[:3], ITEM.format("place")], (0, 0, 1, 0), id="a word of a line"),
        pytest.param(
            [*NAMES[:3], ITEM.format("place"), "Home"], (1, 0, 1, 0), id="a word and a line"
        ),
        pytest.param(["Home", *NAMES[:3]], (1, 1, 0, 0), id="one at each end"),
        pytest.param([NAMES[3], *NAMES[:3]], (0, 0, 0, 1), id="the last one first"),
        pytest.param([*NAMES[1:3], NAMES[3], NAMES[0]], (0, 0, 0, 1), id="the first one last"),
        pytest.param([*NAMES[3:], "Home", *NAMES[:3]], (1, 0, 0, 1), id="moved behind a new one"),
        pytest.param([NAMES[3], *NAMES], (1, 0, 0, 0), id="said once more"),
        pytest.param([NAMES[3], *NAMES[1:3]], (0, 1, 0, 1), id="moved where one went"),
    ],
)
def test_whole_lines_that_came_went_or_moved_are_told_from_edits(
    new: list[str], counts: tuple[int, int, int, int]
) -> None:
    lines = compare("\n".join(NAMES), "\n".join(new)).lines

    assert (lines.added, lines.removed, lines.edited, lines.moved) == counts


WORDS = st.lists(st.sampled_from(["a", "b", "c", "d\n", "e.\n\n"]), max_size=40).map(" ".join)


@settings(deadline=None)
@given(old=WORDS, new=WORDS)
def test_the_pieces_hold_both_texts_whole(old: str, new: str) -> None:
    pieces = compare(old, new).pieces

    before = [w for p in pieces if p.kind is not Kind.ADDED for w in p.text.split()]
    after = [w for p in pieces if p.kind is not Kind.REMOVED for w in p.text.split()]

    assert (before, after) == (old.split(), new.split())


LONG = """
import resource
from pipelines.history.comparison import compare
resource.setrlimit(resource.RLIMIT_AS, (600_000_000, 600_000_000))
old = [f"w{number * number % 99_991}" for number in range(100_000)]
new = ["more", *old[1:30_000], *(["other"] * 10), *old[30_020:-1], "more"]
found = compare(BETWEEN.join(old), BETWEEN.join(new))
print(found.words_added, found.words_removed)
"""


@pytest.mark.slow
@pytest.mark.parametrize("between", [" ", "\n\n"], ids=["one line", "a word a line"])
def test_a_hundred_thousand_words_are_compared_in_bounded_memory(between: str) -> None:
    program = LONG.replace("BETWEEN", repr(between))

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert (done.stdout, done.stderr) == ("12 22\n", "")


def test_texts_of_repeated_words_alone_still_count_right() -> None:
    old, new = " ".join(["a", "b"] * 15_000), " ".join(["b", "c"] * 15_000)

    found = compare(old, new)

    kept = sum(piece.words for piece in found.pieces if piece.kind is Kind.KEPT)
    assert (found.words_added, found.words_removed) == (30_000 - kept, 30_000 - kept)


def test_few_words_between_changes_are_shown_as_part_of_the_change() -> None:
    found = compare(
        "We ask the visitor politely for nothing of note and stay.",
        "We process data you send under law of Article 6 and stay.",
    )

    assert [(piece.kind, piece.text.strip()) for piece in readable(found.pieces)] == [
        (Kind.KEPT, "We"),
        (Kind.REMOVED, "ask the visitor politely for nothing of note"),
        (Kind.ADDED, "process data you send under law of Article 6"),
        (Kind.KEPT, "and stay."),
    ]


@settings(deadline=None)
@given(old=WORDS, new=WORDS)
def test_what_is_readable_still_holds_both_texts_whole(old: str, new: str) -> None:
    pieces = readable(compare(old, new).pieces)

    before = [w for p in pieces if p.kind is not Kind.ADDED for w in p.text.split()]
    after = [w for p in pieces if p.kind is not Kind.REMOVED for w in p.text.split()]

    assert (before, after) == (old.split(), new.split())
