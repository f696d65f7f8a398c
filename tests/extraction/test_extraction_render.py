"""A part of a page becomes Markdown, whole and in order."""

import pytest
from lxml.html import fromstring

from pipelines.extraction.links import resolver
from pipelines.extraction.render import render
from pipelines.extraction.tags import words_of


def markdown(html: str, **options: object) -> str:
    return render(fromstring(f"<div>{html}</div>"), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h2>What we <b>keep</b></h2>", "## What we **keep**"),
        ("<h3>Two<br>lines</h3>", "### Two lines"),
        ("<p>one</p>two<p>three</p>", "one\n\ntwo\n\nthree"),
        ("one<br>two<br><br>three", "one\ntwo\n\nthree"),
        ("<p>a\n   b&#9;c</p>", "a b c"),
        ("<b>P</b>rivacy and <i>more </i>words", "**P**rivacy and *more* words"),
        ("<b> </b><p><strong></strong></p>x", "x"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ('<ol start="7"><li>a</li></ol>', "7. a"),
        ('<ol start="x9"><li>a</li></ol>', "1. a"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n  b"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n- b"),
        ("<ul><li><span>a</span></li><li></li><li>b</li></ul>", "- a\n- b"),
        ("<ul><li><h3>Head</h3>text</li></ul>", "### Head\n\n  text"),
        ("<dl><dt>Log</dt><dd>a week</dd><dt>Mail</dt><dd>a year</dd></dl>",
         "Log\n: a week\nMail\n: a year"),
        ("<details><summary>Sharing</summary><p>With none.</p></details>",
         "Sharing\n\nWith none."),
        ("<h2><button>Sharing</button></h2>", "## Sharing"),
        ("<pre>one\ntwo</pre>", "one\ntwo"),
        ("<center><font size=2>Old <tt>page</tt></font></center>", "Old page"),
        ("<p class=MsoNormal>Word<o:p>s</o:p></p>", "Words"),
        ("a<script>x()</script>b<style>c{}</style>c<noscript>d</noscript>", "abc"),
        ("<select><option>English</option></select>a", "a"),
        ("<p>one<div>two</div>three", "one\n\ntwo\n\nthree"),
        ("</p></div>", ""),
    ],
    ids=[
        *("heading", "broken heading", "paragraphs", "breaks", "white space"),
        *("bold in a word", "empty bold", "list", "ordered list", "start", "odd start"),
        *("nested list", "paragraphs in an item", "two lists", "empty item", "heading in an item"),
        *("definitions", "details", "button", "pre", "font", "Word", "scripts", "options"),
        *("unclosed", "nothing"),
    ],
)  # fmt: skip
def test_html_becomes_markdown(html: str, text: str) -> None:
    assert markdown(html) == text


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (
            "<tr><th>Data</th><th>Kept</th></tr><tr><td>Name</td><td>a year</td></tr>",
            "| Data | Kept |\n|---|---|\n| Name | a year |",
        ),
        (
            "<tr><td colspan=2>All</td></tr><tr><td>a|b</td><td>c</td></tr>",
            "| All |  |\n|---|---|\n| a\\|b | c |",
        ),
        (
            (
                "<tbody><tr><td>a</td><td><ul><li>x</li><li>y</li></ul></td></tr>"
                "<tr><td>b</td><td><p>z</p><p>w</p></td></tr></tbody>"
            ),
            "| a | x y |\n|---|---|\n| b | z w |",
        ),
        (
            (
                "<caption>What we <b>keep</b></caption><tr><td>a</td><td>b</td></tr>"
                "<tr><td>c</td><td>d</td></tr>"
            ),
            "What we **keep**\n\n| a | b |\n|---|---|\n| c | d |",
        ),
        ("<tr><td>menu</td><td><h1>Policy</h1></td></tr>", "menu\n\n# Policy"),
        ("<tr><td>only</td></tr><tr><td>one column</td></tr>", "only\n\none column"),
        (
            (
                "<tr><td>a</td><td><table><tr><td>b</td></tr></table></td></tr>"
                "<tr><td>c</td><td>d</td></tr>"
            ),
            "a\n\nb\n\nc\n\nd",
        ),
        (
            f"<tr><td>a</td><td>b</td></tr><tr><td>c</td><td>{'long ' * 400}</td></tr>",
            f"a\n\nb\n\nc\n\n{'long ' * 400}".strip(),
        ),
    ],
    ids=["data", "span", "lists in cells", "caption", "heading", "column", "nested", "long cell"],
)
def test_a_table_of_data_is_told_from_one_that_lays_the_page_out(rows: str, text: str) -> None:
    assert markdown(f"<table>{rows}</table>") == text


@pytest.mark.parametrize(
    ("target", "url", "text"),
    [
        ("/legal", "http://a.example/p/q", "[w](http://a.example/legal)"),
        ("legal?x=1", "http://a.example/p/q", "[w](http://a.example/p/legal?x=1)"),
        ("/a b (c)", "http://a.example/", "[w](http://a.example/ab%28c%29)"),
        ("mailto:me@a.example", "http://a.example/", "[w](mailto:me@a.example)"),
        ("#rights", "http://a.example/", "w"),
        ("http://a.example/p#rights", "http://a.example/p", "w"),
        ("http://a.example/q#rights", "http://a.example/p", "[w](http://a.example/q#rights)"),
        ("JavaScript:void(0)", "http://a.example/", "w"),
        ("data:text/html,x", "", "w"),
        ("/legal", "", "[w](/legal)"),
        ("", "http://a.example/", "w"),
        ("http://[mail", "http://a.example/", "[w](http://[mail)"),
    ],
    ids=[
        *("root", "relative", "spaces", "mail", "fragment", "own fragment", "other fragment"),
        *("script", "data", "no address", "empty", "no address at all"),
    ],
)
def test_a_link_leads_where_it_led_on_the_web(target: str, url: str, text: str) -> None:
    tree = fromstring(f'<div><a href="{target}">w</a></div>')

    assert render(tree, resolve=resolver(tree, url)) == text


def test_a_page_may_name_the_address_its_links_start_from() -> None:
    tree = fromstring(
        '<html><head><base href="/deep/"></head><body><a href="x">w</a></body></html>'
    )

    text = render(tree, resolve=resolver(tree, "http://a.example/p"))

    assert text == "[w](http://a.example/deep/x)"


def test_what_is_left_out_is_missing_and_what_follows_it_stays() -> None:
    tree = fromstring("<div><p>one</p><div id=x><p>two</p></div>three<p>four</p></div>")

    text = render(tree, left_out=set(tree.xpath("//*[@id='x']")))

    assert text == "one\n\nthree\n\nfour"


def test_depth_is_no_matter() -> None:
    tree = fromstring("<div>" * 200 + "deep" + "</div>" * 200)

    assert render(tree) == "deep"


def test_words_are_counted_alike_in_any_script() -> None:
    assert words_of("Don't 收集 data_1") == ["don", "t", "收", "集", "data", "1"]
