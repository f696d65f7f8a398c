-- Policies by period, with what is missing; and the addresses that a policy stood at.

-- How many months a period has: `year`, `half`, `quarter` or `month`.
CREATE OR REPLACE MACRO period_months(period) AS
    CASE CAST(period AS VARCHAR)
        WHEN 'year' THEN 12
        WHEN 'half' THEN 6
        WHEN 'quarter' THEN 3
        WHEN 'month' THEN 1
        ELSE error(concat('a period is year, half, quarter or month, not ', period))
    END;

-- The first day of the period that a moment lies in.
CREATE OR REPLACE MACRO period_of(moment, period) AS
    make_date(
        year(moment),
        (month(moment) - 1) // period_months(period) * period_months(period) + 1,
        1
    );

-- For each policy and language and each period from the archive's first sighting to its last:
-- what was seen in it. `state` is `observed` (a sighting in it), `spanned` (none, but the
-- sightings next to it on both sides show one version) or `unseen`; `missing` says where an unseen
-- period lies: `before` all sightings, `between` two different versions, `after` all of them.
-- A change counts as certain where its whole interval lies inside the period, and as possible
-- wherever its interval touches the period. Nothing is carried forward: an unseen period has no
-- text. `text_id` is the last one seen in the period; of a spanned one, its version's.
CREATE OR REPLACE MACRO panel(period) AS TABLE
WITH steps AS (
    SELECT *,
           period_of(observed_at, period) AS first_day,
           row_number() OVER timeline AS place,
           lag(observed_at) OVER timeline AS seen_before,
           lag(normalized_id) OVER timeline IS DISTINCT FROM normalized_id AS starts
    FROM observations
    WHERE version IS NOT NULL
    WINDOW timeline AS (
        PARTITION BY observations.policy_id, language
        ORDER BY timestamp, uri_r, digest
    )
),
numbered AS (
    SELECT *,
           count(*) FILTER (starts) OVER timeline AS version,
           last_value(if(starts, text_id, NULL) IGNORE NULLS) OVER timeline AS version_text_id
    FROM steps
    WINDOW timeline AS (PARTITION BY steps.policy_id, language ORDER BY place)
),
seen AS (
    SELECT numbered.policy_id,
           language,
           first_day,
           count(*) AS observations,
           min(version) AS first_version,
           max(version) AS last_version,
           arg_max(text_id, place) AS text_id,
           arg_max(version_text_id, place) AS version_text_id
    FROM numbered
    GROUP BY numbered.policy_id, language, first_day
),
touched AS (
    SELECT steps.policy_id,
           language,
           CAST(
               unnest(generate_series(
                   CAST(period_of(seen_before, period) AS TIMESTAMP),
                   CAST(first_day AS TIMESTAMP),
                   to_months(period_months(period))
               )) AS DATE
           ) AS first_day,
           period_of(seen_before, period) = first_day AS certain
    FROM steps
    WHERE starts
      AND seen_before IS NOT NULL
),
counted AS (
    SELECT touched.policy_id,
           language,
           first_day,
           count(*) FILTER (certain) AS certain,
           count(*) AS possible
    FROM touched
    GROUP BY touched.policy_id, language, first_day
),
days AS (
    SELECT CAST(
               unnest(generate_series(
                   CAST(period_of(min(observed_at), period) AS TIMESTAMP),
                   max(observed_at),
                   to_months(period_months(period))
               )) AS DATE
           ) AS first_day
    FROM observations
    WHERE version IS NOT NULL
),
pairs AS (
    SELECT DISTINCT seen.policy_id,
                    language
    FROM seen
),
filled AS (
    SELECT pairs.policy_id,
           pairs.language,
           days.first_day,
           coalesce(seen.observations, 0) AS observations,
           seen.last_version - seen.first_version + 1 AS versions,
           counted.certain,
           counted.possible,
           seen.text_id,
           last_value(seen.last_version IGNORE NULLS) OVER earlier AS version_before,
           last_value(seen.version_text_id IGNORE NULLS) OVER earlier AS text_before,
           first_value(seen.first_version IGNORE NULLS) OVER later AS version_after
    FROM pairs
    CROSS JOIN days
    LEFT JOIN seen
      ON seen.policy_id = pairs.policy_id
     AND seen.language = pairs.language
     AND seen.first_day = days.first_day
    LEFT JOIN counted
      ON counted.policy_id = pairs.policy_id
     AND counted.language = pairs.language
     AND counted.first_day = days.first_day
    WINDOW earlier AS (
               PARTITION BY pairs.policy_id, pairs.language
               ORDER BY days.first_day
               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
           ),
           later AS (
               PARTITION BY pairs.policy_id, pairs.language
               ORDER BY days.first_day
               ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
           )
)
SELECT filled.policy_id,
       language,
       first_day AS period,
       CAST(first_day + to_months(period_months(period)) AS DATE) AS until,
       observations,
       coalesce(versions, 0) AS versions,
       coalesce(certain, 0) AS changes_certain,
       coalesce(possible, 0) AS changes_possible,
       CASE
           WHEN observations > 0 THEN 'observed'
           WHEN version_before = version_after THEN 'spanned'
           ELSE 'unseen'
       END AS state,
       CASE
           WHEN observations > 0 OR version_before = version_after THEN NULL
           WHEN version_before IS NULL THEN 'before'
           WHEN version_after IS NULL THEN 'after'
           ELSE 'between'
       END AS missing,
       CASE
           WHEN observations > 0 THEN text_id
           WHEN version_before = version_after THEN text_before
       END AS text_id
FROM filled
ORDER BY filled.policy_id, language, first_day;

-- An address without what two spellings of one page differ in: scheme, www, port, the last slash.
CREATE OR REPLACE MACRO page_of(uri_r) AS
    regexp_replace(
        regexp_replace(lower(uri_r), '^https?://(www\d*\.)?([^/:?#]*)(:\d+)?', '\2'),
        '(/?#.*|/)$',
        ''
    );

-- Which addresses served a policy, by language: one row for each address as it was captured (by
-- whomever; a collection that names none has no row), and
-- one without sightings (and without a language) for each location of the vendor list that no
-- sighting is of. The policy came to an address after `not_before` (last seen at
-- `uri_r_before`; NULL: the first address known) and not after `first_seen`;
-- `gap_days_before` is the width of that interval. Two addresses may serve it at a time: then the
-- one before is seen again later. `since` and `until` are those of the vendor list.
CREATE OR REPLACE VIEW lineage AS
WITH steps AS (
    SELECT *,
           lag(observed_at) OVER timeline AS seen_before,
           lag(uri_r) OVER timeline AS uri_r_before
    FROM observations
    WHERE contains(uri_r, '://')
    WINDOW timeline AS (
        PARTITION BY observations.policy_id, language
        ORDER BY timestamp, uri_r, digest
    )
),
stays AS (
    SELECT steps.policy_id,
           language,
           uri_r,
           observed_at AS first_seen,
           max(observed_at) OVER address AS last_seen,
           count(*) OVER address AS observations,
           seen_before AS not_before,
           uri_r_before
    FROM steps
    WINDOW address AS (PARTITION BY steps.policy_id, language, uri_r)
    QUALIFY row_number() OVER (address ORDER BY timestamp, digest) = 1
),
placed AS (
    SELECT stays.policy_id,
           stays.language,
           stays.uri_r,
           locations.uri_r AS location,
           locations.since,
           locations.until,
           row_number() OVER (
               PARTITION BY stays.policy_id, stays.language, stays.uri_r
               ORDER BY locations.uri_r <> stays.uri_r, locations.uri_r
           ) AS choice
    FROM stays
    JOIN locations
      ON locations.policy_id = stays.policy_id
     AND page_of(locations.uri_r) = page_of(stays.uri_r)
)
SELECT stays.policy_id,
       stays.uri_r,
       stays.first_seen,
       stays.last_seen,
       stays.observations,
       epoch(stays.first_seen - stays.not_before) / 86400 AS gap_days_before,
       placed.since,
       placed.until,
       stays.language,
       stays.not_before,
       stays.uri_r_before
FROM stays
LEFT JOIN placed
  ON placed.policy_id = stays.policy_id
 AND placed.language = stays.language
 AND placed.uri_r = stays.uri_r
 AND placed.choice = 1
UNION ALL
SELECT locations.policy_id,
       locations.uri_r,
       NULL,
       NULL,
       0,
       NULL,
       locations.since,
       locations.until,
       NULL,
       NULL,
       NULL
FROM locations
WHERE NOT EXISTS (
    SELECT 1
    FROM placed
    WHERE placed.policy_id = locations.policy_id
      AND placed.location = locations.uri_r
      AND placed.choice = 1
);
