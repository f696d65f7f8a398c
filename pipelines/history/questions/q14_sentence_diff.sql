-- 14. Which sentences were added, removed or moved between two versions?
--
-- One row for each sentence that differs. A sentence is the same wherever the same words stand in
-- the same order: case, punctuation and dress do not count. `moved` stands in both texts, in
-- another order: of blocks that changed places the one with fewer words has moved, not what it
-- jumped over. An edited sentence is one that is `removed` and another that is `added`. Rows follow
-- the new text, with what is removed where it stood. `not_before` and `not_after` bound when the
-- old text became the new one. Where only one of both is known, the row says `unknown`.
--
-- Misread: with versions further apart than one step, what came and went in between is in no row,
-- and the interval covers all that happened. A day inside a change stands for the version before it
-- (`certainty` is `between`), and a day after the last sighting gives no answer (`unknown`).
-- Parameters:
--   policy: a policy; the one that was seen to change last, where it is not given
--   old: a version's number or a day; the version before `new` where it is not given
--   new: a version's number or a day; the last version where it is not given
--   language: one language; all, each by itself, where it is not given
--   kept = 'no': `yes` gives the sentences that stayed as well
WITH changed AS (
    SELECT versions.policy_id,
           versions.language
    FROM versions
    WHERE version > 1
      AND (getvariable('language') IS NULL OR versions.language = getvariable('language'))
    ORDER BY first_seen DESC, versions.policy_id, versions.language
    LIMIT 1
),
later AS (
    SELECT *
    FROM versions_at(coalesce(getvariable('new')::VARCHAR, '9999-12-31')) AS later
    WHERE later.policy_id = coalesce(getvariable('policy'), (SELECT changed.policy_id FROM changed))
      AND (getvariable('language') IS NULL OR later.language = getvariable('language'))
),
earlier AS (
    SELECT named.policy_id,
           named.language,
           named.version,
           named.text_id,
           named.last_seen,
           named.certainty
    FROM versions_at(coalesce(getvariable('old')::VARCHAR, '1')) AS named
    WHERE getvariable('old') IS NOT NULL
    UNION ALL
    SELECT versions.policy_id,
           versions.language,
           versions.version,
           versions.text_id,
           versions.last_seen,
           'observed'
    FROM versions
    JOIN later
      ON later.policy_id = versions.policy_id
     AND later.language = versions.language
     AND later.version = versions.version + 1
    WHERE getvariable('old') IS NULL
),
pairs AS MATERIALIZED (
    SELECT later.policy_id,
           later.language,
           earlier.version AS old_version,
           later.version AS new_version,
           earlier.text_id AS old_text_id,
           later.text_id AS new_text_id,
           earlier.last_seen AS not_before,
           later.first_seen AS not_after,
           CASE
               WHEN earlier.version IS NULL OR 'unknown' IN (earlier.certainty, certain)
                   THEN 'unknown'
               WHEN 'between' IN (earlier.certainty, certain) THEN 'between'
               ELSE 'observed'
           END AS certainty
    FROM (
        SELECT *,
               if(getvariable('new') IS NULL, 'observed', later.certainty) AS certain
        FROM later
    ) AS later
    LEFT JOIN earlier
      ON earlier.policy_id = later.policy_id
     AND earlier.language = later.language
),
told AS MATERIALIZED (
    SELECT *,
           count_words(text) AS words,
           row_number() OVER (PARTITION BY text_id, sentence_id ORDER BY sentence) AS occurrence
    FROM sentences_of((
        SELECT coalesce(list(old_text_id) || list(new_text_id), [])
        FROM pairs
        WHERE certainty <> 'unknown'
    ))
),
shared AS (
    SELECT pairs.policy_id,
           pairs.language,
           old.sentence AS old_sentence,
           new.sentence AS new_sentence,
           old.words,
           row_number() OVER (
               PARTITION BY pairs.policy_id, pairs.language ORDER BY old.sentence
           ) AS old_rank,
           row_number() OVER (
               PARTITION BY pairs.policy_id, pairs.language ORDER BY new.sentence
           ) AS new_rank
    FROM pairs
    JOIN told AS old ON old.text_id = pairs.old_text_id
    JOIN told AS new
      ON new.text_id = pairs.new_text_id
     AND new.sentence_id = old.sentence_id
     AND new.occurrence = old.occurrence
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
           sum(words)::BIGINT AS weight,
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
fates AS (
    SELECT runs.policy_id,
           runs.language,
           old_sentence,
           new_sentence,
           if(list_contains(stayed.blocks, block), 'kept', 'moved') AS fate
    FROM runs
    JOIN stayed
      ON stayed.policy_id = runs.policy_id
     AND stayed.language = runs.language
    UNION ALL
    SELECT pairs.policy_id,
           pairs.language,
           told.sentence,
           NULL,
           'removed'
    FROM pairs
    JOIN told ON told.text_id = pairs.old_text_id
    ANTI JOIN runs
      ON runs.policy_id = pairs.policy_id
     AND runs.language = pairs.language
     AND runs.old_sentence = told.sentence
    UNION ALL
    SELECT pairs.policy_id,
           pairs.language,
           NULL,
           told.sentence,
           'added'
    FROM pairs
    JOIN told ON told.text_id = pairs.new_text_id
    ANTI JOIN runs
      ON runs.policy_id = pairs.policy_id
     AND runs.language = pairs.language
     AND runs.new_sentence = told.sentence
),
placed AS (
    SELECT *,
           coalesce(
               new_sentence,
               max(if(fate = 'kept', new_sentence, NULL)) OVER (
                   PARTITION BY fates.policy_id, language
                   ORDER BY old_sentence NULLS FIRST
                   ROWS UNBOUNDED PRECEDING
               ),
               0
           ) AS place
    FROM fates
)
SELECT pairs.policy_id,
       pairs.language,
       pairs.old_version,
       pairs.new_version,
       pairs.not_before,
       pairs.not_after,
       pairs.certainty,
       coalesce(placed.fate, 'unknown') AS fate,
       placed.old_sentence,
       placed.new_sentence,
       coalesce(new.text, old.text) AS text
FROM pairs
LEFT JOIN placed
  ON placed.policy_id = pairs.policy_id
 AND placed.language = pairs.language
LEFT JOIN told AS old
  ON old.text_id = pairs.old_text_id
 AND old.sentence = placed.old_sentence
LEFT JOIN told AS new
  ON new.text_id = pairs.new_text_id
 AND new.sentence = placed.new_sentence
WHERE pairs.certainty = 'unknown'
   OR placed.fate <> 'kept'
   OR (placed.fate = 'kept' AND getvariable('kept') = 'yes')
ORDER BY pairs.policy_id,
         pairs.language,
         placed.place,
         placed.new_sentence NULLS LAST,
         placed.old_sentence;
