-- 10. Which policies state a date, and which changed without moving it?
--
-- One row for each policy and language, and before them one for all policies of a language
-- (`(all)`). `dated` are the versions that state a date, of all `versions`. `changes` are the
-- substantive ones that lead neither into a flip nor out of one; `comparable` those of them with a
-- date on both sides. `silent` are the comparable ones whose date is the same on the last capture
-- of the old text and on the first of the new one; `silent_versions` are the versions they led to,
-- to be found in `changes` with their intervals.
--
-- Misread: a share without its denominator misleads: `share_silent` is of `comparable`, not of all
-- changes. A date that stands still may be right: some policies state when they came into force and
-- mean it. A date that could not be read counts as none. The date is what a page says of itself,
-- and one capture of it; a silent edit may have been dated and changed again before the next one.
-- Parameters:
--   policy: one policy; all where it is not given
--   language: one language; all where it is not given
-- Plot: bar x=policy_id+language y=share_silent
WITH steps AS (
    SELECT observations.policy_id,
           language,
           timestamp,
           uri_r,
           digest,
           stated_date,
           normalized_id,
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
starts AS (
    SELECT steps.policy_id,
           language,
           row_number() OVER (
               PARTITION BY steps.policy_id, language
               ORDER BY timestamp, uri_r, digest
           ) AS version,
           stated_date,
           date_before
    FROM steps
    WHERE normalized_id IS DISTINCT FROM normalized_before
),
substantive AS (
    SELECT changes.policy_id,
           language,
           version
    FROM changes
    WHERE (getvariable('policy') IS NULL OR changes.policy_id = getvariable('policy'))
      AND (getvariable('language') IS NULL OR language = getvariable('language'))
      AND significance = 'substantive'
      AND NOT coalesce(flip, false)
),
edits AS (
    SELECT starts.policy_id,
           starts.language,
           starts.version,
           starts.stated_date,
           substantive.version IS NOT NULL AS edited,
           edited AND starts.stated_date IS NOT NULL AND date_before IS NOT NULL AS comparable,
           comparable AND starts.stated_date = date_before AS silent
    FROM starts
    LEFT JOIN substantive
      ON substantive.policy_id = starts.policy_id
     AND substantive.language = starts.language
     AND substantive.version = starts.version
)
SELECT if(grouping(edits.policy_id) = 1, '(all)', edits.policy_id) AS policy_id,
       language,
       count(*) AS versions,
       count(stated_date) AS dated,
       round(count(stated_date) / count(*), 3) AS share_dated,
       count(*) FILTER (edited) AS changes,
       count(*) FILTER (comparable) AS comparable,
       count(*) FILTER (silent) AS silent,
       round(
           count(*) FILTER (silent) / nullif(count(*) FILTER (comparable), 0), 3
       ) AS share_silent,
       if(
           grouping(edits.policy_id) = 1,
           NULL,
           list(version ORDER BY version) FILTER (silent)
       ) AS silent_versions
FROM edits
GROUP BY GROUPING SETS ((edits.policy_id, language), (language))
ORDER BY grouping(edits.policy_id) DESC, edits.policy_id, language;
