"""The smallest part of a page that holds the policy is taken, wherever the witnesses looked."""

from extraction_pages import PARAGRAPHS, policy_page
from lxml.html import fromstring

from pipelines.extraction.guard import second_opinion
from pipelines.extraction.maintext import locate, main_text
from pipelines.extraction.page import parse
from pipelines.extraction.subtree import smallest
from pipelines.extraction.survey import prose_words, runs_of, summed
from pipelines.extraction.witness import Witness

POLICY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
NEWS = "".join(
    f"<p>Our new release {number} is out today and brings a faster editor, a nicer start screen "
    "and a summer sale with coupons for everyone who buys two seats at once.</p>"
    for number in range(5)
)


def test_runs_are_broken_where_a_browser_breaks_lines() -> None:
    tree = fromstring(
        "<div>a <b>b</b><p>c<br>d</p>e <a href=x>f g</a><a name=y>!</a><script>h</script> i</div>"
    )

    runs = runs_of(tree)

    assert [(run.text, run.block.tag, run.linked) for run in runs] == [
        *[("a b", "div", 0), ("c", "p", 0), ("d", "p", 0), ("e f g! i", "div", 2)]
    ]


def test_words_add_up_in_every_element_around_them() -> None:
    tree = fromstring("<div><p>one two</p><ul><li>three</li></ul></div>")

    sums = summed(runs_of(tree), lambda run: len(run.words))

    assert [sums[element] for element in tree.iter()] == [3, 2, 1, 1]


def test_sentences_are_prose_and_menus_are_not() -> None:
    link = "<a href=x>" + "word " * 20 + "</a>"
    tree = fromstring(f"<div><p>{PARAGRAPHS[0]}</p><p>Short label</p><p>{link}</p></div>")

    counts = [prose_words(run) for run in runs_of(tree)]

    assert [bool(count) for count in counts] == [True, False, False]


def test_a_witness_counts_words_in_their_order_only() -> None:
    witness = Witness("We keep your name for three years\nContact")

    assert witness.count(("we", "keep", "your", "name", "for", "ever")) == 5
    assert witness.count(("years", "three", "for", "name", "your")) == 0
    assert (witness.count(("contact",)), witness.count(("name",))) == (1, 0)
    assert witness.words == 8


def test_the_innermost_element_with_all_of_the_text_is_taken() -> None:
    tree = fromstring(
        f"<body><div id=outer><ul><li>Menu<li>Home</ul><div id=inner><div id=text>{POLICY}"
        "</div></div></div></body>"
    )

    root = smallest(tree, runs_of(tree), Witness("\n".join(PARAGRAPHS)))

    assert root.get("id") == "text"


def test_sections_that_no_witness_saw_are_held_by_the_part_that_is_taken() -> None:
    tree = fromstring(f"<body><main><div>{POLICY}</div><div>{POLICY.replace('We', 'They')}</div>")

    root = smallest(tree, runs_of(tree), Witness("\n".join(PARAGRAPHS)))

    assert root.tag == "main"


def test_news_that_a_witness_took_for_the_text_are_not_the_policy() -> None:
    tree = fromstring(f"<body><div id=news>{NEWS}</div><div id=policy>{POLICY}</div></body>")
    news = "\n".join(run.text for run in runs_of(tree.get_element_by_id("news")))

    root = smallest(tree, runs_of(tree), Witness(news))

    assert root.get("id") == "policy"


def test_a_page_that_shows_its_text_twice_is_read_once() -> None:
    page = f"<body><div class=desktop>{POLICY}</div><div class=mobile>{POLICY}</div></body>"

    text = main_text(parse(page))

    assert text.count(PARAGRAPHS[0]) == 1


def test_a_second_extractor_is_heard() -> None:
    tree = fromstring(policy_page())

    assert PARAGRAPHS[1] in " ".join(second_opinion(tree).split())


def test_a_page_without_words_has_no_part() -> None:
    tree = fromstring("<html><body><img src=x><script>var a</script></body></html>")

    assert locate(tree) is None
