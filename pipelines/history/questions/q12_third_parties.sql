-- 12. Which third parties does each policy name, since when and until when?
--
-- One row for each third party of the dictionary and each run of versions that name it.
-- It came after `not_before` (NULL: it was there in the first version, so it may be older) and not
-- after `first_seen`; it went after `last_seen` and not after `ended_before` (NULL: it was still
-- there in the last version). What came, went and came again has a row each time. `flip`: all its
-- versions are flips (see docs/data.md). A policy that was never observed has no row.
-- `named` counts the third parties of its first version, `came` those that the version before did
-- not name, `went` those of the version before that it no longer names (both NULL for the first
-- version): the churn of the change that brought it. `term` is NULL for versions that name none.
-- With `rows = 'version'` one row a version, `term` being all that it names. A vendor's own
-- products are left out, as far as its name gives them away.
--
-- Misread: only companies of the dictionary `terms` are looked for, by name; "our payment provider"
-- names nobody, and a named company need not receive data (it may be an example, or a link).
-- What was named between two captures only was never seen. Counts depend on the dictionary: compare
-- them over time, not with those of studies that used another one.
-- Parameters:
--   rows = 'term': a row for each third party, or `version` for a row a version
--   policy: one policy; all where it is not given
--   language: one language; all, each by itself, where it is not given
--   term: one third party, as in `terms`; all where it is not given
--   kind: one trade (analytics, advertising, payment, hosting, ...); all where it is not given
-- Plot: interval x=first_seen..ended_before y=term by=policy_id+language
WITH asked AS (
    SELECT CASE coalesce(getvariable('rows'), 'term')
               WHEN 'term' THEN false
               WHEN 'version' THEN true
               ELSE error('rows is term or version, not ' || getvariable('rows'))
           END AS by_version
),
told AS (
    SELECT versions.*,
           lead(first_seen) OVER timeline AS next_seen
    FROM versions
    WHERE (getvariable('policy') IS NULL OR versions.policy_id = getvariable('policy'))
      AND (getvariable('language') IS NULL OR versions.language = getvariable('language'))
    WINDOW timeline AS (PARTITION BY versions.policy_id, language ORDER BY version)
),
parties AS (
    SELECT DISTINCT term,
           kind
    FROM terms
    WHERE dictionary = 'third party'
      AND (getvariable('term') IS NULL OR term = known_term(getvariable('term')))
      AND (
          getvariable('kind') IS NULL
          OR kind = CASE
              WHEN getvariable('kind') IN (
                  SELECT kind
                  FROM terms
                  WHERE dictionary = 'third party'
              ) THEN getvariable('kind')
              ELSE error(concat(
                  'no kind of third party is ', getvariable('kind'),
                  ': SELECT DISTINCT kind FROM terms WHERE dictionary = ''third party'''
              ))
          END
      )
),
found AS (
    SELECT told.policy_id,
           told.language,
           told.version,
           parties.term,
           parties.kind
    FROM told
    JOIN term_mentions
      ON term_mentions.text_id = told.text_id
     AND term_mentions.dictionary = 'third party'
    JOIN parties ON parties.term = term_mentions.term
    JOIN policies ON policies.policy_id = told.policy_id
    JOIN vendors ON vendors.vendor_id = policies.vendor_id
    WHERE NOT contains(fold_words(vendors.name), fold_words(parties.term))
      AND NOT contains(fold_words(parties.term), fold_words(vendors.name))
),
said AS MATERIALIZED (
    SELECT told.*,
           found.term,
           found.kind
    FROM told
    LEFT JOIN found
      ON found.policy_id = told.policy_id
     AND found.language = told.language
     AND found.version = told.version
),
islands AS (
    SELECT *,
           version - row_number() OVER (
               PARTITION BY said.policy_id, language, term, kind
               ORDER BY version
           ) AS island
    FROM said
),
spells AS (
    SELECT islands.policy_id,
           language,
           term,
           kind,
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
    GROUP BY islands.policy_id, language, term, kind, island
),
sets AS (
    SELECT said.policy_id,
           language,
           version,
           coalesce(list(term ORDER BY term) FILTER (term IS NOT NULL), []) AS names
    FROM said
    GROUP BY said.policy_id, language, version
),
steps AS (
    SELECT *,
           lag(names) OVER (PARTITION BY sets.policy_id, language ORDER BY version) AS earlier
    FROM sets
),
churn AS (
    SELECT steps.policy_id,
           language,
           version,
           array_to_string(names, ', ') AS names,
           len(names) AS named,
           len(list_filter(names, lambda each: NOT list_contains(earlier, each))) AS came,
           len(list_filter(earlier, lambda each: NOT list_contains(names, each))) AS went,
           earlier IS NULL AS is_first
    FROM steps
),
chosen AS (
    SELECT *
    FROM spells
    WHERE NOT (SELECT by_version FROM asked)
    UNION ALL
    SELECT told.policy_id,
           told.language,
           NULL,
           NULL,
           told.version,
           told.version,
           told.not_before,
           told.first_seen,
           told.last_seen,
           told.next_seen,
           told.text_id,
           told.uri_m,
           coalesce(told.flip, false)
    FROM told
    WHERE (SELECT by_version FROM asked)
)
SELECT chosen.policy_id,
       chosen.language,
       if((SELECT by_version FROM asked), nullif(churn.names, ''), chosen.term) AS term,
       chosen.kind,
       first_version,
       last_version,
       CAST(not_before AS DATE) AS not_before,
       CAST(first_seen AS DATE) AS first_seen,
       CAST(last_seen AS DATE) AS last_seen,
       CAST(ended_before AS DATE) AS ended_before,
       churn.named,
       if(churn.is_first, NULL, churn.came) AS came,
       if(churn.is_first, NULL, churn.went) AS went,
       chosen.flip,
       chosen.uri_m
FROM chosen
JOIN churn
  ON churn.policy_id = chosen.policy_id
 AND churn.language = chosen.language
 AND churn.version = chosen.first_version
ORDER BY chosen.policy_id, chosen.language, first_version, term NULLS FIRST;
