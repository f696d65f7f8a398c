"""Web pages around the sample policies, with the dirt of their time. Standard library only."""

import hashlib
from html import escape
from string import Template

from crawler.sandbox.samples.policies import PolicyText

_TABLE = '<FONT FACE="Arial" SIZE=2>'
# How a heading and a paragraph are written on a page, where it is not <h2> and <p>.
_STYLES = {
    "article": ("<h3>{}</h3>", "<p>{}</p>"),
    "table": (f"{_TABLE}<B>{{}}</B></FONT><BR>", f"{_TABLE}{{}}</FONT><BR><BR>"),
    "aspnet": ("<p><b>{}:</b></p>", '<p class="MsoNormal">{}</p><p>&nbsp;</p>'),
    "pult": ("<h2>{}</h2>", "{}<br><br>"),
}


def page_of(template: str, name: str, policy: PolicyText, declared: str, views: int) -> str:
    """Fill a template: the policy, a charset claimed, counters and tokens made from `views`."""
    return Template(template).substitute(
        title=escape(policy.title),
        text=_text(name, policy),
        declared=declared,
        views=views,
        votes=views // 37,
        asked=views // 29,
        online=views % 23 + 2,
        nonce=hashlib.sha256(str(views).encode()).hexdigest()[:24],
    )


def _text(name: str, policy: PolicyText) -> str:
    heading, paragraph = _STYLES.get(name, ("<h2>{}</h2>", "<p>{}</p>"))
    lines = []
    for section in policy.sections:
        if section.heading:
            lines.append(heading.format(escape(section.heading)))
        lines.append(paragraph.format(escape(section.paragraph, quote=False)))
    return "\n".join(lines)
