"""Whose document a text is: by the vendor list, or a new vendor made from what is known.

The same address or name always makes the same vendor, whatever was imported before.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from crawler.memento import address_key
from crawler.vendors import Policy, Vendor, default_vendors, load_vendors
from pipelines.corpora.arrivals import Owner


class Owners:
    """Finds owners by address or by name."""

    def __init__(self, vendors: Sequence[Vendor]) -> None:
        self._by_id = {vendor.vendor_id: vendor for vendor in vendors}
        self._by_name = {_folded(vendor.name): vendor for vendor in vendors}
        self._places: dict[str, Owner] = {}
        self._hosts: dict[str, set[str]] = {}
        for vendor in vendors:
            self._hosts.setdefault(_host(vendor.homepage), set()).add(vendor.vendor_id)
            for policy in vendor.policies:
                for place in policy.locations:
                    self._places[address_key(place.uri_r)] = _owner(vendor, policy)
                    self._hosts.setdefault(_host(place.uri_r), set()).add(vendor.vendor_id)

    def of_address(self, uri_r: str, kind: str) -> Owner:
        """Give the owner of the document of a kind at an address."""
        owner = self._places.get(address_key(uri_r))
        if owner:
            return owner
        host = _host(uri_r)
        vendor_ids = self._hosts.get(host, set())
        if len(vendor_ids) == 1:
            return self._of_vendor(self._by_id[next(iter(vendor_ids))], kind)
        return Owner(vendor_id=slug(host, "."), kind=kind, name=host, homepage=f"http://{host}/")

    def of_service(self, name: str, kind: str) -> Owner:
        """Give the owner of the document of a kind of a service, as its collector calls it."""
        vendor = self._by_name.get(_folded(name)) or self._by_id.get(slug(name))
        if vendor:
            return self._of_vendor(vendor, kind)
        return Owner(vendor_id=slug(name), kind=kind, name=name)

    def _of_vendor(self, vendor: Vendor, kind: str) -> Owner:
        for policy in vendor.policies:
            if policy.kind == kind:
                return _owner(vendor, policy)
        return replace(_owner(vendor, None), kind=kind)


def owners_of(data: Path, vendors: Path | None) -> Owners:
    """Read the vendor list named, or the one that a crawl would take."""
    return Owners(load_vendors(vendors or default_vendors(data)))


def slug(name: str, parted_by: str = " ") -> str:
    """Make an id of [a-z0-9-] from a name; where something of it is lost, a hash tells it apart."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
    if plain.replace("-", parted_by) == name.lower():
        return plain
    return f"{plain}-{hashlib.sha256(name.encode()).hexdigest()[:6]}".strip("-")


def _owner(vendor: Vendor, policy: Policy | None) -> Owner:
    return Owner(
        vendor_id=vendor.vendor_id,
        kind=policy.kind if policy else "",
        name=vendor.name,
        homepage=vendor.homepage,
        locations=policy.locations if policy else (),
    )


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _host(uri_r: str) -> str:
    return address_key(uri_r).partition("/")[0]
