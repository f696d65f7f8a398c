"""A small archive with every trap in it, for answers worked out by hand.

| policy | trap |
|---|---|
| acme/privacy | moved to another address; five texts, seven sightings, one redirect |
| bolt/privacy | A, B, A again; the same policy in German beside it |
| crate/privacy | eight years without a sighting; a withdrawn capture; a stated date that stays |
| delta/privacy | nothing but a challenge and an error page; one of its listings failed |
| echo/privacy | shares its sentences with bolt, later; stated date moves and the words do not |
"""

from pathlib import Path

from archive_facts import (
    NOW,
    Sight,
    adopt,
    compare_neighbours,
    digest_of,
    empty_database,
    enlist,
    insert,
    remember,
    settle,
    stamp,
)
from empty import keep, open_copy

from pipelines.database.file import Connection

ACME, BOLT, CRATE, DELTA, ECHO = (
    f"{vendor}/privacy" for vendor in ("acme", "bolt", "crate", "delta", "echo")
)
ACME_OLD, ACME_NEW = "http://acme.example/privacy.html", "https://www.acme.example/legal/privacy"

ACME_1 = """\
# Privacy Policy

Acme Inc. respects your privacy.

## What we collect

We collect your name and your e-mail address. We use cookies and web beacons.

## Sharing

We do not sell your personal information.

## Contact

Write to privacy@acme.example.
"""
ACME_2 = """\
# Privacy Policy

Acme Inc. respects your privacy.

## What we collect

We collect your name and your e-mail address. We use cookies and web beacons. \
Google Analytics counts our visitors.

## Sharing

We do not sell or rent your personal information. Acme complies with the Safe Harbor framework.

## Contact

Write to privacy@acme.example.
"""
ACME_3 = """\
# Privacy Policy

Acme Inc. respects your privacy.

## Sharing

We do not sell or rent your personal information. Acme complies with the Privacy Shield framework.

## What we collect

We collect your name and your e-mail address. We use cookies and web beacons. \
Google Analytics counts our visitors.

## Contact

Write to privacy@acme.example.
"""
ACME_4 = """\
# Privacy Policy

Acme Holdings Ltd. is the controller of your personal data.

## What we collect

We collect your name and your e-mail address. We use cookies and pixel tags. \
Google Analytics counts our visitors. Stripe takes your payments.

## Your rights

Under the GDPR you may ask us for access to your data and for its erasure. \
We rely on our legitimate interests.

## Transfers

Acme complies with the Privacy Shield framework.

## Retention

We keep your data for 24 months. We will notify you by e-mail of any change.

## Contact

Write to our data protection officer, dpo@acme.example.
"""
ACME_5 = ACME_4.replace(
    "Acme complies with the Privacy Shield framework.",
    "We use the Standard Contractual Clauses.",
).replace("24 months", "12 months")
BOLT_A = """\
# Bolt Privacy

Bolt GmbH runs this site. Children under 13 may not use it. \
We may share your data with our trusted partners. We post changes on this site.
"""
BOLT_B = """\
# Bolt Privacy

Bolt GmbH runs this site. Children under 16 may not use it. \
We may share your data with our trusted partners. We post changes on this site.
"""
BOLT_DE_1 = """\
# Datenschutz

Die Bolt GmbH betreibt diese Seite. Wir verwenden Cookies.
"""
BOLT_DE_2 = """\
# Datenschutz

Die Bolt GmbH betreibt diese Seite. Wir verwenden Cookies. Es gilt die DSGVO.
"""
CRATE_1 = """\
# Crate Privacy

Last updated: January 1, 2010.

We keep your data for as long as your account exists. We use cookies.
"""
CRATE_2 = """\
# Crate Privacy

Last updated: January 1, 2010.

We keep your data for 6 months. We use cookies. California residents have rights under the CCPA.
"""
CHALLENGE = "Checking your browser before you go on."
LOST = "Page not found."
ECHO_1 = """\
# Echo Privacy

Last updated: May 1, 2019.

Echo BV runs this site. We may share your data with our trusted partners. \
We post changes on this site.
"""
ECHO_2 = ECHO_1.replace("May 1, 2019", "May 1, 2020")

SIGHTS = (
    Sight(when="2010-03-01", text=ACME_1, policy_id=ACME, uri_r=ACME_OLD),
    Sight(when="2012-06-01", text=ACME_1, policy_id=ACME, uri_r=ACME_OLD, state="unchanged"),
    Sight(when="2014-02-01", text=ACME_2, policy_id=ACME, uri_r=ACME_OLD),
    Sight(when="2015-05-01", text=ACME_2, policy_id=ACME, uri_r=ACME_NEW),
    Sight(when="2016-09-01", text=ACME_3, policy_id=ACME, uri_r=ACME_NEW),
    Sight(when="2018-06-01", text=ACME_4, policy_id=ACME, uri_r=ACME_NEW),
    Sight(when="2021-06-01", text=ACME_5, policy_id=ACME, uri_r=ACME_NEW),
    Sight(when="2016-01-01", text=BOLT_A, policy_id=BOLT, uri_r="http://bolt.example/privacy"),
    Sight(when="2017-01-01", text=BOLT_B, policy_id=BOLT, uri_r="http://bolt.example/privacy"),
    Sight(
        when="2018-01-01",
        text=BOLT_A,
        policy_id=BOLT,
        uri_r="http://bolt.example/privacy",
        state="unchanged",
    ),
    Sight(
        when="2016-02-01",
        text=BOLT_DE_1,
        policy_id=BOLT,
        uri_r="http://bolt.example/datenschutz",
        language="de",
    ),
    Sight(
        when="2018-08-01",
        text=BOLT_DE_2,
        policy_id=BOLT,
        uri_r="http://bolt.example/datenschutz",
        language="de",
    ),
    Sight(
        when="2011-01-01",
        text=CRATE_1,
        policy_id=CRATE,
        uri_r="http://crate.example/privacy",
        stated_date="2010-01-01",
        stated_kind="updated",
        stated_quote="Last updated: January 1, 2010",
    ),
    Sight(
        when="2011-07-01",
        text=CRATE_1,
        policy_id=CRATE,
        uri_r="http://crate.example/privacy",
        state="unchanged",
    ),
    Sight(
        when="2019-07-01",
        text=CRATE_2,
        policy_id=CRATE,
        uri_r="http://crate.example/privacy",
        stated_date="2010-01-01",
        stated_kind="updated",
        stated_quote="Last updated: January 1, 2010",
    ),
    Sight(
        when="2017-03-01",
        text=CHALLENGE,
        policy_id=DELTA,
        uri_r="http://delta.example/privacy",
        verdict="not-policy",
        reason="challenge",
    ),
    Sight(
        when="2018-03-01",
        text=LOST,
        policy_id=DELTA,
        uri_r="http://delta.example/privacy",
        verdict="not-policy",
        reason="soft-404",
    ),
    Sight(
        when="2019-06-01",
        text=ECHO_1,
        policy_id=ECHO,
        uri_r="http://echo.example/privacy",
        stated_date="2019-05-01",
        stated_kind="updated",
        stated_quote="Last updated: May 1, 2019",
    ),
    Sight(
        when="2020-06-01",
        text=ECHO_2,
        policy_id=ECHO,
        uri_r="http://echo.example/privacy",
        stated_date="2020-05-01",
        stated_kind="updated",
        stated_quote="Last updated: May 1, 2020",
    ),
)
WITHDRAWN = SIGHTS[13]

_KEPT: dict[tuple[Sight, ...], Path] = {}


def trap_archive(
    sights: tuple[Sight, ...] = SIGHTS, connection: Connection | None = None
) -> Connection:
    """Open the archive in memory, or write it where told; captures arrive in the order given.

    Made once for each order, and copied.
    """
    if connection is not None:
        return _write(sights, connection)
    if sights not in _KEPT:
        with empty_database() as made:
            _KEPT[sights] = keep(_write(sights, made))
    return open_copy(_KEPT[sights])


def _write(sights: tuple[Sight, ...], connection: Connection) -> Connection:
    places = {ACME: (ACME_OLD, ACME_NEW)}
    for policy_id in (ACME, BOLT, CRATE, DELTA, ECHO):
        vendor = policy_id.partition("/")[0]
        for uri_r in places.get(policy_id, (f"http://{vendor}.example/privacy",)):
            enlist(connection, policy_id, uri_r=uri_r)
    remember(connection, *sights)
    settle(connection, "2015-03-01", "redirect", ACME_NEW, policy_id=ACME, uri_r=ACME_OLD)
    settle(connection, "2015-01-01", "failed", "no answer", policy_id=CRATE)
    adopt(connection, "x2", None)
    for policy_id, outcome, reason in (
        (ACME, "complete", ""),
        (CRATE, "complete", ""),
        (DELTA, "failed", "the index was out of order"),
    ):
        insert(connection, "listings", _listing(policy_id, outcome, reason))
    insert(connection, "listing_changes", _withdrawn(WITHDRAWN))
    compare_neighbours(connection)
    return connection


def _listing(policy_id: str, outcome: str, reason: str) -> dict[str, object]:
    return {
        "crawl_id": "crawl-1",
        "policy_id": policy_id,
        "uri_r": f"http://{policy_id.partition('/')[0]}.example/privacy",
        "outcome": outcome,
        "rows": 0,
        "added": 0,
        "known": 0,
        "duplicates": 0,
        "reason": reason,
        "listed_at": NOW,
    }


def _withdrawn(sight: Sight) -> dict[str, object]:
    return {
        "crawl_id": "crawl-2",
        "policy_id": sight.policy_id,
        "uri_r": sight.uri_r,
        "change": "withdrawn",
        "urlkey": sight.uri_r,
        "timestamp": stamp(sight.when),
        "original": sight.uri_r,
        "digest": digest_of(sight.text)[:32].upper(),
        "statuscode": "200",
        "noticed_at": NOW,
    }
