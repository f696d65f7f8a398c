"""The dictionaries, and which texts use their terms: by whole words, and nothing but them."""

import json
from collections.abc import Iterator

import pytest
from archive_facts import digest_of, insert, rows

from pipelines.database.file import Connection

pytestmark = pytest.mark.database

PHRASES = "SELECT phrase FROM terms UNION SELECT phrase FROM term_exceptions"


WORDS = (
    pytest.param("Our trusted partners.", "TRUSTe", 0, id="truste in trusted"),
    pytest.param("Reviewed by TRUSTe.", "TRUSTe", 1, id="truste"),
    pytest.param("The laws of Texas.", "AWS", 0, id="aws in laws"),
    pytest.param("Hosted on (AWS)", "AWS", 1, id="aws"),
    pytest.param("A striped shirt.", "Stripe", 0, id="stripe in striped"),
    pytest.param("Stripe's servers", "Stripe", 1, id="a genitive"),
    pytest.param("The magnetic stripe of a card.", "Stripe", 0, id="another stripe"),
    pytest.param("The magnetic stripe. Stripe.", "Stripe", 1, id="another stripe and this"),
    pytest.param("A COPPA Safe Harbor program.", "Safe Harbor", 0, id="another harbor"),
    pytest.param("US-EU Safe Harbour", "Safe Harbor", 1, id="British spelling"),
    pytest.param("GDPR GDPR, gdpr", "GDPR", 3, id="side by side"),
    pytest.param("Es gilt die DS-GVO.", "GDPR", 1, id="German"),
    pytest.param("le RGPD s'applique", "GDPR", 1, id="French"),
    pytest.param("the General\nData  Protection\nRegulation", "GDPR", 1, id="over lines"),
    pytest.param("General Data Protection Rules", "GDPR", 0, id="the last word differs"),
    pytest.param("a general data protection", "GDPR", 0, id="the text ends in a phrase"),
    pytest.param("We do not sell it.", "no sale", 1, id="no sale"),
    pytest.param("We don\u2019t sell it.", "no sale", 1, id="no sale with an apostrophe"),
    pytest.param("We will never rent or sell it.", "no sale", 1, id="behind another verb"),
    pytest.param("Wir verkaufen Ihre Daten nicht.", "no sale", 1, id="no sale in German"),
    pytest.param("Nous ne vendons pas vos données.", "no sale", 1, id="no sale in French"),
    pytest.param("Do Not Sell My Personal Information", "no sale", 0, id="a link, no promise"),
    pytest.param("Do Not Sell My Personal Information", "opt-out of sale", 1, id="the link"),
    pytest.param("You may not sell our software.", "no sale", 0, id="a duty of the reader"),
    pytest.param("It does not sell, rent or lease it", "no lease", 1, id="a list of verbs"),
    pytest.param("without prior notice", "prior notice", 0, id="without notice"),
    pytest.param("with prior notice", "prior notice", 1, id="with notice"),
    pytest.param("Google Analytics by Google", "Google", 1, id="a product apart from its maker"),
    pytest.param("European Interactive Digital Advertising Alliance", "DAA", 0, id="a namesake"),
    pytest.param("pixel tags and clear GIFs", "web beacon", 2, id="names of one technology"),
)


def text_row(text: str) -> dict[str, object]:
    """Make a row of `texts`, without anything that the views do not read."""
    return {"text_id": digest_of(text), "normalized_id": "n", "text": text, "words": 1}


@pytest.fixture(scope="module")
def counts(shared: Connection) -> dict[tuple[str, str], int]:
    """Give how often each of those texts uses each term, asked once for all."""
    shared.execute("BEGIN")
    for text in {str(case.values[0]) for case in WORDS}:
        insert(shared, "texts", text_row(text))
    found = rows(shared, "SELECT text, term, count FROM term_mentions JOIN texts USING (text_id)")
    shared.execute("ROLLBACK")
    return {(text, term): count for text, term, count in found}


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("We do NOT sell.", " we do not sell ", id="case and marks"),
        pytest.param(
            "e-mail; don't, don\u2019t", " e mail don t don t ", id="hyphen and apostrophes"
        ),
        pytest.param("# Title\n\n**Cookies**\tand `more`", " title cookies and more ", id="dress"),
        pytest.param("Größe, DONNÉES", " größe données ", id="letters beyond ASCII"),
        pytest.param("donne\u0301es", " données ", id="a letter and its mark apart"),
        pytest.param("Art. 6(1)(f)", " art 6 1 f ", id="numbers"),
        pytest.param("...", "  ", id="no word"),
    ],
)
def test_folded_words_have_one_space_around_each(
    database: Connection, text: str, folded: str
) -> None:
    assert rows(database, "SELECT fold_words(?)", text) == [(folded,)]


@pytest.mark.parametrize(("text", "term", "count"), WORDS)
def test_a_term_is_found_by_whole_words(
    counts: dict[tuple[str, str], int], text: str, term: str, count: int
) -> None:
    assert counts.get((text, term), 0) == count


def test_one_text_is_chosen_before_its_words_are_laid_out(database: Connection) -> None:
    insert(database, "texts", text_row("GDPR"))
    insert(database, "texts", text_row("CCPA"))
    text_id = digest_of("GDPR")

    query = f"EXPLAIN (FORMAT json) SELECT * FROM term_mentions WHERE text_id = '{text_id}'"
    plan = json.loads(rows(database, query)[0][1])

    scans = [each for each in steps(plan[0]) if "SCAN" in str(each["name"]).upper()]
    chosen = [each for each in scans if text_id in str(each["extra_info"])]
    assert chosen
    assert [each for each in scans if "texts" in str(each["extra_info"])] == chosen


def steps(node: dict[str, object]) -> Iterator[dict[str, object]]:
    """Walk through a plan."""
    yield node
    children = node["children"]
    assert isinstance(children, list)
    for child in children:
        yield from steps(child)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(
            f"SELECT phrase FROM ({PHRASES}) WHERE fold_words(phrase) <> concat(' ', phrase, ' ')",
            id="a phrase is not folded",
        ),
        pytest.param(
            f"SELECT phrase FROM ({PHRASES}) WHERE len(string_split(phrase, ' ')) > 8",
            id="a phrase is longer than what is looked at",
        ),
        pytest.param(
            "SELECT dictionary, term, phrase FROM terms GROUP BY ALL HAVING count(*) > 1",
            id="a phrase twice",
        ),
        pytest.param(
            "SELECT a.term, a.phrase FROM terms AS a JOIN terms AS b "
            "ON a.dictionary = b.dictionary AND a.term = b.term AND a.phrase <> b.phrase "
            "AND contains(concat(' ', a.phrase, ' '), concat(' ', b.phrase, ' '))",
            id="a phrase of a term inside another of it",
        ),
        pytest.param(
            "SELECT phrase FROM term_exceptions WHERE NOT EXISTS (SELECT 1 FROM terms "
            "WHERE terms.dictionary = term_exceptions.dictionary "
            "AND terms.term = term_exceptions.term AND contains("
            "concat(' ', term_exceptions.phrase, ' '), concat(' ', terms.phrase, ' ')))",
            id="an exception from nothing",
        ),
        pytest.param(
            "SELECT term FROM terms GROUP BY term HAVING count(DISTINCT (dictionary, kind)) > 1",
            id="a term of two dictionaries or kinds",
        ),
        pytest.param(
            "(SELECT term FROM terms WHERE dictionary IN ('law', 'framework') "
            "EXCEPT SELECT term FROM laws) UNION ALL (SELECT term FROM laws EXCEPT "
            "SELECT term FROM terms WHERE dictionary IN ('law', 'framework'))",
            id="a law without its dates, or dates without their law",
        ),
        pytest.param(
            "SELECT term FROM laws WHERE ended <= in_force", id="a law over before it was"
        ),
    ],
)
def test_nothing_in_the_dictionaries_is_amiss(database: Connection, broken: str) -> None:
    assert rows(database, broken) == []


def test_a_dictionary_knows_from_when_till_when_a_framework_held(database: Connection) -> None:
    found = rows(
        database,
        "SELECT term, in_force::VARCHAR, ended::VARCHAR FROM laws "
        "WHERE term IN ('GDPR', 'Safe Harbor', 'Privacy Shield', 'Data Privacy Framework') "
        "ORDER BY in_force",
    )

    assert found == [
        ("Safe Harbor", "2000-11-01", "2015-10-06"),
        ("Privacy Shield", "2016-07-12", "2020-07-16"),
        ("GDPR", "2018-05-25", None),
        ("Data Privacy Framework", "2023-07-10", None),
    ]
