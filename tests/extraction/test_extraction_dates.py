"""The date that a policy states of itself, in the words it uses; a doubtful one is no date."""

from datetime import date

import pytest

from pipelines.extraction.dates import stated_date

STATED = [
    ("en", "Last Updated: January 9, 2014", "updated", date(2014, 1, 9)),
    ("en", "This policy was last revised on 2nd of March, 2016.", "updated", date(2016, 3, 2)),
    ("en", "**Effective Date:** Nov 5, 2012", "effective", date(2012, 11, 5)),
    ("en", "Effective 6 February 2025", "effective", date(2025, 2, 6)),
    ("en", "| Last modified | 2019-07-30 |", "updated", date(2019, 7, 30)),
    ("en", "Last updated: 02/24/2025", "updated", date(2025, 2, 24)),
    ("en", "Version 3.1, 12 May 2020", "version", date(2020, 5, 12)),
    ("de", "Stand: 1. Mai 2018", "updated", date(2018, 5, 1)),
    ("de", "Zuletzt aktualisiert am 25.05.2018", "updated", date(2018, 5, 25)),
    ("de", "Gültig ab 3. März 2021", "effective", date(2021, 3, 3)),
    ("fr", "Dernière mise à jour le 14 août 2019", "updated", date(2019, 8, 14)),
    ("fr", "Date de dernière mise à jour : 01/10/2024", "updated", date(2024, 10, 1)),
    ("fr", "En vigueur au 1er décembre 2023", "effective", date(2023, 12, 1)),
    ("es", "Última actualización: 7 de junio de 2022", "updated", date(2022, 6, 7)),
    ("it", "Ultimo aggiornamento: 8 settembre 2020", "updated", date(2020, 9, 8)),
    ("nl", "Laatst bijgewerkt op 9 oktober 2021", "updated", date(2021, 10, 9)),
    ("zh", "更新日期\uff1a2022年4月26日", "updated", date(2022, 4, 26)),
    ("ja", "制定 2016年3月29日", "effective", date(2016, 3, 29)),
]


@pytest.mark.parametrize(
    ("language", "words", "kind", "day"), STATED, ids=[case[1] for case in STATED]
)
def test_a_stated_date_is_read_in_the_language_of_the_policy(
    language: str, words: str, kind: str, day: date
) -> None:
    stated = stated_date(f"# Privacy\n\n{words}\n\nWe keep data.", language)

    assert (stated.kind, stated.date) == (kind, day)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Last updated: 05/11/2021"),
        ("en", "Effective Date: 11-04-2023"),
        ("en", "Last Updated: September 2024"),
        ("fr", "Dernière mise à jour: juin 2022"),
        ("en", "Last updated: 31/02/2020"),
    ],
    ids=["slashes", "dashes", "month", "French month", "no such day"],
)
def test_a_doubtful_date_is_quoted_and_not_guessed(language: str, words: str) -> None:
    stated = stated_date(words, language)

    assert stated.date is None
    assert stated.quote == words


@pytest.mark.parametrize(
    "text",
    [
        "We updated our servers because of the law of January 9, 2014 on data.",
        "Since 2018-05-25 the regulation applies to all companies.",
        "Founded on 3 May 1999 in Leuven.",
        "",
    ],
    ids=["law", "regulation", "company", "nothing"],
)
def test_dates_of_other_things_are_not_the_policys(text: str) -> None:
    assert stated_date(text, "en").quote == ""


def test_the_update_counts_before_the_effect() -> None:
    stated = stated_date("Effective May 1, 2018. Last updated: June 2, 2019.", "en")

    assert (stated.kind, stated.date, stated.quote) == (
        "updated",
        date(2019, 6, 2),
        "Last updated: June 2, 2019",
    )


def test_a_date_at_the_end_of_a_long_policy_is_found_and_one_in_its_middle_is_not() -> None:
    filler = "We keep what we need and no more than that. " * 300

    at_the_end = stated_date(f"{filler}\n\nLast updated: May 4, 2011", "en")
    in_the_middle = stated_date(f"{filler}Last updated: May 4, 2011. {filler}", "en")

    assert (at_the_end.date, in_the_middle.date) == (date(2011, 5, 4), None)
