-- 27. How narrow are the intervals that changes are dated to?
--
-- One row for each policy and language that changed, and before them one for all policies of a
-- language and one for everything (`(all)`). Of its `changes`, the median and the greatest width of
-- the interval between the last sight of the old text and the first of the new one, and how many
-- are dated to less than 7, 30, 90 and 365 days.
--
-- Misread: the width says how often somebody captured the page, not how fast the policy changes. A
-- day of change taken from a wide interval is a guess; a trend by month needs changes dated to less
-- than a month, and the share of those that are. First versions have no interval and are not here.
-- Parameters:
--   significance: 'substantive' or 'minor'; both where it is not given
--   policy: one policy; all where it is not given
--   language: one language; all where it is not given
-- Plot: bar x=policy_id+language y=median_width_days
SELECT if(grouping(changes.policy_id) = 1, '(all)', changes.policy_id) AS policy_id,
       if(grouping(language) = 1, '(all)', language) AS language,
       count(*) AS changes,
       round(median(width_days), 2) AS median_width_days,
       round(max(width_days), 2) AS max_width_days,
       count(*) FILTER (width_days < 7) AS under_7_days,
       count(*) FILTER (width_days < 30) AS under_30_days,
       count(*) FILTER (width_days < 90) AS under_90_days,
       count(*) FILTER (width_days < 365) AS under_365_days
FROM changes
WHERE (getvariable('policy') IS NULL OR changes.policy_id = getvariable('policy'))
  AND (getvariable('language') IS NULL OR language = getvariable('language'))
  AND (getvariable('significance') IS NULL OR significance = getvariable('significance'))
GROUP BY GROUPING SETS ((changes.policy_id, language), (language), ())
HAVING count(*) > 0
ORDER BY grouping(language) DESC,
         grouping(changes.policy_id) DESC,
         changes.policy_id,
         language;
