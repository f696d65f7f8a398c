"""The tables of what was read: extractors, what each made of a body, texts, differences."""

from dataclasses import replace

from pipelines.database.model import column, plain_query, table, to
from pipelines.database.schema import VERSION

EXTRACTORS = table(
    "extractors",
    "The programs that read bodies; the one adopted last reads all observations.",
    (
        column("extractor_id", "VARCHAR", "the extractor, by a hash of all that shapes its texts"),
        column("name", "VARCHAR", "its name"),
        column("version", "VARCHAR", "its version"),
        column("options", "VARCHAR", "its options, as JSON"),
        column("adopted_at", "TIMESTAMP?", "when it was adopted; NULL: never"),
    ),
    ("extractor_id",),
)
DOCUMENTS = table(
    "documents",
    "Imported texts that say neither when nor where they stood: part of no history.",
    (
        column("source", "VARCHAR", "the kind of the import"),
        column("path", "VARCHAR", "where it lies in the collection"),
        column("body_sha256", "VARCHAR", "SHA-256 of its body"),
        column("body_bytes", "BIGINT", "size of its body"),
        column("content_type", "VARCHAR", "its media type"),
        column("fetched_at", "TIMESTAMP", "when it was imported"),
        column("crawl_id", "VARCHAR", "the run that imported it"),
    ),
    ("source", "path", "body_sha256"),
    (to("crawls", "crawl_id"),),
)
EXTRACTIONS = table(
    "extractions",
    "What an extractor made of a body.",
    (
        column("body_sha256", "VARCHAR", "the body, by its SHA-256"),
        column("extractor_id", "VARCHAR", "the extractor"),
        column("text_id", "VARCHAR?", "its text; NULL where it has none"),
        column("verdict", "VARCHAR", "policy or not-policy"),
        column("reason", "VARCHAR", "why it is no policy; else empty"),
        column("title", "VARCHAR", "the page's title"),
        column("language", "VARCHAR", "ISO 639-1, und where unknown"),
        column("stated_date", "DATE?", "the date the page gives itself; NULL: none, or in doubt"),
        column("stated_kind", "VARCHAR", "updated, effective or version; empty: none"),
        column("stated_quote", "VARCHAR", "the page's words about that date"),
        column("normalized_id", "VARCHAR?", "id of the text without case, space, punctuation"),
        column("undated_id", "VARCHAR?", "the same without stated dates and counters"),
        column("score", "DOUBLE?", "how much it looks like a policy, 0 to 1"),
    ),
    ("body_sha256", "extractor_id"),
    (to("extractors", "extractor_id"), to("texts", "text_id")),
)
_TEXTS = table(
    "texts",
    "Each different text once, in Markdown; ordered by where and when it was first captured.",
    (
        column("text_id", "VARCHAR", "SHA-256 of the text"),
        column("normalized_id", "VARCHAR", "the same where only case, space, punctuation differ"),
        column("text", "VARCHAR", "the text; its owner's work"),
        column("words", "BIGINT", "its length in words"),
        column("undated_id", "VARCHAR?", "the same also where only stated dates, counters differ"),
        column("extractor_id", "VARCHAR?=", "whose text it is: the adopted extractor's, if it can"),
        column("schema_version", "INTEGER=", "the version of the database's schema"),
    ),
    ("text_id",),
    (to("extractors", "extractor_id"),),
)
# Neighbouring versions are nearly the same text, so a file in this order is a third of the size.
_FIRST_SEEN = """
LEFT JOIN (
    SELECT text_id,
           min(place) AS place,
           coalesce(
               min(extractor_id) FILTER (extractor_id = adopted_extractor()),
               min(extractor_id)
           ) AS extractor_id
    FROM (
        SELECT text_id,
               readings.policy_id || ' ' || timestamp AS place,
               extractor_id
        FROM readings
        UNION ALL
        SELECT text_id,
               NULL,
               extractor_id
        FROM extractions
        SEMI JOIN documents USING (body_sha256)
    )
    WHERE text_id IS NOT NULL
    GROUP BY text_id
) AS seen
  ON seen.text_id = texts.text_id"""
TEXTS = replace(
    _TEXTS,
    query=plain_query("texts", _TEXTS.columns)
    .replace("texts.extractor_id", "seen.extractor_id")
    .replace("texts.schema_version", f"{VERSION}::INTEGER AS schema_version")
    + _FIRST_SEEN,
    order=("seen.place NULLS LAST", "texts.text_id"),
    texts=True,
)
DIFFS = table(
    "diffs",
    "What differs between two texts, whoever had them and when.",
    (
        column("old_text_id", "VARCHAR", "the one text"),
        column("new_text_id", "VARCHAR", "the other text"),
        column("words_added", "BIGINT", "words that only the other has"),
        column("words_removed", "BIGINT", "words that only the one has"),
        column("similarity", "DOUBLE", "the share of words kept, 0 to 1"),
        column("significance", "VARCHAR", "minor or substantive, by comparing the texts"),
        column("hunks", "BIGINT", "places that differ"),
        column("lines_added", "BIGINT?", "whole lines that came"),
        column("lines_removed", "BIGINT?", "whole lines that went"),
        column("lines_edited", "BIGINT?", "lines that stand in the place of another"),
        column("lines_moved", "BIGINT?", "lines that only stand elsewhere now"),
    ),
    ("old_text_id", "new_text_id"),
    (
        to("texts", "old_text_id", references=("text_id",)),
        to("texts", "new_text_id", references=("text_id",)),
    ),
)
