"""Invented policies of the size of real ones, the same bytes each time. Standard library only.

A page is some 60 KB of HTML with some 2,000 words of policy: the rest is what surrounds one,
menus, styles and scripts. Each edition of a page rewrites a few of its paragraphs.
"""

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from random import Random

PARAGRAPHS = 31
SENTENCES = 4
_EVERY = 13

_CLAUSES = (
    "We collect {thing} when you {act}, and we keep it for {number} months",
    "Your {thing} is used only so that you can {act} and so that we can answer you",
    "Where the law asks for it, we hand your {thing} to {party} and tell you about it first",
    "You may ask us at any time which {thing} we hold, and {party} will answer in {number} days",
    "We never sell your {thing}, and we do not let {party} use it for purposes of their own",
    "If you do not wish us to keep your {thing}, write to us before you {act}",
    "Our servers note your {thing} for {number} days each time you {act}",
    "Together with {party} we look after the security of your {thing} and review it every year",
    "When you {act}, a small file with your {thing} is placed in your browser",
    "Should our business be sold, your {thing} goes to the buyer under the same promises",
)
_THINGS = (
    "name and postal address", "payment record", "list of open tickets", "telephone number",
    "browser type and language", "time zone", "purchase history", "profile picture",
    "conversation with our staff", "device identifier", "approximate location", "invoice data",
)  # fmt: skip
_ACTS = (
    "open a ticket", "sign up for the newsletter", "visit our help centre", "pay an invoice",
    "install the application", "invite a colleague", "close your account", "rate an answer",
    "upload an attachment", "call our support line", "change your settings", "apply for a job",
)  # fmt: skip
_PARTIES = (
    "our hosting provider", "a court or an authority", "the payment service", "our auditors",
    "the data protection officer", "companies of our group", "your own administrator",
)  # fmt: skip
_HEADINGS = (
    "What we collect", "How we use it", "Whom we share it with", "Cookies", "Your rights",
    "How long we keep it", "Security", "Children", "Transfers abroad", "Changes", "Contact us",
)  # fmt: skip


def policy_page(vendor: int, edition: int, stands: int = 1) -> bytes:
    """Write a vendor's privacy page at its `edition`-th capture.

    The bytes differ at each capture, as those of real pages do; the text every `stands` captures.
    """
    text = edition // stands
    name = f"Helpdesk {vendor}"
    parts = [_head(name, Random(f"styles {vendor}")), _menu("header", vendor, 180)]
    parts.append('<main class="layout__content"><article class="policy" id="privacy-policy">')
    parts.append(f"<h1>Privacy policy of {name}</h1>")
    parts.append(f"<p>Last updated: {1 + text % 28} March {2005 + text // 4}</p>")
    for place in range(PARAGRAPHS):
        if place % 4 == 0:
            parts.append(f"<h2>{place // 4 + 1}. {_HEADINGS[place // 4 % len(_HEADINGS)]}</h2>")
        parts.append(_paragraph(vendor, place, text))
    parts.append("</article></main>")
    parts += [_menu("footer", vendor, 110), _scripts(Random(f"scripts {vendor} {edition}"))]
    return "\n".join([*parts, "</body></html>"]).encode()


def invented(addresses: int, editions: int, stands: int) -> Iterator[bytes]:
    """Write the pages of so many addresses, one after the other, each oldest first."""
    for vendor in range(addresses):
        for edition in range(editions):
            yield policy_page(vendor, edition, stands)


def real(corpus: Path) -> Iterator[bytes]:
    """Read the HTML files below a folder, without end: a comment tells the rounds apart."""
    files = sorted((*corpus.rglob("*.html"), *corpus.rglob("*.htm")))
    if not files:
        raise SystemExit(f"no HTML files below {corpus}")
    for turn in count():
        for file in files:
            yield file.read_bytes() + (f"<!-- {turn} -->".encode() if turn else b"")


def write_archive(folder: Path, addresses: int, editions: int, pages: Iterator[bytes]) -> None:
    """Write the captures of so many addresses, and their manifest."""
    folder.mkdir(parents=True)
    with (folder / "manifest.jsonl").open("w", encoding="utf-8") as manifest:
        for number, body in zip(range(addresses * editions), pages, strict=False):
            vendor, edition = divmod(number, editions)
            (folder / f"{number}.html").write_bytes(body)
            entry = {
                "url": uri_r(vendor),
                "timestamp": timestamp(edition),
                "file": f"{number}.html",
            }
            manifest.write(json.dumps(entry) + "\n")


def uri_r(vendor: int) -> str:
    """The address of a vendor's policy."""
    return f"http://helpdesk-{vendor}.example/privacy"


def timestamp(edition: int) -> str:
    """The moment of the `edition`-th capture, one a quarter from 2005 on."""
    year, quarter = divmod(edition, 4)
    return f"{2005 + year}{1 + 3 * quarter:02}15120000"


def write_vendors(path: Path, addresses: int) -> None:
    """Write the vendor list for so many addresses, one policy each."""
    path.write_text("\n".join(_vendor(number) for number in range(addresses)), encoding="utf-8")


def _vendor(number: int) -> str:
    return (
        f'[[vendor]]\nid = "helpdesk-{number}"\nname = "Helpdesk {number}"\n'
        f'homepage = "http://helpdesk-{number}.example/"\n\n'
        f'[[vendor.policy]]\nkind = "privacy"\nlocations = [{{ uri_r = "{uri_r(number)}" }}]\n'
    )


def _paragraph(vendor: int, place: int, text: int) -> str:
    rewritten = (text + 7 * place) // _EVERY
    random = Random(f"{vendor} {place} {rewritten}")
    sentences = [
        random.choice(_CLAUSES).format(
            thing=random.choice(_THINGS),
            act=random.choice(_ACTS),
            party=random.choice(_PARTIES),
            number=random.randint(2, 36),
        )
        for _ in range(SENTENCES if place % 3 else SENTENCES - 1)
    ]
    if place % 3 == 0:
        items = "".join(f'<li class="policy__item">{said}.</li>' for said in sentences)
        return f'<ul class="policy__list">{items}</ul>'
    return f'<p class="policy__text">{". ".join(sentences)}.</p>'


def _head(name: str, random: Random) -> str:
    rules = "".join(
        f".block-{number}{{margin:{random.randint(0, 40)}px;"
        f"color:#{random.randrange(1 << 24):06x}}}"
        for number in range(200)
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>Privacy policy | {name}</title><style>{rules}</style></head><body>"
    )


def _menu(kind: str, vendor: int, links: int) -> str:
    items = "".join(
        f'<li class="{kind}__item"><a class="{kind}__link" href="/{kind}/section-{number}'
        f'?from=privacy-{vendor}">Section {number}</a></li>'
        for number in range(links)
    )
    return f'<{kind}><nav class="{kind}__menu"><ul>{items}</ul></nav></{kind}>'


def _scripts(random: Random) -> str:
    options = {f"option{number}": random.randrange(1 << 40) for number in range(450)}
    return f"<script>window.settings={json.dumps(options)};</script>"
