"""The tables that follow from the others: versions, changes, coverage."""

from pipelines.export.model import column, table, to

_POLICY = column("policy_id", "VARCHAR", "the policy, VENDOR/KIND")
_LANGUAGE = column("language", "VARCHAR", "ISO 639-1, und where unknown")
_VERSION_KEY = ("policy_id", "language", "version")

VERSIONS = table(
    "versions",
    "The longest runs of sightings of a policy, in one language, with the same normalised text.",
    (
        _POLICY,
        _LANGUAGE,
        column("version", "BIGINT", "counted from 1"),
        column("text_id", "VARCHAR", "the run's first text"),
        column("first_seen", "TIMESTAMP", "the first capture that shows it"),
        column("last_seen", "TIMESTAMP", "the last capture that shows it"),
        column("not_before", "TIMESTAMP?", "the version before last seen; NULL: it is the first"),
        column("observations", "BIGINT", "how many captures show it"),
        column("stated_date", "DATE?", "the date the page gives itself; NULL: none, or in doubt"),
        column("words", "BIGINT", "its length in words"),
        column("stated_kind", "VARCHAR", "updated, effective or version; empty: none"),
        column("stated_quote", "VARCHAR", "the page's words about that date"),
        column("title", "VARCHAR", "the page's title"),
        column("normalized_id", "VARCHAR", "id of the text without case, space, punctuation"),
        column("timestamp", "VARCHAR", "the 14 digits of its first capture"),
        column("uri_r", "VARCHAR", "the address of its first capture (URI-R)"),
        column("uri_m", "VARCHAR", "where the archive serves the body (URI-M)"),
        column("memento_datetime", "TIMESTAMP", "the moment that the body was served for"),
        column("digest", "VARCHAR", "the archive's own hash of the body"),
        column("body_sha256", "VARCHAR", "SHA-256 of the body"),
        column("extractor_id", "VARCHAR", "the extractor that read it"),
        column("crawl_id", "VARCHAR", "the run that fetched the body"),
        column("undated_id", "VARCHAR?", "normalized_id without stated dates and counters"),
        column("flip", "BOOLEAN?", "whether it came and went at once; NULL: not compared yet"),
    ),
    _VERSION_KEY,
    (
        to("policies", "policy_id"),
        to("texts", "text_id"),
        to("extractors", "extractor_id"),
        to("crawls", "crawl_id"),
    ),
    derived=True,
)
CHANGES = table(
    "changes",
    "The step to each version but the first. It lies after not_before and not after not_after.",
    (
        _POLICY,
        _LANGUAGE,
        column("version", "BIGINT", "the version it led to"),
        column("not_before", "TIMESTAMP", "the old text last seen"),
        column("not_after", "TIMESTAMP", "the new text first seen"),
        column("width_days", "DOUBLE", "days between the two"),
        column("words_added", "BIGINT?", "words that came; NULL: not compared yet"),
        column("words_removed", "BIGINT?", "words that went"),
        column("similarity", "DOUBLE?", "the share of words kept, 0 to 1"),
        column("significance", "VARCHAR?", "minor: only stated dates and counters; substantive"),
        column("hunks", "BIGINT?", "places that differ"),
        column("old_text_id", "VARCHAR", "the text before"),
        column("new_text_id", "VARCHAR", "the text after"),
        column("stated_date", "DATE?", "the date that the new text states"),
        column("flip", "BOOLEAN?", "whether it leads into a flip or out of one"),
        column("lines_added", "BIGINT?", "whole lines that came"),
        column("lines_removed", "BIGINT?", "whole lines that went"),
        column("lines_edited", "BIGINT?", "lines that stand in the place of another"),
        column("lines_moved", "BIGINT?", "lines that only stand elsewhere now"),
    ),
    _VERSION_KEY,
    (
        to("versions", *_VERSION_KEY),
        to("texts", "old_text_id", references=("text_id",)),
        to("texts", "new_text_id", references=("text_id",)),
    ),
    derived=True,
)
_COUNTS = (
    ("captures", "lines listed"),
    ("fetched", "captures whose memento is kept"),
    ("observations", "captures on whose date the text is known"),
    ("versions", "different texts in a row"),
)
_LATER_COUNTS = (
    ("languages", "languages it was seen in"),
    ("pending", "captures not decided yet"),
    ("unchanged", "captures with the same body as a fetched one"),
    ("skipped", "captures left out by the plan: not observed"),
    ("redirect", "captures of an archived redirect"),
    ("absent", "captures of a page that was not there (404, 410)"),
    ("error", "captures of another error"),
    ("drifted", "captures for which another moment was served"),
    ("unplayable", "captures that could not be played back"),
    ("excluded", "captures that the archive excludes"),
    ("damaged", "captures that are truncated or undecodable"),
    ("failed", "captures given up for now"),
    ("duplicates", "further identical lines"),
    ("withdrawn", "lines that the archive no longer lists"),
    ("added_late", "lines that it should have listed earlier"),
    ("flips", "versions that came and went at once"),
)
COVERAGE = table(
    "coverage",
    "How well the archive covers each policy, also where it has nothing.",
    (
        _POLICY,
        *(column(name, "BIGINT", words) for name, words in _COUNTS),
        column("first_seen", "TIMESTAMP?", "the first observation"),
        column("last_seen", "TIMESTAMP?", "the last observation"),
        column("longest_gap_days", "DOUBLE?", "the longest stretch between two observations"),
        *(column(name, "BIGINT", words) for name, words in _LATER_COUNTS),
    ),
    ("policy_id",),
    (to("policies", "policy_id"),),
    derived=True,
)
