-- 29. What changed only because another extractor read the pages?
--
-- The same captures as two extractors read them: one row for each policy and language that they
-- read otherwise, and before them one for everything (`(all)`). Of the `captures` whose bodies both
-- have read and at least one took for a policy in that language: `only_old` and `only_new` were
-- taken so by one of them alone (refused by the other, or read in another language), `reworded`
-- have other words, `reformatted` the same words in another form, `redated` another stated date.
-- `versions_lost` begin at captures where the new extractor sees no new version, `versions_won` the
-- other way; `versions_old - versions_lost + versions_won = versions_new`.
--
-- Misread: none of this happened to a policy. A trend that crosses an upgrade is to be read by one
-- extractor from end to end, which is what the views do; compare releases of a data set by their
-- extractors first. Captures whose bodies only one of the two has read are left out on both sides,
-- so that the versions counted here may be fewer than those of the view.
-- Parameters:
--   old: the id of an extractor; where it is not given, the one adopted last besides `new`
--   new: the id of an extractor; where it is not given, the adopted one
WITH asked AS (
    SELECT coalesce(getvariable('new')::VARCHAR, adopted_extractor()) AS new_id
),
readers AS (
    SELECT new_id,
           coalesce(getvariable('old')::VARCHAR, (
               SELECT extractor_id
               FROM extractors
               WHERE adopted_at IS NOT NULL
                 AND extractor_id <> new_id
               ORDER BY adopted_at DESC, extractor_id
               LIMIT 1
           )) AS old_id
    FROM asked
),
both_read AS (
    SELECT olds.body_sha256
    FROM readers
    JOIN extractions AS olds ON olds.extractor_id = old_id
    JOIN extractions AS news
      ON news.extractor_id = new_id
     AND news.body_sha256 = olds.body_sha256
),
old_steps AS (
    SELECT *,
           coalesce(normalized_id <> lag(normalized_id) OVER (
               PARTITION BY observed.policy_id, language
               ORDER BY timestamp, uri_r, digest
           ), true) AS starts
    FROM observations_of((SELECT old_id FROM readers)) AS observed
    SEMI JOIN both_read ON both_read.body_sha256 = observed.body_sha256
),
new_steps AS (
    SELECT *,
           coalesce(normalized_id <> lag(normalized_id) OVER (
               PARTITION BY observed.policy_id, language
               ORDER BY timestamp, uri_r, digest
           ), true) AS starts
    FROM observations_of((SELECT new_id FROM readers)) AS observed
    SEMI JOIN both_read ON both_read.body_sha256 = observed.body_sha256
),
paired AS (
    SELECT coalesce(olds.policy_id, news.policy_id) AS policy_id,
           coalesce(olds.language, news.language) AS language,
           news.text_id IS NULL AS only_old,
           olds.text_id IS NULL AS only_new,
           coalesce(olds.normalized_id <> news.normalized_id, false) AS reworded,
           coalesce(olds.text_id <> news.text_id, false) AND NOT reworded AS reformatted,
           NOT only_old
           AND NOT only_new
           AND olds.stated_date IS DISTINCT FROM news.stated_date AS redated,
           coalesce(olds.starts, false) AS starts_old,
           coalesce(news.starts, false) AS starts_new
    FROM old_steps AS olds
    FULL JOIN new_steps AS news
      ON news.policy_id = olds.policy_id
     AND news.language = olds.language
     AND news.urlkey = olds.urlkey
     AND news.timestamp = olds.timestamp
     AND news.uri_r = olds.uri_r
     AND news.digest = olds.digest
)
SELECT if(grouping(paired.policy_id) = 1, '(all)', paired.policy_id) AS policy_id,
       if(grouping(language) = 1, '(all)', language) AS language,
       count(*) AS captures,
       count(*) FILTER (only_old) AS only_old,
       count(*) FILTER (only_new) AS only_new,
       count(*) FILTER (reworded) AS reworded,
       count(*) FILTER (reformatted) AS reformatted,
       count(*) FILTER (redated) AS redated,
       count(*) FILTER (starts_old) AS versions_old,
       count(*) FILTER (starts_new) AS versions_new,
       count(*) FILTER (starts_old AND NOT starts_new) AS versions_lost,
       count(*) FILTER (starts_new AND NOT starts_old) AS versions_won,
       (SELECT old_id FROM readers) AS old,
       (SELECT new_id FROM readers) AS new
FROM paired
GROUP BY GROUPING SETS ((paired.policy_id, language), ())
HAVING count(*) FILTER (only_old OR only_new OR reworded OR reformatted OR redated) > 0
    OR grouping(paired.policy_id) = 1
ORDER BY grouping(paired.policy_id) DESC,
         versions_lost + versions_won DESC,
         paired.policy_id,
         language;
