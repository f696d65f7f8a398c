-- 6. How long and how hard to read is each policy, period by period?
--
-- One row for each policy, language and period from its first sighting to its last. `versions` are
-- those known to have stood in it (seen in it, or seen before and after it), and the medians are
-- over them, each counting once. The weighted figures count each version by the days of the period
-- it is known to have stood: those between its own first and last sighting, and no others.
-- `known_days` of `period_days` are known so; `known_share` is their share. A version seen only
-- once is known for no time at all: it is in the medians, not in the weighted means, which are NULL
-- where nothing is known for a time. `words` counts as in `versions`; `grade` is the grade of
-- Flesch and Kincaid and `smog` the SMOG grade, both for English only (docs/data.md has the rule).
--
-- Misread: a period without versions is one in which nothing was seen (`state` says `unseen`), not
-- one without a policy. Weighted means of a small `known_share` speak for that share. Headings and
-- items of lists count as sentences, so grades are lower than those of other tools: compare them
-- with each other only.
-- Parameters:
--   period = 'year': year, half, quarter or month
--   policy: one policy; all where it is not given
--   language: one language; all, each by itself, where it is not given
-- Plot: line x=period y=words_median by=policy_id+language
-- Example: policy = 'acmedesk/privacy'
WITH periods AS (
    SELECT panel.*
    FROM panel(coalesce(getvariable('period')::VARCHAR, 'year')) AS panel
    WHERE (panel.state <> 'unseen' OR panel.missing = 'between')
      AND (getvariable('policy') IS NULL OR panel.policy_id = getvariable('policy'))
      AND (getvariable('language') IS NULL OR panel.language = getvariable('language'))
),
stood AS MATERIALIZED (
    SELECT periods.policy_id,
           periods.language,
           periods.period,
           versions.text_id,
           versions.words,
           epoch(
               least(versions.last_seen, periods.until::TIMESTAMP)
               - greatest(versions.first_seen, periods.period::TIMESTAMP)
           ) / 86400 AS days
    FROM periods
    JOIN versions
      ON versions.policy_id = periods.policy_id
     AND versions.language = periods.language
     AND versions.first_seen < periods.until
     AND versions.last_seen >= periods.period
),
graded AS (
    SELECT stood.*,
           fk_grade,
           smog
    FROM stood
    LEFT JOIN readability_of((
        SELECT coalesce(list(DISTINCT text_id), [])
        FROM stood
        WHERE stood.language = 'en'
    )) AS readability
      ON readability.text_id = stood.text_id
     AND stood.language = 'en'
),
means AS (
    SELECT graded.policy_id,
           language,
           period,
           count(*) AS versions,
           median(words) AS words_median,
           sum(words * days) / nullif(sum(days), 0) AS words_weighted,
           median(fk_grade) AS grade_median,
           sum(fk_grade * days) / nullif(sum(days) FILTER (fk_grade IS NOT NULL), 0)
               AS grade_weighted,
           median(smog) AS smog_median,
           sum(smog * days) / nullif(sum(days) FILTER (smog IS NOT NULL), 0) AS smog_weighted,
           sum(days) AS known_days
    FROM graded
    GROUP BY ALL
)
SELECT periods.policy_id,
       periods.language,
       periods.period,
       periods.state,
       periods.observations,
       coalesce(means.versions, 0) AS versions,
       means.words_median,
       round(means.words_weighted, 1) AS words_weighted,
       round(means.grade_median, 2) AS grade_median,
       round(means.grade_weighted, 2) AS grade_weighted,
       round(means.smog_median, 2) AS smog_median,
       round(means.smog_weighted, 2) AS smog_weighted,
       round(coalesce(means.known_days, 0), 1) AS known_days,
       periods.until - periods.period AS period_days,
       round(coalesce(means.known_days, 0) / (periods.until - periods.period), 3) AS known_share
FROM periods
LEFT JOIN means
  ON means.policy_id = periods.policy_id
 AND means.language = periods.language
 AND means.period = periods.period
ORDER BY periods.policy_id,
         periods.language,
         periods.period;
