"""Where the sandbox's captures come from: folders, code, several at once."""

import json
from pathlib import Path

import pytest
from sandbox_clients import Serve, get
from warc_files import write_warc

from crawler.sandbox.archive import archive_of, capture, revisit_of
from crawler.sandbox.faults import Fault
from crawler.sandbox.folders import BadSource, load_folder
from crawler.sandbox.sources import load

URL = "http://acme.example/privacy"
BODY = b"<p>We keep what we must.</p>"


def write_manifest(folder: Path, *entries: object, name: str = "manifest.jsonl") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("".join(json.dumps(entry) + "\n" for entry in entries))
    return path


def test_a_folder_is_its_manifest_and_the_files_it_names(tmp_path: Path) -> None:
    (tmp_path / "2016.html").write_bytes(BODY)
    write_manifest(
        tmp_path,
        {"url": URL, "timestamp": "20160101000000", "file": "2016.html"},
        {"url": URL, "timestamp": "20170101000000", "status": 301, "location": "/p"},
        {"url": URL, "timestamp": "20180101000000", "revisit_of": "20160101000000"},
        {"url": URL, "timestamp": "20190101000000", "body": "hi", "headers": [["Via", "a"]]},
        {"excluded": "http://sealed.example/"},
        {"fault": "429", "where": URL, "on": "cdx", "times": 2},
    )

    archive = load_folder(tmp_path)

    first, moved, again, inline = archive.captures
    assert (first.body, first.mimetype, first.status) == (BODY, "text/html", 200)
    assert (moved.status, moved.header("location")) == (301, "/p")
    assert (again.revisit, again.digest) == (True, first.digest)
    assert (inline.body, inline.header("Via")) == (b"hi", "a")
    assert archive.excluded == ("http://sealed.example/",)
    assert archive.faults == (Fault("429", where=URL, on="cdx", times=2),)


def test_a_manifest_of_a_corpus_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "a.pdf").write_bytes(b"%PDF-")
    write_manifest(
        tmp_path,
        {
            "site": "acme",
            "url": URL,
            "timestamp": "20160101000000",
            "html_path": "acme/a.pdf",
            "content_type": "application/pdf",
            "truth_path": None,
        },
        name="visible.manifest.jsonl",
    )

    [found] = load([tmp_path]).captures

    assert (found.url, found.mimetype, found.body) == (URL, "application/pdf", b"%PDF-")


def test_faults_of_a_manifest_strike(tmp_path: Path, serve: Serve) -> None:
    write_manifest(
        tmp_path,
        {"url": URL, "timestamp": "20160101000000", "body": "a", "faults": ["gzip-lie"]},
        {"fault": "503", "on": "cdx"},
    )
    sandbox = serve(load_folder(tmp_path))

    listed = get(f"{sandbox.url}/cdx/search/cdx?url={URL}")
    played = get(f"{sandbox.url}/web/20160101000000id_/{URL}")

    assert (listed.status, played.header("Content-Encoding")) == (503, "gzip")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param("{", "not JSON", id="not-json"),
        pytest.param("[]", "not a JSON object", id="not-an-object"),
        pytest.param('{"timestamp": "20160101000000"}', "no 'url'", id="no-url"),
        pytest.param('{"url": "http://a.example"}', "no 'timestamp'", id="no-timestamp"),
        pytest.param('{"url": "http://a.example", "timestamp": "2016"}', "14 digits", id="digits"),
        pytest.param(
            '{"url": "http://a.example", "timestamp": "20160101000000", "file": "none.html"}',
            "none.html",
            id="no-file",
        ),
        pytest.param('{"fault": "flood"}', "no fault 'flood'", id="no-fault"),
        pytest.param(
            '{"url": "http://a.example", "timestamp": "20160101000000", "revisit_of": "1"}',
            "to revisit",
            id="no-original",
        ),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, reason: str) -> None:
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text(f'{{"excluded": "http://x.example/"}}\n\n{line}\n')

    with pytest.raises(BadSource, match=reason) as refused:
        load_folder(tmp_path)

    assert str(refused.value).startswith(f"{manifest}:3: ")


def test_a_folder_of_neither_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSource, match=r"neither a manifest\.jsonl nor a WARC"):
        load([tmp_path])


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSource, match="no such file"):
        load([tmp_path / "nothing"])


def test_several_sources_are_one_archive(tmp_path: Path) -> None:
    write_warc(tmp_path / "a.warc.gz")
    manifest = write_manifest(
        tmp_path / "pages", {"url": URL, "timestamp": "20160101000000", "body": "a"}
    )

    archive = load([tmp_path, manifest])

    assert len(archive) == 7
    assert len(load([tmp_path])) == 6


def test_captures_can_be_written_in_code_in_any_order() -> None:
    later = capture(URL, "20170101000000", "später", content_type="text/plain")
    earlier = capture("https://www.acme.example/privacy/", "20160101000000", "a")

    archive = archive_of(later, earlier)

    assert archive.captures == (earlier, later)
    assert later.body == "später".encode()
    assert later.mimetype == "text/plain"
    assert later.header("Content-Length") == "7"


def test_a_revisit_at_another_address_has_its_key() -> None:
    again = revisit_of(capture(URL, "20160101000000", "a"), "20170101000000", url=f"{URL}?a=1")

    assert again.urlkey == "example,acme)/privacy?a=1"


def test_a_capture_without_a_content_type_is_unknown() -> None:
    assert capture(URL, "20160101000000", "a", content_type="").mimetype == "unk"
