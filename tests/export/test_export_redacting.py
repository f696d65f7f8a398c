"""What is taken out of a redacted text, and what stays."""

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.export.redacting import redact

EMAIL, PHONE, NAME = "[e-mail address]", "[telephone number]", "[name]"


def cases(*each: str | tuple[str, str]) -> list[object]:
    """Name each case by its text."""
    return [
        pytest.param(case, id=case) if isinstance(case, str) else pytest.param(*case, id=case[0])
        for case in each
    ]


@pytest.mark.parametrize(
    "written",
    cases(
        "jane.roe@acme.example",
        "Jane.Roe+news@mail.acme.co.example",
        "jane@müller.example",
        "jane @ acme.example",
        "jane%40acme.example",
        "privacy {AT} ACME {DOT} example",
        "privacy at acme dot example",
        "privacy[at]acme.example",
        "privacy (at) acme (dot) example",
        "datenschutz(ät)acme(punkt)example",
        "privacidad (arroba) acme (punto) example",
    ),
)
def test_an_e_mail_address_goes_however_it_is_written(written: str) -> None:
    found = redact(f"Write to {written}, or come.")

    assert (found.text, found.counts) == (f"Write to {EMAIL}, or come.", {"e-mail address": 1})


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        pytest.param(
            "[jane@acme.example](mailto:jane@acme.example?subject=Hello)",
            f"[{EMAIL}](mailto:{EMAIL}?subject=Hello)",
            id="the link and its words",
        ),
        pytest.param(
            "[mail](https://acme.example/cdn-cgi/l/email-protection#0a6965647e6b697e4a6d6e)",
            f"[mail](https://acme.example/cdn-cgi/l/email-protection#{EMAIL})",
            id="as a network of caches hides it",
        ),
        pytest.param(
            "[jane\\_roe@acme.example](http://jane_roe@acme.example)",
            f"[{EMAIL}](http://{EMAIL})",
            id="a link gone wrong",
        ),
        pytest.param("_jane@acme.example_", f"{EMAIL}_", id="in italics"),
        pytest.param(
            "[call](tel:+442079460123)", f"[call](tel:{PHONE})", id="the link of a number"
        ),
    ],
)
def test_links_are_redacted_as_well(text: str, redacted: str) -> None:
    assert redact(text).text == redacted


@pytest.mark.parametrize(
    "text",
    cases(
        "Visit us at acme.example or @acme.",
        "See https://maps.example/@48.85,2.35 and logo@2x.png.",
        "Look at the dot com companies.",
        "[article](https://news.example/@jane/2020)",
    ),
)
def test_what_is_no_e_mail_address_stays(text: str) -> None:
    assert redact(text).text == text


@pytest.mark.parametrize(
    "written",
    cases(
        "+44 20 7946 0123",
        "+49 (0) 30 23125-123",
        "+353 1 706 3117",
        "+14155550100",
        "(415) 555-0100",
        "415-555-0100",
        "1-800-555-0199",
        "1-800-ACMEDESK",
        "020 7946 0123",
        "01 99 00 12 34",
    ),
)
def test_a_telephone_number_goes_wherever_it_stands(written: str) -> None:
    found = redact(f"You can reach us under {written}.")

    assert found.text == f"You can reach us under {PHONE}."
    assert found.counts == {"telephone number": 1}


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        pytest.param("Phone: 415.555.0100", f"Phone: {PHONE}", id="dots"),
        pytest.param("Call us on 4155550100.", f"Call us on {PHONE}.", id="digits alone"),
        pytest.param("Tel. 030/23125 123", f"Tel. {PHONE}", id="German"),
        pytest.param("Téléphone : 01.99.00.12.34", f"Téléphone : {PHONE}", id="French"),
        pytest.param("Teléfono: 912 345 678", f"Teléfono: {PHONE}", id="Spanish"),
        pytest.param("电话：010 1234 5678", f"电话：{PHONE}", id="Chinese"),  # noqa: RUF001
        pytest.param(
            "Fax (415) 555-0100 (415) 555-0101", f"Fax {PHONE} {PHONE}", id="two together"
        ),
        pytest.param("Acme\n(415) 555-0100\n", f"Acme\n{PHONE}\n", id="on a line of its own"),
        pytest.param("Call (1-800-555-0199).", f"Call ({PHONE}).", id="in brackets"),
    ],
)
def test_an_announced_number_goes_in_any_dress(text: str, redacted: str) -> None:
    assert redact(text).text == redacted


@pytest.mark.parametrize(
    "text",
    cases(
        "Last updated 25.05.2018, 01.05.2018, 2018-05-25 and 12/23/2014.",
        "Copyright 2004-2010, call us until 01.01.2020.",
        "Regulation (EU) 2016/679, Directive 95/46/EC, Law No. 13.709/2018.",
        "Art. 6 (1) (a), section 1798.100-1798.199, no. 78-17 of 6 January 1978.",
        "RCS Paris 815 346 655, SIREN number 535 217 723, HRB 123456 B.",
        "VAT number 123 456 7890, Company No. 02627406.",
        "Cookie _ga=GA1.2.1234567890.1234567890, server 192.168.100.200.",
        "We keep it for 10 000 000 000 seconds, or 30 days, at USD 1.000.000.000.",
        "Card 4111 1111 1111 1111.",
        "[help](https://help.example/articles/4155550100-privacy)",
        "[help](/articles/415-555-0100)",
        "Version 1.2.3.4.5.6.7",
    ),
)
def test_other_numbers_stay(text: str) -> None:
    assert redact(text).text == text


@pytest.mark.parametrize(
    ("text", "redacted"),
    cases(  # type: ignore[arg-type]
        ("Data Protection Officer: Jane Roe", f"Data Protection Officer: {NAME}"),
        ("**Privacy Officer:** Jane van der Roe-Smith", f"**Privacy Officer:** {NAME}"),
        ("Our DPO is Jane Roe.", f"Our DPO is {NAME}."),
        ("Grievance Officer\n\nName: Ms. Asha Roe", f"Grievance Officer\n\nName: Ms. {NAME}"),
        ("Attn: Jane Q. Roe, 5 High Street", f"Attn: {NAME}, 5 High Street"),
        ("Jane Roe is the sole owner of the site.", f"{NAME} is the sole owner of the site."),
        ("Ask Jane Roe, our Data Protection Officer", f"Ask {NAME}, our Data Protection Officer"),
        ("Contact Jane Roe, Privacy Officer, by post", f"Contact {NAME}, Privacy Officer, by post"),
        ("Privacy Officer\nJane Roe\n5 High Street", f"Privacy Officer\n{NAME}\n5 High Street"),
        ("Yours,\n\nJane Roe\nCEO", f"Yours,\n\n{NAME}\nCEO"),
        ("Kontakt: Max Beispiel, Musterweg 5", f"Kontakt: {NAME}, Musterweg 5"),
        ("Dr. Jane Roe and Mr. O'Neill", f"Dr. {NAME} and Mr. {NAME}"),
        ("by its President, Julian ROE, (Acme)", f"by its President, {NAME}, (Acme)"),
        ("Datenschutzbeauftragter: Herr Max Beispiel", f"Datenschutzbeauftragter: Herr {NAME}"),
        ("Geschäftsführer: Max Beispiel, Erika Muster", f"Geschäftsführer: {NAME}, {NAME}"),
        ("vertreten durch Max Beispiel", f"vertreten durch {NAME}"),
        ("Directeur de la publication : Jeanne Exemple", f"Directeur de la publication : {NAME}"),
        ("Delegada: Sra. Ana Ejemplo Prueba", f"Delegada: Sra. {NAME}"),
        ("Encarregada: Ana dos Exemplos", f"Encarregada: {NAME}"),
    ),
)
def test_people_named_as_contacts_go(text: str, redacted: str) -> None:
    assert redact(text).text == redacted


@pytest.mark.parametrize(
    "text",
    cases(
        "Attn: Privacy Team, Acme Desk, 5 High Street",
        "Data Protection Officer, One Acme Place, South County",
        "Acme Desk is the sole owner of it: see acmedesk.example.",
        "5 Ocean Dr. Suite 5, DR MyCommerce, Inc.",
        "Contact: Customer Service Department",
        "The President of the United States",
        "represented by Acme Holdings Ltd",
        "You are the sole owner of the outputs.",
        "Managing Director: Acme Desk GmbH",
        "ACME DESK, Privacy Officer, 5 High Street",
        "Acme Desk keeps it.\nPrivacy Officer\nAcme Desk\n5 High Street\nAcme Desk",
    ),
)
def test_offices_companies_and_streets_are_no_names(text: str) -> None:
    assert redact(text).text == text


def test_a_company_that_is_named_again_and_again_is_no_person() -> None:
    text = "Green Valley is the owner of it. Green Valley keeps it. Ask Green Valley."

    assert redact(text).text == text


def test_each_kind_is_counted() -> None:
    found = redact("DPO: Jane Roe, jane@acme.example or roe@acme.example, +44 20 7946 0123")

    assert found.counts == {"name": 1, "e-mail address": 2, "telephone number": 1}


PIECES = [
    *("jane@acme.example", "jane", "@", " at ", " dot ", "example", "mailto:", "DPO: ", "Dr. "),
    *("Jane Roe", "Jane", "Roe", " is the owner", "+44 20 7946 0123", "555-0100", "(415) ", "0"),
    *(
        "1-800-",
        "ACME",
        "tel:",
        "(",
        ")",
        "[",
        "]",
        " ",
        "\n",
        ".",
        ",",
        "-",
        "2018-05-25",
        "https://",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_what_is_redacted_stays_as_it_is(text: str) -> None:
    once = redact(text)

    assert redact(once.text).counts == {}
    assert redact(once.text).text == once.text


@given(st.text("aZ@ .\u00e9\u0130\u4e00\U0001f600\x00\xa01-(+[]\n:"))
def test_any_text_at_all_can_be_redacted_and_keeps_what_is_not_found(text: str) -> None:
    found = redact(text)

    kept = re.split(r"\[(?:e-mail address|telephone number|name)\]", found.text)
    place = 0
    for piece in kept:
        place = text.index(piece, place) + len(piece)
    assert bool(found.counts) == (found.text != text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a@" * 50_000, id="signs"),
        pytest.param("Jane Roe " * 20_000, id="names"),
        pytest.param("DPO: " * 20_000, id="offices"),
        pytest.param("1 " * 50_000, id="digits"),
        pytest.param("(415) 555-010" * 500, id="nearly numbers"),
        pytest.param("x (at) " * 20_000, id="nearly addresses"),
    ],
)
def test_no_text_takes_long(text: str) -> None:
    began = process_time()

    redact(text)

    assert process_time() - began < 10
