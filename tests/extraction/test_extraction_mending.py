"""Addresses in a cipher and markup escaped once too often come back as text."""

import pytest

from pipelines.extraction.extract import extract
from pipelines.extraction.maintext import main_text
from pipelines.extraction.page import parse

KEY = 0x2A


def ciphered(mail: str) -> str:
    return f"{KEY:02x}" + "".join(f"{byte ^ KEY:02x}" for byte in mail.encode())


def test_an_address_hidden_from_harvesters_is_read() -> None:
    code = ciphered("privacy@larkspur.example")
    page = parse(
        '<p>Write to <a class="__cf_email__" href="/cdn-cgi/l/email-protection" '
        f'data-cfemail="{code}">[email&#160;protected]</a> or to '
        f'<a href="/cdn-cgi/l/email-protection#{code}">us</a> for personal data we hold.</p>'
    )

    text = main_text(page, "http://larkspur.example/privacy")

    assert "Write to privacy@larkspur.example or to" in text
    assert "[us](mailto:privacy@larkspur.example)" in text


@pytest.mark.parametrize("code", ["zz", "2a", "2a4b4b4b4b4b4b4b", "", "2a" * 300])
def test_what_is_no_cipher_stays_as_it_stands(code: str) -> None:
    page = parse(f'<p>Write to <span data-cfemail="{code}">[mail]</span> about your data.</p>')

    assert "[mail]" in main_text(page)


def test_the_same_address_under_two_keys_is_one_text() -> None:
    def page(key: int) -> bytes:
        code = f"{key:02x}" + "".join(f"{byte ^ key:02x}" for byte in b"me@larkspur.example")
        return (
            "<h1>Privacy</h1><p>We collect personal data. Write to "
            f'<a href="/cdn-cgi/l/email-protection" data-cfemail="{code}">x</a>.</p>'
        ).encode()

    assert extract(page(3)).text_id == extract(page(200)).text_id


def test_markup_that_was_escaped_is_parsed() -> None:
    inner = (
        "&lt;h2&gt;Data we keep&lt;/h2&gt;&lt;p&gt;Your &lt;b&gt;name&lt;/b&gt;.&lt;/p&gt;"
        "&lt;ul&gt;&lt;li&gt;and mail&lt;/li&gt;&lt;/ul&gt;"
    )
    page = parse(f"<div>Our policy on personal data.</div><div>{inner}</div>")

    text = main_text(page)

    assert "## Data we keep\n\nYour **name**.\n\n- and mail" in text


def test_characters_that_no_tree_may_hold_go_with_the_markup() -> None:
    inner = "We keep data&amp;#1;" + "&lt;p&gt;of yours&amp;#2;&lt;/p&gt;" * 4

    page = f"<div>Our policy on personal data.</div><div>{inner}</div>"
    text = extract(page.encode()).text

    assert "We keep data\n\nof yours\n\nof yours" in text


@pytest.mark.parametrize(
    "html",
    [
        "<p>A cookie may set &lt;b&gt;bold&lt;/b&gt; words on pages that hold your data.</p>",
        f"<pre>{'&lt;p&gt;code of your data&lt;/p&gt;' * 9}</pre>",
    ],
    ids=["a few tags", "code"],
)
def test_markup_that_is_meant_to_be_read_stays(html: str) -> None:
    assert "</" in main_text(parse(html))
