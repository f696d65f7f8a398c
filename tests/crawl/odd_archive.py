"""An archive on the loopback that sends whatever bytes a test wrote down, and nothing else."""

import socketserver
import threading
from collections.abc import Mapping
from types import TracebackType

HOST = "127.0.0.1"
Replies = Mapping[str, "bytes | Replies"]
EMPTY = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n"


class OddArchive:
    """Answers a request with the reply of the first key that its path contains.

    In place of a reply there may be replies of their own, for one host of several. A listing for
    which there is none is empty, as if the address were never archived.
    """

    def __init__(self, replies: Replies) -> None:
        self.replies = dict(replies)
        self.paths: list[str] = []
        odd = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                path = self.rfile.readline().decode("latin-1").split(" ")[1]
                while self.rfile.readline() not in (b"\r\n", b""):
                    pass
                odd.paths.append(path)
                self.wfile.write(odd.reply(path))

        self._server = socketserver.ThreadingTCPServer((HOST, 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        """The archive's address."""
        return f"http://{HOST}:{self._server.server_address[1]}"

    def reply(self, path: str) -> bytes:
        """The bytes that a path is answered with."""
        found: bytes | Replies = self.replies
        while not isinstance(found, bytes):
            found = next((reply for key, reply in found.items() if key in path), EMPTY)
        return found

    def __enter__(self) -> "OddArchive":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def reply(body: bytes | str, status: str = "200 OK", **headers: str) -> bytes:
    """Write a reply; underscores in header names are hyphens."""
    payload = body.encode() if isinstance(body, str) else body
    given = {"Content_Type": "text/plain", "Content_Length": str(len(payload)), **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in given.items()]
    head = "\r\n".join([f"HTTP/1.1 {status}", "Connection: close", *lines])
    return f"{head}\r\n\r\n".encode("latin-1") + payload
