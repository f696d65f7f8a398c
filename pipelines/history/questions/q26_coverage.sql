-- 26. How well does the archive cover each policy and year, and what was rejected, why?
--
-- One row for each policy and each year from the first capture that the archive lists of any policy
-- to its last; a year without a capture is a row of zeros. `captures` are the lines listed,
-- `observed` those on whose date we know how the policy read (in any language), `rejected` the
-- others by reason: the verdict on a body that is no policy, or the ledger's state (its meaning is
-- in docs/data.md), each with its share of the captures. `longest_gap_days` is the longest stretch
-- between two neighbouring sightings that touches the year, in its whole length; NULL where the
-- year lies before the first sighting or after the last. With `rows = 'year'` one row a year over
-- all policies: `policies`, how many of them have no capture in it, and no sighting. `unlisted` are
-- policies whose list of captures was never read, or not whole when it was last asked for: their
-- zeros say nothing of the archive.
--
-- Misread: a year without a capture is no year without a policy. A skipped or failed capture may
-- well show one; it was not looked at. Many captures of one day cover no more than that day: read
-- `longest_gap_days` beside the counts. Lines whose timestamp is no moment belong to no year.
-- Parameters:
--   rows = 'policy': a row for each policy and year, or `year` for a row a year
--   policy: one policy; all where it is not given
--   year: one year; all where it is not given
-- Plot: line x=year y=observed by=policy_id
-- Example: year = 2018
WITH asked AS (
    SELECT CASE coalesce(getvariable('rows'), 'policy')
               WHEN 'policy' THEN false
               WHEN 'year' THEN true
               ELSE error('rows is policy or year, not ' || getvariable('rows'))
           END AS years_only
),
bodies AS (
    SELECT captures.policy_id,
           captures.timestamp,
           captures.original,
           captures.urlkey,
           captures.digest,
           captures.statuscode,
           extractions.reason
    FROM captures
    JOIN mementos
      ON mementos.policy_id = captures.policy_id
     AND mementos.urlkey = captures.urlkey
     AND mementos.digest = captures.digest
    JOIN extractions
      ON extractions.body_sha256 = mementos.body_sha256
     AND extractions.extractor_id = adopted_extractor()
    WHERE captures.state IN ('fetched', 'unchanged')
    QUALIFY row_number() OVER (
        PARTITION BY captures.policy_id,
                     captures.timestamp,
                     captures.original,
                     captures.urlkey,
                     captures.digest,
                     captures.statuscode
        ORDER BY mementos.timestamp <> captures.timestamp,
                 mementos.uri_r <> captures.original,
                 mementos.timestamp,
                 mementos.uri_r
    ) = 1
),
lines AS (
    SELECT captures.policy_id,
           year(try_strptime(captures.timestamp, '%Y%m%d%H%M%S')) AS year,
           CASE
               WHEN observations.state IS NOT NULL THEN 'observed'
               WHEN captures.state NOT IN ('fetched', 'unchanged') THEN captures.state
               ELSE coalesce(nullif(bodies.reason, ''), 'unread')
           END AS outcome
    FROM captures
    LEFT JOIN observations
      ON observations.policy_id = captures.policy_id
     AND observations.urlkey = captures.urlkey
     AND observations.timestamp = captures.timestamp
     AND observations.uri_r = captures.original
     AND observations.digest = captures.digest
     AND observations.state = captures.state
    LEFT JOIN bodies
      ON bodies.policy_id = captures.policy_id
     AND bodies.urlkey = captures.urlkey
     AND bodies.timestamp = captures.timestamp
     AND bodies.original = captures.original
     AND bodies.digest = captures.digest
     AND bodies.statuscode = captures.statuscode
    WHERE length(captures.timestamp) = 14
),
years AS (
    SELECT unnest(range(min(year), max(year) + 1)) AS year
    FROM lines
),
gaps AS (
    SELECT observations.policy_id,
           observed_at,
           lag(observed_at) OVER (
               PARTITION BY observations.policy_id
               ORDER BY observed_at
           ) AS seen_before
    FROM observations
),
unlisted AS (
    SELECT policies.policy_id,
           count(newest.outcome) = 0
           OR bool_or(newest.outcome = 'failed') AS unlisted
    FROM policies
    LEFT JOIN (
        SELECT listings.policy_id,
               arg_max(outcome, (listed_at, outcome)) AS outcome
        FROM listings
        WHERE source = 'archive'
        GROUP BY listings.policy_id, uri_r
    ) AS newest ON newest.policy_id = policies.policy_id
    GROUP BY policies.policy_id
),
chosen AS (
    SELECT policies.policy_id,
           if(asked.years_only, '(all)', policies.policy_id) AS row_id,
           years.year,
           unlisted.unlisted
    FROM policies
    CROSS JOIN years
    CROSS JOIN asked
    JOIN unlisted ON unlisted.policy_id = policies.policy_id
    WHERE (getvariable('policy') IS NULL OR policies.policy_id = getvariable('policy'))
      AND (getvariable('year') IS NULL OR years.year = getvariable('year')::INTEGER)
),
stretches AS (
    SELECT chosen.policy_id,
           chosen.year,
           max(epoch(observed_at - seen_before) / 86400) AS longest_gap_days
    FROM chosen
    JOIN gaps
      ON gaps.policy_id = chosen.policy_id
     AND year(gaps.seen_before) <= chosen.year
     AND year(gaps.observed_at) >= chosen.year
    GROUP BY ALL
),
counts AS (
    SELECT lines.policy_id,
           lines.year,
           count(*) AS captures,
           count(*) FILTER (outcome = 'observed') AS observed
    FROM lines
    GROUP BY ALL
),
totals AS (
    SELECT chosen.row_id,
           chosen.year,
           count(*) AS policies,
           count(*) FILTER (counts.captures IS NULL) AS without_capture,
           count(*) FILTER (coalesce(counts.observed, 0) = 0) AS without_sighting,
           count(*) FILTER (chosen.unlisted) AS unlisted,
           coalesce(sum(counts.captures), 0)::BIGINT AS captures,
           coalesce(sum(counts.observed), 0)::BIGINT AS observed,
           max(stretches.longest_gap_days) AS longest_gap_days
    FROM chosen
    LEFT JOIN counts
      ON counts.policy_id = chosen.policy_id
     AND counts.year = chosen.year
    LEFT JOIN stretches
      ON stretches.policy_id = chosen.policy_id
     AND stretches.year = chosen.year
    GROUP BY ALL
),
reasons AS (
    SELECT chosen.row_id,
           chosen.year,
           lines.outcome,
           count(*) AS captures
    FROM chosen
    JOIN lines
      ON lines.policy_id = chosen.policy_id
     AND lines.year = chosen.year
    WHERE lines.outcome <> 'observed'
    GROUP BY ALL
),
rejected AS (
    SELECT reasons.row_id,
           reasons.year,
           string_agg(
               concat(
                   outcome, ' ', reasons.captures,
                   ' (', round(100 * reasons.captures / totals.captures)::INTEGER, ' %)'
               ),
               ', '
               ORDER BY reasons.captures DESC, outcome
           ) AS rejected
    FROM reasons
    JOIN totals
      ON totals.row_id = reasons.row_id
     AND totals.year = reasons.year
    GROUP BY ALL
)
SELECT totals.row_id AS policy_id,
       totals.year,
       totals.captures,
       totals.observed,
       round(totals.observed / nullif(totals.captures, 0), 3) AS share_observed,
       rejected.rejected,
       round(totals.longest_gap_days, 1) AS longest_gap_days,
       totals.policies,
       totals.without_capture,
       totals.without_sighting,
       totals.unlisted
FROM totals
LEFT JOIN rejected
  ON rejected.row_id = totals.row_id
 AND rejected.year = totals.year
ORDER BY totals.row_id, totals.year;
