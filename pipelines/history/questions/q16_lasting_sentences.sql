-- 16. Which sentences have lasted longest, and how old are those of the newest text?
--
-- One row for each sentence that stood longest in a policy, `top` for each policy and language. A
-- sentence is the same while the same words stand in the same order, wherever they stand. A row is
-- one stay: the run of versions in a row that have it. It came after `not_before` (last seen
-- without it; NULL where the policy's first version has it: it may be older) and not after
-- `first_seen`; it went after `last_seen` and not after `ended_before` (NULL where the newest
-- version has it: `stands`). So it stood at least `days_least`, and at most `days_most` where both
-- ends are known. Beside it, the sentences of the newest text: how many (`newest_sentences`), how
-- many of them stand there since the first version (`newest_censored`), and the quartiles of the
-- days that they are known to stand there (`newest_q1`, `newest_median`, `newest_q3`).
-- Headings and sentences of fewer than `words` words do not count.
--
-- Misread: `days_least` is what was seen, not an age: for censored sentences the true one is larger
-- by an unknown amount, and where they are many the quartiles say how long the archive looks back
-- rather than how old the text is. A sentence that was edited by a word begins anew.
-- Parameters:
--   policy: one policy; all where it is not given
--   language: one language; all, each by itself, where it is not given
--   top = 5: how many sentences of each policy and language
--   words = 5: the fewest words that a sentence has
-- Example: top = 2
WITH chosen AS MATERIALIZED (
    SELECT versions.policy_id,
           versions.language,
           versions.version,
           versions.text_id,
           versions.first_seen,
           versions.last_seen,
           versions.not_before,
           versions.uri_m,
           lead(versions.first_seen) OVER timeline AS next_seen
    FROM versions
    WHERE (getvariable('policy') IS NULL OR versions.policy_id = getvariable('policy'))
      AND (getvariable('language') IS NULL OR versions.language = getvariable('language'))
    WINDOW timeline AS (PARTITION BY versions.policy_id, versions.language ORDER BY version)
),
told AS (
    SELECT *
    FROM sentences_of((SELECT coalesce(list(DISTINCT text_id), []) FROM chosen))
    QUALIFY section = 0 OR sentence > min(sentence) OVER (PARTITION BY text_id, section)
),
counted AS MATERIALIZED (
    SELECT text_id,
           sentence_id,
           min_by(text, sentence) AS text
    FROM told
    WHERE count_words(text) >= coalesce(getvariable('words')::INTEGER, 5)
    GROUP BY text_id, sentence_id
),
sighted AS (
    SELECT chosen.*,
           counted.sentence_id,
           version - row_number() OVER (
               PARTITION BY chosen.policy_id, language, counted.sentence_id
               ORDER BY version
           ) AS stay
    FROM chosen
    JOIN counted ON counted.text_id = chosen.text_id
),
stays AS MATERIALIZED (
    SELECT sighted.policy_id,
           language,
           sentence_id,
           count(*) AS versions,
           min_by(not_before, version) AS not_before,
           bool_or(version = 1) AS censored,
           min(first_seen) AS first_seen,
           max(last_seen) AS last_seen,
           arg_max_null(next_seen, version) AS ended_before,
           epoch(max(last_seen) - min(first_seen)) / 86400 AS days_least,
           arg_max(text_id, version) AS text_id,
           arg_min(uri_m, version) AS uri_m
    FROM sighted
    GROUP BY sighted.policy_id, language, sentence_id, stay
),
newest AS (
    SELECT stays.policy_id,
           language,
           count(*) AS newest_sentences,
           count(*) FILTER (censored) AS newest_censored,
           quantile_cont(days_least, 0.25) AS newest_q1,
           quantile_cont(days_least, 0.5) AS newest_median,
           quantile_cont(days_least, 0.75) AS newest_q3
    FROM stays
    WHERE ended_before IS NULL
    GROUP BY ALL
),
best AS (
    SELECT stays.*,
           row_number() OVER (
               PARTITION BY stays.policy_id, language
               ORDER BY days_least DESC, first_seen, sentence_id
           ) AS place
    FROM stays
)
SELECT best.policy_id,
       best.language,
       best.place,
       counted.text AS sentence,
       if(best.censored, NULL, best.not_before) AS not_before,
       best.first_seen,
       best.last_seen,
       best.ended_before,
       best.ended_before IS NULL AS stands,
       round(best.days_least, 1) AS days_least,
       round(
           epoch(best.ended_before - if(best.censored, NULL, best.not_before)) / 86400, 1
       ) AS days_most,
       best.versions,
       coalesce(newest.newest_sentences, 0) AS newest_sentences,
       coalesce(newest.newest_censored, 0) AS newest_censored,
       round(newest.newest_q1, 1) AS newest_q1,
       round(newest.newest_median, 1) AS newest_median,
       round(newest.newest_q3, 1) AS newest_q3,
       best.uri_m
FROM best
JOIN counted
  ON counted.text_id = best.text_id
 AND counted.sentence_id = best.sentence_id
LEFT JOIN newest
  ON newest.policy_id = best.policy_id
 AND newest.language = best.language
WHERE best.place <= coalesce(getvariable('top')::INTEGER, 5)
ORDER BY best.policy_id,
         best.language,
         best.place;
