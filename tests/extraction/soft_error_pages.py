"""Pages that came with status 200 and are no policy, in the dress of the sites they come from.

The tables beside it in soft_errors/ hold what each page says; its chrome (menus, banners,
footers full of the words of policies) is put around it here. All of it is invented.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TABLES = Path(__file__).with_name("soft_errors")

LEGAL_LINKS = (
    '<a href="/privacy">Privacy Policy</a> <a href="/terms">Terms of Service</a> '
    '<a href="/cookies">Cookie Policy</a> <a href="/dpa">Data Processing Agreement</a> '
    '<a href="/do-not-sell">Do not sell or share my personal information</a>'
)
BANNER = (
    '<div id="cookie-banner" class="cookie-consent"><p>We use cookies and similar technologies to '
    "personalise content, to analyse our traffic and to share information about your use of our "
    "site with our partners. You can withdraw your consent at any time. Read our privacy policy."
    "</p><button>Accept all</button><button>Reject all</button></div>"
)
WORDS = (
    "Home Products Solutions Pricing Customers Resources Blog Webinars Guides Company Careers "
    "Press Partners Support Contact Status Login Baskets Blankets Lamps Rugs Gifts Sale"
)
MENU = "".join(f'<li><a href="/{word.lower()}">{word}</a></li>' for word in WORDS.split())
TEASERS = "".join(
    f'<div class="teaser"><h3><a href="/news/{number}">{title}</a></h3><p>{text}</p></div>'
    for number, (title, text) in enumerate(
        (
            ("A quieter inbox", "How a team of six answers two hundred letters before lunch."),
            ("New privacy policy", "We explain what we collect and whom we share it with."),
            ("Summer hours", "In July and August our telephones are open until four o'clock."),
        )
    )
)
FRAMES = {
    "bare": "{text}",
    "shop": (
        f"{BANNER}<header><ul>{MENU}</ul></header><main>{{text}}</main><footer><p>Sign up for "
        "our newsletter. By subscribing you agree to our terms and to the processing of your "
        f"personal data as described in our privacy policy.</p>{LEGAL_LINKS}</footer>"
    ),
    "portal": (
        f'<div class="nav"><ul>{MENU}</ul></div><div class="content">{{text}}</div>'
        f'<div class="more"><h2>You may also like</h2>{TEASERS}</div>'
        f'<div class="bottom">{LEGAL_LINKS}<p>© 2019 All rights reserved.</p></div>{BANNER}'
    ),
    "help": (
        '<div class="top"><a href="/hc">Help</a> <form><input type="search"></form></div>'
        '<div class="container">{text}</div><div><h4>Categories</h4><ul><li><a href="/c/1">'
        'Getting started</a></li><li><a href="/c/2">Account and billing</a></li><li>'
        f'<a href="/c/3">Privacy and security</a></li></ul></div><div>{LEGAL_LINKS}</div>'
    ),
    "app": (
        '<noscript>You need to enable JavaScript to run this app.</noscript><div id="root">'
        f'{{text}}</div><script src="/static/js/main.js"></script>{BANNER}'
    ),
    "old": (
        f'<table width="760"><tr><td bgcolor="#ccc" width="150"><ul>{MENU}</ul></td>'
        '<td><font face="Verdana" size="2">{text}</font></td></tr></table>'
        '<center><font size="1"><a href="privacy.htm">Privacy</a> | <a href="legal.htm">Legal'
        "</a> | Copyright 2003. All rights reserved. Use of this site signifies your agreement "
        "to the terms of use.</font></center>"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftError:
    """A page with the reason for which it must be refused."""

    name: str
    reason: str
    body: bytes


def soft_errors(table: str) -> Iterator[SoftError]:
    """Dress every page of a table."""
    lines = (TABLES / table).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if not line.startswith("#"):
            yield _dressed(f"{table}:{number}", *(cell.strip() for cell in line.split("|", 5)))


def _dressed(
    name: str, reason: str, chrome: str, title: str, heading: str, text: str = "", more: str = ""
) -> SoftError:
    said = "".join(f"<p>{paragraph.strip()}</p>" for paragraph in text.split("¶") if paragraph)
    shown = FRAMES[chrome].replace("{text}", (f"<h1>{heading}</h1>" if heading else "") + said)
    page = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body>{shown}{more}</body></html>"
    )
    return SoftError(name=name, reason=reason, body=page.encode())
