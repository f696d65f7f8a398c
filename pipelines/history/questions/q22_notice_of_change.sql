-- 22. How do policies say that changes are announced, and when did that change?
--
-- One row for each way of the dictionary (`by e-mail`, `on the site`, `prior notice`, `without
-- notice`, `check back`, `continued use` ...) and each run of versions that use one of its phrases;
-- `quote` is the first place in the first of them.
-- It came after `not_before` (NULL: it was there in the first version, so it may be older) and not
-- after `first_seen`; it went after `last_seen` and not after `ended_before` (NULL: it was still
-- there in the last version). What came, went and came again has a row each time. `flip`: all its
-- versions are flips (see docs/data.md). A policy that was never observed has no row.
-- `way` is NULL for versions that use none.
--
-- Misread: phrases, not promises. "We may notify you by e-mail or post changes here" has both ways,
-- and which of them the vendor must take is in the quote alone. A phrase may speak of something
-- else than the policy ("we notify you by e-mail of replies"): read the quote. Other wordings, and
-- languages the dictionary does not cover, are missed.
-- Parameters:
--   policy: one policy; all where it is not given
--   language: one language; all, each by itself, where it is not given
--   term: one way, as in `terms`; all where it is not given
-- Plot: interval x=first_seen..ended_before y=way by=policy_id+language
WITH told AS (
    SELECT versions.*,
           lead(first_seen) OVER timeline AS next_seen
    FROM versions
    WHERE (getvariable('policy') IS NULL OR versions.policy_id = getvariable('policy'))
      AND (getvariable('language') IS NULL OR versions.language = getvariable('language'))
    WINDOW timeline AS (PARTITION BY versions.policy_id, language ORDER BY version)
),
said AS (
    SELECT told.*,
           term_mentions.term AS way
    FROM told
    LEFT JOIN term_mentions
      ON term_mentions.text_id = told.text_id
     AND term_mentions.dictionary = 'notice'
     AND (getvariable('term') IS NULL OR term_mentions.term = known_term(getvariable('term')))
),
patterns AS (
    SELECT term,
           '(?i)\b(?:'
           || string_agg(replace(phrase, ' ', '\W+'), '|' ORDER BY length(phrase) DESC, phrase)
           || ')' AS pattern
    FROM terms
    WHERE dictionary = 'notice'
    GROUP BY term
),
islands AS (
    SELECT *,
           version - row_number() OVER (
               PARTITION BY said.policy_id, language, way
               ORDER BY version
           ) AS island
    FROM said
),
spells AS (
    SELECT islands.policy_id,
           language,
           way,
           min(version) AS first_version,
           max(version) AS last_version,
           arg_min(struct_pack(day := not_before), version).day AS not_before,
           min(first_seen) AS first_seen,
           max(last_seen) AS last_seen,
           arg_max(struct_pack(day := next_seen), version).day AS ended_before,
           arg_min(text_id, version) AS text_id,
           arg_min(uri_m, version) AS uri_m,
           bool_and(coalesce(flip, false)) AS flip
    FROM islands
    GROUP BY islands.policy_id, language, way, island
)
SELECT spells.policy_id,
       language,
       way,
       first_version,
       last_version,
       CAST(not_before AS DATE) AS not_before,
       CAST(first_seen AS DATE) AS first_seen,
       CAST(last_seen AS DATE) AS last_seen,
       CAST(ended_before AS DATE) AS ended_before,
       quote_of(texts.text, patterns.pattern) AS quote,
       flip,
       uri_m
FROM spells
LEFT JOIN patterns ON patterns.term = spells.way
LEFT JOIN texts
  ON texts.text_id = spells.text_id
 AND spells.way IS NOT NULL
ORDER BY spells.policy_id, language, first_version, way NULLS FIRST;
