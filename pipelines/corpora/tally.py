"""What an import met, in one line. Standard library only, but for the words of the ledger."""

from collections import Counter
from dataclasses import dataclass, field

from crawler.items import State

_NAMED = 3
_REMEMBERED, _MOST = 1_000, 20_000


@dataclass(slots=True, kw_only=True)
class Tally:
    """Lines by state, and records about other addresses."""

    states: Counter[State] = field(default_factory=Counter)
    others: int = 0
    addresses: Counter[str] = field(default_factory=Counter)

    def other(self, uri: str) -> None:
        """Count a record about an address that is nobody's. The rarest are forgotten."""
        self.others += 1
        self.addresses[uri] += 1
        if len(self.addresses) > _MOST:
            self.addresses = Counter(dict(self.addresses.most_common(_REMEMBERED)))

    def words(self, new: int, known: int) -> str:
        """Say it all, with how many lines were new."""
        states = ", ".join(
            f"{self.states[state]:,} {state}" for state in State if self.states[state]
        )
        said = f"{new:,} new captures, {known:,} known" + (f" ({states})" if new else "")
        if self.others:
            commonest = sorted(self.addresses.items(), key=lambda item: (-item[1], item[0]))
            named = ", ".join(f"{uri} ({count:,})" for uri, count in commonest[:_NAMED])
            said += f"; {self.others:,} records of addresses that the list does not have: {named}"
            said += " ..." if len(commonest) > _NAMED else ""
        return said
