-- 4. When did each policy drop Safe Harbor or the Privacy Shield after it had ended?
--
-- One row for each framework, policy and language; `ended` is the first day on which the framework
-- no longer held. The words went after `ended_after` (last sighting with them) and not after
-- `ended_before` (first sighting without), so that the lag behind `ended` lies between
-- `lag_min_days` and `lag_max_days`; below 0 is before the end. `state` says what that proves:
-- `dropped after` or `dropped before` the end, `dropped around` it (the end lies in the interval);
-- `still there` at the last sighting after the end, or `last seen before` the end: both are open
-- (right-censored, `lag_max_days` is NULL); `never said`; `not observed`. Where the words came back
-- the last time they went counts, and `spells` is how many times they were there.
--
-- Misread: a policy that says "although the Privacy Shield was declared invalid" still has the
-- words, and one without them may still rely on it. A lag above 0 is shown only by
-- `lag_min_days`; `lag_max_days` may be the archive's slowness rather than the vendor's. Rows that
-- are still there belong into every mean: leave them out and the lag comes out too short.
-- Parameters:
--   term: one framework or law that ended; Safe Harbor and Privacy Shield where it is not given
--   policy: one policy; all where it is not given
--   language: one language; each by itself where it is not given
-- Plot: interval x=lag_min_days..lag_max_days y=policy_id+language by=term
-- Example: term = 'Safe Harbor'
WITH asked AS (
    SELECT laws.term,
           laws.ended
    FROM laws
    WHERE laws.ended IS NOT NULL
      AND CASE
              WHEN getvariable('term') IS NULL
              THEN laws.term IN ('Safe Harbor', 'Privacy Shield')
              ELSE laws.term = known_term(getvariable('term'))
          END
),
said AS (
    SELECT *,
           count(*) FILTER (present) OVER timeline AS spells
    FROM term_spells
    WHERE CASE
              WHEN getvariable('term') IS NULL
              THEN term_spells.term IN ('Safe Harbor', 'Privacy Shield')
              ELSE term_spells.term = getvariable('term')
          END
      AND dictionary IN ('framework', 'law')
      AND (getvariable('language') IS NULL OR language = getvariable('language'))
    WINDOW timeline AS (PARTITION BY term, term_spells.policy_id, language)
    QUALIFY row_number() OVER (
        PARTITION BY term, term_spells.policy_id, language
        ORDER BY present DESC, spell DESC
    ) = 1
),
dated AS (
    SELECT asked.term,
           asked.ended,
           policies.policy_id,
           said.language,
           said.present,
           said.spells,
           coalesce(said.ended_after, said.last_seen) AS ended_after,
           said.ended_before,
           said.quote,
           said.uri_m
    FROM policies
    CROSS JOIN asked
    LEFT JOIN said
      ON said.policy_id = policies.policy_id
     AND said.term = asked.term
    WHERE getvariable('policy') IS NULL
       OR policies.policy_id = getvariable('policy')
)
SELECT dated.term,
       dated.policy_id,
       dated.language,
       CASE
           WHEN present IS NULL THEN 'not observed'
           WHEN NOT present THEN 'never said'
           WHEN ended_before IS NULL AND ended_after < ended THEN 'last seen before'
           WHEN ended_before IS NULL THEN 'still there'
           WHEN ended_after >= ended THEN 'dropped after'
           WHEN ended_before <= ended THEN 'dropped before'
           ELSE 'dropped around'
       END AS state,
       if(present, ended_after, NULL)::DATE AS ended_after,
       if(present, ended_before, NULL)::DATE AS ended_before,
       ended,
       if(present, round(epoch(ended_after - ended) / 86400, 1), NULL) AS lag_min_days,
       if(present, round(epoch(ended_before - ended) / 86400, 1), NULL) AS lag_max_days,
       coalesce(spells, 0) AS spells,
       quote,
       if(present, uri_m, NULL) AS uri_m
FROM dated
ORDER BY dated.ended, dated.term, dated.policy_id, dated.language;
