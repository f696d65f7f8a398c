-- 8. How often are policies updated, period by period, on a balanced panel?
--
-- One row for each language and period. `policies` were ever observed in the language, `known` are
-- those known in this period: seen in it, or one version seen on both sides of it. `balanced` are
-- those known in every period of the span: the same policies in all rows, so that a rate cannot
-- move because others came in. Of them, `certain` counts those with a change whose whole interval
-- lies in the period, `possible` those with one whose interval touches it: as many as were seen to
-- change in the period lie between the two. `found` counts those with a change that came to light
-- in it: the new text was first seen here, the old one no earlier than in the period before. That
-- is what studies measure that compare one snapshot a period. `pairs` are all policies known in
-- this period and the one before, whatever else is missing of them, and `found_pairs` those of them
-- with such a change. In the first period of the span both `found` are NULL, for nothing is before
-- it. Rates are shares of `balanced`, `rate_pairs` of `pairs`. A policy counts once, whatever the
-- number of its changes; flips (see docs/data.md) do not count.
--
-- Misread: the balanced policies are those that the archive visited often, so no fair sample. All
-- rates are of changes seen: a text that came and went between two captures is in none of them.
-- With few captures `certain` is near 0 and `possible` near 1; that is what is known. Where
-- `balanced` is 0, choose a shorter span with `since` and `until`; the pairs of each row are other
-- policies than those of the next. The archive may cover only a part of the last period.
-- Parameters:
--   period = 'half': year, half, quarter or month
--   since: the first day of the span; the archive's first sighting where it is not given
--   until: the first day after the span; the archive's last sighting where it is not given
--   language: one language; all, each by itself, where it is not given
--   significance = 'substantive': which changes count; `any` for the minor ones too
-- Plot: line x=period y=rate_pairs by=language
-- Example: language = 'en', since = DATE '2016-01-01'
WITH span AS (
    SELECT panel.*,
           state <> 'unseen' AS known,
           bool_and(state <> 'unseen') OVER pair AS balanced,
           panel.period = min(panel.period) OVER () AS first_period
    FROM panel(coalesce(getvariable('period'), 'half')) AS panel
    WHERE (getvariable('since') IS NULL OR panel.period >= getvariable('since')::DATE)
      AND (getvariable('until') IS NULL OR panel.until <= getvariable('until')::DATE)
      AND (getvariable('language') IS NULL OR panel.language = getvariable('language'))
    WINDOW pair AS (PARTITION BY panel.policy_id, panel.language)
),
counting AS (
    SELECT *
    FROM changes
    WHERE NOT coalesce(flip, false)
      AND CASE coalesce(getvariable('significance'), 'substantive')
              WHEN 'any' THEN true
              WHEN 'substantive' THEN coalesce(significance, 'substantive') = 'substantive'
              ELSE error(
                  'significance is substantive or any, not ' || getvariable('significance')
              )
          END
),
updates AS (
    SELECT span.policy_id,
           span.language,
           span.period,
           bool_or(not_before >= span.period AND not_after < span.until) AS certain,
           bool_or(not_after < span.until) AS found
    FROM span
    JOIN counting
      ON counting.policy_id = span.policy_id
     AND counting.language = span.language
     AND counting.not_before < span.until
     AND counting.not_after >= span.period
    GROUP BY ALL
),
marked AS (
    SELECT span.*,
           span.known AND lag(span.known, 1, false) OVER timeline AS paired,
           updates.period IS NOT NULL AS possible,
           coalesce(updates.certain, false) AS certain,
           coalesce(updates.found, false) AS found
    FROM span
    LEFT JOIN updates
      ON updates.policy_id = span.policy_id
     AND updates.language = span.language
     AND updates.period = span.period
    WINDOW timeline AS (PARTITION BY span.policy_id, span.language ORDER BY span.period)
),
counts AS (
    SELECT marked.language,
           marked.period,
           marked.until,
           count(*) AS policies,
           count(*) FILTER (known) AS known,
           count(*) FILTER (balanced) AS balanced,
           count(*) FILTER (balanced AND certain) AS certain,
           if(first_period, NULL, count(*) FILTER (balanced AND found)) AS found,
           count(*) FILTER (balanced AND possible) AS possible,
           if(first_period, NULL, count(*) FILTER (paired)) AS pairs,
           if(first_period, NULL, count(*) FILTER (paired AND found)) AS found_pairs
    FROM marked
    GROUP BY marked.language, marked.period, marked.until, first_period
)
SELECT language,
       period,
       until,
       policies,
       known,
       balanced,
       certain,
       found,
       possible,
       round(certain / nullif(balanced, 0), 3) AS rate_certain,
       round(found / nullif(balanced, 0), 3) AS rate_found,
       round(possible / nullif(balanced, 0), 3) AS rate_possible,
       pairs,
       found_pairs,
       round(found_pairs / nullif(pairs, 0), 3) AS rate_pairs
FROM counts
ORDER BY language, period;
