-- 9. Does the date that a policy states fit the interval in which it changed?
--
-- One row for each version: the date it states against the interval of the change that led to it.
-- `inside`: the date is one of the days on which the change may have happened; `before_interval`:
-- the old text was still seen on a later day (dated back, or the date was left standing);
-- `after_interval`: the text was seen before that day (announced ahead); `left-censored`: the first
-- version, which may be as old as it says; `absent`: no date, or none that can be read. The text
-- came `lag_days_min` to `lag_days_max` days after the date it states: at the latest on the first
-- capture that shows it; below zero it came before. The least lag is NULL where the version is the
-- first, and both are NULL where an earlier version stated the same date (`repeated`): that date
-- does not speak of this change (see question 10).
--
-- With per = 'policy' or per = 'all' the rows are counts: for each answer its `versions`, their
-- `share` of the policy's (or of all) versions in that language, how many of them are `repeated`,
-- and the medians of the lags.
--
-- Misread: `inside` is weak where the interval is wide: beside it stand `not_before` and
-- `not_after`. A date may be a day of revision or one of coming into force (`stated_kind`); the
-- second lies after the interval by right. A date that moved while the words stayed is no version
-- where the page states it outside of its text: see question 11.
-- Parameters:
--   per = 'version': the rows: version, policy or all
--   policy: one policy; all where it is not given
--   language: one language; all where it is not given
-- Plot: interval x=not_before..not_after y=policy_id+language
WITH dated AS (
    SELECT versions.policy_id,
           language,
           version,
           stated_date,
           stated_kind,
           not_before::DATE AS not_before,
           first_seen::DATE AS not_after,
           uri_m,
           stated_date IS NOT NULL AND min(version) OVER alike < version AS repeated
    FROM versions
    WHERE (getvariable('policy') IS NULL OR versions.policy_id = getvariable('policy'))
      AND (getvariable('language') IS NULL OR language = getvariable('language'))
    WINDOW alike AS (PARTITION BY versions.policy_id, language, stated_date)
),
judged AS (
    SELECT *,
           coalesce(getvariable('per')::VARCHAR, 'version') AS per,
           CASE
               WHEN stated_date IS NULL THEN 'absent'
               WHEN stated_date > not_after THEN 'after_interval'
               WHEN not_before IS NULL THEN 'left-censored'
               WHEN stated_date < not_before THEN 'before_interval'
               ELSE 'inside'
           END AS consistency,
           if(repeated, NULL, not_before - stated_date) AS lag_min,
           if(repeated, NULL, not_after - stated_date) AS lag_max
    FROM dated
),
grouped AS (
    SELECT if(per = 'all', '(all)', judged.policy_id) AS policy_id,
           language,
           if(per IN ('all', 'policy'), NULL, version) AS version,
           consistency,
           count(*) AS versions,
           count(*) FILTER (repeated) AS repeated,
           median(lag_min) AS lag_days_min,
           median(lag_max) AS lag_days_max,
           min(stated_date) AS stated_date,
           min(stated_kind) AS stated_kind,
           min(not_before) AS not_before,
           min(not_after) AS not_after,
           min(uri_m) AS uri_m
    FROM judged
    GROUP BY ALL
)
SELECT grouped.policy_id,
       language,
       version,
       consistency,
       versions,
       round(versions / sum(versions) OVER (PARTITION BY grouped.policy_id, language), 3) AS share,
       repeated,
       lag_days_min,
       lag_days_max,
       if(version IS NULL, NULL, stated_date) AS stated_date,
       if(version IS NULL, NULL, stated_kind) AS stated_kind,
       if(version IS NULL, NULL, not_before) AS not_before,
       if(version IS NULL, NULL, not_after) AS not_after,
       if(version IS NULL, NULL, uri_m) AS uri_m
FROM grouped
ORDER BY grouped.policy_id, language, version, consistency;
