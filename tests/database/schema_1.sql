-- The tables as schema 1 had them: what an upgrade starts from.

CREATE TABLE vendors (
    vendor_id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    homepage VARCHAR NOT NULL
);

CREATE TABLE policies (
    policy_id VARCHAR PRIMARY KEY,
    vendor_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL
);

CREATE TABLE locations (
    policy_id VARCHAR NOT NULL,
    uri_r VARCHAR NOT NULL,
    since DATE,
    until DATE,
    guessed BOOLEAN NOT NULL,
    PRIMARY KEY (policy_id, uri_r)
);

CREATE TABLE crawls (
    crawl_id VARCHAR PRIMARY KEY,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    outcome VARCHAR,
    policytrail_version VARCHAR NOT NULL,
    archive VARCHAR NOT NULL,
    options VARCHAR NOT NULL
);

-- rows = added + known + duplicates, for every listing, whatever its outcome.
CREATE TABLE listings (
    crawl_id VARCHAR NOT NULL,
    policy_id VARCHAR NOT NULL,
    uri_r VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    rows BIGINT NOT NULL,
    added BIGINT NOT NULL,
    known BIGINT NOT NULL,
    duplicates BIGINT NOT NULL,
    reason VARCHAR NOT NULL,
    listed_at TIMESTAMP NOT NULL
);

CREATE TABLE captures (
    policy_id VARCHAR NOT NULL,
    urlkey VARCHAR NOT NULL,
    timestamp VARCHAR NOT NULL,
    original VARCHAR NOT NULL,
    mimetype VARCHAR NOT NULL,
    statuscode VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    length BIGINT,
    duplicates BIGINT NOT NULL,
    state VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    listed_at TIMESTAMP NOT NULL,
    settled_at TIMESTAMP,
    PRIMARY KEY (policy_id, urlkey, timestamp, original, digest, statuscode)
);

CREATE TABLE mementos (
    policy_id VARCHAR NOT NULL,
    uri_m VARCHAR NOT NULL,
    uri_r VARCHAR NOT NULL,
    timestamp VARCHAR NOT NULL,
    memento_datetime TIMESTAMP NOT NULL,
    statuscode INTEGER NOT NULL,
    content_type VARCHAR NOT NULL,
    body_sha256 VARCHAR NOT NULL,
    body_bytes BIGINT NOT NULL,
    warc_file VARCHAR NOT NULL,
    warc_offset BIGINT NOT NULL,
    archive_source VARCHAR NOT NULL,
    fetched_at TIMESTAMP NOT NULL,
    crawl_id VARCHAR NOT NULL,
    urlkey VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    digest_matches BOOLEAN NOT NULL,
    PRIMARY KEY (policy_id, urlkey, timestamp, uri_r, digest)
);

CREATE TABLE extractors (
    extractor_id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    options VARCHAR NOT NULL,
    adopted_at TIMESTAMP
);

CREATE TABLE extractions (
    body_sha256 VARCHAR NOT NULL,
    extractor_id VARCHAR NOT NULL,
    text_id VARCHAR,
    verdict VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    stated_date DATE,
    stated_kind VARCHAR NOT NULL,
    stated_quote VARCHAR NOT NULL,
    PRIMARY KEY (body_sha256, extractor_id)
);

CREATE TABLE texts (
    text_id VARCHAR PRIMARY KEY,
    normalized_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL USING COMPRESSION zstd,
    words BIGINT NOT NULL
);

-- A fact about two texts, whoever had them and when.
CREATE TABLE diffs (
    old_text_id VARCHAR NOT NULL,
    new_text_id VARCHAR NOT NULL,
    words_added BIGINT NOT NULL,
    words_removed BIGINT NOT NULL,
    similarity DOUBLE NOT NULL,
    significance VARCHAR NOT NULL,
    hunks BIGINT NOT NULL,
    PRIMARY KEY (old_text_id, new_text_id)
);

CREATE TABLE schema_versions (version INTEGER, applied_at TIMESTAMP);
INSERT INTO schema_versions VALUES (1, now()::TIMESTAMP);
-- Opinions: everything here is derived from the facts (tables.sql) and can be dropped and made
-- again. Tables are named without their database, so that a copy of the file answers under any
-- name; `policy_id` is always named with its table, because inside the macro policy_at() the bare
-- name is the macro's argument.

-- One row for each capture on whose date we know how the policy read: its body, its own or
-- (unchanged) the earliest one kept with the same digest at the same address, was read as a
-- policy by the extractor adopted last. A timestamp that is no moment observes nothing.
CREATE OR REPLACE VIEW observations AS
WITH earliest AS (
    SELECT *
    FROM mementos
    QUALIFY row_number() OVER (
        PARTITION BY mementos.policy_id, urlkey, digest
        ORDER BY timestamp, uri_r
    ) = 1
),
bodies AS (
    SELECT captures.policy_id,
           captures.timestamp,
           captures.original,
           captures.urlkey,
           captures.digest,
           captures.state,
           own.uri_m,
           own.memento_datetime,
           own.body_sha256,
           own.crawl_id
    FROM captures
    JOIN mementos AS own
      ON own.policy_id = captures.policy_id
     AND own.urlkey = captures.urlkey
     AND own.timestamp = captures.timestamp
     AND own.uri_r = captures.original
     AND own.digest = captures.digest
    WHERE captures.state = 'fetched'
    UNION ALL
    SELECT captures.policy_id,
           captures.timestamp,
           captures.original,
           captures.urlkey,
           captures.digest,
           captures.state,
           earliest.uri_m,
           earliest.memento_datetime,
           earliest.body_sha256,
           earliest.crawl_id
    FROM captures
    JOIN earliest
      ON earliest.policy_id = captures.policy_id
     AND earliest.urlkey = captures.urlkey
     AND earliest.digest = captures.digest
    WHERE captures.state = 'unchanged'
),
dated AS (
    SELECT *,
           try_strptime(timestamp, '%Y%m%d%H%M%S') AS observed_at
    FROM bodies
    WHERE length(timestamp) = 14
      AND timestamp >= '0001'
)
SELECT dated.policy_id,
       extractions.language,
       dated.timestamp,
       dated.observed_at,
       dated.original AS uri_r,
       extractions.text_id,
       texts.normalized_id,
       texts.words,
       extractions.title,
       extractions.stated_date,
       extractions.stated_kind,
       extractions.stated_quote,
       dated.urlkey,
       dated.digest,
       dated.state,
       dated.uri_m,
       dated.memento_datetime,
       dated.body_sha256,
       extractions.extractor_id,
       dated.crawl_id
FROM dated
JOIN extractions
  ON extractions.body_sha256 = dated.body_sha256
JOIN texts
  ON texts.text_id = extractions.text_id
WHERE dated.observed_at IS NOT NULL
  AND extractions.verdict = 'policy'
  AND extractions.extractor_id = (
      SELECT extractor_id
      FROM extractors
      WHERE adopted_at IS NOT NULL
      ORDER BY adopted_at DESC, extractor_id
      LIMIT 1
  );

-- A version: a longest run of observations of one policy in one language with the same
-- normalised text. Its text, dates and provenance are those of the run's first observation.
-- `not_before` is when the version before was last seen; NULL where nothing was seen before.
CREATE OR REPLACE VIEW versions AS
WITH steps AS (
    SELECT *,
           row_number() OVER timeline AS place,
           lag(observed_at) OVER timeline AS seen_before,
           lag(normalized_id) OVER timeline AS normalized_before,
           count(*) OVER everything AS places,
           max(observed_at) OVER everything AS seen_last
    FROM observations
    WINDOW timeline AS (
               PARTITION BY observations.policy_id, language
               ORDER BY timestamp, uri_r, digest
           ),
           everything AS (PARTITION BY observations.policy_id, language)
),
starts AS (
    SELECT *
    FROM steps
    WHERE normalized_id IS DISTINCT FROM normalized_before
)
SELECT starts.policy_id,
       language,
       row_number() OVER timeline AS version,
       text_id,
       observed_at AS first_seen,
       coalesce(lead(seen_before) OVER timeline, seen_last) AS last_seen,
       seen_before AS not_before,
       coalesce(lead(place) OVER timeline, places + 1) - place AS observations,
       stated_date,
       words,
       stated_kind,
       stated_quote,
       title,
       normalized_id,
       timestamp,
       uri_r,
       uri_m,
       memento_datetime,
       digest,
       body_sha256,
       extractor_id,
       crawl_id
FROM starts
WINDOW timeline AS (PARTITION BY starts.policy_id, language ORDER BY place);

-- A change: the step from one version to the next. It happened after `not_before` (the old text
-- last seen) and not after `not_after` (the new text first seen). What differs is NULL until
-- the pair of texts was compared.
CREATE OR REPLACE VIEW changes AS
WITH steps AS (
    SELECT *,
           lag(text_id) OVER timeline AS old_text_id
    FROM versions
    WINDOW timeline AS (PARTITION BY versions.policy_id, language ORDER BY version)
)
SELECT steps.policy_id,
       steps.language,
       steps.version,
       steps.not_before,
       steps.first_seen AS not_after,
       epoch(steps.first_seen - steps.not_before) / 86400 AS width_days,
       diffs.words_added,
       diffs.words_removed,
       diffs.similarity,
       diffs.significance,
       diffs.hunks,
       steps.old_text_id,
       steps.text_id AS new_text_id,
       steps.stated_date
FROM steps
LEFT JOIN diffs
  ON diffs.old_text_id = steps.old_text_id
 AND diffs.new_text_id = steps.text_id
WHERE steps.version > 1;

-- How well the archive covers each policy: the ledger by state, what was observed, and the
-- longest stretch between two observations. Zero, not missing, where there is nothing.
CREATE OR REPLACE VIEW coverage AS
WITH ledger AS (
    SELECT captures.policy_id,
           count(*) AS captures,
           sum(duplicates) AS duplicates,
           count(*) FILTER (state = 'fetched') AS fetched,
           count(*) FILTER (state = 'unchanged') AS unchanged,
           count(*) FILTER (state = 'pending') AS pending,
           count(*) FILTER (state = 'skipped') AS skipped,
           count(*) FILTER (state = 'redirect') AS redirect,
           count(*) FILTER (state = 'absent') AS absent,
           count(*) FILTER (state = 'error') AS error,
           count(*) FILTER (state = 'drifted') AS drifted,
           count(*) FILTER (state = 'unplayable') AS unplayable,
           count(*) FILTER (state = 'excluded') AS excluded,
           count(*) FILTER (state = 'damaged') AS damaged,
           count(*) FILTER (state = 'failed') AS failed
    FROM captures
    GROUP BY captures.policy_id
),
steps AS (
    SELECT observations.policy_id,
           observed_at,
           observed_at - lag(observed_at) OVER timeline AS gap
    FROM observations
    WINDOW timeline AS (PARTITION BY observations.policy_id ORDER BY observed_at)
),
seen AS (
    SELECT steps.policy_id,
           count(*) AS observations,
           min(observed_at) AS first_seen,
           max(observed_at) AS last_seen,
           max(epoch(gap)) / 86400 AS longest_gap_days
    FROM steps
    GROUP BY steps.policy_id
),
told AS (
    SELECT versions.policy_id,
           count(*) AS versions,
           count(DISTINCT language) AS languages
    FROM versions
    GROUP BY versions.policy_id
)
SELECT policies.policy_id,
       coalesce(ledger.captures, 0) AS captures,
       coalesce(ledger.fetched, 0) AS fetched,
       coalesce(seen.observations, 0) AS observations,
       coalesce(told.versions, 0) AS versions,
       seen.first_seen,
       seen.last_seen,
       seen.longest_gap_days,
       coalesce(told.languages, 0) AS languages,
       coalesce(ledger.pending, 0) AS pending,
       coalesce(ledger.unchanged, 0) AS unchanged,
       coalesce(ledger.skipped, 0) AS skipped,
       coalesce(ledger.redirect, 0) AS redirect,
       coalesce(ledger.absent, 0) AS absent,
       coalesce(ledger.error, 0) AS error,
       coalesce(ledger.drifted, 0) AS drifted,
       coalesce(ledger.unplayable, 0) AS unplayable,
       coalesce(ledger.excluded, 0) AS excluded,
       coalesce(ledger.damaged, 0) AS damaged,
       coalesce(ledger.failed, 0) AS failed,
       CAST(coalesce(ledger.duplicates, 0) AS BIGINT) AS duplicates
FROM policies
LEFT JOIN ledger ON ledger.policy_id = policies.policy_id
LEFT JOIN seen ON seen.policy_id = policies.policy_id
LEFT JOIN told ON told.policy_id = policies.policy_id;
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
