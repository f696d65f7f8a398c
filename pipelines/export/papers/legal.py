"""LICENSE and NOTICE: what is ours to license, what is not, and whom to write to.

Texts of policies belong to those who wrote them: nobody who collects them can license them. What
can be licensed is the database: its selection, its structure, and what was measured.
"""

from textwrap import fill

from pipelines.export.papers.release import Release

SPDX = "ODC-By-1.0"
FULL_NAME = "Open Data Commons Attribution License v1.0"
ADDRESS = "https://opendatacommons.org/licenses/by/1-0/"
# How the card names the license of a dataset of which the texts are no part of it.
WITHOUT_TEXTS = "odc-by-1.0-texts-excluded"

_GRANT = f"""\
The database is licensed under the {FULL_NAME} \
({SPDX}). The whole licence is at {ADDRESS} and is what counts; in short, you may copy, share, \
change and build on the database for any purpose, if you say where it comes from and keep this \
notice with it. CITATION.cff says how to name it. It comes without any warranty."""
_DATABASE = """\
The database is the choice and order of what is in it, and everything that was written down or \
measured for it: vendors, policies and their addresses, the lines of the archives' indexes, \
states, identifiers, hashes, dates, intervals, verdicts, counts, differences and coverage; and \
the files that describe it."""
_TEXTS = """\
The licence does not cover the texts of the policies (texts.text), nor the titles and quotations \
taken from them (columns named title and stated_quote). They are works of the vendors or of \
whoever wrote them. See NOTICE."""
_NO_TEXTS = """\
This copy is free of texts: no text of a policy, no title and no quotation is in it. All of it is \
covered by the licence."""
_OWNERS = """\
The texts of policies in this dataset belong to their owners. They were published on the open web \
by the vendors named in it, captured by web archives and collected here for research: so that it \
can be said, and checked, which policy said what at which time. No right in them is claimed, and \
none is given. Whoever uses them answers for that use under the law of their place."""
_NOBODY = """\
No text of a policy is in this dataset. It has addresses and hashes by which texts can be found in \
web archives; those texts belong to their owners, and the archives' own terms hold for them."""
_REDACTED = """\
E-mail addresses, telephone numbers and names of persons given as contacts were taken out as far \
as they could be recognised. What was missed is reported in the same way."""
_PEOPLE = """\
Policies name people: owners, officers, addresses to write to. They are in the texts as they were \
published."""
_COLLECTED = """\
Parts of it were collected by others: {collectors} (columns named source). What they collected \
stays under the terms that they gave it out under; where those ask for more than the licence of \
this database, they hold for these parts. Name the collectors beside this dataset."""
_TAKE_DOWN = """\
If you own a text, or are named in one, and want it taken out of later editions, or think that \
something here is wrong, write to {reached}. Name the policy (policy_id) and, where it is one, \
the text (text_id): these identifiers are the same in every edition."""
_MARKS = """\
Names of vendors and their marks are theirs; that they are in here says nothing of any tie to the \
publisher of the dataset."""


def license_text(release: Release) -> str:
    """Say what is licensed, and how."""
    scope = _NO_TEXTS if release.text_free else _TEXTS
    return _paragraphs(f"{FULL_NAME} ({SPDX})", _GRANT, _DATABASE, scope, *_collected(release))


def notice(release: Release) -> str:
    """Say whose the texts are, and whom to write to."""
    take_down = _TAKE_DOWN.format(reached=release.publisher.reached)
    if release.text_free:
        return _paragraphs("NOTICE", _NOBODY, *_collected(release), take_down, _MARKS)
    people = _REDACTED if release.redacted else _PEOPLE
    return _paragraphs("NOTICE", _OWNERS, people, *_collected(release), take_down, _MARKS)


def _collected(release: Release) -> list[str]:
    names = ", ".join(release.contents.collectors)
    return [_COLLECTED.format(collectors=names)] if names else []


def _paragraphs(*parts: str) -> str:
    folded = (fill(part, 80, break_long_words=False, break_on_hyphens=False) for part in parts)
    return "\n\n".join(folded) + "\n"
