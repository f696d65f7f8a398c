"""Every encoding, declared right, wrong and not at all, reads without one wrong character."""

import pytest
from matrix import CASES, FIRST, LIES, NAMES, encoded, paged, text_in
from policy_texts import TEXTS

from pipelines.extraction.charset import decode

HEADS = {
    "meta charset": '<meta charset="{}">',
    "meta http-equiv": '<meta http-equiv="Content-Type" content="text/html; charset={}">',
}
MARKS = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"]


@pytest.mark.parametrize(("encoding", "label", "language"), CASES, ids=NAMES)
def test_a_page_without_a_label_reads_right(encoding: str, label: str, language: str) -> None:
    page = paged(text_in(encoding, language))

    characters = decode(encoded(page, encoding))

    assert characters == page


@pytest.mark.parametrize(("encoding", "label", "language"), CASES, ids=NAMES)
def test_a_page_reads_right_under_its_own_label(encoding: str, label: str, language: str) -> None:
    page = paged(text_in(encoding, language), HEADS["meta charset"].format(label))

    characters = decode(encoded(page, encoding))

    assert characters == page


@pytest.mark.parametrize(("encoding", "label", "language"), FIRST, ids=[case[1] for case in FIRST])
@pytest.mark.parametrize(
    ("content_type", "head"),
    [
        ("text/html; charset={}", ""),
        ('text/html;CHARSET="{}"', HEADS["meta charset"].format("x-nonsense")),
        ("text/html", HEADS["meta http-equiv"]),
        ("", '<?xml version="1.0" encoding="{}"?>'),
    ],
    ids=["in the header", "before another in the page", "in http-equiv", "in the XML declaration"],
)
def test_a_label_may_stand_in_any_of_its_places(
    encoding: str, label: str, language: str, content_type: str, head: str
) -> None:
    page = head.format(label) + paged(text_in(encoding, language))

    characters = decode(encoded(page, encoding), content_type.format(label))

    assert characters == page


@pytest.mark.parametrize(("encoding", "label", "language"), FIRST, ids=[case[1] for case in FIRST])
@pytest.mark.parametrize("lie", LIES)
def test_a_page_reads_right_under_a_wrong_label(
    encoding: str, label: str, language: str, lie: str
) -> None:
    page = paged(text_in(encoding, language), HEADS["meta charset"].format(lie))

    characters = decode(encoded(page, encoding), f"text/html; charset={lie}")

    assert characters == page


@pytest.mark.parametrize(("encoding", "label", "language"), CASES, ids=NAMES)
def test_one_paragraph_is_enough(encoding: str, label: str, language: str) -> None:
    paragraph, _, _ = text_in(encoding, language).partition("\n")
    page = f"<p>{paragraph}</p>"

    characters = decode(encoded(page, encoding))

    assert characters == page


@pytest.mark.parametrize("mark", MARKS, ids=["utf-8", "utf-16le", "utf-16be"])
@pytest.mark.parametrize(
    ("encoding", "language"),
    [
        *(("cp1252", "fr"), ("cp1251", "ru"), ("shift_jis", "ja"), ("utf-8", "pl")),
        *(("utf-16-le", "th"), ("utf-16-be", "ru")),
    ],
)
def test_a_byte_order_mark_that_the_bytes_contradict_is_no_mark(
    mark: bytes, encoding: str, language: str
) -> None:
    page = paged(TEXTS[language])

    characters = decode(mark + page.encode(encoding))

    assert characters == page
