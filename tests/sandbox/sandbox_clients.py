"""Clients of the sandbox for the tests: a plain one, and EDGI's with its transport turned."""

import http.client
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests
import wayback
from requests.adapters import HTTPAdapter

from crawler.sandbox.server import Sandbox

Serve = Callable[..., Sandbox]
AGENT = "sandbox-tests/1.0 (+tests@policytrail.example)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """One reply as it came over the wire: headers in their order, body undecoded."""

    status: int
    reason: str
    headers: list[tuple[str, str]]
    body: bytes

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def header(self, name: str) -> str:
        return ", ".join(self.all(name))

    @property
    def names(self) -> set[str]:
        return {name.lower() for name, _ in self.headers}

    @property
    def lines(self) -> list[str]:
        return self.body.decode().split("\n")


def get(url: str, **headers: str) -> Got:
    """Ask once, follow nothing, decode nothing; `Accept_Encoding` stands for `Accept-Encoding`."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    sent = {"User-Agent": AGENT} | {name.replace("_", "-"): v for name, v in headers.items()}
    try:
        connection.request("GET", url[len(f"http://{parts.netloc}") :], headers=sent)
        reply = connection.getresponse()
        return Got(
            status=reply.status,
            reason=reply.reason,
            headers=reply.getheaders(),
            body=reply.read(),
        )
    finally:
        connection.close()


class _LoopbackAdapter(HTTPAdapter):
    """Carries requests for web.archive.org to the loopback; the client never knows."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    def send(
        self, request: requests.PreparedRequest, *args: object, **kwargs: object
    ) -> requests.Response:
        carried = request.copy()
        carried.headers["Host"] = urlsplit(str(request.url)).netloc
        carried.headers["X-Forwarded-Proto"] = "https"
        carried.url = self.url + str(request.url).split("web.archive.org", 1)[1]
        response = super().send(carried, *args, **kwargs)  # type: ignore[arg-type]
        response.request, response.url = request, str(request.url)
        return response


def edgi_client(url: str) -> wayback.WaybackClient:
    """Make EDGI's client, unpaced, against a sandbox."""
    session = wayback.WaybackSession(
        retries=1, backoff=0.01, timeout=10, search_calls_per_second=0, memento_calls_per_second=0
    )
    session.mount("https://web.archive.org", _LoopbackAdapter(url))
    return wayback.WaybackClient(session)
