-- 25. Which addresses served each policy, when, and with which gaps between them?
--
-- One row for each address (URI-R) as it was captured, by policy and language, in the order of
-- their first sightings (`place`). The policy came to the address after `not_before`, its last
-- sighting at `uri_r_before`, and not after `first_seen`; `gap_days` is the width of that interval.
-- `redirected` is the first archived redirect of the address before within it: from that day on the
-- policy stood elsewhere. `step` says how far it went: `same page` (only scheme, `www`, port or a
-- last slash differ), `same host` or `other host`. `overlap_days` are the days from `first_seen` to
-- the last sighting at the address before: above 0 both stood side by side, below they did not as
-- far as is known. An address of the vendor list at which the policy was never seen is a row `never
-- seen`. `since` and `until` are the vendor list's own.
--
-- Misread: the archive, not the vendor, decides at which address a capture is made: that an
-- address is first captured late does not say that the policy came there late. A gap is time
-- without a sighting, not time without a policy. Addresses nobody listed are missing.
-- Parameters:
--   policy: one policy; all where it is not given
-- Plot: interval x=first_seen..last_seen y=uri_r
WITH steps AS (
    SELECT lineage.*,
           row_number() OVER (
               PARTITION BY lineage.policy_id, language
               ORDER BY first_seen NULLS LAST, uri_r
           ) AS place,
           regexp_extract(page_of(uri_r), '^[^/?]*') AS host,
           regexp_extract(page_of(uri_r_before), '^[^/?]*') AS host_before
    FROM lineage
    WHERE getvariable('policy') IS NULL
       OR lineage.policy_id = getvariable('policy')
),
redirects AS (
    SELECT captures.policy_id,
           original,
           try_strptime(timestamp, '%Y%m%d%H%M%S') AS redirected_at
    FROM captures
    WHERE state = 'redirect'
      AND length(timestamp) = 14
),
turned AS (
    SELECT steps.policy_id,
           steps.language,
           steps.uri_r,
           min(redirected_at) AS redirected_at
    FROM steps
    JOIN redirects
      ON redirects.policy_id = steps.policy_id
     AND page_of(redirects.original) = page_of(steps.uri_r_before)
     AND redirected_at > steps.not_before
     AND redirected_at <= steps.first_seen
    WHERE page_of(steps.uri_r) <> page_of(steps.uri_r_before)
    GROUP BY ALL
)
SELECT steps.policy_id,
       steps.language,
       steps.place,
       steps.uri_r,
       steps.first_seen::DATE AS first_seen,
       steps.last_seen::DATE AS last_seen,
       steps.observations,
       CASE
           WHEN steps.observations = 0 THEN 'never seen'
           WHEN steps.uri_r_before IS NULL THEN 'first'
           WHEN page_of(steps.uri_r) = page_of(steps.uri_r_before) THEN 'same page'
           WHEN steps.host = steps.host_before THEN 'same host'
           ELSE 'other host'
       END AS step,
       steps.uri_r_before,
       steps.not_before::DATE AS not_before,
       turned.redirected_at::DATE AS redirected,
       round(steps.gap_days_before, 1) AS gap_days,
       round(epoch(earlier.last_seen - steps.first_seen) / 86400, 1) AS overlap_days,
       steps.since,
       steps.until
FROM steps
LEFT JOIN steps AS earlier
  ON earlier.policy_id = steps.policy_id
 AND earlier.language = steps.language
 AND earlier.uri_r = steps.uri_r_before
LEFT JOIN turned
  ON turned.policy_id = steps.policy_id
 AND turned.language = steps.language
 AND turned.uri_r = steps.uri_r
ORDER BY steps.policy_id, steps.language, steps.place;
