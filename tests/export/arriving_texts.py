"""Invented texts that arrive, and what an archive made of them says."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipelines.corpora.arrivals import Arrival, Owner, Undated
from pipelines.database.file import reading

ACME = Owner(vendor_id="acme", kind="privacy", name="Acme", homepage="https://acme.example/")
URI_R = "http://www.acme.example/privacy"
RULES = (
    "We collect your name and your e-mail address when you register for the service.",
    "We use cookies to recognise your browser, and you can switch them off.",
    "We do not sell, rent or trade personal information to third parties.",
    "You may ask us for access to your personal data and for its deletion.",
    "We keep personal information only as long as the law requires it.",
)


def policy(*changes: str) -> str:
    """Write a privacy policy of five rules and some more."""
    sections = "\n\n".join(f"## Section {n}\n\n{rule}" for n, rule in enumerate((*RULES, *changes)))
    return f"# Privacy Policy\n\nAcme Inc. respects your privacy.\n\n{sections}\n"


def arrival(when: str, text: str, **other: Any) -> Arrival:
    """Give a text of Acme's policy, from a capture."""
    given = {"owner": ACME, "uri_r": URI_R, "path": f"{when}.md"} | other
    uri_m = f"https://archive.example/web/{when}id_/{given['uri_r']}"
    return Arrival(**{"timestamp": when, "uri_m": uri_m, "body": text.encode()} | given)


def undated(path: str, text: str) -> Undated:
    """Give a text that says neither when nor where."""
    return Undated(path=path, body=text.encode())


def rows(data: Path, query: str) -> list[tuple[Any, ...]]:
    """Ask the database of a data folder."""
    with reading(data) as connection:
        return connection.execute(query).fetchall()


def counts(data: Path, tables: Iterable[str]) -> dict[str, int]:
    """Count the rows of some tables."""
    return {table: rows(data, f"SELECT count(*) FROM {table}")[0][0] for table in tables}
