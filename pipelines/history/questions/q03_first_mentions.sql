-- 3. When did each policy first mention CCPA, Safe Harbor, a DPO and their like?
--
-- As question 2, for several terms at once: one row for each term, policy and language, in the
-- order in which the terms were asked for. `state` is `came` (after `not_before`, not after
-- `not_after`), `from the start` (`not_before` is NULL), `never seen` (until `not_before`, the last
-- sighting) or `not observed`. `policies` is how many policies are observed in the language, and
-- `mentioning` how many of them mention the term at any time: the denominator and the count.
--
-- Misread: a mention is whole words of the dictionary, whatever is said of them; "we no longer rely
-- on the Privacy Shield" counts. A policy whose first sighting is late is `from the start`: its
-- date says when the archive came, not when the words did. Compare only what was seen equally long.
-- In a language that the dictionaries do not know, `never seen` may mean: in other words.
-- Parameters:
--   terms: terms of the dictionaries with commas between them; where it is not given CCPA,CPRA,
--     Safe Harbor,Privacy Shield,SCC,DPA,sub-processor,DPO,legitimate interests
--   policy: one policy; all where it is not given
--   language: one language; each by itself where it is not given
-- Plot: interval x=not_before..not_after y=term by=policy_id+language
-- Example: terms = 'Safe Harbor,Privacy Shield,DPO'
WITH listed AS (
    SELECT string_split_regex(
               coalesce(
                   getvariable('terms'),
                   'CCPA,CPRA,Safe Harbor,Privacy Shield,SCC,DPA,sub-processor,DPO,'
                   || 'legitimate interests'
               ),
               '\s*,\s*'
           ) AS names
),
named AS (
    SELECT known_term(unnest.name) AS term,
           unnest.place
    FROM listed,
         LATERAL (SELECT unnest(names) AS name, unnest(range(len(names))) AS place) AS unnest
),
asked AS (
    SELECT DISTINCT terms.dictionary,
                    terms.term,
                    named.place
    FROM terms
    JOIN named ON named.term = terms.term
),
said AS (
    SELECT *
    FROM term_spells
    WHERE list_contains(
              string_split_regex(
                  coalesce(
                      getvariable('terms'),
                      'CCPA,CPRA,Safe Harbor,Privacy Shield,SCC,DPA,sub-processor,DPO,'
                      || 'legitimate interests'
                  ),
                  '\s*,\s*'
              ),
              term_spells.term
          )
      AND (getvariable('language') IS NULL OR language = getvariable('language'))
    QUALIFY row_number() OVER (
        PARTITION BY dictionary, term, term_spells.policy_id, language
        ORDER BY present DESC, spell
    ) = 1
),
counted AS (
    SELECT *,
           count(*) OVER everybody AS policies,
           count(*) FILTER (present) OVER everybody AS mentioning
    FROM said
    WINDOW everybody AS (PARTITION BY dictionary, term, language)
),
seen AS (
    SELECT versions.policy_id,
           language,
           max(last_seen) AS last_seen
    FROM versions
    GROUP BY versions.policy_id, language
)
SELECT asked.term,
       policies.policy_id,
       counted.language,
       CASE
           WHEN counted.present IS NULL THEN 'not observed'
           WHEN NOT counted.present THEN 'never seen'
           WHEN counted.not_before IS NULL THEN 'from the start'
           ELSE 'came'
       END AS state,
       if(counted.present, counted.not_before, seen.last_seen)::DATE AS not_before,
       if(counted.present, counted.first_seen, NULL)::DATE AS not_after,
       if(
           counted.present,
           round(epoch(counted.first_seen - counted.not_before) / 86400, 1),
           NULL
       ) AS width_days,
       counted.mentioning,
       counted.policies,
       counted.quote,
       if(counted.present, counted.uri_m, NULL) AS uri_m
FROM policies
CROSS JOIN asked
LEFT JOIN counted
  ON counted.policy_id = policies.policy_id
 AND counted.dictionary = asked.dictionary
 AND counted.term = asked.term
LEFT JOIN seen
  ON seen.policy_id = counted.policy_id
 AND seen.language = counted.language
WHERE getvariable('policy') IS NULL
   OR policies.policy_id = getvariable('policy')
ORDER BY asked.place, asked.dictionary, policies.policy_id, counted.language;
