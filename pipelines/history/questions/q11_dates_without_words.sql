-- 11. Where did the stated date change although the words did not?
--
-- One row for each step from one sighting to the next, of one policy in one language, on which the
-- stated date is another and the words are the same. `where_seen` is `inside a version` where the
-- page states the date outside of its text, and `minor change` where the date stands in the text
-- and nothing but dates and counters differs. The date moved after `not_before` (last seen with
-- `old_date`) and not after `not_after` (first seen with `new_date`); `moved_days` is how far, and
-- below zero it went back.
--
-- Misread: a page that computes its date at each visit, or states that of its template, moves it
-- all the time: many rows of one policy are a sign of that. Only steps with a date on both sides
-- are here; a date that came or went may be a matter of reading. `steps` is how many such steps the
-- policy has at all, whatever became of date and words.
-- Parameters:
--   policy: one policy; all where it is not given
--   language: one language; all where it is not given
-- Plot: interval x=not_before..not_after y=policy_id+language
WITH steps AS (
    SELECT observations.policy_id,
           language,
           timestamp,
           uri_r,
           digest,
           observed_at,
           stated_date,
           stated_kind,
           stated_quote,
           normalized_id,
           text_id,
           uri_m,
           lag(observed_at) OVER timeline AS seen_before,
           lag(normalized_id) OVER timeline AS normalized_before,
           lag(stated_date) OVER timeline AS date_before
    FROM observations
    WHERE (getvariable('policy') IS NULL OR observations.policy_id = getvariable('policy'))
      AND (getvariable('language') IS NULL OR language = getvariable('language'))
      AND version IS NOT NULL
    WINDOW timeline AS (
        PARTITION BY observations.policy_id, language
        ORDER BY timestamp, uri_r, digest
    )
),
numbered AS (
    SELECT *,
           normalized_id IS DISTINCT FROM normalized_before AS starts,
           count(*) FILTER (normalized_id IS DISTINCT FROM normalized_before) OVER (
               PARTITION BY steps.policy_id, language
               ORDER BY timestamp, uri_r, digest
           ) AS version
    FROM steps
),
minor AS (
    SELECT changes.policy_id,
           language,
           version
    FROM changes
    WHERE (getvariable('policy') IS NULL OR changes.policy_id = getvariable('policy'))
      AND (getvariable('language') IS NULL OR language = getvariable('language'))
      AND significance = 'minor'
),
comparable AS (
    SELECT *,
           count(*) OVER (PARTITION BY numbered.policy_id, language) AS steps
    FROM numbered
    WHERE stated_date IS NOT NULL
      AND date_before IS NOT NULL
)
SELECT comparable.policy_id,
       comparable.language,
       comparable.version,
       if(starts, 'minor change', 'inside a version') AS where_seen,
       date_before AS old_date,
       comparable.stated_date AS new_date,
       comparable.stated_date - date_before AS moved_days,
       stated_kind,
       stated_quote,
       seen_before::DATE AS not_before,
       observed_at::DATE AS not_after,
       round(epoch(observed_at - seen_before) / 86400, 1) AS width_days,
       steps,
       text_id,
       uri_m
FROM comparable
LEFT JOIN minor
  ON minor.policy_id = comparable.policy_id
 AND minor.language = comparable.language
 AND minor.version = comparable.version
WHERE comparable.stated_date <> date_before
  AND (NOT starts OR minor.version IS NOT NULL)
ORDER BY comparable.policy_id, comparable.language, timestamp, uri_r, digest;
