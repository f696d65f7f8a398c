"""The language of a text is named, whatever else stands around it."""

import pytest
from policy_texts import TEXTS

from pipelines.extraction.language import language_of

EN, FR, DA, NO = TEXTS["en"], TEXTS["fr"], TEXTS["da"], TEXTS["no"]
MENU = "".join(f"- [{words}](https://fernway.example/{number})\n" for number, words in enumerate(
    ("Home", "About our company", "Sign in or register", "Contact the team", "Download the app")
))  # fmt: skip
SERBIAN = (
    "Vaše lične podatke obrađujemo samo u meri koja je nužna za izvršenje ugovora. Trećim licima "
    "ih ne dajemo, osim ako to zahteva zakon. Takođe ih nikada ne prodajemo, a zahtev za brisanje "
    "možete poslati u svako vreme. Posle pet godina zapisi se uništavaju."
)
GALICIAN = (
    "Os seus datos persoais só se tratan na medida en que é necesario para cumprir o contrato. Non "
    "llelos cedemos a ninguén, agás que a lei nolo esixa, e despois de cinco anos bórranse todos."
)
CATALAN = (
    "Les vostres dades personals només es tracten en la mesura que cal per complir el contracte. "
    "No les cedim a ningú, llevat que la llei ens hi obligui, i al cap de cinc anys s'esborren."
)


@pytest.mark.parametrize("language", TEXTS)
def test_a_policy_is_known_by_its_first_paragraph(language: str) -> None:
    paragraph, _, _ = TEXTS[language].partition("\n")

    assert language_of(paragraph) == language.removesuffix("-tw")


@pytest.mark.parametrize(
    ("text", "language"),
    [(SERBIAN, "sr"), (TEXTS["hr"], "hr"), (GALICIAN, "gl"), (CATALAN, "ca"), (NO, "no")],
    ids=["Serbian in Latin letters", "Croatian", "Galician", "Catalan", "Norwegian"],
)
def test_a_language_is_told_from_its_neighbours(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "dressed",
    [
        pytest.param(MENU * 6 + "\n\n" + FR, id="an English menu before it"),
        pytest.param(f"{FR}\n\n{FR}\n\n{MENU * 6}", id="an English menu after it"),
        pytest.param(
            FR.replace("votre", "votre Fernway Desk Pro for Windows and Mac"), id="product names"
        ),
        pytest.param(FR.upper(), id="capitals"),
        pytest.param(
            FR.replace(" ", " https://fernway.example/the/terms-of-this-and-that "), id="addresses"
        ),
        pytest.param(
            "".join(f"# Your rights and the law of this land\n\n{FR}\n\n" for _ in range(3)),
            id="English headings",
        ),
        pytest.param(f"{EN}\n\n{FR}\n\n{FR}\n\n{FR}", id="a paragraph in English"),
        pytest.param(f"{FR}\n\n{FR}\n\n{FR}\n\n{EN}\n\n{EN}", id="a shorter English version"),
    ],
)
def test_a_french_policy_is_french_with(dressed: str) -> None:
    assert language_of(dressed) == "fr"


@pytest.mark.parametrize(
    "text", ["", "Privacy", "# Privacy policy of ours\n", "12 34 2020-05-25 §"]
)
def test_too_little_to_tell_is_said(text: str) -> None:
    assert language_of(text) == "und"
