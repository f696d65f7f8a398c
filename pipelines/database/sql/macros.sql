-- Questions with an argument. Every pattern is a regular expression (RE2); write (?i) before it
-- to ignore case. Moments are UTC.

-- Where in a text a pattern first matches, from 1. Plain words (`(?i)` before them, alternatives
-- parted by `|`) match wherever their match is written, so that is looked for. For any other
-- pattern a mark is put before the match and looked up, because a search for the matched words
-- alone could find them earlier, where they do not match.
CREATE OR REPLACE MACRO match_position(body, pattern) AS
    CASE
        WHEN regexp_full_match(pattern, '(\(\?i\))?[A-Za-z0-9 |]+')
        THEN strpos(body, regexp_extract(body, pattern))
        ELSE strpos(regexp_replace(body, pattern, chr(1) || '\0'), chr(1))
    END;

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
-- `texts` is joined by its key and by nothing else, because only so DuckDB goes by the index.
CREATE OR REPLACE MACRO policy_at(policy_id, moment) AS TABLE
WITH spoken AS (
    SELECT readings.policy_id,
           language,
           version,
           text_id,
           observed_at,
           last_seen,
           next_seen,
           observed_at <= CAST(moment AS TIMESTAMP) AS begun,
           last_seen < CAST(moment AS TIMESTAMP) AS ended,
           begun AND (NOT ended OR next_seen IS NOT NULL) AS known,
           title,
           words,
           stated_date,
           stated_quote,
           uri_r,
           uri_m,
           memento_datetime,
           digest,
           body_sha256,
           extractor_id,
           crawl_id
    FROM readings
    WHERE readings.policy_id = policy_id
      AND last_seen IS NOT NULL
      AND extractor_id = adopted_extractor()
      AND if(
          observed_at <= CAST(moment AS TIMESTAMP),
          coalesce(next_seen > CAST(moment AS TIMESTAMP), true),
          version = 1
      )
)
SELECT spoken.policy_id,
       language,
       if(known, version, NULL) AS version,
       if(known, spoken.text_id, NULL) AS text_id,
       if(known, texts.text, NULL) AS text,
       if(known, if(ended, 'between', 'observed'), 'unknown') AS certainty,
       if(known, observed_at, NULL) AS first_seen,
       if(begun, last_seen, NULL) AS last_seen,
       if(begun, next_seen, observed_at) AS not_after,
       if(known AND ended, version + 1, NULL) AS next_version,
       if(known, title, NULL) AS title,
       if(known, spoken.words, NULL) AS words,
       if(known, stated_date, NULL) AS stated_date,
       if(known, stated_quote, NULL) AS stated_quote,
       if(known, uri_r, NULL) AS uri_r,
       if(known, uri_m, NULL) AS uri_m,
       if(known, memento_datetime, NULL) AS memento_datetime,
       if(known, digest, NULL) AS digest,
       if(known, body_sha256, NULL) AS body_sha256,
       if(known, extractor_id, NULL) AS extractor_id,
       if(known, crawl_id, NULL) AS crawl_id
FROM spoken
JOIN texts ON texts.text_id = spoken.text_id
ORDER BY language;

-- The blocks of texts that a search for a pattern must look into: those whose words have all that
-- the pattern asks for, and those that the index of words does not know (yet). A pattern is plain
-- where it is words, or several alternatives of them (`|`), with `(?i)` before and `\b` anywhere;
-- another pattern must look everywhere. Parts of words count, as in a search.
CREATE OR REPLACE MACRO blocks_to_search(pattern) AS TABLE
WITH asked AS (
    SELECT regexp_replace(pattern, '^\(\?i\)|\\b', '', 'g') AS words
),
phrases AS (
    SELECT DISTINCT unnest(string_split(lower(words), '|')) AS phrase
    FROM asked
    WHERE regexp_full_match(words, '[A-Za-z0-9 ,''/&-]+(\|[A-Za-z0-9 ,''/&-]+)*')
),
parts AS (
    SELECT phrase,
           unnest(list_distinct(regexp_extract_all(phrase, '[a-z0-9]{3,}'))) AS part
    FROM phrases
),
sought AS (
    SELECT phrase,
           count(*) AS parts
    FROM parts
    GROUP BY phrase
),
alike AS (
    SELECT phrase,
           part,
           words.rowid AS place
    FROM words
    JOIN parts ON contains(words.word, parts.part)
),
places AS (
    SELECT DISTINCT phrase,
           part,
           unnest(blocks) AS block
    FROM alike
    JOIN words ON words.rowid = alike.place
),
found AS (
    SELECT block
    FROM places
    JOIN sought USING (phrase)
    GROUP BY phrase,
             block
    HAVING count(*) = any_value(sought.parts)
),
known AS (
    SELECT (SELECT list(DISTINCT block) FROM found) AS blocks,
           (SELECT coalesce(max(last_block), -1) FROM word_segments) AS indexed,
           (SELECT coalesce(max(block), -1) FROM texts) AS last,
           (SELECT count(*) FROM phrases) AS phrases,
           (SELECT count(*) FROM sought) AS sought
)
SELECT unnest(
           if(
               phrases = 0 OR sought < phrases,
               range(0, last + 1),
               coalesce(blocks, []) || range(indexed + 1, last + 1)
           )
       ) AS block
FROM known;

-- Every version whose text matches a pattern, how often, and the first match in its words; and
-- behind them the texts without a date (`document`), which are of no policy.
CREATE OR REPLACE MACRO mentions(pattern) AS TABLE
WITH hits AS MATERIALIZED (
    SELECT text_id,
           texts.block,
           len(regexp_extract_all(texts.text, pattern)) AS matches,
           quote_of(texts.text, pattern) AS quote
    FROM texts
    JOIN blocks_to_search(pattern) AS places ON places.block = texts.block
    WHERE regexp_matches(texts.text, pattern)
)
SELECT readings.policy_id,
       readings.language,
       readings.version,
       readings.observed_at AS first_seen,
       readings.last_seen,
       hits.matches AS count,
       hits.quote,
       readings.text_id,
       readings.uri_m,
       NULL AS document
FROM readings
JOIN hits ON hits.block = readings.block AND hits.text_id = readings.text_id
WHERE readings.last_seen IS NOT NULL
  AND readings.extractor_id = adopted_extractor()
UNION ALL
SELECT NULL,
       extractions.language,
       NULL,
       NULL,
       NULL,
       hits.matches,
       hits.quote,
       hits.text_id,
       NULL,
       documents.path
FROM documents
JOIN extractions
  ON extractions.body_sha256 = documents.body_sha256
 AND extractions.extractor_id = adopted_extractor()
JOIN hits ON hits.text_id = extractions.text_id
ORDER BY ALL;

-- For each policy and language the first version whose text matches a pattern, and the interval
-- in which the words came: after `not_before` (last seen without them; NULL where they were
-- there from the start of what the archive has), not after `not_after`.
CREATE OR REPLACE MACRO first_mention(pattern) AS TABLE
WITH hits AS MATERIALIZED (
    SELECT text_id,
           texts.block,
           quote_of(texts.text, pattern) AS quote
    FROM texts
    JOIN blocks_to_search(pattern) AS places ON places.block = texts.block
    WHERE regexp_matches(texts.text, pattern)
)
SELECT readings.policy_id,
       readings.language,
       readings.version,
       readings.not_before,
       readings.observed_at AS not_after,
       epoch(readings.observed_at - readings.not_before) / 86400 AS width_days,
       hits.quote,
       readings.text_id,
       readings.uri_m
FROM readings
JOIN hits ON hits.block = readings.block AND hits.text_id = readings.text_id
WHERE readings.last_seen IS NOT NULL
  AND readings.extractor_id = adopted_extractor()
QUALIFY row_number() OVER (
    PARTITION BY readings.policy_id, readings.language
    ORDER BY readings.version
) = 1
ORDER BY readings.policy_id, readings.language;
