-- Opinions: everything here is derived from the facts (tables.sql) and can be dropped and made
-- again. Tables are named without their database, so that a copy of the file answers under any
-- name; `policy_id` is always named with its table, because inside the macro policy_at() the bare
-- name is the macro's argument.

-- The extractor that observations are read by: the one adopted last.
CREATE OR REPLACE MACRO adopted_extractor() AS (
    SELECT extractor_id
    FROM extractors
    WHERE adopted_at IS NOT NULL
    ORDER BY adopted_at DESC, extractor_id
    LIMIT 1
);

-- How far a source stands from the page itself: an archive keeps the page, the others a text that
-- somebody else made of it, each in their own way.
CREATE OR REPLACE MACRO source_rank(source) AS
    CASE
        WHEN source IN ('archive', 'warc') THEN 0
        WHEN source = 'open-terms-archive' THEN 1
        ELSE 2
    END;

-- Each capture that has a body, as each extractor reads it: its body is its own or (unchanged)
-- that of the earliest capture kept with the same digest at the same address. It observes where
-- that extractor read a policy and the timestamp is a moment.
CREATE OR REPLACE VIEW bodies_read AS
WITH bodies AS (
    SELECT captures.policy_id,
           captures.timestamp,
           captures.original,
           captures.urlkey,
           captures.digest,
           captures.statuscode,
           captures.state,
           own.uri_m,
           own.memento_datetime,
           own.body_sha256,
           own.crawl_id,
           own.source
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
           captures.statuscode,
           captures.state,
           earliest.uri_m,
           earliest.memento_datetime,
           earliest.body_sha256,
           earliest.crawl_id,
           earliest.source
    FROM captures
    JOIN mementos AS earliest
      ON earliest.policy_id = captures.policy_id
     AND earliest.urlkey = captures.urlkey
     AND earliest.digest = captures.digest
    WHERE captures.state = 'unchanged'
    QUALIFY row_number() OVER (
        PARTITION BY captures.policy_id,
                     captures.urlkey,
                     captures.timestamp,
                     captures.original,
                     captures.digest,
                     captures.statuscode
        ORDER BY earliest.timestamp, earliest.uri_r
    ) = 1
)
SELECT bodies.policy_id,
       extractions.language,
       bodies.timestamp,
       if(
           length(bodies.timestamp) = 14 AND bodies.timestamp >= '0001',
           try_strptime(bodies.timestamp, '%Y%m%d%H%M%S'),
           NULL
       ) AS observed_at,
       bodies.original AS uri_r,
       texts.text_id,
       coalesce(extractions.normalized_id, texts.normalized_id) AS normalized_id,
       texts.words,
       extractions.title,
       extractions.stated_date,
       extractions.stated_kind,
       extractions.stated_quote,
       bodies.urlkey,
       bodies.digest,
       bodies.state,
       bodies.uri_m,
       bodies.memento_datetime,
       bodies.body_sha256,
       extractions.extractor_id,
       bodies.crawl_id,
       coalesce(extractions.undated_id, texts.undated_id) AS undated_id,
       bodies.statuscode,
       extractions.verdict,
       extractions.reason,
       texts.block,
       bodies.source,
       source_rank(bodies.source) AS rank,
       texts.text_id IS NOT NULL
       AND extractions.verdict = 'policy'
       AND observed_at IS NOT NULL AS observes
FROM bodies
JOIN extractions
  ON extractions.body_sha256 = bodies.body_sha256
LEFT JOIN texts
  ON texts.text_id = extractions.text_id;

-- What each extractor makes of each capture, and how the policy's history runs through it. The
-- table `readings` holds these rows; this says what they must be.
--
-- Texts of different sources are made by different hands, so that what differs between them need
-- not be the policy's doing. A source therefore shows versions only outside of the time that a
-- better one covers, from its first sighting to its last.
CREATE OR REPLACE VIEW readings_afresh AS
WITH placed AS (
    SELECT *,
           row_number() OVER timeline AS place,
           min(observed_at) FILTER (rank = 0) OVER whole AS first_0,
           max(observed_at) FILTER (rank = 0) OVER whole AS last_0,
           min(observed_at) FILTER (rank = 1) OVER whole AS first_1,
           max(observed_at) FILTER (rank = 1) OVER whole AS last_1
    FROM bodies_read
    WINDOW timeline AS (
               PARTITION BY bodies_read.policy_id, language, extractor_id, observes
               ORDER BY timestamp, uri_r, digest
           ),
           whole AS (
               PARTITION BY bodies_read.policy_id, language, extractor_id, observes
               ORDER BY timestamp, uri_r, digest
               ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
           )
),
shown AS (
    SELECT * EXCLUDE (rank, first_0, last_0, first_1, last_1),
           observes
           AND (rank = 0 OR coalesce(observed_at NOT BETWEEN first_0 AND last_0, true))
           AND (rank < 2 OR coalesce(observed_at NOT BETWEEN first_1 AND last_1, true)) AS shows
    FROM placed
),
steps AS (
    SELECT *,
           lag(if(shows, observed_at, NULL) IGNORE NULLS) OVER passing AS not_before,
           lag(if(shows, source, NULL) IGNORE NULLS) OVER passing AS source_then,
           shows
           AND normalized_id IS DISTINCT FROM
               lag(if(shows, normalized_id, NULL) IGNORE NULLS) OVER passing AS starts,
           count(*) FILTER (shows) OVER passing AS sighting,
           count(*) FILTER (shows) OVER whole AS sightings,
           max(observed_at) FILTER (shows) OVER whole AS seen_last
    FROM shown
    WINDOW passing AS (
               PARTITION BY shown.policy_id, language, extractor_id, observes
               ORDER BY place
               ROWS UNBOUNDED PRECEDING
           ),
           whole AS (
               PARTITION BY shown.policy_id, language, extractor_id, observes
               ORDER BY place
               ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
           )
),
numbered AS (
    SELECT * EXCLUDE (not_before, source_then, sighting, sightings, seen_last),
           if(starts, source_then, NULL) AS source_before,
           if(shows, sum(starts::INTEGER) OVER passing, NULL)::BIGINT AS version,
           if(starts, not_before, NULL) AS not_before,
           sighting,
           sightings,
           seen_last
    FROM steps
    WINDOW passing AS (
        PARTITION BY steps.policy_id, language, extractor_id, observes
        ORDER BY place
        ROWS UNBOUNDED PRECEDING
    )
),
firsts AS (
    SELECT * EXCLUDE (observes, shows, place, starts, sighting, sightings, seen_last),
           coalesce(lead(not_before) OVER beside, seen_last) AS last_seen,
           coalesce(lead(sighting) OVER beside, sightings + 1) - sighting AS observations,
           lag(text_id) OVER beside AS old_text_id,
           lag(words) OVER beside AS old_words,
           lag(normalized_id) OVER beside = lead(normalized_id) OVER beside AS returns,
           undated_id = lag(undated_id) OVER beside AS undated,
           lead(observed_at) OVER beside AS next_seen
    FROM numbered
    WHERE starts
    WINDOW beside AS (PARTITION BY numbered.policy_id, language, extractor_id ORDER BY version)
)
SELECT firsts.*,
       diffs.words_added,
       diffs.words_removed,
       diffs.similarity,
       diffs.significance,
       diffs.hunks,
       diffs.lines_added,
       diffs.lines_removed,
       diffs.lines_edited,
       diffs.lines_moved
FROM firsts
LEFT JOIN diffs
  ON diffs.old_text_id = firsts.old_text_id
 AND diffs.new_text_id = firsts.text_id
UNION ALL BY NAME
SELECT * EXCLUDE (observes, shows, place, starts, sighting, sightings, seen_last)
FROM numbered
WHERE NOT starts;

-- One row for each capture on whose date we know how the policy read: that extractor read its
-- body as a policy. A timestamp that is no moment observes nothing. `version` is NULL where a
-- better source covers the date: such an observation is one more witness, and shows no version.
CREATE OR REPLACE MACRO observations_of(reader) AS TABLE
SELECT readings.policy_id,
       language,
       timestamp,
       observed_at,
       uri_r,
       text_id,
       normalized_id,
       words,
       title,
       stated_date,
       stated_kind,
       stated_quote,
       urlkey,
       digest,
       state,
       uri_m,
       memento_datetime,
       body_sha256,
       extractor_id,
       crawl_id,
       undated_id,
       version,
       source
FROM readings
WHERE verdict = 'policy'
  AND text_id IS NOT NULL
  AND observed_at IS NOT NULL
  AND extractor_id = reader;

-- The versions, without what must be compared to be known: a longest run of observations of one
-- policy in one language with the same normalised text. Its text, dates and provenance are those
-- of the run's first observation. `not_before` is when the version before was last seen; NULL
-- where nothing was seen before. `returns`: the same text stands before and behind; `undated`:
-- nothing but stated dates and counters differs from the version before.
CREATE OR REPLACE MACRO runs_of(reader) AS TABLE
SELECT readings.policy_id,
       language,
       version,
       text_id,
       observed_at AS first_seen,
       last_seen,
       not_before,
       observations,
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
       crawl_id,
       undated_id,
       old_text_id,
       old_words,
       returns,
       undated,
       words_added,
       words_removed,
       similarity,
       significance,
       hunks,
       lines_added,
       lines_removed,
       lines_edited,
       lines_moved,
       source,
       source_before
FROM readings
WHERE last_seen IS NOT NULL
  AND extractor_id = reader;

-- The versions that may be flips: the same text stands before and behind, this one was seen twice
-- at most. It is one where only whole lines came or only whole lines went, or more than half of
-- the words did: a slip of the page or of its reading, rather than an edit. Where two such stand
-- side by side, only the one seen less often can be one. NULL until the texts were compared.
CREATE OR REPLACE MACRO flips_of(reader) AS TABLE
WITH brief AS (
    SELECT runs.policy_id,
           language,
           version,
           observations,
           2 * words < old_words
           OR (
               lines_edited = 0
               AND coalesce(lines_moved, 0) = 0
               AND (lines_added = 0) <> (lines_removed = 0)
           ) AS slips
    FROM runs_of(reader) AS runs
    WHERE returns
      AND observations <= 2
)
SELECT brief.policy_id,
       brief.language,
       brief.version,
       brief.slips
       AND NOT if(
           earlier.version IS NULL,
           false,
           earlier.slips AND earlier.observations <= brief.observations
       )
       AND NOT if(
           later.version IS NULL,
           false,
           later.slips AND later.observations <= brief.observations
       ) AS flip
FROM brief
LEFT JOIN brief AS earlier
  ON earlier.policy_id = brief.policy_id
 AND earlier.language = brief.language
 AND earlier.version = brief.version - 1
LEFT JOIN brief AS later
  ON later.policy_id = brief.policy_id
 AND later.language = brief.language
 AND later.version = brief.version + 1;

-- The versions, and which of them are flips.
CREATE OR REPLACE MACRO versions_of(reader) AS TABLE
SELECT runs.* EXCLUDE (
           old_text_id,
           old_words,
           returns,
           undated,
           words_added,
           words_removed,
           similarity,
           significance,
           hunks,
           lines_added,
           lines_removed,
           lines_edited,
           lines_moved,
           source,
           source_before
       ),
       if(flips.version IS NULL, false, flips.flip) AS flip,
       runs.source
FROM runs_of(reader) AS runs
LEFT JOIN flips_of(reader) AS flips
  ON flips.policy_id = runs.policy_id
 AND flips.language = runs.language
 AND flips.version = runs.version;

-- A change: the step from one version to the next. It happened after `not_before` (the old text
-- last seen) and not after `not_after` (the new text first seen). What differs is NULL until
-- the pair of texts was compared. A change is minor where nothing but stated dates and counters
-- differ, by the extractor's own rungs where it gave them. `flip`: into such a version, or out.
-- `across_sources`: the old text was last seen by another kind of source, `old_source`, than the
-- new one was first, so that some of what differs may be their hands'.
CREATE OR REPLACE MACRO changes_of(reader) AS TABLE
SELECT runs.policy_id,
       runs.language,
       runs.version,
       runs.not_before,
       runs.first_seen AS not_after,
       epoch(runs.first_seen - runs.not_before) / 86400 AS width_days,
       runs.words_added,
       runs.words_removed,
       runs.similarity,
       CASE
           WHEN runs.significance IS NULL OR undated IS NULL THEN runs.significance
           WHEN undated THEN 'minor'
           ELSE 'substantive'
       END AS significance,
       runs.hunks,
       runs.old_text_id,
       runs.text_id AS new_text_id,
       runs.stated_date,
       if(flips.version IS NULL, false, flips.flip)
       OR if(flipped.version IS NULL, false, flipped.flip) AS flip,
       runs.lines_added,
       runs.lines_removed,
       runs.lines_edited,
       runs.lines_moved,
       source_rank(runs.source) <> source_rank(runs.source_before) AS across_sources,
       runs.source_before AS old_source
FROM runs_of(reader) AS runs
LEFT JOIN flips_of(reader) AS flips
  ON flips.policy_id = runs.policy_id
 AND flips.language = runs.language
 AND flips.version = runs.version
LEFT JOIN flips_of(reader) AS flipped
  ON flipped.policy_id = runs.policy_id
 AND flipped.language = runs.language
 AND flipped.version = runs.version - 1
WHERE runs.version > 1;

-- The same three by the extractor in force: what everybody asks.
CREATE OR REPLACE VIEW observations AS
SELECT * FROM observations_of(adopted_extractor());

CREATE OR REPLACE VIEW versions AS
SELECT * FROM versions_of(adopted_extractor());

CREATE OR REPLACE VIEW changes AS
SELECT * FROM changes_of(adopted_extractor());

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
lines AS (
    SELECT listing_changes.policy_id,
           arg_max(change, noticed_at) AS newest,
           bool_or(change = 'added late') AS late
    FROM listing_changes
    GROUP BY listing_changes.policy_id, urlkey, timestamp, original, digest, statuscode
),
moved AS (
    SELECT lines.policy_id,
           count(*) FILTER (newest = 'withdrawn') AS withdrawn,
           count(*) FILTER (late) AS added_late
    FROM lines
    GROUP BY lines.policy_id
),
told AS (
    SELECT versions.policy_id,
           count(*) AS versions,
           count(DISTINCT language) AS languages,
           count(*) FILTER (flip) AS flips
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
       CAST(coalesce(ledger.duplicates, 0) AS BIGINT) AS duplicates,
       coalesce(moved.withdrawn, 0) AS withdrawn,
       coalesce(moved.added_late, 0) AS added_late,
       coalesce(told.flips, 0) AS flips
FROM policies
LEFT JOIN ledger ON ledger.policy_id = policies.policy_id
LEFT JOIN seen ON seen.policy_id = policies.policy_id
LEFT JOIN told ON told.policy_id = policies.policy_id
LEFT JOIN moved ON moved.policy_id = policies.policy_id;
