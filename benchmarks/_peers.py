"""Other people's clients of the archive, turned to the loopback, without their politeness."""

import tempfile
from collections.abc import Sequence
from urllib.parse import urlsplit

import requests
import wayback  # type: ignore[import-untyped]
from requests.adapters import HTTPAdapter
from waybackpack import asset, cdx, pack  # type: ignore[import-untyped]

ARCHIVE = "https://web.archive.org"


class _Turned(HTTPAdapter):
    """Carries requests for the archive to a sandbox; the client never knows."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    def send(
        self, request: requests.PreparedRequest, *args: object, **kwargs: object
    ) -> requests.Response:
        carried = request.copy()
        carried.headers["Host"] = urlsplit(ARCHIVE).netloc
        carried.headers["X-Forwarded-Proto"] = "https"
        carried.url = str(request.url).replace(ARCHIVE, self.url, 1)
        response = super().send(carried, *args, **kwargs)  # type: ignore[arg-type]
        response.request, response.url = request, str(request.url)
        return response


def waybackpack(addresses: Sequence[str], url: str) -> None:
    """Download every capture."""
    _waybackpack(addresses, url, collapse=None)


def waybackpack_collapsed(addresses: Sequence[str], url: str) -> None:
    """Download the captures whose digest differs from the one before."""
    _waybackpack(addresses, url, collapse=["digest"])


def edgi(addresses: Sequence[str], url: str) -> None:
    """Fetch every capture."""
    with _edgi_client(url) as client:
        for address in addresses:
            for record in client.search(address):
                client.get_memento(record).close()


def edgi_new_texts(addresses: Sequence[str], url: str) -> None:
    """Fetch the captures whose digest the listing has not shown before, as its user would."""
    with _edgi_client(url) as client:
        for address in addresses:
            first = {record.digest: record for record in reversed(list(client.search(address)))}
            for record in first.values():
                client.get_memento(record).close()


def _waybackpack(addresses: Sequence[str], url: str, collapse: list[str] | None) -> None:
    cdx.SEARCH_URL = f"{url}/cdx/search/cdx"
    asset.ARCHIVE_TEMPLATE = f"{url}/web/{{timestamp}}{{flag}}/{{url}}"
    with tempfile.TemporaryDirectory() as folder:
        for address in addresses:
            found = cdx.search(address, collapse=collapse)
            chosen = pack.Pack(address, timestamps=[line["timestamp"] for line in found])
            chosen.download_to(folder, raw=True)


def _edgi_client(url: str) -> wayback.WaybackClient:
    session = wayback.WaybackSession(
        retries=1, backoff=0.01, timeout=30, search_calls_per_second=0, memento_calls_per_second=0
    )
    session.mount(ARCHIVE, _Turned(url))
    return wayback.WaybackClient(session)
