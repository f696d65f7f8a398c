"""Markdown that others made of pages: read as the page, links home, the head away."""

import pytest

from pipelines.extraction.extract import Extraction, extract
from pipelines.extraction.markdown import head_of

URL = "http://www.acme.example/legal/privacy"
RULES = (
    "We collect your name and your e-mail address when you register for the service.",
    "We use cookies to recognise your browser, and you can switch them off.",
    "We do not sell, rent or trade personal information to third parties.",
    "You may ask us for access to your personal data and for its deletion.",
)
POLICY = "\n\n".join(RULES)
HEAD = (
    "> *The following text is extracted and transformed from the acme.example privacy policy that "
    "was archived on 2012-12-04. Please check the [original snapshot on the Wayback Machine]"
    "(https://web.archive.org/web/{stamp}id_/{target}) for the most accurate reproduction.*"
)


def read(text: str) -> Extraction:
    return extract(text.encode(), content_type="text/markdown; charset=utf-8", url=URL)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(
            "https://web.archive.org/web/20121204173813id_/http%3A//acme.example/a%3Fb%3D1",
            "http://acme.example/a?b=1",
            id="escaped",
        ),
        pytest.param(
            "http://web.archive.org/web/20121204173813/https://acme.example/a",
            "https://acme.example/a",
            id="plain",
        ),
        pytest.param(
            "/web/20121204173813/http://acme.example/a", "http://acme.example/a", id="relative"
        ),
        pytest.param(
            "//web.archive.org/web/2012*/http://acme.example/a",
            "http://acme.example/a",
            id="a year",
        ),
        pytest.param(
            "https://web.archive.org/web/20121204173813/mailto:me@acme.example",
            "mailto:me@acme.example",
            id="e-mail",
        ),
        pytest.param(
            "https://web.archive.org/about", "http://www.acme.example/about", id="its own"
        ),
        pytest.param("https://other.example/web/", "https://other.example/web/", id="another site"),
    ],
)
def test_a_link_into_an_archive_leads_to_the_web_again(written: str, expected: str) -> None:
    found = read(f"# Privacy\n\n{POLICY}\n\nSee the [terms and conditions]({written}) as well.")

    assert f"[terms and conditions]({expected})" in found.text
    assert "archive.org" not in found.text


def test_an_address_of_an_archive_in_the_words_is_the_one_that_was_asked_for() -> None:
    address = "https://web.archive.org/web/20121204173813/http://acme.example/a"

    found = read(f"# Privacy\n\n{POLICY}\n\nOur terms are at {address} and nowhere else.")

    assert "Our terms are at http://acme.example/a and nowhere else." in found.text


def test_letters_decoded_twice_are_put_right() -> None:
    found = read(
        f"# Privacy\n\n{POLICY}\n\nWe tell you.\u00c2\u00a0 We don\u00e2\u20ac\u2122t lie."
    )

    assert "We tell you. We don" in found.text
    assert "\u00c2" not in found.text


def test_the_head_says_where_a_text_is_from_and_is_no_part_of_it() -> None:
    target = "http%3A//www.acme.example/legal/privacy%3Fa%3D1"
    head = HEAD.format(stamp="20121204173813", target=target)

    found = head_of(f"{head}\n\n# Privacy\n\n{POLICY}")

    assert found is not None
    assert (found.host, found.day) == ("acme.example", "2012-12-04")
    assert (found.timestamp, found.uri_r) == ("20121204173813", f"{URL}?a=1")
    assert found.uri_m == f"https://web.archive.org/web/20121204173813/{URL}?a=1"
    assert "extracted" not in read(f"{head}\n\n# Privacy\n\n{POLICY}").text


@pytest.mark.parametrize(
    "stamp",
    [
        pytest.param("20130101000000", id="another day"),
        pytest.param("20121204996099", id="no moment"),
        pytest.param("2012", id="no timestamp"),
    ],
)
def test_a_head_that_contradicts_itself_dates_nothing(stamp: str) -> None:
    assert head_of(HEAD.format(stamp=stamp, target="http%3A//acme.example/p")) is None


def test_a_head_in_the_middle_of_a_text_dates_nothing() -> None:
    head = HEAD.format(stamp="20121204173813", target="http%3A//acme.example/p")

    assert head_of(f"# Privacy\n\n{head}") is None


def test_markdown_stays_markdown() -> None:
    text = "# Privacy\n\n## What\n\n- one *thing*\n- another **thing**\n\n1. first\n2. second"

    found = read(f"{text}\n\n{POLICY}").text

    assert found == f"{text}\n\n{POLICY}"


def test_what_is_indented_is_no_code() -> None:
    found = read(f"# Privacy\n\n{RULES[0]}\n\n    {RULES[1]}\n\n{POLICY}")

    assert f"\n{RULES[1]}\n" in found.text
    assert "```" not in found.text


def test_a_title_with_the_name_of_the_site_gives_way_to_the_documents_own() -> None:
    found = read(f"# Acme Desk - Privacy Policy\n\nPrivacy Policy\n\n{POLICY}")

    assert found.title == "Acme Desk - Privacy Policy"
    assert found.text.count("Privacy Policy") == 1


def test_a_text_without_a_heading_is_called_by_its_first_line_that_names_it() -> None:
    found = read(f"Try it for free!\n\nPrivacy Policy\n\n{POLICY}")

    assert found.title == "Privacy Policy"


def test_a_table_without_a_fitting_head_is_one_all_the_same() -> None:
    found = read(
        f"# Privacy\n\n{POLICY}\n\n---|---\nName | to greet you\nAddress | to write to you"
    )

    assert "| Name | to greet you |" in found.text


def test_markup_inside_is_read_and_scripts_are_not() -> None:
    found = read(f"# Privacy\n\n{POLICY}\n\n<script>alert('x')</script><b>Bold</b> words are here.")

    assert "**Bold** words are here." in found.text
    assert "alert" not in found.text


def test_the_same_bytes_under_another_type_are_read_as_they_are() -> None:
    text = f"# Privacy\n\n{POLICY}\n\n* * *\n\n_dressed_"

    plain = extract(text.encode(), content_type="text/plain").text

    assert "_dressed_" in plain
    assert "*dressed*" in read(text).text
