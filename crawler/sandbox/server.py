"""The sandbox itself: a listening socket, a thread for each connection. Standard library only."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType

from crawler.sandbox import budgets
from crawler.sandbox.archive import Archive, ArchivedCapture
from crawler.sandbox.budgets import Budgets, Gate
from crawler.sandbox.faults import Fault, FaultPlan
from crawler.sandbox.log import RequestLog
from crawler.sandbox.replies import too_many_requests
from crawler.sandbox.saves import ANYBODY, SavePageNow, SaveRules
from crawler.sandbox.spoiling import carry_out
from crawler.sandbox.visits import Visit, visit_of
from crawler.sandbox.wire import Reply, Request, read_request, reset, write_reply

HOST = "127.0.0.1"


class Sandbox:
    """A Wayback Machine on the loopback; a context manager that serves while it is entered.

    `url` is where it listens, `log` what it was asked, `faults` the plan of what goes wrong,
    to which more can be added at any time. `live` is the web that Save Page Now captures, by
    `saving` rules. `port` 0 takes a free one.
    """

    def __init__(
        self,
        archive: Archive,
        *,
        faults: Iterable[Fault] = (),
        budgets: Budgets = budgets.NONE,
        live: Mapping[str, str | bytes | None] = MappingProxyType({}),
        saving: SaveRules = ANYBODY,
        seed: int = 0,
        port: int = 0,
        log_file: Path | None = None,
    ) -> None:
        self.archive = archive
        self.faults = FaultPlan((*faults, *archive.faults), seed)
        self.log = RequestLog(log_file)
        self.saves = SavePageNow(live, saving, self._keep)
        self._gate = Gate(budgets)
        self._port = port
        self._listener: socket.socket | None = None
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._banned_until = 0.0
        self._acceptor = threading.Thread(target=self._accept, name="sandbox", daemon=True)

    @property
    def url(self) -> str:
        """The archive's address, without a slash at the end."""
        return f"http://{HOST}:{self._port}"

    def __enter__(self) -> "Sandbox":
        self._open()
        self._acceptor.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._closing.set()
        self._shut()
        self._acceptor.join()
        self.log.close()

    def serve(self, archive: Archive) -> None:
        """Serve another archive from the next request on; faults and log stay."""
        self.archive = archive

    def ban(self, seconds: float) -> None:
        """Cut all connections and refuse new ones for a while."""
        self._banned_until = time.monotonic() + seconds
        self._shut()

    def _keep(self, capture: ArchivedCapture) -> None:
        self.serve(self.archive + Archive([capture]))

    def _open(self) -> None:
        listener = socket.create_server((HOST, self._port), backlog=256)
        listener.settimeout(0.2)  # so that the end is noticed on every system
        self._port = listener.getsockname()[1]
        self._listener = listener

    def _shut(self) -> None:
        with self._lock:
            listener, self._listener = self._listener, None
            connections, self._connections = self._connections, set()
        if listener:
            _hang_up(listener)
            listener.close()
        for connection in connections:
            _hang_up(connection)

    def _accept(self) -> None:
        while not self._closing.is_set():
            listener = self._listener
            try:
                if listener is None:
                    if not self._closing.wait(max(self._banned_until - time.monotonic(), 0.01)):
                        self._open()
                    continue
                connection, _ = listener.accept()
            except OSError:  # nobody came for a while, or the socket was shut by a ban
                continue
            with self._lock:
                self._connections.add(connection)
            threading.Thread(target=self._converse, args=(connection,), daemon=True).start()

    def _converse(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            with connection, connection.makefile("rb") as stream:
                while request := read_request(stream):
                    if not self._respond(connection, request):
                        break
        except OSError:
            pass  # the client is gone, which is its right
        finally:
            with self._lock:
                self._connections.discard(connection)

    def _respond(self, connection: socket.socket, request: Request) -> bool:
        visit = visit_of(self.archive, self.saves, request)
        ruling = self._gate.rule(visit.kind)
        fault = self._fault(visit) if ruling.allowed else None
        reply = self._reply(visit, fault, allowed=ruling.allowed)
        ban = fault.seconds if fault and fault.name == "ban" else ruling.ban_seconds
        self.log.write(
            visit.kind,
            request.method,
            request.path,
            0 if ban else reply.status,
            request.headers.get("user-agent", ""),
            fault.name if fault else "" if ruling.allowed else "budget",
        )
        if not ban:
            return write_reply(connection, request, reply)
        reset(connection)
        self.ban(ban)
        return False

    def _fault(self, visit: Visit) -> Fault | None:
        if visit.kind == "other":
            return None
        return self.faults.choose(visit.kind, visit.urlkey, visit.timestamp, visit.own_faults)

    def _reply(self, visit: Visit, fault: Fault | None, *, allowed: bool) -> Reply:
        if not allowed:
            return too_many_requests(self._gate.budgets.retry_after)
        return carry_out(fault, visit) if fault else visit.answer()


def _hang_up(end: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it may have hung up by itself
        end.shutdown(socket.SHUT_RDWR)
