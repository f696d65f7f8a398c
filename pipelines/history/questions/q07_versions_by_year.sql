-- 7. How many versions did each policy have in a year, and what kind of changes?
--
-- One row for each policy, language and year from the first sighting to the last. `versions` are
-- the distinct versions seen in the year, `flips` those of them that came and went at once.
-- `changes` are those whose new text was first seen in the year: `substantive`, `minor` (nothing
-- but stated dates and counters) and `in_flips` (into a flip or out of one) add up to it, unless a
-- pair of texts was not compared yet. `maybe_earlier` counts the changes that may have happened in
-- a year before, because the old text was last seen there. `format` counts what changed inside a
-- version: other case, space or punctuation, the same words.
--
-- Misread: every count is a lower bound, and `lower_bound` says why: what came and went in the
-- longest stretch of the calendar year without a sighting (`unseen_days`) is not known, nor what
-- stands in captures that were not read (`unread`, of the policy in any language). A year without a
-- sighting has no counts (NULL), which is not zero versions. More sightings find more versions:
-- compare years with `observations` beside them.
-- Parameters:
--   policy: one policy; all where it is not given
--   language: one language; all where it is not given
-- Plot: line x=year y=versions by=policy_id+language
-- Example: policy = 'ticketbarn/privacy'
WITH steps AS (
    SELECT observations.policy_id,
           language,
           timestamp,
           uri_r,
           digest,
           observed_at,
           year(observed_at) AS year,
           text_id,
           normalized_id,
           lag(observed_at) OVER timeline AS seen_before,
           lag(normalized_id) OVER timeline AS normalized_before
    FROM observations
    WHERE (getvariable('policy') IS NULL OR observations.policy_id = getvariable('policy'))
      AND (getvariable('language') IS NULL OR language = getvariable('language'))
      AND version IS NOT NULL
    WINDOW timeline AS (
        PARTITION BY observations.policy_id, language
        ORDER BY timestamp, uri_r, digest
    )
),
sightings AS (
    SELECT *,
           count(*) FILTER (normalized_id IS DISTINCT FROM normalized_before) OVER (
               PARTITION BY steps.policy_id, language
               ORDER BY timestamp, uri_r, digest
           ) AS version,
           observed_at - greatest(coalesce(seen_before, observed_at), make_timestamp(
               year, 1, 1, 0, 0, 0
           )) AS unseen
    FROM steps
),
known AS (
    SELECT versions.policy_id,
           language,
           version,
           coalesce(flip, false) AS flip
    FROM versions
    WHERE (getvariable('policy') IS NULL OR versions.policy_id = getvariable('policy'))
      AND (getvariable('language') IS NULL OR language = getvariable('language'))
),
seen AS (
    SELECT sightings.policy_id,
           sightings.language,
           year,
           count(*) AS observations,
           count(DISTINCT sightings.version) AS versions,
           count(DISTINCT sightings.version) FILTER (flip) AS flips,
           greatest(
               min(observed_at) - make_timestamp(any_value(year), 1, 1, 0, 0, 0),
               max(unseen),
               make_timestamp(any_value(year) + 1, 1, 1, 0, 0, 0) - max(observed_at)
           ) AS unseen
    FROM sightings
    JOIN known
      ON known.policy_id = sightings.policy_id
     AND known.language = sightings.language
     AND known.version = sightings.version
    GROUP BY sightings.policy_id, sightings.language, year
),
dresses AS (
    SELECT sightings.policy_id,
           language,
           version,
           text_id,
           min(observed_at) AS first_seen
    FROM sightings
    GROUP BY sightings.policy_id, language, version, text_id
    QUALIFY row_number() OVER (
        PARTITION BY sightings.policy_id, language, version
        ORDER BY min(observed_at), text_id
    ) > 1
),
dressed AS (
    SELECT dresses.policy_id,
           language,
           year(first_seen) AS year,
           count(*) AS format
    FROM dresses
    GROUP BY dresses.policy_id, language, year
),
changed AS (
    SELECT changes.policy_id,
           language,
           year(not_after) AS year,
           count(*) AS changes,
           count(*) FILTER (significance = 'substantive' AND NOT coalesce(flip, false))
               AS substantive,
           count(*) FILTER (significance = 'minor' AND NOT coalesce(flip, false)) AS minor,
           count(*) FILTER (flip) AS in_flips,
           count(*) FILTER (year(not_before) < year(not_after)) AS maybe_earlier
    FROM changes
    WHERE (getvariable('policy') IS NULL OR changes.policy_id = getvariable('policy'))
      AND (getvariable('language') IS NULL OR language = getvariable('language'))
    GROUP BY changes.policy_id, language, year
),
unread AS (
    SELECT captures.policy_id,
           TRY_CAST(timestamp[1:4] AS BIGINT) AS year,
           count(*) AS captures
    FROM captures
    WHERE state IN (
              'pending', 'skipped', 'drifted', 'unplayable', 'excluded', 'damaged', 'failed'
          )
      AND (getvariable('policy') IS NULL OR captures.policy_id = getvariable('policy'))
    GROUP BY captures.policy_id, year
),
years AS (
    SELECT seen.policy_id,
           language,
           unnest(range(min(year), max(year) + 1)) AS year
    FROM seen
    GROUP BY seen.policy_id, language
),
counted AS (
    SELECT years.policy_id,
           years.language,
           years.year,
           coalesce(seen.observations, 0) AS observations,
           seen.versions,
           seen.flips,
           if(seen.versions IS NULL, NULL, coalesce(changed.changes, 0)) AS changes,
           if(seen.versions IS NULL, NULL, coalesce(changed.substantive, 0)) AS substantive,
           if(seen.versions IS NULL, NULL, coalesce(changed.minor, 0)) AS minor,
           if(seen.versions IS NULL, NULL, coalesce(changed.in_flips, 0)) AS in_flips,
           if(seen.versions IS NULL, NULL, coalesce(changed.maybe_earlier, 0)) AS maybe_earlier,
           if(seen.versions IS NULL, NULL, coalesce(dressed.format, 0)) AS format,
           CAST(ceil(epoch(coalesce(
               seen.unseen,
               make_date(years.year + 1, 1, 1)::TIMESTAMP - make_date(years.year, 1, 1)::TIMESTAMP
           )) / 86400) AS BIGINT) AS unseen_days,
           coalesce(unread.captures, 0) AS unread
    FROM years
    LEFT JOIN seen
      ON seen.policy_id = years.policy_id
     AND seen.language = years.language
     AND seen.year = years.year
    LEFT JOIN changed
      ON changed.policy_id = years.policy_id
     AND changed.language = years.language
     AND changed.year = years.year
    LEFT JOIN dressed
      ON dressed.policy_id = years.policy_id
     AND dressed.language = years.language
     AND dressed.year = years.year
    LEFT JOIN unread
      ON unread.policy_id = years.policy_id
     AND unread.year = years.year
)
SELECT *,
       concat_ws(
           '; ',
           if(observations = 0, 'not seen', 'unseen for ' || unseen_days || ' days'),
           if(unread > 0, 'captures not read: ' || unread, NULL)
       ) AS lower_bound
FROM counted
ORDER BY counted.policy_id, language, year;
