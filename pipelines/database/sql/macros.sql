-- Questions with an argument. Every pattern is a regular expression (RE2); write (?i) before it
-- to ignore case. Moments are UTC.

-- Where in a text a pattern first matches, from 1: a mark is put before the match and looked up,
-- because a search for the matched words alone could find them earlier, where they do not match.
CREATE OR REPLACE MACRO match_position(body, pattern) AS
    strpos(regexp_replace(body, pattern, chr(1) || '\0'), chr(1));

-- What stands before a match on its line: whole words, marked where more was left out.
CREATE OR REPLACE MACRO match_head(before, more) AS
    CASE
        WHEN contains(before, chr(10)) THEN regexp_extract(before, '[^\n]*$')
        WHEN more THEN '… ' || regexp_replace(before, '^\S*\s+', '')
        ELSE before
    END;

-- What stands after a match on its line: whole words, marked where more was left out.
CREATE OR REPLACE MACRO match_tail(after, more) AS
    CASE
        WHEN contains(after, chr(10)) THEN regexp_extract(after, '^[^\n]*')
        WHEN more THEN regexp_replace(after, '\s+\S*$', '') || ' …'
        ELSE after
    END;

-- A match at `place`, with up to 60 characters on both sides, on one line.
CREATE OR REPLACE MACRO quote_at(body, place, matched) AS
    trim(regexp_replace(
        match_head(substr(body, greatest(place - 60, 1), least(60, place - 1)), place > 61)
        || matched
        || match_tail(
            substr(body, place + length(matched), 60),
            length(body) >= place + length(matched) + 60
        ),
        '\s+', ' ', 'g'
    ));

-- The first match of a pattern in a text, with the words around it.
CREATE OR REPLACE MACRO quote_of(body, pattern) AS
    quote_at(body, match_position(body, pattern), regexp_extract(body, pattern));

-- What a policy said at a moment, one row for each of its languages. `certainty` is
-- `observed` (the moment lies between two sightings of this version, or on one),
-- `between` (the version was last seen earlier, `next_version` first seen later) or
-- `unknown` (before the first or after the last sighting, so there is no text).
-- `last_seen` and `not_after` are the sightings around the moment's version, where there are.
CREATE OR REPLACE MACRO policy_at(policy_id, moment) AS TABLE
WITH spans AS (
    SELECT *,
           lead(first_seen) OVER later AS next_seen,
           first_seen <= CAST(moment AS TIMESTAMP) AS begun
    FROM versions
    WHERE versions.policy_id = policy_id
    WINDOW later AS (PARTITION BY language ORDER BY version)
),
nearest AS (
    SELECT *,
           CASE
               WHEN NOT begun THEN 'unknown'
               WHEN CAST(moment AS TIMESTAMP) <= last_seen THEN 'observed'
               WHEN next_seen IS NOT NULL THEN 'between'
               ELSE 'unknown'
           END AS certainty
    FROM spans
    QUALIFY row_number() OVER (
        PARTITION BY language
        ORDER BY begun DESC, if(begun, -version, version)
    ) = 1
)
SELECT nearest.policy_id AS policy_id,
       nearest.language,
       if(certainty = 'unknown', NULL, version) AS version,
       if(certainty = 'unknown', NULL, nearest.text_id) AS text_id,
       if(certainty = 'unknown', NULL, texts.text) AS text,
       certainty,
       if(certainty = 'unknown', NULL, first_seen) AS first_seen,
       if(begun, last_seen, NULL) AS last_seen,
       if(begun, next_seen, first_seen) AS not_after,
       if(certainty = 'between', version + 1, NULL) AS next_version,
       if(certainty = 'unknown', NULL, title) AS title,
       if(certainty = 'unknown', NULL, nearest.words) AS words,
       if(certainty = 'unknown', NULL, stated_date) AS stated_date,
       if(certainty = 'unknown', NULL, stated_quote) AS stated_quote,
       if(certainty = 'unknown', NULL, uri_r) AS uri_r,
       if(certainty = 'unknown', NULL, uri_m) AS uri_m,
       if(certainty = 'unknown', NULL, memento_datetime) AS memento_datetime,
       if(certainty = 'unknown', NULL, digest) AS digest,
       if(certainty = 'unknown', NULL, body_sha256) AS body_sha256,
       if(certainty = 'unknown', NULL, extractor_id) AS extractor_id,
       if(certainty = 'unknown', NULL, crawl_id) AS crawl_id
FROM nearest
JOIN texts ON texts.text_id = nearest.text_id
ORDER BY nearest.language;

-- Every version whose text matches a pattern, how often, and the first match in its words.
CREATE OR REPLACE MACRO mentions(pattern) AS TABLE
WITH hits AS (
    SELECT text_id,
           len(regexp_extract_all(texts.text, pattern)) AS matches,
           quote_of(texts.text, pattern) AS quote
    FROM texts
    WHERE regexp_matches(texts.text, pattern)
)
SELECT versions.policy_id,
       versions.language,
       versions.version,
       versions.first_seen,
       versions.last_seen,
       hits.matches AS count,
       hits.quote,
       versions.text_id,
       versions.uri_m
FROM versions
JOIN hits ON hits.text_id = versions.text_id
ORDER BY versions.policy_id, versions.language, versions.version;

-- For each policy and language the first version whose text matches a pattern, and the interval
-- in which the words came: after `not_before` (last seen without them; NULL where they were
-- there from the start of what the archive has), not after `not_after`.
CREATE OR REPLACE MACRO first_mention(pattern) AS TABLE
WITH hits AS (
    SELECT text_id,
           quote_of(texts.text, pattern) AS quote
    FROM texts
    WHERE regexp_matches(texts.text, pattern)
)
SELECT versions.policy_id,
       versions.language,
       versions.version,
       versions.not_before,
       versions.first_seen AS not_after,
       epoch(versions.first_seen - versions.not_before) / 86400 AS width_days,
       hits.quote,
       versions.text_id,
       versions.uri_m
FROM versions
JOIN hits ON hits.text_id = versions.text_id
QUALIFY row_number() OVER (
    PARTITION BY versions.policy_id, versions.language
    ORDER BY versions.version
) = 1
ORDER BY versions.policy_id, versions.language;
