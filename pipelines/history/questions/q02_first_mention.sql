-- 2. When did each policy first mention a law, or another term of the dictionaries?
--
-- One row for each policy and language. `state` is `came`: the words came after `not_before` (last
-- sighting without them) and not after `not_after` (first sighting with them), `width_days` apart;
-- `from the start`: the first sighting has them already, so they came any time before
-- (left-censored, `not_before` is NULL); `never seen`: they may have come after the last sighting,
-- which is `not_before` (right-censored, `not_after` is NULL); or `not observed`: no text of the
-- policy is known at all. So every policy of the archive has a row, and shares are plain.
-- `observations` is how many sightings the row rests on, `quote` and `uri_m` show the first
-- mention, and `flip` warns of a version that came and went at once (see docs/data.md).
--
-- Misread: a mention is whole words of the dictionary, whatever is said of the law: "we are not
-- subject to" counts. Words that came and went between two sightings are not seen. The
-- dictionaries are written in English, German, French, Spanish, Portuguese, Italian and Dutch: in
-- another language `never seen` may mean that it was said in other words.
-- Parameters:
--   term = 'GDPR': a term of the dictionaries, as `SELECT DISTINCT dictionary, term FROM terms`
--   dictionary: one dictionary, where two have the term
--   policy: one policy; all where it is not given
--   language: one language; each by itself where it is not given
-- Plot: interval x=not_before..not_after y=policy_id+language
WITH asked AS (
    SELECT DISTINCT terms.dictionary,
                    terms.term
    FROM terms
    WHERE terms.term = known_term(coalesce(getvariable('term'), 'GDPR'))
      AND (getvariable('dictionary') IS NULL OR terms.dictionary = getvariable('dictionary'))
),
said AS (
    SELECT *
    FROM term_spells
    WHERE term_spells.term = coalesce(getvariable('term'), 'GDPR')
      AND (getvariable('dictionary') IS NULL OR dictionary = getvariable('dictionary'))
      AND (getvariable('policy') IS NULL OR term_spells.policy_id = getvariable('policy'))
      AND (getvariable('language') IS NULL OR language = getvariable('language'))
    QUALIFY row_number() OVER (
        PARTITION BY dictionary, term, term_spells.policy_id, language
        ORDER BY present DESC, spell
    ) = 1
),
seen AS (
    SELECT versions.policy_id,
           language,
           max(last_seen) AS last_seen,
           sum(observations)::BIGINT AS observations
    FROM versions
    GROUP BY versions.policy_id, language
)
SELECT asked.term,
       policies.policy_id,
       said.language,
       CASE
           WHEN said.present IS NULL THEN 'not observed'
           WHEN NOT said.present THEN 'never seen'
           WHEN said.not_before IS NULL THEN 'from the start'
           ELSE 'came'
       END AS state,
       if(said.present, said.not_before, seen.last_seen)::DATE AS not_before,
       if(said.present, said.first_seen, NULL)::DATE AS not_after,
       if(
           said.present,
           round(epoch(said.first_seen - said.not_before) / 86400, 1),
           NULL
       ) AS width_days,
       if(said.present, said.first_version, NULL) AS version,
       coalesce(seen.observations, 0) AS observations,
       said.quote,
       said.present AND said.flip AS flip,
       if(said.present, said.uri_m, NULL) AS uri_m
FROM policies
CROSS JOIN asked
LEFT JOIN said
  ON said.policy_id = policies.policy_id
 AND said.dictionary = asked.dictionary
 AND said.term = asked.term
LEFT JOIN seen
  ON seen.policy_id = said.policy_id
 AND seen.language = said.language
WHERE getvariable('policy') IS NULL
   OR policies.policy_id = getvariable('policy')
ORDER BY asked.dictionary, asked.term, policies.policy_id, said.language;
