"""The vendor list: who, which policy, at which address from when till when. Standard library."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

from crawler.errors import UnknownPolicy
from crawler.memento import address_key, parse_uri_m
from crawler.toml_tables import Table, read_table

_ID = re.compile(r"[a-z0-9-]+")
_SEE_LIST = "`policytrail vendors` shows the list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """An address at which a policy stood; both dates inclusive, None where open.

    `guessed`: the address or its `since` is a guess. `source`: what is known of it, and from where.
    """

    uri_r: str
    since: date | None = None
    until: date | None = None
    guessed: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One document of a vendor, known as `vendor/kind`.

    `every_days`: how old its newest listing may grow; None where the list does not say.
    """

    vendor_id: str
    kind: str
    locations: tuple[Location, ...]
    every_days: int | None = None

    @property
    def policy_id(self) -> str:
        """The id used everywhere: `hesk/privacy`."""
        return f"{self.vendor_id}/{self.kind}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """A company of the list."""

    vendor_id: str
    name: str
    homepage: str
    policies: tuple[Policy, ...]
    note: str = ""


def load_vendors(path: Path) -> tuple[Vendor, ...]:
    """Read a vendor list, in its order. Raises VendorListError for the first mistake found."""
    root = read_table(path)
    root.only("vendor")
    reader = _Reader()
    return tuple(reader.vendor(table) for table in root.tables("vendor", "a [[vendor]] table"))


def default_vendors(data: Path) -> Path:
    """Find the vendor list: in the data folder, else the one that came with policytrail."""
    here = Path(__file__)
    own = data / "vendors.toml"
    others = (here.with_name("vendors.toml"), here.parents[1] / "data" / "vendors.toml")
    return next((path for path in (own, *others) if path.exists()), own)


def find_policies(vendors: Sequence[Vendor], names: Sequence[str]) -> tuple[Policy, ...]:
    """Give the policies called `vendor/kind`, or `vendor` where it has but one; no names: all.

    In the order of the list, each once. Raises UnknownPolicy with the nearest names.
    """
    policies = tuple(policy for vendor in vendors for policy in vendor.policies)
    wanted = {_find(policies, name).policy_id for name in names}
    return tuple(policy for policy in policies if not names or policy.policy_id in wanted)


def _find(policies: Sequence[Policy], name: str) -> Policy:
    for policy in policies:
        if policy.policy_id == name:
            return policy
    of_vendor = [policy for policy in policies if policy.vendor_id == name.partition("/")[0]]
    if len(of_vendor) == 1 and "/" not in name:
        return of_vendor[0]
    if of_vendor:
        raise UnknownPolicy(name, f"say {' or '.join(policy.policy_id for policy in of_vendor)}")
    known = {spelling for policy in policies for spelling in (policy.vendor_id, policy.policy_id)}
    near = get_close_matches(name, sorted(known), n=3)
    raise UnknownPolicy(name, f"did you mean {' or '.join(near)}?" if near else _SEE_LIST)


class _Reader:
    """Turns tables into vendors and remembers what may occur only once in a list."""

    def __init__(self) -> None:
        self.vendor_lines: dict[str, int] = {}
        self.addresses: dict[str, tuple[str, int]] = {}

    def vendor(self, table: Table) -> Vendor:
        table.only("id", "name", "homepage", "note", "every", "policy")
        vendor_id = _identifier(table, "id")
        if vendor_id in self.vendor_lines:
            first = self.vendor_lines[vendor_id]
            raise table.wrong(
                "id", f"vendor {vendor_id!r} is on line {first} already: merge them or rename one"
            )
        self.vendor_lines[vendor_id] = table.line("id")
        return Vendor(
            vendor_id=vendor_id,
            name=table.text("name"),
            homepage=_address(table, "homepage"),
            note=table.text_or_empty("note"),
            policies=self.policies(table, vendor_id),
        )

    def policies(self, vendor: Table, vendor_id: str) -> tuple[Policy, ...]:
        policies: dict[str, Policy] = {}
        lines: dict[str, int] = {}
        for table in vendor.tables("policy", "a [[vendor.policy]] table"):
            table.only("kind", "every", "locations")
            kind = _identifier(table, "kind")
            if kind in policies:
                raise table.wrong(
                    "kind",
                    f"{vendor_id} has a policy {kind!r} on line {lines[kind]} already: "
                    "put all its locations there",
                )
            lines[kind] = table.line("kind")
            locations = self.locations(table, f"{vendor_id}/{kind}")
            policies[kind] = Policy(
                vendor_id=vendor_id,
                kind=kind,
                locations=locations,
                every_days=table.days("every") or vendor.days("every"),
            )
        return tuple(policies.values())

    def locations(self, policy: Table, policy_id: str) -> tuple[Location, ...]:
        tables = policy.tables("locations", '{ uri_r = "https://..." } in square brackets')
        read = [(table, self.location(table, policy_id)) for table in tables]
        for (earlier_table, earlier), (table, location) in combinations(read, 2):
            if _overlap(earlier, location):
                raise table.wrong(
                    None,
                    f"{_window(location)} overlaps with {_window(earlier)} on line "
                    f"{earlier_table.line()}: end one with `until` before the other's `since`",
                )
        return tuple(location for _, location in read)

    def location(self, table: Table, policy_id: str) -> Location:
        table.only("uri_r", "since", "until", "guessed", "source")
        location = Location(
            uri_r=_address(table, "uri_r"),
            since=table.day("since"),
            until=table.day("until"),
            guessed=table.flag("guessed"),
            source=table.text_or_empty("source"),
        )
        if location.since and location.until and location.since > location.until:
            raise table.wrong(
                "since", f"since {location.since} lies after until {location.until}: swap them"
            )
        self.claim(table, location.uri_r, policy_id)
        return location

    def claim(self, table: Table, uri_r: str, policy_id: str) -> None:
        key = address_key(uri_r)
        if key not in self.addresses:
            self.addresses[key] = (policy_id, table.line("uri_r"))
            return
        owner, line = self.addresses[key]
        if owner == policy_id:
            raise table.wrong(
                "uri_r",
                f"{uri_r} is on line {line} already (the archive does not tell scheme and www. "
                "apart): keep one of the two",
            )
        raise table.wrong(
            "uri_r", f"{uri_r} belongs to {owner} on line {line}: remove it there or here"
        )


def _identifier(table: Table, key: str) -> str:
    value = table.text(key)
    if not _ID.fullmatch(value):
        raise table.wrong(key, f"{key} {value!r}: use only a-z, 0-9 and -")
    return value


def _address(table: Table, key: str) -> str:
    value = table.text(key)
    remedy = _flaw(value)
    if remedy:
        raise table.wrong(key, f"{key} {value!r}: {remedy}")
    return value


def _flaw(uri: str) -> str:
    """Say how to mend an address; empty where there is nothing to mend."""
    if re.search(r"[\s\x00-\x1f]", uri):
        return "remove the spaces (or write %20)"
    try:
        parts = urlsplit(uri)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        return f"not an address ({error}): write http:// or https:// and a host"
    if parts.scheme not in {"http", "https"} or not named:
        return "write http:// or https:// and a host"
    played = parse_uri_m(uri)
    return f"write the address it had on the web: {played.uri_r}" if played else ""


def _overlap(one: Location, other: Location) -> bool:
    first, second = sorted((one, other), key=lambda location: location.since or date.min)
    return (first.until or date.max) >= (second.since or date.min)


def _window(location: Location) -> str:
    return f"{location.since or 'the beginning'} to {location.until or 'the end'}"
