"""`read`: files and kept captures, for a person and for a program, and never a request."""

import json
from pathlib import Path

import pytest
from kept_pages import keep_pages, uri_m_of

pytestmark = pytest.mark.database
PAGE = (
    "<html><head><title>Privacy policy</title></head><body><p>Last updated: 25 May 2018</p>"
    "<p>This privacy policy says which personal information we collect, caf\xe9 visits included, "
    'how we use <a href="/more">your personal data</a> and with whom we share it.</p></body></html>'
).encode("cp1252")
KEPT, AGAIN = "20180601000000", "20190601000000"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("shelf")
    keep_pages(data, {KEPT: PAGE, AGAIN: PAGE}, "text/html; charset=windows-1252")
    return data


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    return path


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(uri_m_of(KEPT), id="as it is kept"),
        pytest.param(uri_m_of(KEPT).replace("id_", ""), id="no flags"),
        pytest.param(uri_m_of(KEPT).replace("id_", "if_"), id="other flags"),
        pytest.param(uri_m_of(KEPT).replace("archive.", "mirror."), id="another archive"),
        pytest.param(f"http://a.example/web/{KEPT}/https://www.acme.example/privacy/", id="near"),
        pytest.param(uri_m_of(AGAIN), id="known by its digest"),
    ],
)
def test_a_capture_is_read_from_the_data_folder_with_its_address_and_type(
    run, shelf: Path, name: str
) -> None:
    result = run("read", name, "--format", "jsonl", data=shelf)

    (row,) = map(json.loads, result.stdout.splitlines())
    assert (row["file"], row["verdict"], row["stated_date"]) == (name, "policy", "2018-05-25")
    assert "caf\xe9 visits" in row["text"]
    assert "(http://acme.example/more)" in row["text"]


def test_files_and_captures_come_in_the_order_asked(run, shelf: Path, file: Path) -> None:
    names = [str(file), uri_m_of(KEPT), str(file)]

    result = run("read", *names, "--format", "json", data=shelf)

    rows = json.loads(result.stdout)
    assert [row["file"] for row in rows] == names
    assert {row["undated_id"] for row in rows} == {rows[1]["undated_id"]}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param(
            uri_m_of("20180901000000"),
            f"is not kept in {{data}}: the nearest one kept is {uri_m_of(KEPT)}; `policytrail",
            id="another moment",
        ),
        pytest.param(
            f"https://archive.example/web/{KEPT}/http://beta.example/",
            "nor is another of its page; `policytrail crawl`",
            id="another page",
        ),
        pytest.param("https://acme.example/privacy", "no address of a capture", id="the live web"),
        pytest.param(
            "https://archive.example/web/20189999000000/http://acme.example/",
            "the 14 digits of a capture",
            id="no moment",
        ),
        pytest.param("gone.html", "cannot read gone.html: No such file", id="no file"),
    ],
)
def test_what_is_not_there_is_one_line_before_any_work(
    run, shelf: Path, file: Path, name: str, words: str
) -> None:
    result = run("read", str(file), name, data=shelf)

    assert (result.exit_code, result.stdout) == (2, "")
    assert words.format(data=shelf) in result.stderr
    assert result.stderr.count("\n") == 1


def test_without_a_database_a_capture_is_not_kept(run, tmp_path: Path) -> None:
    result = run("read", uri_m_of(KEPT), data=tmp_path / "none")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "is not kept" in result.stderr
    assert not (tmp_path / "none").exists()


def test_explained_a_page_says_why_it_reads_so(run, shelf: Path) -> None:
    result = run("read", uri_m_of(KEPT), "--explain", data=shelf)

    facts = dict(line.split(maxsplit=1) for line in result.stderr.splitlines())
    assert facts["page"] == uri_m_of(KEPT)
    assert facts["verdict"].startswith("policy")
    assert facts["read"] == "as    text/html; charset=windows-1252, cp1252"
    assert facts["title"] == "Privacy policy"
    assert facts["language"] == "en"
    assert facts["stated"] == "2018-05-25 (updated): Last updated: 25 May 2018"
    assert "trafilatura" in facts["extractor"]
    assert int(facts["words"]) > 20
    assert result.stdout.startswith("Last updated: 25 May 2018")


@pytest.mark.parametrize(
    ("body", "verdict", "read_as"),
    [
        pytest.param(b"", "not-policy (score 0.00): empty", "no characters", id="nothing"),
        pytest.param(
            b"\x89PNG\r\n\x1a\n",
            "not-policy (score 0.00): undecodable",
            "no characters",
            id="image",
        ),
        pytest.param("Datenschutz für alle".encode("utf-16"), "not-policy", "utf-16", id="wide"),
    ],
)
def test_explained_a_page_that_is_no_policy_says_so(
    run, tmp_path: Path, body: bytes, verdict: str, read_as: str
) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(body)

    result = run("read", str(path), "--explain")

    lines = result.stderr.splitlines()
    assert any(line.startswith(f"verdict    {verdict}") for line in lines)
    assert f"read as    {read_as}" in lines
    assert "stated     no date" in lines


def test_an_explanation_is_for_a_person(run, file: Path) -> None:
    result = run("read", str(file), "--explain", "--format", "json")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "leave out --format" in result.stderr
