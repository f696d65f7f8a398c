"""Which policy, and which of its languages, a person means. Asks over a given connection."""

from collections.abc import Sequence
from datetime import datetime

from crawler.errors import AskedWrongly, PolicytrailError
from crawler.vendors import Policy, Vendor, find_policies
from pipelines.database.file import Connection


class NothingObserved(PolicytrailError):  # noqa: N818
    """The policy is known, and no capture of it was read as one yet."""

    def __init__(self, policy_id: str) -> None:
        super().__init__(
            f"nothing of {policy_id} was observed yet: `policytrail crawl {policy_id}` fetches it, "
            f"`policytrail status {policy_id}` says what became of its captures"
        )
        self.policy_id = policy_id


def policy_ids(connection: Connection, names: Sequence[str]) -> list[str]:
    """Give the archive's policies called `vendor/kind`, or `vendor` where that is clear.

    No names: all of them. Raises UnknownPolicy with the nearest names.
    """
    rows = connection.execute(
        "SELECT vendor_id, kind FROM policies ORDER BY vendor_id, kind"
    ).fetchall()
    known = [
        Vendor(
            vendor_id=vendor_id,
            name=vendor_id,
            homepage="",
            policies=(Policy(vendor_id=vendor_id, kind=kind, locations=()),),
        )
        for vendor_id, kind in rows
    ]
    return [policy.policy_id for policy in find_policies(known, names)]


def one_policy(connection: Connection, name: str) -> str:
    """Give the one policy that `name` means. Raises UnknownPolicy."""
    return policy_ids(connection, [name])[0]


def vendor_names(connection: Connection) -> dict[str, str]:
    """Give the name of every vendor, by its id and in its order."""
    return dict(
        connection.execute("SELECT vendor_id, name FROM vendors ORDER BY vendor_id").fetchall()
    )


def began(connection: Connection) -> datetime:
    """Give when the first crawl started, naive UTC; the start of Unix time before it."""
    row = connection.execute(
        "SELECT coalesce(min(started_at), TIMESTAMP '1970-01-01') FROM crawls"
    ).fetchall()[0]
    moment: datetime = row[0]
    return moment


def languages(connection: Connection, policy_id: str) -> list[str]:
    """Give the languages a policy was observed in, the most observed first."""
    rows = connection.execute(
        """
        SELECT language
        FROM versions
        WHERE policy_id = ?
        GROUP BY language
        ORDER BY sum(observations) DESC, language
        """,
        [policy_id],
    ).fetchall()
    return [language for (language,) in rows]


def language_of(connection: Connection, policy_id: str, wanted: str | None) -> str:
    """Give the language wanted, or the main one. Raises AskedWrongly, NothingObserved."""
    known = languages(connection, policy_id)
    if not known:
        raise NothingObserved(policy_id)
    if wanted is None:
        return known[0]
    if wanted not in known:
        spoken = ", ".join(map(repr, known))
        raise AskedWrongly(f"{policy_id} was not observed in {wanted!r}, only in {spoken}")
    return wanted
