-- 21. From which age on do policies admit readers, and when did that change?
--
-- One row for each age (10 to 21) and each run of versions that name it in a sentence about
-- children, minors, parents or age; `quote` is that of the first.
-- It came after `not_before` (NULL: it was there in the first version, so it may be older) and not
-- after `first_seen`; it went after `last_seen` and not after `ended_before` (NULL: it was still
-- there in the last version). What came, went and came again has a row each time. `flip`: all its
-- versions are flips (see docs/data.md). A policy that was never observed has no row.
-- `age` is NULL for versions that name none. `replaces` are the ages that the version before named
-- and the run's first version does not: an age that was raised shows as 16 replacing 13.
--
-- Misread: whether an age is a lower bound, for which country and for which rule (registration,
-- consent, sale of data) is in the quote alone; policies since 2018 name several. An age that the
-- text names only as "children" or "minors" is not found.
-- Parameters:
--   policy: one policy; all where it is not given
--   language: one language; all, each by itself, where it is not given
--   age: one age; all where it is not given
-- Plot: interval x=first_seen..ended_before y=age by=policy_id+language
WITH told AS (
    SELECT versions.*,
           lead(first_seen) OVER timeline AS next_seen
    FROM versions
    WHERE (getvariable('policy') IS NULL OR versions.policy_id = getvariable('policy'))
      AND (getvariable('language') IS NULL OR versions.language = getvariable('language'))
    WINDOW timeline AS (PARTITION BY versions.policy_id, language ORDER BY version)
),
named AS (
    SELECT text_id,
           age,
           min(quote) AS quote
    FROM child_ages
    GROUP BY text_id, age
),
said AS (
    SELECT told.*,
           named.age,
           named.quote
    FROM told
    LEFT JOIN named ON named.text_id = told.text_id
),
islands AS (
    SELECT *,
           version - row_number() OVER (
               PARTITION BY said.policy_id, language, age
               ORDER BY version
           ) AS island
    FROM said
),
spells AS (
    SELECT islands.policy_id,
           language,
           age,
           min(version) AS first_version,
           max(version) AS last_version,
           arg_min(struct_pack(day := not_before), version).day AS not_before,
           min(first_seen) AS first_seen,
           max(last_seen) AS last_seen,
           arg_max(struct_pack(day := next_seen), version).day AS ended_before,
           arg_min(quote, version) AS quote,
           arg_min(text_id, version) AS text_id,
           arg_min(uri_m, version) AS uri_m,
           bool_and(coalesce(flip, false)) AS flip
    FROM islands
    GROUP BY islands.policy_id, language, age, island
),
replaced AS (
    SELECT came.policy_id,
           came.language,
           came.age,
           came.first_version,
           string_agg(went.age::VARCHAR, ', ' ORDER BY went.age) AS ages
    FROM spells AS came
    JOIN spells AS went
      ON went.policy_id = came.policy_id
     AND went.language = came.language
     AND went.last_version = came.first_version - 1
    WHERE went.age IS NOT NULL
    GROUP BY came.policy_id, came.language, came.age, came.first_version
)
SELECT spells.policy_id,
       spells.language,
       spells.age,
       replaced.ages AS replaces,
       spells.first_version,
       spells.last_version,
       CAST(not_before AS DATE) AS not_before,
       CAST(first_seen AS DATE) AS first_seen,
       CAST(last_seen AS DATE) AS last_seen,
       CAST(ended_before AS DATE) AS ended_before,
       quote,
       flip,
       uri_m
FROM spells
LEFT JOIN replaced
  ON replaced.policy_id = spells.policy_id
 AND replaced.language = spells.language
 AND replaced.age IS NOT DISTINCT FROM spells.age
 AND replaced.first_version = spells.first_version
WHERE getvariable('age') IS NULL
   OR spells.age = getvariable('age')::INTEGER
ORDER BY spells.policy_id, spells.language, spells.first_version, spells.age NULLS FIRST;
