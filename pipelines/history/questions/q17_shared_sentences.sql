-- 17. Which vendors share sentences or whole policies, and who was seen with them first?
--
-- One row for each two policies of different vendors, in one language, that ever said the same
-- sentence; the one with the name that sorts first is `policy_id`. `shared` counts those sentences;
-- `jaccard` is their share of all that either ever said, `containment` their share of all that the
-- one with fewer ever said: 1 where a policy is wholly contained in another. Near-duplicates are
-- rows with a high share of a good number of sentences. `own_first` counts the shared sentences
-- that were seen here before the other policy was last seen without them: here they stood first,
-- for certain. `other_first` counts the opposite. `open` is the rest: the archive cannot tell.
-- `seen_here_first` and `seen_there_first` only compare first sightings. `sentence` is the longest.
-- Headings do not count, nor sentences of fewer than `words` words or in more than `most` policies.
--
-- Misread: first seen is not first said, and a policy that the archive visits early and often is
-- seen first. Even a certain order says nothing of who copied whom: both may have a third source, a
-- template or a common owner. All counts are lower bounds, for texts between captures are unknown.
-- Parameters:
--   policy: one policy, as either of the two; all where it is not given
--   language: one language; all, each by itself, where it is not given
--   words = 6: the fewest words that a sentence has
--   shared = 1: the fewest sentences that two policies share
--   most = 100: sentences in more policies than that are boilerplate and left out
WITH told AS (
    SELECT *
    FROM sentences_of((SELECT coalesce(list(DISTINCT text_id), []) FROM versions))
    QUALIFY section = 0 OR sentence > min(sentence) OVER (PARTITION BY text_id, section)
),
counted AS (
    SELECT text_id,
           sentence_id,
           min_by(text, sentence) AS text
    FROM told
    WHERE count_words(text) >= coalesce(getvariable('words')::INTEGER, 6)
    GROUP BY text_id, sentence_id
),
said AS MATERIALIZED (
    SELECT versions.policy_id,
           versions.language,
           sentence_id,
           min(first_seen) AS first_seen,
           arg_min_null(not_before, version) AS not_before,
           arg_min(counted.text, version) AS text
    FROM versions
    JOIN counted ON counted.text_id = versions.text_id
    WHERE getvariable('language') IS NULL OR versions.language = getvariable('language')
    GROUP BY ALL
),
sizes AS (
    SELECT said.policy_id,
           language,
           count(*) AS sentences
    FROM said
    GROUP BY ALL
),
common AS (
    SELECT said.*,
           policies.vendor_id
    FROM said
    JOIN policies ON policies.policy_id = said.policy_id
    QUALIFY count(*) OVER (PARTITION BY language, sentence_id)
            BETWEEN 2 AND coalesce(getvariable('most')::INTEGER, 100)
),
pairs AS (
    SELECT own.policy_id,
           other.policy_id AS other_policy_id,
           own.language,
           count(*) AS shared,
           count(*) FILTER (own.first_seen <= other.not_before) AS own_first,
           count(*) FILTER (other.first_seen <= own.not_before) AS other_first,
           count(*) FILTER (own.first_seen < other.first_seen) AS seen_here_first,
           count(*) FILTER (other.first_seen < own.first_seen) AS seen_there_first,
           min(least(own.first_seen, other.first_seen)) AS first_seen,
           min(greatest(own.first_seen, other.first_seen)) AS first_shared,
           arg_max(own.text, (length(own.text), own.sentence_id)) AS sentence
    FROM common AS own
    JOIN common AS other
      ON other.language = own.language
     AND other.sentence_id = own.sentence_id
     AND other.policy_id > own.policy_id
     AND other.vendor_id <> own.vendor_id
    WHERE getvariable('policy') IS NULL
       OR getvariable('policy') IN (own.policy_id, other.policy_id)
    GROUP BY ALL
    HAVING count(*) >= coalesce(getvariable('shared')::INTEGER, 1)
)
SELECT pairs.policy_id,
       pairs.other_policy_id,
       pairs.language,
       pairs.shared,
       own.sentences,
       other.sentences AS other_sentences,
       round(pairs.shared / (own.sentences + other.sentences - pairs.shared), 3) AS jaccard,
       round(pairs.shared / least(own.sentences, other.sentences), 3) AS containment,
       pairs.own_first,
       pairs.other_first,
       pairs.shared - pairs.own_first - pairs.other_first AS open,
       pairs.seen_here_first,
       pairs.seen_there_first,
       pairs.first_seen,
       pairs.first_shared,
       pairs.sentence
FROM pairs
JOIN sizes AS own
  ON own.policy_id = pairs.policy_id
 AND own.language = pairs.language
JOIN sizes AS other
  ON other.policy_id = pairs.other_policy_id
 AND other.language = pairs.language
ORDER BY jaccard DESC,
         pairs.shared DESC,
         pairs.policy_id,
         pairs.other_policy_id,
         pairs.language;
