-- 30. Which policies went back to an earlier text?
--
-- One row for each version whose text an earlier version of the same policy and language had, word
-- for word: `returns_to` is the latest of those, `versions_between` how many versions lie between
-- (1: the text of version n - 2). The text went after `gone_not_before` and not after
-- `gone_not_after`, and came back after `back_not_before` and not after `back_not_after`; it was
-- away for at least `away_days_min` and at most `away_days_max` days. `flip` says that what lay
-- between came and went at once, as a page that was served or read in part does: no revert.
--
-- Misread: a flip has one chance in a great many to be meant, and a revert without that mark may
-- still be two servers that answer in turn: many rows of one policy say so. Whole texts are
-- compared; a clause that was withdrawn while others stayed is not here (see question 32). What
-- went and came back between two captures was never seen.
-- Parameters:
--   policy: one policy; all where it is not given
--   language: one language; all where it is not given
-- Plot: interval x=back_not_before..back_not_after y=policy_id+language
WITH runs AS (
    SELECT versions.policy_id,
           language,
           version,
           normalized_id,
           not_before,
           first_seen,
           last_seen,
           text_id,
           uri_m,
           lag(flip) OVER timeline AS flip_before,
           lead(first_seen) OVER timeline AS gone_by
    FROM versions
    WHERE (getvariable('policy') IS NULL OR versions.policy_id = getvariable('policy'))
      AND (getvariable('language') IS NULL OR language = getvariable('language'))
    WINDOW timeline AS (PARTITION BY versions.policy_id, language ORDER BY version)
),
returns AS (
    SELECT *,
           lag(version) OVER alike AS returns_to,
           lag(last_seen) OVER alike AS seen_then,
           lag(gone_by) OVER alike AS gone_then
    FROM runs
    WINDOW alike AS (PARTITION BY runs.policy_id, language, normalized_id ORDER BY version)
)
SELECT returns.policy_id,
       language,
       version,
       returns_to,
       version - returns_to - 1 AS versions_between,
       seen_then::DATE AS gone_not_before,
       gone_then::DATE AS gone_not_after,
       not_before::DATE AS back_not_before,
       first_seen::DATE AS back_not_after,
       round(epoch(not_before - gone_then) / 86400, 1) AS away_days_min,
       round(epoch(first_seen - seen_then) / 86400, 1) AS away_days_max,
       if(version - returns_to = 2, flip_before, false) AS flip,
       text_id,
       uri_m
FROM returns
WHERE returns_to IS NOT NULL
ORDER BY returns.policy_id, language, version;
