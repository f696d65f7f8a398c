"""Where a page holds several documents the privacy policy is taken; one document stays whole."""

import pytest
from extraction_pages import PARAGRAPHS

from pipelines.extraction.maintext import locate, main_text
from pipelines.extraction.page import parse

POLICY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
CLAUSES = tuple(
    f"Clause {number}. You agree to use the service only for lawful purposes and you accept that "
    "we may suspend your account when this agreement is broken, without any liability of ours, "
    f"as the laws of the county of Larkspur say in title {number}."
    for number in range(6)
)
TERMS = "".join(f"<p>{clause}</p>" for clause in CLAUSES)


def text_of(body: str) -> str:
    return main_text(parse(f"<html><body><main>{body}</main></body></html>"))


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Legal</h1><h2>Terms of Use</h2>{TERMS}<h2>Privacy Policy</h2>{POLICY}",
        f"<h2>LARKSPUR PRIVACY POLICY</h2>{POLICY}<h2>LARKSPUR TERMS AND CONDITIONS</h2>{TERMS}",
        f"<p><b>Privacy Statement</b></p>{POLICY}<p><b>Terms of Service</b></p>{TERMS}",
        f"<p>PRIVACY POLICY</p>{POLICY}<p>TERMS OF USE</p>{TERMS}",
        f"<h2>Nutzungsbedingungen</h2>{TERMS}<h2>Datenschutzerklärung</h2>{POLICY}",
        f"<h2>Conditions générales</h2>{TERMS}<h2>Politique de confidentialité</h2>{POLICY}",
        f"<div id=terms-of-service>{TERMS}</div><div id=privacy-policy>{POLICY}</div>",
    ],
    ids=["terms first", "privacy first", "bold", "capitals", "German", "French", "ids"],
)
def test_the_privacy_policy_is_taken_from_a_page_of_several(body: str) -> None:
    text = text_of(body)

    assert all(paragraph in text for paragraph in PARAGRAPHS)
    assert not any(clause in text for clause in CLAUSES)


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Privacy Policy</h1>{POLICY}<h2>Terms of Use</h2>{TERMS}",
        f"<h2>Privacy Policy</h2>{POLICY}<h2>14. Terms of Use</h2>{TERMS}",
        f"<h2>Privacy Policy</h2>{POLICY}<h2>Changes to these terms</h2>{TERMS}",
        f"<h2>Terms of Use</h2>{TERMS}<h2>Your privacy rights</h2>{POLICY}",
        f"<h2>Terms of Use and Privacy Policy</h2>{TERMS}{POLICY}",
        f"<h2>Privacy Policy</h2>{POLICY}<h2>Disclaimer</h2>{TERMS}",
        f"<h2>Privacy Policy</h2>{POLICY}<h2>Terms of Use</h2><p>{CLAUSES[0]}</p>",
        f"<h2>Terms of Use</h2>{TERMS}<h2>Privacy</h2><p>See our other page.</p>{''}",
    ],
    ids=[
        *("section", "numbered", "changes", "rights", "one title", "disclaimer"),
        *("short terms", "short privacy"),
    ],
)
def test_a_document_with_such_sections_stays_whole(body: str) -> None:
    text = text_of(body)

    assert CLAUSES[0] in text
    assert ("See our other page." in text) or all(paragraph in text for paragraph in PARAGRAPHS)


def test_terms_alone_stay_whole() -> None:
    text = text_of(f"<h1>Terms of Use</h1>{TERMS}<h2>Privacy</h2><p>{PARAGRAPHS[0]}</p>")

    assert all(clause in text for clause in CLAUSES)
    assert PARAGRAPHS[0] in text


def test_of_two_editions_on_a_page_the_first_is_taken() -> None:
    earlier = POLICY.replace("three years", "five years")
    text = text_of(
        f"<p><b>Privacy Policy</b></p><p>Effective 2012</p>{POLICY}"
        f"<p><b>Privacy Policy</b></p><p>Effective 2011</p>{earlier}"
    )

    assert "three years" in text
    assert "five years" not in text


def test_policies_for_two_groups_of_people_both_stay() -> None:
    other = "".join(
        f"<p>Item {number}: schools that subscribe give us the names of pupils, which teachers can "
        "read, correct and erase at any time of the school year.</p>"
        for number in range(6)
    )
    text = text_of(
        f"<h2>Terms of Use</h2>{TERMS}<h2>Privacy Policy</h2>{POLICY}"
        f"<h2>Privacy Policy for Schools</h2>{other}"
    )

    assert PARAGRAPHS[0] in text
    assert "Item 5" in text


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("http://larkspur.example/terms-of-use", True),
        ("http://larkspur.example/legal/agb", True),
        ("http://larkspur.example/terms-and-privacy", False),
        ("http://larkspur.example/terms#privacy", False),
        ("http://larkspur.example/legal", False),
    ],
    ids=["terms", "AGB", "both", "fragment", "neither"],
)
def test_under_the_address_of_terms_a_page_of_several_stays_whole(url: str, whole: bool) -> None:
    page = parse(f"<main><h2>Terms of Use</h2>{TERMS}<h2>Privacy Policy</h2>{POLICY}</main>")

    text = main_text(page, url)

    assert PARAGRAPHS[0] in text
    assert (CLAUSES[0] in text) is whole


def test_another_document_is_left_out_with_its_reason() -> None:
    page = parse(f"<main><h2>Terms of Use</h2>{TERMS}<h2>Privacy Policy</h2>{POLICY}</main>")

    part = locate(page.tree)

    assert part is not None
    assert "other-document" in part.left_out.values()
