"""pywb indexes the WARC files as we do, and replays them as a server on the loopback."""

import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, Peer

# The bodies are kept by the same helper as in the tests of exports.
sys.path.insert(0, str(Path(__file__).parents[1] / "export"))
from kept_answers import URI_R, Shown, keep_shown, page

from crawler.items import State
from pipelines.database.file import reading
from pipelines.export.warc import write_records

pytestmark = pytest.mark.peers

OLD, NEW = page("We keep what you send."), page("Wir verkaufen für uns, was Sie senden. " * 90)
OTHER = "https://www.acme.example/Legal/our policy?b=1&a=ü"
SHOWN = (
    Shown(timestamp="20150101000000", body=OLD),
    Shown(timestamp="20150601000000", body=OLD, state=State.UNCHANGED, statuscode="-"),
    Shown(timestamp="20160101000000", body=NEW),
    Shown(timestamp="20140101000000", body=NEW, state=State.UNCHANGED),
    Shown(timestamp="20170301000000", body=NEW, original=OTHER, digest="ASARCHIVED"),
)
SERVE = """
import sys
from gevent import monkey
monkey.patch_all()
from gevent.pywsgi import WSGIServer
from pywb.apps.frontendapp import FrontEndApp

server = WSGIServer(("127.0.0.1", 0), FrontEndApp(custom_config={}), log=None)
server.start()
print("port", server.server_port, flush=True)
server.serve_forever()
"""
INDEX = """
import sys
from pywb.indexer.cdxindexer import write_multi_cdx_index
write_multi_cdx_index("-", sys.argv[1:], cdxj=True, sort=True)
"""


@pytest.fixture(scope="module")
def collections(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of pywb with an export as its only collection."""
    folder = tmp_path_factory.mktemp("pywb")
    keep_shown(folder / "data", SHOWN)
    (folder / "collections" / "policies").mkdir(parents=True)
    with reading(folder / "data") as connection:
        export = folder / "collections" / "policies"
        write_records(connection, folder / "data", export, limit=1500)
    return folder


@pytest.fixture(scope="module")
def server(collections: Path) -> Iterator[str]:
    """Give the address of pywb, serving the collection."""
    command = [str(ROOT / ".replay" / "bin" / "python"), "-c", SERVE]
    with subprocess.Popen(
        command, cwd=collections, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout
            said = next(line for line in process.stdout if line.startswith("port "))
            yield f"http://127.0.0.1:{said.split()[1]}"
        finally:
            process.terminate()


def test_our_index_is_the_one_that_pywb_makes_of_the_files(collections: Path, replay: Peer) -> None:
    policies = collections / "collections" / "policies"

    theirs = replay(INDEX, policies / "archive")

    assert theirs == (policies / "indexes" / "index.cdxj").read_text(encoding="utf-8")
    assert len(list((policies / "archive").iterdir())) > 1
    assert theirs.count("\n") == len(SHOWN)


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: f"{shown.timestamp} {shown.state}")
def test_pywb_replays_every_capture_with_its_own_moment_and_bytes(
    server: str, shown: Shown
) -> None:
    asked = urllib.parse.quote(shown.original, safe=":/?&=")

    with urllib.request.urlopen(
        f"{server}/policies/{shown.timestamp}id_/{asked}", timeout=30
    ) as answer:
        body = answer.read()

    moment = time.strptime(answer.headers["Memento-Datetime"], "%a, %d %b %Y %H:%M:%S GMT")
    assert time.strftime("%Y%m%d%H%M%S", moment) == shown.timestamp
    assert body == shown.body
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["X-Archive-Orig-server"] == "Apache"


def test_pywb_answers_with_the_nearest_capture_and_lists_them_all(server: str) -> None:
    with urllib.request.urlopen(f"{server}/policies/timemap/link/{URI_R}", timeout=30) as answer:
        listed = answer.read().decode()

    assert [moment for moment in ("2014", "2015", "2016") if f"Jan {moment}" in listed] == [
        "2014",
        "2015",
        "2016",
    ]
    assert listed.count('rel="memento"') == 4


def test_pywb_has_nothing_of_other_addresses(server: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{server}/policies/2015id_/http://acme.example/terms", timeout=30)

    caught.value.close()
    assert caught.value.code == 404
