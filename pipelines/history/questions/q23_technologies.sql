-- 23. Which tracking technologies are named, year by year, by what share of the policies?
--
-- One row for each language, period and technology that any policy of the language ever names,
-- with zeros where none does. `policies` are those known in the period: seen in it, or one version
-- seen on both sides of it; each counts by the last text seen in the period. `naming` are those of
-- them whose text uses a phrase of the technology, `share` their part. `unseen` policies were
-- observed at other times and are in neither. `balanced` are those known in every period from
-- `since` to `until`: the same policies in all rows, so that a share cannot move because others
-- came in; `balanced_naming` and `balanced_share` are of them.
--
-- Misread: a name that came is no technique that came: policies began to speak of cookies long
-- after they were used, and shares follow the fashion of words. `share` compares other policies
-- from one period to the next; read `balanced_share` for a trend, and no share without its
-- denominator. The archive may cover only a part of the last period.
-- Parameters:
--   period = 'year': year, half, quarter or month
--   since: the first day of the span; the archive's first sighting where it is not given
--   until: the first day after the span; the archive's last sighting where it is not given
--   language: one language; all, each by itself, where it is not given
--   dictionary = 'technology': another dictionary of `terms` asks the same of its terms
--   kind: one kind of term (tracking, control, security, AI); all where it is not given
--   term: one term; all where it is not given
-- Plot: line x=period y=share by=term+language
-- Example: language = 'en', term = 'cookie', since = DATE '2010-01-01'
WITH span AS (
    SELECT panel.*,
           bool_and(state <> 'unseen') OVER pair AS balanced
    FROM panel(coalesce(getvariable('period'), 'year')) AS panel
    WHERE (getvariable('since') IS NULL OR panel.period >= getvariable('since')::DATE)
      AND (getvariable('until') IS NULL OR panel.until <= getvariable('until')::DATE)
      AND (getvariable('language') IS NULL OR panel.language = getvariable('language'))
    WINDOW pair AS (PARTITION BY panel.policy_id, panel.language)
),
sought AS (
    SELECT DISTINCT term,
           kind
    FROM terms
    WHERE dictionary = CASE
              WHEN coalesce(getvariable('dictionary'), 'technology') IN (
                  SELECT dictionary
                  FROM terms
              ) THEN coalesce(getvariable('dictionary'), 'technology')
              ELSE error(concat(
                  'no dictionary is called ', getvariable('dictionary'),
                  ': SELECT DISTINCT dictionary FROM terms'
              ))
          END
      AND (getvariable('kind') IS NULL OR kind = getvariable('kind'))
      AND (getvariable('term') IS NULL OR term = known_term(getvariable('term')))
),
named AS MATERIALIZED (
    SELECT span.language,
           span.period,
           sought.term,
           sought.kind,
           count(*) AS naming,
           count(*) FILTER (balanced) AS balanced_naming
    FROM span
    JOIN term_mentions
      ON term_mentions.text_id = span.text_id
     AND term_mentions.dictionary = coalesce(getvariable('dictionary'), 'technology')
    JOIN sought ON sought.term = term_mentions.term
    GROUP BY span.language, span.period, sought.term, sought.kind
),
totals AS (
    SELECT language,
           span.period,
           span.until,
           count(*) FILTER (state <> 'unseen') AS policies,
           count(*) FILTER (state = 'unseen') AS unseen,
           count(*) FILTER (balanced) AS balanced
    FROM span
    GROUP BY language, span.period, span.until
),
pairs AS (
    SELECT DISTINCT language,
           term,
           kind
    FROM named
)
SELECT totals.language,
       totals.period,
       pairs.term,
       pairs.kind,
       totals.policies,
       coalesce(named.naming, 0) AS naming,
       round(coalesce(named.naming, 0) / nullif(totals.policies, 0), 3) AS share,
       totals.unseen,
       totals.balanced,
       coalesce(named.balanced_naming, 0) AS balanced_naming,
       round(coalesce(named.balanced_naming, 0) / nullif(totals.balanced, 0), 3) AS balanced_share
FROM totals
JOIN pairs ON pairs.language = totals.language
LEFT JOIN named
  ON named.language = totals.language
 AND named.period = totals.period
 AND named.term = pairs.term
 AND named.kind IS NOT DISTINCT FROM pairs.kind
ORDER BY totals.language, pairs.term, totals.period;
