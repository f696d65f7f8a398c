-- 1. What did each policy say on a day?
--
-- One row for each policy and language. `observed`: the day lies between two sightings of one
-- version, or on one; its text is given. `between`: the day lies in the interval of a change; the
-- text given is the one before, the next was first seen on `not_after`. `unknown`: the day is
-- before the first or after the last sighting, or the policy was never seen, and there is no text.
-- `last_seen` and `not_after` are the sightings around the day. A day without a time is its first
-- second. `policytrail show POLICY --at DAY` prints one text as it stands.
--
-- Misread: between two equal captures another text may have come and gone; `observed` says that
-- none was seen. `between` is not a guess which of the two texts stood: nobody knows.
-- Parameters:
--   at = TIMESTAMP '2016-10-18': the moment asked for, UTC
--   policy: one policy; all where it is not given
--   language: one language; all where it is not given
-- Example: at = TIMESTAMP '2017-01-15'
WITH asked AS (
    SELECT coalesce(getvariable('at')::TIMESTAMP, TIMESTAMP '2016-10-18') AS moment
),
spans AS (
    SELECT versions.policy_id,
           versions.language,
           version,
           text_id,
           words,
           uri_m,
           first_seen,
           last_seen,
           lead(first_seen) OVER timeline AS next_seen,
           asked.moment,
           first_seen <= asked.moment AS begun
    FROM versions
    CROSS JOIN asked
    WHERE (getvariable('policy') IS NULL OR versions.policy_id = getvariable('policy'))
      AND (getvariable('language') IS NULL OR versions.language = getvariable('language'))
    WINDOW timeline AS (PARTITION BY versions.policy_id, versions.language ORDER BY version)
),
nearest AS (
    SELECT *,
           begun AND (moment <= last_seen OR next_seen IS NOT NULL) AS known
    FROM spans
    QUALIFY row_number() OVER (
        PARTITION BY spans.policy_id, spans.language
        ORDER BY begun DESC, if(begun, -version, version)
    ) = 1
)
SELECT policies.policy_id,
       nearest.language,
       CASE
           WHEN NOT coalesce(nearest.known, false) THEN 'unknown'
           WHEN nearest.moment <= nearest.last_seen THEN 'observed'
           ELSE 'between'
       END AS certainty,
       if(nearest.known, nearest.version, NULL) AS version,
       if(nearest.known, nearest.first_seen, NULL)::DATE AS first_seen,
       if(nearest.begun, nearest.last_seen, NULL)::DATE AS last_seen,
       if(nearest.begun, nearest.next_seen, nearest.first_seen)::DATE AS not_after,
       if(nearest.known, nearest.words, NULL) AS words,
       if(nearest.known, texts.text, NULL) AS text,
       if(nearest.known, nearest.uri_m, NULL) AS uri_m
FROM policies
LEFT JOIN nearest ON nearest.policy_id = policies.policy_id
LEFT JOIN texts ON texts.text_id = nearest.text_id
WHERE getvariable('policy') IS NULL
   OR policies.policy_id = getvariable('policy')
ORDER BY policies.policy_id, nearest.language;
