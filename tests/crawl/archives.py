"""Invented pages, their captures, and the vendor lists that name them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.memento import to_timestamp
from crawler.sandbox.archive import ArchivedCapture, capture

_SUBJECTS = ("address book", "ticket history", "device log", "call record", "billing sheet")
_ENDS = ("thirty days", "one season", "two years", "as long as the contract runs")
Place = str | tuple[str, str, str]


def page(letter: str, seen: int = 0) -> str:
    """A privacy policy; another letter is another text, another `seen` only another counter."""
    lines = "".join(
        f"<p>For the {subject} of part {letter}{number} we collect what you enter in form "
        f"{letter}{number}, we keep it for {_ENDS[number % 4]}, and we share it with nobody "
        f"but the carrier that section {letter} of this privacy policy names.</p>\n"
        for number, subject in enumerate(_SUBJECTS * 2)
    )
    return (
        "<!DOCTYPE html><html lang='en'><head><title>Privacy Policy</title></head><body>"
        "<div id='nav'><a href='/'>Home</a> <a href='/tour'>Tour</a></div>"
        f"<main><h1>Privacy Policy</h1>\n<p>This is edition {letter} of our privacy policy: it "
        "says which personal information we collect and what we do with it.</p>\n"
        f"{lines}</main><!-- served {seen} times --></body></html>"
    )


def address(name: str) -> str:
    """The address of an invented vendor's policy."""
    return f"http://{name}.example/privacy"


def moments(count: int, first: str = "20100115120000", days: int = 61) -> list[str]:
    """Timestamps at even distances."""
    start = datetime.strptime(first, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return [to_timestamp(start + timedelta(days=days * place)) for place in range(count)]


def history(
    name: str, letters: str, *, twins: bool = False, days: int = 61
) -> list[ArchivedCapture]:
    """Captures of one page, a letter each; with `twins` equal letters are equal bytes."""
    stamps = moments(len(letters), days=days)
    return [
        capture(address(name), stamp, page(letter, 0 if twins else place))
        for place, (stamp, letter) in enumerate(zip(stamps, letters, strict=True))
    ]


def write_vendors(path: Path, places: Mapping[str, Sequence[Place]] | Iterable[str]) -> Path:
    """Write a vendor list: names alone, or each with its addresses (uri_r, since, until)."""
    given = places if isinstance(places, Mapping) else {name: [address(name)] for name in places}
    path.write_text("".join(_vendor(name, found) for name, found in given.items()), "utf-8")
    return path


def _vendor(name: str, places: Sequence[Place]) -> str:
    return (
        f'[[vendor]]\nid = "{name}"\nname = "{name}"\nhomepage = "http://{name}.example/"\n\n'
        f'[[vendor.policy]]\nkind = "privacy"\nlocations = [\n'
        + "".join(f"    {{ {_place(place)} }},\n" for place in places)
        + "]\n\n"
    )


def _place(place: Place) -> str:
    uri_r, since, until = (place, "", "") if isinstance(place, str) else place
    return f'uri_r = "{uri_r}"' + "".join(
        f", {word} = {day}" for word, day in (("since", since), ("until", until)) if day
    )
