"""How many requests a minute the archive bears, and what it does then. Standard library only."""

import threading
import time
from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Budgets:
    """Limits within a sliding window, per kind of request; None is no limit.

    A client that goes on sending past its limit for `patience_seconds` is banned: refused
    connections for `ban_seconds`, twice as long at each further ban.
    """

    cdx_per_minute: int | None = None
    playback_per_minute: int | None = None
    save_per_minute: int | None = None
    window_seconds: float = 60.0
    patience_seconds: float = 60.0
    ban_seconds: float = 3600.0
    retry_after: str = ""


REAL = Budgets(cdx_per_minute=30, playback_per_minute=600, save_per_minute=12)
NONE = Budgets()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What becomes of one request: within its budget, over it, or the last straw."""

    allowed: bool
    ban_seconds: float = 0.0


class Gate:
    """Counts requests against the budgets, refused ones too: only a pause helps a client."""

    def __init__(self, budgets: Budgets) -> None:
        self.budgets = budgets
        self._seen: dict[str, deque[float]] = {
            kind: deque() for kind in ("cdx", "playback", "save")
        }
        self._over_since: dict[str, float] = {}
        self._bans = 0
        self._lock = threading.Lock()

    def rule(self, kind: str) -> Ruling:
        """Count one request of a kind and judge it."""
        limit = {
            "cdx": self.budgets.cdx_per_minute,
            "playback": self.budgets.playback_per_minute,
            "save": self.budgets.save_per_minute,
        }.get(kind)
        if limit is None:
            return Ruling(allowed=True)
        with self._lock:
            return self._judge(kind, limit, time.monotonic())

    def _judge(self, kind: str, limit: int, now: float) -> Ruling:
        seen = self._seen[kind]
        while seen and seen[0] <= now - self.budgets.window_seconds:
            seen.popleft()
        seen.append(now)
        if len(seen) <= limit:
            self._over_since.pop(kind, None)
            return Ruling(allowed=True)
        if now - self._over_since.setdefault(kind, now) < self.budgets.patience_seconds:
            return Ruling(allowed=False)
        self._over_since.clear()
        self._bans += 1
        return Ruling(allowed=False, ban_seconds=self.budgets.ban_seconds * 2 ** (self._bans - 1))
