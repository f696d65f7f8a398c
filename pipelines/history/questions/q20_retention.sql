-- 20. For how long do policies say that they keep data, and when did that change?
--
-- One row for each period stated (its `amount` and `unit`) and each run of versions that state it
-- in a sentence about keeping or deleting; `verb` and `quote` are those of the first.
-- It came after `not_before` (NULL: it was there in the first version, so it may be older) and not
-- after `first_seen`; it went after `last_seen` and not after `ended_before` (NULL: it was still
-- there in the last version). What came, went and came again has a row each time. `flip`: all its
-- versions are flips (see docs/data.md). A policy that was never observed has no row.
-- `period` is NULL for versions that state none; `days` is for comparing only (a month is 30, a
-- year 365).
--
-- Misread: which data the period is for is in the quote alone. No period found is not "kept for
-- ever": policies say "as long as necessary", or write it in a way that is not recognised. A time
-- to answer in ("we delete it within 30 days of your request") is found too, and so are the periods
-- of partners. One sentence may state several.
-- Parameters:
--   policy: one policy; all where it is not given
--   language: one language; all, each by itself, where it is not given
-- Plot: interval x=first_seen..ended_before y=period by=policy_id+language
WITH told AS (
    SELECT versions.*,
           lead(first_seen) OVER timeline AS next_seen
    FROM versions
    WHERE (getvariable('policy') IS NULL OR versions.policy_id = getvariable('policy'))
      AND (getvariable('language') IS NULL OR versions.language = getvariable('language'))
    WINDOW timeline AS (PARTITION BY versions.policy_id, language ORDER BY version)
),
stated AS (
    SELECT text_id,
           amount,
           unit,
           any_value(days) AS days,
           min(struct_pack(quote := quote, verb := verb)) AS wording
    FROM retention_periods
    GROUP BY text_id, amount, unit
),
said AS (
    SELECT told.*,
           stated.amount,
           stated.unit,
           stated.days,
           stated.wording
    FROM told
    LEFT JOIN stated ON stated.text_id = told.text_id
),
islands AS (
    SELECT *,
           version - row_number() OVER (
               PARTITION BY said.policy_id, language, amount, unit
               ORDER BY version
           ) AS island
    FROM said
),
spells AS (
    SELECT islands.policy_id,
           language,
           amount,
           unit,
           min(version) AS first_version,
           max(version) AS last_version,
           arg_min(struct_pack(day := not_before), version).day AS not_before,
           min(first_seen) AS first_seen,
           max(last_seen) AS last_seen,
           arg_max(struct_pack(day := next_seen), version).day AS ended_before,
           any_value(days) AS days,
           arg_min(wording, version) AS wording,
           arg_min(text_id, version) AS text_id,
           arg_min(uri_m, version) AS uri_m,
           bool_and(coalesce(flip, false)) AS flip
    FROM islands
    GROUP BY islands.policy_id, language, amount, unit, island
)
SELECT spells.policy_id,
       language,
       amount || ' ' || unit || if(amount = 1, '', 's') AS period,
       round(days, 2) AS days,
       first_version,
       last_version,
       CAST(not_before AS DATE) AS not_before,
       CAST(first_seen AS DATE) AS first_seen,
       CAST(last_seen AS DATE) AS last_seen,
       CAST(ended_before AS DATE) AS ended_before,
       wording.verb,
       wording.quote,
       flip,
       uri_m
FROM spells
ORDER BY spells.policy_id, language, first_version, spells.days NULLS FIRST, period;
