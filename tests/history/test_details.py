"""What no dictionary can say: periods, ages, addresses and companies, found and not found."""

import pytest
from archive_facts import digest_of, insert, rows

from pipelines.database.file import Connection

pytestmark = pytest.mark.database


PERIODS = (
    pytest.param("We keep it for 24 months.", ["24 month"], id="digits"),
    pytest.param("It is retained for twenty-four (24) months", ["24 month"], id="words"),
    pytest.param("Logs are deleted after 90 days.", ["90 day"], id="deleting"),
    pytest.param("a 13-month retention period", ["13 month"], id="a hyphen"),
    pytest.param("kept **six (6) years** or 10 years", ["10 year", "6 year"], id="two periods"),
    pytest.param("Wir speichern sie zwei Jahre.", ["2 year"], id="German"),
    pytest.param("elles sont conservées 13 mois", ["13 month"], id="French"),
    pytest.param("se conservan durante 5 años", ["5 year"], id="Spanish"),
    pytest.param("We keep it.\nIn 24 months we move.", [], id="in another sentence"),
    pytest.param("We have run this site for 10 years.", [], id="nothing is kept"),
    pytest.param("in the past 12 months we stored names", [], id="a look back"),
    pytest.param("We keep nothing of people under 13 years of age", [], id="an age"),
    pytest.param("Keep in mind that it takes 4 weeks", [], id="another keeping"),
    pytest.param("We keep your data as long as necessary", [], id="no period"),
)
AGES = (
    pytest.param("Children under 13 may not use it.", [13], id="under"),
    pytest.param("children under the age of thirteen", [13], id="in words"),
    pytest.param("You must be at least 16 years old.", [16], id="at least"),
    pytest.param("Parents of those 18 or older", [18], id="or older"),
    pytest.param("minors aged 13 to 15, and children below 16", [13, 16], id="several"),
    pytest.param("Kinder unter 16 Jahren", [16], id="German"),
    pytest.param("les enfants de moins de 15 ans", [15], id="French"),
    pytest.param("menores de 14 años", [14], id="Spanish"),
    pytest.param("child abuse, see under 18 U.S.C. 2258A", [], id="a law"),
    pytest.param("children under 18 months", [], id="months"),
    pytest.param("We reply under 13 percent of the time.", [], id="no age"),
    pytest.param("Our company is 13. Children are welcome.", [], id="in another sentence"),
    pytest.param("children under 5", [], id="too young to read"),
)
CONTACTS = (
    pytest.param("Write to Privacy@Acme.example.", ["privacy@acme.example"], id="e-mail"),
    pytest.param("[us](mailto:a@b.example)", ["a@b.example"], id="a link"),
    pytest.param(r"data\_office@b.example", ["data_office@b.example"], id="escaped"),
    pytest.param("dpo [at] b.example", ["dpo@b.example"], id="at in words"),
    pytest.param("dpo at b.example, or @acme", [], id="no address"),
    pytest.param(
        "Acme\n1 Main Street, Suite 5\nSan Jose, CA 95110",
        ["1 Main Street Suite 5 San Jose CA 95110"],
        id="USA over lines",
    ),
    pytest.param("P.O. Box 12, Austin, TX 78701", ["P.O. Box 12 Austin TX 78701"], id="a box"),
    pytest.param("10 King Road, London EC2M 4YP", ["10 King Road London EC2M 4YP"], id="UK"),
    pytest.param("8 rue du Sentier, 75002 Paris", ["8 rue du Sentier 75002 Paris"], id="French"),
    pytest.param("Neuturmstraße 5, 80331 München", ["Neuturmstraße 5 80331 München"], id="German"),
    pytest.param("Kade 43, 1016 VR Amsterdam", ["Kade 43 1016 VR Amsterdam"], id="Dutch"),
    pytest.param("We have 12 offices in California since 19990", [], id="no street"),
    pytest.param("Call 555 12345 at once", [], id="a number"),
)
COMPANIES = (
    pytest.param("The controller is Acme, Inc.", ["Acme Inc"], id="controller before"),
    pytest.param("Acme Ltd. is the data controller", ["Acme Ltd"], id="controller behind"),
    pytest.param("This site is operated by Acme GmbH.", ["Acme GmbH"], id="operated by"),
    pytest.param("© 2009-2012 Acme B.V.", ["Acme BV"], id="the copyright line"),
    pytest.param('**X.AI L.L.C.** ("we") says', ["X.AI LLC"], id="we in brackets"),
    pytest.param("Acme Ltd, with its seat in Oslo (“we”)", ["Acme Ltd"], id="a clause between"),
    pytest.param("Die Acme AG betreibt diese Seite", ["Acme AG"], id="German"),
    pytest.param("Acme SAS est responsable. Édité par Acme SAS.", ["Acme SAS"], id="French"),
    pytest.param(
        "Acme Ltd and Bolt Pty Ltd are joint controllers",
        ["Acme Ltd", "Bolt Pty Ltd"],
        id="two of them",
    ),
    pytest.param("Google Analytics is a service provided by Google, Inc.", [], id="a provider"),
    pytest.param("We work with Acme Inc. and others.", [], id="a partner"),
    pytest.param("Acme respects your privacy", [], id="no legal form"),
    pytest.param("we are incorporated", [], id="no name"),
)
Finds = dict[tuple[str, str], list[object]]
COLUMNS = {
    "retention_periods": ("amount || ' ' || unit", PERIODS),
    "child_ages": ("age", AGES),
    "contacts": ("contact", CONTACTS),
    "controllers": ("entity", COMPANIES),
}


def keep(database: Connection, text: str) -> None:
    """Put one text into the table that the views read."""
    row = {"text_id": digest_of(text), "normalized_id": "n", "text": text, "words": 1}
    insert(database, "texts", row)


@pytest.fixture(scope="module")
def finds(shared: Connection) -> Finds:
    """Give what each view finds in each of its texts, asked once for all; each thing once."""
    found: Finds = {}
    for view, (column, cases) in COLUMNS.items():
        shared.execute("BEGIN")
        for case in cases:
            keep(shared, str(case.values[0]))
        query = (
            f"SELECT text, list(DISTINCT {column} ORDER BY {column}) "
            f"FILTER (found.text_id IS NOT NULL) "
            f"FROM texts LEFT JOIN {view} AS found USING (text_id) GROUP BY text"
        )
        found |= {(view, text): things or [] for text, things in rows(shared, query)}
        shared.execute("ROLLBACK")
    return found


@pytest.mark.parametrize(("text", "periods"), PERIODS)
def test_a_period_counts_only_beside_a_word_of_keeping(
    finds: Finds, text: str, periods: list[str]
) -> None:
    assert finds["retention_periods", text] == periods


@pytest.mark.parametrize(("text", "ages"), AGES)
def test_an_age_counts_only_in_a_sentence_about_age(
    finds: Finds, text: str, ages: list[int]
) -> None:
    assert finds["child_ages", text] == ages


@pytest.mark.parametrize(("text", "contacts"), CONTACTS)
def test_addresses_are_found_by_their_form(finds: Finds, text: str, contacts: list[str]) -> None:
    assert finds["contacts", text] == contacts


@pytest.mark.parametrize(("text", "companies"), COMPANIES)
def test_a_company_is_behind_a_policy_only_where_the_text_says_so(
    finds: Finds, text: str, companies: list[str]
) -> None:
    assert finds["controllers", text] == companies


def test_a_period_comes_with_its_words(database: Connection) -> None:
    keep(database, "We are nice. We Keep  logs for one week!")

    answer = rows(database, "SELECT period, days, verb, quote FROM retention_periods")

    assert answer == [("one week", 7, "keep", "We Keep logs for one week!")]


def test_an_address_given_twice_is_one(database: Connection) -> None:
    keep(database, "Write to a@b.example or A@b.example.")

    assert rows(database, "SELECT kind, contact FROM contacts") == [("e-mail", "a@b.example")]
