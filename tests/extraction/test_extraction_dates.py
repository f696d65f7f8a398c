"""The date that a policy states of itself; a doubtful one is no date, others' dates are not its."""

from datetime import date
from time import process_time

import pytest

from pipelines.extraction.dates import NO_DATE, stated_date

FILLER = "We keep what we need and no more than that. "


def dated(text: str, language: str = "en") -> tuple[str, str]:
    stated = stated_date(text, language)
    return stated.kind, str(stated.date or "")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Last updated: 05/11/2021"),
        ("en", "Effective Date: 11-04-2023"),
        ("en", "Last Updated: September 2024"),
        ("en", "Last Edited on 10/2014"),
        ("fr", "Dernière mise à jour: juin 2022"),
        ("en", "Last updated: 31/02/2020"),
    ],
    ids=["slashes", "dashes", "month", "month in numbers", "French month", "no such day"],
)
def test_a_doubtful_date_is_quoted_and_not_guessed(language: str, words: str) -> None:
    stated = stated_date(words, language)

    assert stated.date is None
    assert stated.quote == words


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("You asked us on 25/11/2021.", "2021-11-05"),
        ("We met on 11/25/2021.", "2021-05-11"),
        ("We met on 25/11/2021 and on 11/25/2021.", ""),
        ("That was on 5 November 2021.", "2021-11-05"),
        ("That was on May 11, 2021.", "2021-05-11"),
        ("Our organisation recognises your behaviour.", "2021-11-05"),
        ("Our organization recognizes your behavior.", ""),
    ],
    ids=["day first", "month first", "both", "spelled", "spelled month", "British", "American"],
)
def test_the_rest_of_the_text_may_say_which_number_is_the_day(words: str, day: str) -> None:
    assert dated(f"Last updated: 05/11/2021\n\n{words}") == ("updated", day)


@pytest.mark.parametrize(
    ("language", "words", "day"),
    [
        ("en", "04/04/2021", "2021-04-04"),
        ("en", "12.05.2018", "2018-05-12"),
        ("en", "13/05/2018", "2018-05-13"),
        ("fr", "05/11/2021", "2021-11-05"),
        ("fr", "12/31/2024", "2024-12-31"),
        ("zh", "05/11/2021", ""),
    ],
    ids=["equal numbers", "dots", "beyond twelve", "language", "language against it", "Chinese"],
)
def test_a_date_in_numbers_is_read_where_it_can_be_no_other(
    language: str, words: str, day: str
) -> None:
    assert dated(f"Last updated: {words}", language) == ("updated", day)


@pytest.mark.parametrize(
    "text",
    [
        "We updated our servers because of the law of January 9, 2014 on data.",
        "Since 2018-05-25 the regulation applies to all companies.",
        "As of May 25, 2018, the GDPR gives you rights.",
        "Effective January 1, 2020, California residents may ask us.",
        "Founded on 3 May 1999 in Leuven.",
        "This privacy policy heeds the Acts of the state, effective January 1, 2020.",
        "# Privacy Policy\n\n© 2018 Acme Desk, 2011-2019",
        "Last updated: version 3.2.18",
        "Last updated on https://acme.example/2018/05/25/policy",
        "Previous version effective May 1, 2018.",
        "Effective February 1, 2017 to October 11, 2018",
        "Last updated: May 1, 2016 (archived)",
        "# Privacy\n\n" + FILLER * 99 + "The cookie table was last updated on 12/31/25.",
        "",
    ],
    ids=[
        *(
            "law",
            "regulation",
            "rights",
            "residents",
            "company",
            "acts",
            "copyright",
            "version number",
        ),
        *("address", "previous", "span", "archived", "cookies", "nothing"),
    ],
)
def test_dates_of_other_things_are_not_the_policys(text: str) -> None:
    assert stated_date(text, "en") == NO_DATE


def test_the_update_counts_before_the_effect() -> None:
    stated = stated_date("Effective May 1, 2018. Last updated: June 2, 2019.", "en")

    assert (stated.kind, stated.date, stated.quote) == (
        "updated",
        date(2019, 6, 2),
        "Last updated: June 2, 2019",
    )


def test_a_date_in_passing_yields_to_one_that_a_line_begins_with() -> None:
    passing = "The list of our helpers, last updated on June 1, 2020, hangs in the hall."

    assert dated(f"{passing}\n\nEffective: May 1, 2018") == ("effective", "2018-05-01")
    assert dated(passing) == ("updated", "2020-06-01")


@pytest.mark.parametrize(
    ("month", "right"),
    [("April 2020", ("effective", "2020-05-01")), ("October 2023", ("updated", ""))],
    ids=["earlier", "later"],
)
def test_a_month_without_a_day_yields_to_a_date_that_is_no_older(
    month: str, right: tuple[str, str]
) -> None:
    text = f"Last updated: {month}\n\nThis Privacy Policy is effective as of May 1, 2020."

    assert dated(text) == right


def test_a_list_of_earlier_versions_is_passed_over() -> None:
    listed = "\n".join(f"- Last updated: June {day}, 2017" for day in range(1, 9))

    text = f"# Privacy\n\nEffective: May 1, 2018\n\n{FILLER}\n\n## Previous versions\n\n{listed}"

    assert dated(text) == ("effective", "2018-05-01")


def test_a_link_to_earlier_versions_beside_the_date_does_no_harm() -> None:
    text = "Last updated: May 1, 2019. [View previous version](https://acme.example/old) (May 2018)"

    assert dated(text) == ("updated", "2019-05-01")


@pytest.mark.parametrize("order", [(2017, 2018, 2019), (2019, 2018, 2017)], ids=["up", "down"])
def test_the_newest_entry_of_a_list_of_changes_is_the_update(order: tuple[int, ...]) -> None:
    changes = "\n".join(f"- May 2, {year}: we moved our servers." for year in order)

    assert dated(f"{FILLER * 99}\n\n**Change log:**\n\n{changes}") == ("updated", "2019-05-02")


def test_the_date_of_another_document_on_the_page_is_not_taken() -> None:
    terms = f"# Terms of Service\n\nLast updated: July 1, 2020\n\n{FILLER * 50}"

    both = f"{terms}\n\n# Privacy Policy\n\nLast updated: June 1, 2019\n\n{FILLER * 50}"
    undated = f"{terms}\n\n# Privacy Policy\n\n{FILLER * 50}"

    assert dated(both) == ("updated", "2019-06-01")
    assert stated_date(undated, "en") == NO_DATE


def test_on_a_page_of_several_documents_the_one_named_for_privacy_counts() -> None:
    rules = f"# Rules of the house\n\nLast updated: July 2, 2020\n\n{FILLER * 50}"
    terms = f"# Terms of Service\n\nLast updated: July 1, 2020\n\n{FILLER * 50}"
    privacy = f"# Privacy Policy\n\nLast updated: June 1, 2019\n\n{FILLER * 50}"

    assert dated(f"{rules}\n\n{terms}\n\n{privacy}") == ("updated", "2019-06-01")
    assert dated(f"{rules}\n\n{privacy}") == ("updated", "2020-07-02")


@pytest.mark.parametrize(
    "text",
    [
        "# Acme Privacy Policy\n\nMay 25, 2018\n\nWe keep data.",
        "# Acme Privacy Statement May 25, 2018\n\nWe keep data.",
        "# Statement of privacy (05/25/2018, Leuven only)\n\nWe keep data.",
    ],
    ids=["below", "beside", "in brackets"],
)
def test_a_date_by_the_title_is_that_of_the_version(text: str) -> None:
    assert dated(text) == ("version", "2018-05-25")


def test_a_date_at_the_end_of_a_long_policy_is_found_and_one_in_its_middle_is_not() -> None:
    at_the_end = f"{FILLER * 300}\n\nLast updated: May 4, 2011"
    in_the_middle = f"{FILLER * 300}Last updated: May 4, 2011. {FILLER * 300}"
    of_the_policy = f"{FILLER * 300}This policy was last updated on May 4, 2011. {FILLER * 300}"

    assert dated(at_the_end) == ("updated", "2011-05-04")
    assert stated_date(in_the_middle, "en") == NO_DATE
    assert dated(of_the_policy) == ("updated", "2011-05-04")


@pytest.mark.parametrize(
    "text",
    [
        "updated " * 125_000,
        "last updated on " * 62_500,
        "1234567890" * 100_000,
        "1/" * 500_000,
        "2018 " * 200_000,
        "Last updated: 05/11/2018 " * 40_000,
        "- " * 500_000 + "2018",
        "\n" * 1_000_000 + "2018-05-25",
        "[" * 1_000_000,
        "](" * 500_000,
        "effective date of " * 55_000 + "1 May 2018",
    ],
    ids=[
        *("label", "labels", "digits", "numbers", "years", "dates", "marks", "lines", "brackets"),
        *("links", "gaps"),
    ],
)
def test_no_text_of_a_megabyte_takes_long(text: str) -> None:
    began = process_time()

    stated_date(text, "en")

    assert process_time() - began < 6
