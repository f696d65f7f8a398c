-- 33. Where does a text come from?
--
-- One row for each kept body that the adopted extractor has read, refused pages included: the line
-- of the archive's index (`timestamp`, `digest`), the memento (`uri_m`, the moment it was served
-- for, its SHA-256, the archive's own file), the crawl that fetched it and with which policytrail,
-- the extractor with its options, and what it made of the body. Where a body is kept on this
-- machine is in `mementos`. `sightings` counts the captures that rest on this body: its own, and those that the index
-- says are equal; `first_seen` and `last_seen` are the first and last of them.
--
-- Misread: a body with 0 sightings is no version: it was refused (`reason`), or its moment is none.
-- Equal captures were not fetched; that they are equal is the archive's word (its digest).
-- `digest_matches` says whether the bytes received have the digest that the index gave.
-- Parameters:
--   policy: one policy; all where it is not given
--   uri_m: one memento, by its address in the archive
--   text_id: the bodies that gave this text
--   body_sha256: one body
-- Example: policy = 'acmedesk/privacy'
WITH reader AS (
    SELECT extractor_id,
           name || ' ' || version AS extractor,
           options AS extractor_options
    FROM extractors
    WHERE extractor_id = adopted_extractor()
),
sightings AS (
    SELECT observations.policy_id,
           observations.urlkey,
           observations.digest,
           observations.uri_m,
           count(*) AS sightings,
           min(observed_at) AS first_seen,
           max(observed_at) AS last_seen
    FROM observations
    WHERE getvariable('policy') IS NULL
       OR observations.policy_id = getvariable('policy')
    GROUP BY ALL
)
SELECT mementos.policy_id,
       mementos.timestamp,
       mementos.uri_m,
       mementos.uri_r,
       mementos.memento_datetime,
       mementos.digest,
       mementos.digest_matches,
       mementos.body_sha256,
       mementos.body_bytes,
       mementos.content_type,
       mementos.archive_source,
       mementos.fetched_at,
       mementos.crawl_id,
       crawls.archive,
       crawls.policytrail_version,
       reader.extractor_id,
       reader.extractor,
       reader.extractor_options,
       extractions.verdict,
       extractions.reason,
       extractions.language,
       extractions.text_id,
       coalesce(sightings.sightings, 0) AS sightings,
       sightings.first_seen,
       sightings.last_seen
FROM mementos
CROSS JOIN reader
JOIN extractions
  ON extractions.body_sha256 = mementos.body_sha256
 AND extractions.extractor_id = reader.extractor_id
LEFT JOIN crawls ON crawls.crawl_id = mementos.crawl_id
LEFT JOIN sightings
  ON sightings.policy_id = mementos.policy_id
 AND sightings.urlkey = mementos.urlkey
 AND sightings.digest = mementos.digest
 AND sightings.uri_m = mementos.uri_m
WHERE (getvariable('policy') IS NULL OR mementos.policy_id = getvariable('policy'))
  AND (getvariable('uri_m') IS NULL OR mementos.uri_m = getvariable('uri_m'))
  AND (getvariable('text_id') IS NULL OR extractions.text_id = getvariable('text_id'))
  AND (getvariable('body_sha256') IS NULL OR mementos.body_sha256 = getvariable('body_sha256'))
ORDER BY mementos.policy_id, mementos.timestamp, mementos.uri_r, mementos.urlkey, mementos.digest;
