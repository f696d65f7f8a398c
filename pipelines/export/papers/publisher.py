"""Who publishes a dataset, and where they are reached. Standard library only."""

import re
from dataclasses import dataclass

UNNAMED = "the publisher of this dataset"
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]+)>")
_MAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]{2,}")  # as citations have it
_PAGE = re.compile(r"https?://[^\s<>]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """A name, and an e-mail address or a page where there is one."""

    name: str = UNNAMED
    mail: str = ""
    page: str = ""

    @property
    def reached(self) -> str:
        """Say in words how to reach the publisher."""
        address = self.mail or self.page
        if address:
            return address if address == self.name else f"{self.name}, {address}"
        if self.name != UNNAMED:
            return f"{self.name}, at the place where you found this dataset"
        return f"{UNNAMED}, at the place where you found it (this copy names no address)"


def publisher(contact: str) -> Publisher:
    """Read `Name <address>`, a name or an address; nothing gives a publisher without a name."""
    words = " ".join("".join(c if c.isprintable() else " " for c in contact).split())
    named = _NAMED.fullmatch(words)
    address = named["address"].strip() if named else words
    mail = address if _MAIL.fullmatch(address) else ""
    page = address if _PAGE.fullmatch(address) else ""
    if named and (mail or page):
        words = named["name"].strip() or address
    return Publisher(name=words or UNNAMED, mail=mail, page=page)
