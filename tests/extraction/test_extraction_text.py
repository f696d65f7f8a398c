"""What a reader gets: the policy with headings, lists and links, without the dirt."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from extraction_pages import PARAGRAPHS, policy_page

import pipelines.extraction.parallel as parallel
from crawler.errors import AskedWrongly
from pipelines.extraction.extract import extract
from pipelines.extraction.fingerprint import current_extractor
from pipelines.extraction.maintext import main_text
from pipelines.extraction.page import parse
from pipelines.extraction.parallel import must_be_readable, read_all, row_of
from pipelines.extraction.reader import Body
from pipelines.extraction.tidy import tidy


def test_headings_lists_tables_and_links_are_markdown() -> None:
    page = policy_page(
        after="<h2>Sharing</h2><ul><li>our hosting company</li><li>our bank</li></ul>"
        "<table><tr><th>Data</th><th>Kept for</th></tr>"
        "<tr><td>Name</td><td>a year</td></tr></table>"
        '<p>Our <a href="/legal/cookies">cookie list</a> names each of them.</p>'
    )

    text = extract(page.encode(), url="http://larkspur.example/legal/privacy").text

    assert "## Sharing" in text
    assert "- our bank" in text
    assert "| Name | a year |" in text
    assert "[cookie list](http://larkspur.example/legal/cookies)" in text


def test_menu_and_footer_are_not_the_policy() -> None:
    extraction = extract(policy_page().encode())

    assert all(paragraph in extraction.text for paragraph in PARAGRAPHS)
    assert "Tour" not in extraction.text
    assert (extraction.title, extraction.language) == ("Privacy policy", "en")


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        (
            "[a](https://web.archive.org/web/20121204173813id_/http://x.example/p?q=1)",
            "[a](http://x.example/p?q=1)",
        ),
        ("[a](/web/20121204173813/http://x.example/(1))", "[a](http://x.example/(1))"),
        (
            "[a](https://web.archive.org/web/20121204173813id_/http%3A//x.example/p%3Fa%3D7)",
            "[a](http://x.example/p?a=7)",
        ),
        (
            "see https://web.archive.org/web/20121204173813/http://x.example/ now",
            "see http://x.example/ now",
        ),
        ("[yes](javascript:void(0)) or [no](javascript:vote(1, (2)))", "yes or no"),
        ("one\u00a0\u00a0two\u200b", "one two"),
        ("\u00b7\u00a0\u00a0\u00a0name\n\uf0b7 address\no   phone", "- name\n- address\n- phone"),
        ("- \u2022 name", "- name"),
        ("Privacy Policy\n\n# Privacy Policy\n\nWe", "# Privacy Policy\n\nWe"),
        ("one\n\n\n\n\ntwo\n-\n", "one\n\ntwo"),
    ],
    ids=[
        *("archive link", "path link", "quoted link", "bare link", "dead link"),
        *("hard spaces", "Word bullets", "bullet twice", "title twice", "blank lines"),
    ],
)
def test_dirt_of_archives_and_word_processors_goes(dirty: str, clean: str) -> None:
    assert tidy(dirty) == clean


@pytest.mark.parametrize(
    "text",
    ["see http://x.example/web/about now", "§ 3 Data\n  - nested  \n- item", "of 20\u00b0\u00b75"],
)
def test_what_only_looks_like_dirt_stays(text: str) -> None:
    assert tidy(text).split() == text.split()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We collect your personal data when you register and keep it for a year.", "en"),
        ("Wir erheben Ihre personenbezogenen Daten bei der Anmeldung für ein Jahr.", "de"),
        ("Nous collectons vos données personnelles lors de votre inscription.", "fr"),
        ("我们在您注册时收集您的个人信息,并保存一年。", "zh"),
        ("Privacy", "und"),
        ("", "und"),
    ],
)
def test_the_language_is_named_where_the_text_is_long_enough(text: str, language: str) -> None:
    assert extract(f"<p>{text}</p>".encode()).language == language


def test_the_main_text_is_found_in_a_parsed_page_alone() -> None:
    page = parse(policy_page())

    text = main_text(page, "http://larkspur.example/")

    assert PARAGRAPHS[2] in text
    assert page.title == "Privacy policy"


def test_a_page_is_untouched_by_the_search_for_its_text() -> None:
    page = parse(policy_page())

    assert main_text(page) == main_text(page)


def test_the_extractor_is_known_by_all_that_decides_its_output() -> None:
    extractor = current_extractor()

    options = json.loads(extractor.options)
    assert len(extractor.extractor_id) == 64
    assert "trafilatura-2.3.1" in extractor.version
    assert options["trafilatura"]["deduplicate"] is False
    assert {"pypdf", "py3langid", "ftfy"} <= set(options["libraries"])


def test_many_bodies_come_back_in_the_order_given_from_any_number_of_workers() -> None:
    bodies = [
        Body(
            key=str(number),
            body=policy_page(paragraphs=[*PARAGRAPHS, f"Clause {number}."]).encode(),
        )
        for number in range(40)
    ]

    spread = list(read_all(bodies, workers=2))

    assert [item.key for item, _ in spread] == [str(number) for number in range(40)]
    assert spread == list(read_all(bodies, workers=1))
    assert "Clause 39." in spread[39][1].text


def test_bodies_are_read_only_a_little_ahead() -> None:
    taken: list[int] = []

    def endless() -> object:
        for number in range(10_000):
            taken.append(number)
            yield Body(key=str(number), body=b"<p>We collect data.</p>")

    answers = read_all(endless(), workers=2)  # type: ignore[arg-type]
    next(answers)
    answers.close()  # type: ignore[attr-defined]

    assert len(taken) < 100


def test_kept_pages_are_read_into_rows(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.html", tmp_path / "bad.html"
    good.write_text(policy_page(before="<p>Last updated: May 4, 2011</p>"), encoding="utf-8")
    bad.write_bytes(b"")

    bodies = [Body(key=str(page), body=page.read_bytes()) for page in (good, bad)]
    rows = [row_of(body.key, extraction) for body, extraction in read_all(bodies)]

    assert list(rows[0]) == [
        *("file", "verdict", "reason", "score", "language", "title", "stated_date"),
        *("text", "text_id", "normalized_id", "undated_id", "extractor_id"),
    ]
    assert (rows[0]["file"], rows[0]["verdict"]) == (str(good), "policy")
    assert rows[0]["stated_date"] == "2011-05-04"
    assert (rows[1]["reason"], rows[1]["text_id"]) == ("empty", None)


@pytest.mark.parametrize("missing", ["gone.html", "."], ids=["missing", "folder"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, missing: str) -> None:
    with pytest.raises(AskedWrongly, match=str(tmp_path / missing)):
        must_be_readable(tmp_path / missing)


def test_only_this_room_knows_trafilatura() -> None:
    root = Path(parallel.__file__).parents[2]
    rooms = {
        file.relative_to(root).parts[:2]
        for folder in ("crawler", "pipelines")
        for file in (root / folder).rglob("*.py")
        if "import trafilatura" in file.read_text(encoding="utf-8")
    }

    assert rooms == {("pipelines", "extraction")}


def test_importing_does_no_work() -> None:
    code = (
        "import sys, logging, pipelines.extraction.parallel;"
        "print(logging.getLogger('trafilatura').level, 'scrapy' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["0", "False"]
