-- 28. Which captures are not the policy, and would have made false versions of it?
--
-- One row for each capture that came as a success and is kept out of the versions in `language`:
-- the adopted extractor refused it (`reason`: soft-404, challenge, other-page and so on), or it is
-- a policy in another language than the one its address was seen in most, and was seen in before
-- and after (`other language`).
-- `place` is where it lies: `inside a version` (the sightings before and after it show one
-- version), `inside a change` (they show two), `before the first` or `after the last` sighting, or
-- `never seen`, where the policy has none. `false_versions` is how many more versions there would
-- be, had the capture counted as a sighting: one for a text that is not the one before it, one more
-- where it tears a version in two. They add up.
--
-- Misread: the list is what the extractor refused, not what is wrong: read some (`uri_m`), above
-- all where the `score` is near 0.5. A page taken for a policy though it is none is not here; a
-- flip may be one (question 30). Captures that the archive marks as errors, or that were never
-- read, are in question 26. The language is that of most sightings at the address, or of the
-- policy where the address has none. An address that changed its language for good has no strays.
-- Parameters:
--   policy: one policy; all where it is not given
--   reason: one reason; all where it is not given
WITH earliest AS (
    SELECT mementos.policy_id,
           urlkey,
           digest,
           body_sha256,
           uri_m
    FROM mementos
    QUALIFY row_number() OVER (
        PARTITION BY mementos.policy_id, urlkey, digest
        ORDER BY timestamp, uri_r
    ) = 1
),
bodies AS (
    SELECT captures.policy_id,
           captures.timestamp,
           captures.original AS uri_r,
           captures.urlkey,
           captures.digest,
           coalesce(own.body_sha256, earliest.body_sha256) AS body_sha256,
           coalesce(own.uri_m, earliest.uri_m) AS uri_m
    FROM captures
    JOIN earliest
      ON earliest.policy_id = captures.policy_id
     AND earliest.urlkey = captures.urlkey
     AND earliest.digest = captures.digest
    LEFT JOIN mementos AS own  -- the state inside an equality, or every pair would be tried
      ON own.policy_id = captures.policy_id
     AND own.urlkey = captures.urlkey
     AND own.timestamp = if(captures.state = 'fetched', captures.timestamp, NULL)
     AND own.uri_r = captures.original
     AND own.digest = captures.digest
    WHERE captures.state IN ('fetched', 'unchanged')
      AND (getvariable('policy') IS NULL OR captures.policy_id = getvariable('policy'))
      AND length(captures.timestamp) = 14
      AND try_strptime(captures.timestamp, '%Y%m%d%H%M%S') IS NOT NULL
),
refused AS (
    SELECT bodies.*,
           extractions.reason,
           extractions.score,
           extractions.text_id,
           coalesce(extractions.normalized_id, texts.normalized_id, '') AS normalized_id
    FROM bodies
    JOIN extractions
      ON extractions.body_sha256 = bodies.body_sha256
     AND extractions.extractor_id = adopted_extractor()
     AND extractions.verdict = 'not-policy'
    LEFT JOIN texts ON texts.text_id = extractions.text_id
),
sightings AS (
    SELECT observations.policy_id,
           language,
           timestamp,
           uri_r,
           urlkey,
           digest,
           text_id,
           normalized_id,
           uri_m,
           coalesce(
               normalized_id <> lag(normalized_id) OVER (
                   PARTITION BY observations.policy_id, language
                   ORDER BY timestamp, uri_r, digest
               ),
               true
           ) AS starts
    FROM observations
    WHERE version IS NOT NULL
      AND (getvariable('policy') IS NULL OR observations.policy_id = getvariable('policy'))
),
spoken AS (
    SELECT sightings.policy_id,
           urlkey,
           language,
           count(*) AS sightings,
           min(timestamp) AS first_seen,
           max(timestamp) AS last_seen
    FROM sightings
    GROUP BY sightings.policy_id, urlkey, language
),
of_address AS (
    SELECT *
    FROM spoken
    QUALIFY row_number() OVER (
        PARTITION BY spoken.policy_id, urlkey
        ORDER BY sightings DESC, first_seen, language
    ) = 1
),
of_policy AS (
    SELECT spoken.policy_id,
           language
    FROM spoken
    GROUP BY spoken.policy_id, language
    QUALIFY row_number() OVER (
        PARTITION BY spoken.policy_id
        ORDER BY sum(sightings) DESC, min(first_seen), language
    ) = 1
),
-- The sightings of each language, and among them what is kept out of it.
line AS (
    SELECT sightings.policy_id,
           language,
           timestamp,
           uri_r,
           digest,
           text_id,
           normalized_id,
           uri_m,
           starts,
           NULL AS reason,
           NULL AS score
    FROM sightings
    UNION ALL
    SELECT refused.policy_id,
           coalesce(of_address.language, of_policy.language),
           refused.timestamp,
           refused.uri_r,
           refused.digest,
           refused.text_id,
           refused.normalized_id,
           refused.uri_m,
           NULL,
           refused.reason,
           refused.score
    FROM refused
    LEFT JOIN of_address
      ON of_address.policy_id = refused.policy_id
     AND of_address.urlkey = refused.urlkey
    LEFT JOIN of_policy
      ON of_policy.policy_id = refused.policy_id
    UNION ALL
    SELECT sightings.policy_id,
           of_address.language,
           timestamp,
           uri_r,
           digest,
           text_id,
           normalized_id,
           uri_m,
           NULL,
           'other language',
           NULL
    FROM sightings
    JOIN of_address
      ON of_address.policy_id = sightings.policy_id
     AND of_address.urlkey = sightings.urlkey
     AND of_address.language <> sightings.language
     AND sightings.timestamp > of_address.first_seen
     AND sightings.timestamp < of_address.last_seen
),
numbered AS (
    SELECT *,
           count(*) FILTER (starts) OVER onward AS version,
           coalesce(normalized_id <> lag(normalized_id) OVER onward, true) AS starts_here
    FROM line
    WINDOW onward AS (
        PARTITION BY line.policy_id, language
        ORDER BY timestamp, uri_r, digest, reason NULLS FIRST
        ROWS UNBOUNDED PRECEDING
    )
),
placed AS (
    SELECT *,
           first_value(if(starts IS NULL, NULL, version) IGNORE NULLS) OVER (
               PARTITION BY numbered.policy_id, language
               ORDER BY timestamp, uri_r, digest, reason NULLS FIRST
               ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
           ) AS version_after,
           starts_here::INTEGER - coalesce(starts, false)::INTEGER AS more,
           starts IS NOT NULL AS sighted
    FROM numbered
),
counted AS (
    SELECT *,
           more + if(
               lead(sighted, 1, false) OVER onward,
               lead(more) OVER onward,
               0
           ) AS false_versions
    FROM placed
    WINDOW onward AS (
        PARTITION BY placed.policy_id, language
        ORDER BY timestamp, uri_r, digest, reason NULLS FIRST
    )
)
SELECT counted.policy_id,
       language,
       timestamp,
       reason,
       round(score, 2) AS score,
       CASE
           WHEN version = 0 AND version_after IS NULL THEN 'never seen'
           WHEN version = 0 THEN 'before the first'
           WHEN version_after IS NULL THEN 'after the last'
           WHEN version_after = version THEN 'inside a version'
           ELSE 'inside a change'
       END AS place,
       nullif(version, 0) AS version_before,
       version_after,
       false_versions,
       text_id,
       uri_m
FROM counted
WHERE NOT sighted
  AND (getvariable('reason') IS NULL OR reason = getvariable('reason'))
ORDER BY counted.policy_id, language, timestamp, uri_r, digest, reason;
