"""`export --format git`: a history that git, its tools and every forge can read."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from archive_facts import POLICY, Sight, empty_database, enlist, remember, rows
from click.testing import CliRunner, Result
from git_repositories import git, subjects, trailers

from crawler.errors import AskedWrongly, PolicytrailError
from pipelines.cli.main import cli
from pipelines.database.excerpts import Excerpt, note_excerpts
from pipelines.database.file import Connection
from pipelines.export.choices import Choices
from pipelines.export.git import export_git

FIRST, SECOND = "# Privacy\n\nWe keep data.", "# Privacy\n\nWe keep data for 30 days."


def ignore(steps: int) -> None:
    """Tell nobody."""


@pytest.fixture(scope="module")
def repository(traps: Connection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("git") / "history"
    export_git(traps, folder, Choices(), ignore)
    return folder


@pytest.fixture(scope="module")
def shared() -> Iterator[Connection]:
    with empty_database() as connection:
        enlist(connection, POLICY)
        yield connection


@pytest.fixture
def bare(shared: Connection) -> Iterator[Connection]:
    """Give an archive in which nothing was captured; taken back afterwards."""
    shared.execute("BEGIN")
    yield shared
    shared.execute("ROLLBACK")


@pytest.fixture
def small(bare: Connection) -> Connection:
    """Give an archive with one policy in two versions."""
    remember(bare, ("2016-10-18T22:57:56", FIRST), ("2018-05-25", SECOND))
    return bare


def test_each_version_is_one_commit_in_the_order_in_which_they_were_first_seen(
    traps: Connection, repository: Path
) -> None:
    known = rows(
        traps,
        "SELECT policy_id, language, version, first_seen FROM versions "
        "ORDER BY first_seen, policy_id, language, version",
    )

    assert subjects(repository) == [
        f"{policy} ({language}), version {version}" for policy, language, version, _ in known
    ]
    assert git(repository, "log", "--reverse", "--format=%aI %cI").splitlines() == [
        f"{moment:%Y-%m-%dT%H:%M:%S}+00:00 {moment:%Y-%m-%dT%H:%M:%S}+00:00" for *_, moment in known
    ]


def test_git_finds_nothing_wrong_and_the_last_texts_are_checked_out(
    traps: Connection, repository: Path
) -> None:
    last = rows(
        traps,
        "SELECT policy_id, language, text FROM versions JOIN texts USING (text_id) "
        "QUALIFY row_number() OVER (PARTITION BY policy_id, language ORDER BY version DESC) = 1",
    )

    assert git(repository, "fsck", "--strict", "--full") == ""
    assert git(repository, "status", "--porcelain", "--branch") == "## main"
    assert {
        str(path.relative_to(repository)): path.read_text(encoding="utf-8")
        for path in repository.rglob("*/*.md")
    } == {f"{policy}.{language}.md": f"{text}\n" for policy, language, text in last}
    assert sorted(path.name for path in repository.glob("*.md")) == ["README.md"]
    assert list(repository.glob(".policytrail*")) == []


def test_git_reads_the_provenance_as_trailers(small: Connection, tmp_path: Path) -> None:
    export_git(small, tmp_path, Choices(), ignore)

    text_id, body = rows(small, "SELECT text_id, body_sha256 FROM versions ORDER BY version DESC")[
        0
    ]
    uri_r = "http://acme.example/privacy"
    assert trailers(tmp_path) == {
        "Policy": "acme/privacy",
        "Language": "en",
        "Version": "2",
        "First-Seen": "2018-05-25T00:00:00Z",
        "Not-Before": "2016-10-18T22:57:56Z",
        "Not-After": "2018-05-25T00:00:00Z",
        "Title": "Privacy",
        "URI-R": uri_r,
        "URI-M": f"https://archive.example/web/20180525000000id_/{uri_r}",
        "Memento-Datetime": "2026-01-02T03:04:05Z",
        "Digest": rows(small, "SELECT max_by(digest, version) FROM versions")[0][0],
        "Body-SHA256": body,
        "Text-Id": text_id,
        "Extractor": "reader 1 x1",
        "Crawl": "crawl-1",
        "Source": "archive",
    }
    assert "Not-Before" not in trailers(tmp_path, "HEAD~")


def test_blame_names_the_version_that_a_line_came_with(small: Connection, tmp_path: Path) -> None:
    export_git(small, tmp_path, Choices(), ignore)

    commits = git(tmp_path, "log", "--reverse", "--follow", "--format=%H", "acme/privacy.en.md")
    blamed = git(tmp_path, "blame", "-s", "--no-abbrev", "acme/privacy.en.md").splitlines()
    first, second = commits.splitlines()
    assert [line.lstrip("^")[:39] for line in blamed] == [first[:39], first[:39], second[:39]]


def test_the_commit_ids_depend_on_nothing_but_the_versions(
    small: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".gitconfig").write_text(
        "[user]\nname = Jane\nemail = jane@acme.example\n[core]\nautocrlf = true\n"
        "[init]\ndefaultBranch = trunk\ndefaultObjectFormat = sha256\n[i18n]\n"
        "commitEncoding = latin1\n[commit]\ngpgSign = true\n",
        encoding="utf-8",
    )
    for name, value in {
        "HOME": str(tmp_path),
        "TZ": "Asia/Kathmandu",
        "LC_ALL": "de_DE.UTF-8",
        "GIT_AUTHOR_DATE": "2001-01-01T00:00:00+0500",
        "GIT_DEFAULT_HASH": "sha256",
        "GIT_DIR": str(tmp_path / "elsewhere"),
    }.items():
        monkeypatch.setenv(name, value)

    export_git(small, tmp_path / "history", Choices(), ignore)

    # Another id here is another history for everybody who has one: a breaking change.
    monkeypatch.delenv("GIT_DIR")
    assert (
        git(tmp_path / "history", "rev-parse", "main") == "3bfadbc71c9c26bc7ba826c5c21e180a00503131"
    )


def test_dates_that_git_cannot_write_stand_in_the_trailers(
    bare: Connection, tmp_path: Path
) -> None:
    odd = ("00010203040506", "19691231235959", "99991231235959")
    remember(bare, *(Sight(when=when, text=f"Text of {when}.") for when in odd))

    export_git(bare, tmp_path, Choices(), ignore)

    assert git(tmp_path, "fsck", "--strict") == ""
    assert git(tmp_path, "log", "--reverse", "--format=%at").split() == ["0", "0", "253402300799"]
    assert [trailers(tmp_path, commit)["First-Seen"] for commit in ("HEAD~2", "HEAD")] == [
        "0001-02-03T04:05:06Z",
        "9999-12-31T23:59:59Z",
    ]


def test_names_and_titles_cannot_leave_the_folder_or_forge_a_trailer(
    bare: Connection, tmp_path: Path
) -> None:
    odd = ("../up", ".git/hooks", "git~1/a b")
    enlist(bare, *odd)
    remember(
        bare,
        *(Sight(when="2016", text=f"of {name}", policy_id=name) for name in odd),
        Sight(when="2017", text="Hello", language="en\nM 100644 inline x"),
    )
    bare.execute("UPDATE readings SET title = 'One\n\nCrawl: forged\n---\nCrawl: no'")

    export_git(bare, tmp_path / "history", Choices(), ignore)

    assert git(tmp_path / "history", "fsck", "--strict") == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["history"]
    assert len(list((tmp_path / "history").rglob("*/*.md"))) == 4
    found = trailers(tmp_path / "history")
    assert (found["Title"], found["Crawl"]) == ("One Crawl: forged --- Crawl: no", "crawl-1")


def test_without_git_a_clear_line_and_no_folder(
    small: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(PolicytrailError, match="git was not found: install it"):
        export_git(small, tmp_path / "history", Choices(), ignore)

    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_export_leaves_nothing(small: Connection, tmp_path: Path) -> None:
    def interrupt(steps: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_git(small, tmp_path / "history", Choices(), interrupt)

    assert list(tmp_path.iterdir()) == []


def test_a_history_without_texts_is_refused(small: Connection, tmp_path: Path) -> None:
    note_excerpts(small, [Excerpt(chosen={"text_free": True})])

    with pytest.raises(AskedWrongly, match="leave out --text-free"):
        export_git(small, tmp_path / "history", Choices(), ignore)

    assert list(tmp_path.iterdir()) == []


def test_an_archive_without_versions_makes_no_repository(bare: Connection, tmp_path: Path) -> None:
    with pytest.raises(PolicytrailError, match="no version to write"):
        export_git(bare, tmp_path / "history", Choices(), ignore)

    assert list(tmp_path.iterdir()) == []


def test_the_verb_says_what_became_of_the_history(trap_folder: Path, tmp_path: Path) -> None:
    def export(*choices: str) -> Result:
        asked = ["--data", str(trap_folder), "export", str(tmp_path / "history")]
        return CliRunner().invoke(cli, [*asked, "--format", "git", *choices])

    part, whole, refused = export("--policy", "echo"), export(), export("--text-free")

    assert (part.exit_code, part.stdout) == (0, "")
    assert part.stderr == f"2 versions in {tmp_path / 'history'}\n"
    assert whole.exit_code == 0
    assert "the history had to be rewritten from acme/privacy (en), version 1 on" in whole.stderr
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert "leave out --text-free" in refused.stderr
