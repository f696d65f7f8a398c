-- Since when and until when something was said, as intervals.

-- For each policy and language the longest runs of versions that match a pattern (a regular
-- expression, RE2), or that do not: A, B, A again are three spells. What a spell says began
-- after `not_before` (the spell before was last seen; NULL: it was there from the start of what
-- the archive has) and not after `first_seen`; it ended after `ended_after` (last seen) and not
-- after `ended_before` (the spell after first seen); both are NULL where the spell goes on to
-- the last sighting. `quote`, `text_id` and `uri_m` are those of the spell's first version;
-- `flip` says that all its versions are flips.
CREATE OR REPLACE MACRO spells(pattern) AS TABLE
WITH hits AS (
    SELECT text_id,
           quote_of(texts.text, pattern) AS quote
    FROM texts
    WHERE regexp_matches(texts.text, pattern)
),
marked AS (
    SELECT versions.*,
           hits.text_id IS NOT NULL AS present,
           hits.quote
    FROM versions
    LEFT JOIN hits ON hits.text_id = versions.text_id
),
turns AS (
    SELECT *,
           present IS DISTINCT FROM lag(present) OVER timeline AS starts
    FROM marked
    WINDOW timeline AS (PARTITION BY marked.policy_id, language ORDER BY version)
),
numbered AS (
    SELECT *,
           count(*) FILTER (starts) OVER timeline AS spell
    FROM turns
    WINDOW timeline AS (PARTITION BY turns.policy_id, language ORDER BY version)
),
runs AS (
    SELECT numbered.policy_id,
           language,
           spell,
           any_value(present) AS present,
           min(version) AS first_version,
           max(version) AS last_version,
           min(first_seen) AS first_seen,
           max(last_seen) AS last_seen,
           min(not_before) FILTER (starts) AS not_before,
           any_value(quote) FILTER (starts) AS quote,
           any_value(text_id) FILTER (starts) AS text_id,
           any_value(uri_m) FILTER (starts) AS uri_m,
           sum(observations) AS observations,
           bool_and(flip) AS flip
    FROM numbered
    GROUP BY numbered.policy_id, language, spell
)
SELECT runs.policy_id,
       language,
       spell,
       present,
       first_version,
       last_version,
       first_seen,
       last_seen,
       not_before,
       if(lead(spell) OVER timeline IS NULL, NULL, last_seen) AS ended_after,
       lead(first_seen) OVER timeline AS ended_before,
       quote,
       text_id,
       uri_m,
       CAST(observations AS BIGINT) AS observations,
       flip
FROM runs
WINDOW timeline AS (PARTITION BY runs.policy_id, language ORDER BY spell)
ORDER BY runs.policy_id, language, spell;
