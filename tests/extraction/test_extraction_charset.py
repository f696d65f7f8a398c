"""Bytes become the characters their writer meant, whatever the label says."""

# ruff: noqa: RUF001 - the letters of other alphabets are the point here
import codecs

import pytest
from extraction_pages import PARAGRAPHS, policy_page
from policy_texts import TEXTS

from pipelines.extraction.charset import decode
from pipelines.extraction.extract import extract

FRENCH = (
    "Nous protégeons vos données personnelles où que vous soyez, à Genève comme à Orléans. "
    "L\u2019adresse électronique reste à vous et n\u2019est jamais cédée à des tiers."
)
RUSSIAN = (
    "Мы обрабатываем персональные данные в соответствии с законом. Каждый пользователь имеет "
    "право на доступ к своим данным, их исправление и удаление."
)


@pytest.mark.parametrize("label", ["utf-8", "iso-8859-1", "nonsense-8", ""])
def test_a_transport_label_is_checked_against_the_bytes(label: str) -> None:
    body = f"<p>{RUSSIAN}</p>".encode("cp1251")

    characters = decode(body, f"text/html; charset={label}")

    assert characters == f"<p>{RUSSIAN}</p>"


def test_the_transport_label_comes_before_the_label_in_the_page() -> None:
    page = '<meta charset="iso-8859-5"><p>Ж ё Я</p>'

    characters = decode(page.encode("cp1251"), 'text/html; charset="windows-1251"')

    assert characters == page


def test_an_xml_declaration_is_a_label_too() -> None:
    page = '<?xml version="1.0" encoding="koi8-r"?><p>да</p>'

    characters = decode(page.encode("koi8-r"))

    assert characters == page


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-32"], ids=["utf-8", "utf-16", "utf-32"]
)
def test_a_byte_order_mark_comes_before_every_label(encoding: str) -> None:
    body = FRENCH.encode(encoding)

    characters = decode(body, "text/html; charset=koi8-r")

    assert characters == FRENCH


def test_utf_8_without_a_mark_survives_a_cut_in_the_middle_of_a_letter() -> None:
    body = FRENCH.encode()[: FRENCH.encode().rindex("é".encode()) + 1]

    characters = decode(body, "text/html; charset=iso-8859-1")

    assert characters == FRENCH[: FRENCH.rindex("é")]


def test_a_few_foreign_bytes_in_utf_8_are_read_as_windows_1252() -> None:
    body = FRENCH.encode() + b" Caf\xe9 \x96 bar"

    characters = decode(body)

    assert characters == f"{FRENCH} Café \u2013 bar"


@pytest.mark.parametrize(
    ("twice", "once"),
    [
        ("We\u00e2\u20ac\u2122ve read it", "We\u2019ve read it"),
        ("one\u00c2\u00a0two", "one\u00a0two"),
        ("donn\u00c3\u00a9es", "données"),
        ("\u00c2 Privacy", "\u00a0 Privacy"),
    ],
    ids=["quote", "hard space", "accent", "lone A"],
)
def test_double_encoding_is_undone(twice: str, once: str) -> None:
    body = f"<p>{twice}</p><p>été</p>".encode()

    characters = decode(body)

    assert characters is not None
    assert characters.replace("\u00a0", " ").split() == f"<p>{once}</p><p>été</p>".split()


@pytest.mark.parametrize("times", [1, 2], ids=["once", "twice"])
@pytest.mark.parametrize(
    ("language", "through"),
    [
        *(("fr", "latin-1"), ("ru", "cp1252"), ("ru", "cp1251"), ("uk", "cp1251")),
        *(("ru", "koi8-r"), ("ja", "latin-1"), ("he", "latin-1"), ("fr", "cp1251")),
    ],
)
def test_a_page_that_was_encoded_again_is_put_right(
    language: str, through: str, times: int
) -> None:
    page = f"<p>{TEXTS[language]}</p>"
    characters = page
    for _ in range(times):
        again = (bytes([byte]) for byte in characters.encode())
        characters = "".join(
            byte.decode(through, errors="ignore") or byte.decode("latin-1") for byte in again
        )

    assert decode(characters.encode()) == page


@pytest.mark.parametrize("language", TEXTS)
def test_a_true_text_is_never_mended(language: str) -> None:
    page = f"<p>{TEXTS[language]} {TEXTS[language].upper()}</p>"

    assert decode(page.encode()) == page


def test_words_that_only_look_like_double_encoding_stay() -> None:
    page = "<p>Âge, Ânes et Pâtés: RÊVE, ÂME.</p>"

    characters = decode(page.encode())

    assert characters == page


def test_bytes_that_are_no_text_are_undecodable() -> None:
    noise = codecs.BOM_UTF16_LE + bytes(range(0xD8, 0xE0)) * 400

    extraction = extract(noise)

    assert (extraction.verdict, extraction.reason) == ("not-policy", "undecodable")


@pytest.mark.parametrize(
    "magic", [b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8\xff\xe0", b"PK\x03\x04"]
)
def test_pictures_and_archives_are_undecodable_even_as_html(magic: bytes) -> None:
    extraction = extract(magic + b"\x00\x01" * 300, content_type="text/html")

    assert (extraction.text, extraction.reason) == ("", "undecodable")


def test_a_text_is_clean_of_double_encoding_written_as_entities() -> None:
    page = policy_page(paragraphs=("It&acirc;&euro;&trade;s ours.&Acirc;&nbsp; Yes.", *PARAGRAPHS))

    text = extract(page.encode()).text

    assert "It\u2019s ours. Yes." in text
