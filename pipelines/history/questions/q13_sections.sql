-- 13. Which sections were added, removed, renamed or moved between two versions or days?
--
-- One row for each section that is not where and what it was. A section is known by its heading
-- (case, dress and number do not count; a short line that is bold from end to end is a heading as
-- well), the n-th of one heading by the n-th of the other text. `renamed`: a heading went and
-- another one came, and of the sentences below them at least half are the same (`shared`, a share
-- of the longer one's); each is the other's nearest. `moved` stands in another order: of sections
-- that changed places those with fewer words have moved. What changed within a section is question
-- 14. `not_before` and `not_after` bound when the old text became the new one. `unknown`: at least
-- one of the two is not known.
--
-- Misread: with many versions in between, what came and went is in no row. A section that was
-- renamed and rewritten at once is one removed and one added; so is one without sentences. A page
-- without any heading has no sections, and a new layout may give it some without a new word.
-- Parameters:
--   policy: a policy; all where it is not given
--   old: a version's number or a day; the first version where it is not given
--   new: a version's number or a day; the last version where it is not given
--   language: one language; all, each by itself, where it is not given
-- Example: policy = 'acmedesk/privacy'
WITH later AS (
    SELECT later.* EXCLUDE (certainty),
           if(getvariable('new') IS NULL, 'observed', certainty) AS certainty
    FROM versions_at(coalesce(getvariable('new')::VARCHAR, '9999-12-31')) AS later
),
pairs AS MATERIALIZED (
    SELECT known.policy_id,
           known.language,
           earlier.version AS old_version,
           later.version AS new_version,
           earlier.text_id AS old_text_id,
           later.text_id AS new_text_id,
           earlier.last_seen AS not_before,
           later.first_seen AS not_after,
           coalesce(earlier.certainty, 'unknown') <> 'unknown'
           AND coalesce(later.certainty, 'unknown') <> 'unknown' AS known
    FROM (SELECT DISTINCT versions.policy_id, versions.language FROM versions) AS known
    LEFT JOIN versions_at(coalesce(getvariable('old')::VARCHAR, '1')) AS earlier
      ON earlier.policy_id = known.policy_id
     AND earlier.language = known.language
    LEFT JOIN later
      ON later.policy_id = known.policy_id
     AND later.language = known.language
    WHERE (getvariable('policy') IS NULL OR known.policy_id = getvariable('policy'))
      AND (getvariable('language') IS NULL OR known.language = getvariable('language'))
),
asked AS MATERIALIZED (
    SELECT coalesce(list(old_text_id) || list(new_text_id), []) AS text_ids
    FROM pairs
    WHERE known
),
headed AS MATERIALIZED (
    SELECT text_id,
           section,
           heading,
           heading_id,
           words,
           row_number() OVER (PARTITION BY text_id, heading_id ORDER BY section) AS occurrence
    FROM sections_of((SELECT text_ids FROM asked))
    WHERE section > 0
),
shared AS (
    SELECT pairs.policy_id,
           pairs.language,
           old.section AS old_section,
           new.section AS new_section,
           old.words + 1 AS weight,
           row_number() OVER (
               PARTITION BY pairs.policy_id, pairs.language ORDER BY old.section
           ) AS old_rank,
           row_number() OVER (
               PARTITION BY pairs.policy_id, pairs.language ORDER BY new.section
           ) AS new_rank
    FROM pairs
    JOIN headed AS old ON old.text_id = pairs.old_text_id
    JOIN headed AS new
      ON new.text_id = pairs.new_text_id
     AND new.heading_id = old.heading_id
     AND new.occurrence = old.occurrence
    WHERE known
),
stepped AS (
    SELECT *,
           lag(new_rank) OVER (
               PARTITION BY shared.policy_id, language ORDER BY old_rank
           ) IS DISTINCT FROM new_rank - 1 AS starts
    FROM shared
),
runs AS MATERIALIZED (
    SELECT *,
           count(*) FILTER (starts) OVER (
               PARTITION BY stepped.policy_id, language ORDER BY old_rank
           ) AS block
    FROM stepped
),
blocks AS (
    SELECT runs.policy_id,
           language,
           block,
           sum(weight)::BIGINT AS weight,
           max(new_rank) AS place
    FROM runs
    GROUP BY ALL
),
stayed AS (
    SELECT blocks.policy_id,
           language,
           heaviest_rise(list([[weight, place, block]] ORDER BY block)) AS blocks
    FROM blocks
    GROUP BY ALL
),
gone AS MATERIALIZED (
    SELECT pairs.policy_id,
           pairs.language,
           headed.text_id,
           section
    FROM pairs
    JOIN headed ON headed.text_id = pairs.old_text_id
    ANTI JOIN runs
      ON runs.policy_id = pairs.policy_id
     AND runs.language = pairs.language
     AND runs.old_section = headed.section
    WHERE known
),
come AS MATERIALIZED (
    SELECT pairs.policy_id,
           pairs.language,
           headed.text_id,
           section
    FROM pairs
    JOIN headed ON headed.text_id = pairs.new_text_id
    ANTI JOIN runs
      ON runs.policy_id = pairs.policy_id
     AND runs.language = pairs.language
     AND runs.new_section = headed.section
    WHERE known
),
told AS (
    SELECT DISTINCT text_id,
           section,
           sentence_id
    FROM sentences_of((SELECT text_ids FROM asked))
    QUALIFY sentence > min(sentence) OVER (PARTITION BY text_id, section)
),
bodies AS MATERIALIZED (
    SELECT *,
           count(*) OVER (PARTITION BY text_id, section) AS sentences
    FROM told
),
alike AS (
    SELECT gone.policy_id,
           gone.language,
           gone.section AS old_section,
           come.section AS new_section,
           count(*) / max(greatest(old.sentences, new.sentences)) AS shared
    FROM gone
    JOIN come
      ON come.policy_id = gone.policy_id
     AND come.language = gone.language
    JOIN bodies AS old
      ON old.text_id = gone.text_id
     AND old.section = gone.section
    JOIN bodies AS new
      ON new.text_id = come.text_id
     AND new.section = come.section
     AND new.sentence_id = old.sentence_id
    GROUP BY ALL
    HAVING count(*) / max(greatest(old.sentences, new.sentences)) >= 0.5
),
renamed AS MATERIALIZED (
    SELECT *
    FROM alike
    QUALIFY row_number() OVER (
                PARTITION BY alike.policy_id, language, old_section
                ORDER BY shared DESC, new_section
            ) = 1
        AND row_number() OVER (
                PARTITION BY alike.policy_id, language, new_section
                ORDER BY shared DESC, old_section
            ) = 1
),
fates AS (
    SELECT runs.policy_id,
           runs.language,
           'moved' AS fate,
           old_section,
           new_section,
           NULL AS shared
    FROM runs
    JOIN stayed
      ON stayed.policy_id = runs.policy_id
     AND stayed.language = runs.language
    WHERE NOT list_contains(stayed.blocks, block)
    UNION ALL
    SELECT renamed.policy_id,
           renamed.language,
           'renamed',
           old_section,
           new_section,
           round(shared, 3)
    FROM renamed
    UNION ALL
    SELECT gone.policy_id,
           gone.language,
           'removed',
           section,
           NULL,
           NULL
    FROM gone
    ANTI JOIN renamed
      ON renamed.policy_id = gone.policy_id
     AND renamed.language = gone.language
     AND renamed.old_section = gone.section
    UNION ALL
    SELECT come.policy_id,
           come.language,
           'added',
           NULL,
           section,
           NULL
    FROM come
    ANTI JOIN renamed
      ON renamed.policy_id = come.policy_id
     AND renamed.language = come.language
     AND renamed.new_section = come.section
)
SELECT pairs.policy_id,
       pairs.language,
       pairs.old_version,
       pairs.new_version,
       pairs.not_before,
       pairs.not_after,
       if(known, fates.fate, 'unknown') AS fate,
       old.heading AS old_heading,
       new.heading AS new_heading,
       fates.old_section,
       fates.new_section,
       old.words AS old_words,
       new.words AS new_words,
       fates.shared
FROM pairs
LEFT JOIN fates
  ON fates.policy_id = pairs.policy_id
 AND fates.language = pairs.language
LEFT JOIN headed AS old
  ON old.text_id = pairs.old_text_id
 AND old.section = fates.old_section
LEFT JOIN headed AS new
  ON new.text_id = pairs.new_text_id
 AND new.section = fates.new_section
WHERE fates.fate IS NOT NULL
   OR NOT known
ORDER BY pairs.policy_id,
         pairs.language,
         coalesce(fates.new_section, fates.old_section),
         fates.old_section NULLS LAST;
