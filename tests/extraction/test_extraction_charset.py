"""Bytes become the characters their writer meant, whatever the label says."""

# ruff: noqa: RUF001 - the letters of other alphabets are the point here
import codecs

import pytest
from extraction_pages import PARAGRAPHS, policy_page

from pipelines.extraction.charset import decode
from pipelines.extraction.extract import extract

FRENCH = (
    "Nous protégeons vos données personnelles où que vous soyez, à Genève comme à Orléans. "
    "L\u2019adresse électronique reste à vous et n\u2019est jamais cédée à des tiers."
)
POLISH = (
    "Przetwarzamy dane osobowe zgodnie z przepisami. Każda osoba ma prawo dostępu do swoich "
    "danych, ich sprostowania, usunięcia oraz ograniczenia przetwarzania."
)
RUSSIAN = (
    "Мы обрабатываем персональные данные в соответствии с законом. Каждый пользователь имеет "
    "право на доступ к своим данным, их исправление и удаление."
)
GREEK = (
    "Επεξεργαζόμαστε τα προσωπικά δεδομένα σύμφωνα με τον νόμο. Κάθε χρήστης έχει δικαίωμα "
    "πρόσβασης στα δεδομένα του."
)
TURKISH = (
    "Kişisel verilerinizi yasalara uygun olarak işliyoruz. Her kullanıcının verilerine erişme, "
    "düzeltme ve silme hakkı vardır. Bilgileri üçüncü kişilerle paylaşmayız."
)
HEBREW = (
    "אנו מעבדים מידע אישי בהתאם לחוק. לכל משתמש יש זכות לעיין במידע שלו, לתקן אותו ולמחוק אותו."
)
ARABIC = (
    "نعالج البيانات الشخصية وفقا للقانون. لكل مستخدم الحق في الوصول إلى بياناته وتصحيحها وحذفها."
)
THAI = "เราประมวลผลข้อมูลส่วนบุคคลตามกฎหมาย ผู้ใช้ทุกคนมีสิทธิเข้าถึง แก้ไข และลบข้อมูลของตน"
CHINESE = (
    "我们根据法律处理个人信息。"
    "每位用户都有权访问、更正和删除自己的数据。我们不会向第三方出售您的信息。"
)
JAPANESE = (
    "当社は法律に従って個人情報を取り扱います。"
    "利用者は自己の情報の開示、訂正、削除を求めることができます。"
)
KOREAN = (
    "당사는 법률에 따라 개인정보를 처리합니다. "
    "모든 이용자는 자신의 정보를 열람, 정정, 삭제할 권리가 있습니다."
)

ENCODINGS = [
    ("utf-8", FRENCH),
    ("cp1252", FRENCH),
    ("utf-16-le", FRENCH),
    ("utf-16", FRENCH),
    ("cp1250", POLISH),
    ("iso8859-2", POLISH),
    ("cp1251", RUSSIAN),
    ("koi8-r", RUSSIAN),
    ("iso8859-5", RUSSIAN),
    ("cp1253", GREEK),
    ("cp1254", TURKISH),
    ("cp1255", HEBREW),
    ("cp1256", ARABIC),
    ("cp874", THAI),
    ("gb18030", CHINESE),
    ("gbk", CHINESE),
    ("shift_jis", JAPANESE),
    ("euc_jp", JAPANESE),
    ("iso2022_jp", JAPANESE),
    ("euc_kr", KOREAN),
]


@pytest.mark.parametrize(
    "declared", ["right", "not at all", "utf-8", "iso-8859-1"], ids=lambda label: f"as {label}"
)
@pytest.mark.parametrize(("encoding", "text"), ENCODINGS, ids=[name for name, _ in ENCODINGS])
def test_a_page_reads_the_same_whatever_its_label_says(
    encoding: str, text: str, declared: str
) -> None:
    label = encoding if declared == "right" else declared
    meta = "" if declared == "not at all" else f'<meta charset="{label}">'
    page = f"<html><head>{meta}</head><body><p>{text}</p></body></html>"

    characters = decode(page.encode(encoding))

    assert characters == page


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
