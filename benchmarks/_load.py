"""Clients that only ask: how many mementos a second the sandbox itself can give."""

import http.client
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

CLIENTS = 8


def main(addresses: Path) -> None:
    """Ask for every address of a file once, from several connections at a time."""
    lines = addresses.read_text(encoding="utf-8").splitlines()
    clients = [
        threading.Thread(target=_ask, args=(lines[first::CLIENTS],)) for first in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()


def _ask(addresses: Sequence[str]) -> None:
    host = urlsplit(addresses[0]).netloc
    connection = http.client.HTTPConnection(host, timeout=60)
    for address in addresses:
        connection.request(
            "GET", address.removeprefix(f"http://{host}"), headers={"Accept-Encoding": "gzip"}
        )
        connection.getresponse().read()
    connection.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
