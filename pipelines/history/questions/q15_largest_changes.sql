-- 15. What was the largest single change of each policy?
--
-- One row for each policy and language that changed: the change with the most words added and
-- removed together; of equal ones the earliest. It happened after `not_before` and not after
-- `not_after`. `similarity` is the share of words that stayed (0 to 1), `words_before` the length
-- of the old text; `lines_added`, `lines_removed`, `lines_edited` and `lines_moved` say where the
-- words came from (NULL where the texts were compared before lines were counted). `changes` is out
-- of how many.
--
-- Misread: two sightings far apart may hide several smaller changes in one: look at `width_days`
-- first. Words that only moved count as removed and added; `lines_moved` tells them. Changes into
-- a flip or out of one are left out, because a page served in part is the largest change of all;
-- flips = true counts them, and says so in `flip`.
-- Parameters:
--   policy: one policy; all where it is not given
--   language: one language; all where it is not given
--   flips = false: whether changes into flips and out of them count
-- Plot: interval x=not_before..not_after y=policy_id+language
WITH measured AS (
    SELECT *,
           words_added + words_removed AS words_changed,
           count(*) OVER (PARTITION BY changes.policy_id, language) AS changes
    FROM changes
    WHERE (getvariable('policy') IS NULL OR changes.policy_id = getvariable('policy'))
      AND (getvariable('language') IS NULL OR language = getvariable('language'))
      AND (coalesce(getvariable('flips')::BOOLEAN, false) OR NOT coalesce(flip, false))
),
largest AS (
    SELECT *
    FROM measured
    WHERE words_changed IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY measured.policy_id, language
        ORDER BY words_changed DESC, version
    ) = 1
)
SELECT largest.policy_id,
       largest.language,
       largest.version,
       largest.not_before::DATE AS not_before,
       largest.not_after::DATE AS not_after,
       round(largest.width_days, 1) AS width_days,
       largest.words_changed,
       largest.words_added,
       largest.words_removed,
       texts.words AS words_before,
       round(largest.similarity, 3) AS similarity,
       diffs.lines_added,
       diffs.lines_removed,
       diffs.lines_edited,
       diffs.lines_moved,
       largest.significance,
       largest.flip,
       largest.changes,
       largest.old_text_id,
       largest.new_text_id,
       versions.uri_m
FROM largest
JOIN texts ON texts.text_id = largest.old_text_id
JOIN diffs
  ON diffs.old_text_id = largest.old_text_id
 AND diffs.new_text_id = largest.new_text_id
JOIN versions
  ON versions.policy_id = largest.policy_id
 AND versions.language = largest.language
 AND versions.version = largest.version
WHERE getvariable('policy') IS NULL
   OR versions.policy_id = getvariable('policy')
ORDER BY words_changed DESC, largest.policy_id, largest.language;
