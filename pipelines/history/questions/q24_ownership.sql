-- 24. When did a policy come to name another company, or move to another domain?
--
-- One row for each such change. `what` is `company`: the companies that a text says are behind it
-- (see `controllers` in docs/data.md) are other ones than in the version before that named any;
-- or `domain`: the first sighting at a registered domain where the policy was not seen before.
-- The change lies after `not_before` (old last seen) and not after `not_after` (new first seen).
-- `silent` counts the versions in between that name no company. `quote` and `uri_m` are of the new.
--
-- Misread: a company of another name may be the same one, reworded or reformed (Inc. to LLC), and
-- the same name may have another owner. A company without a legal form behind its name is not
-- found. The registered domain is the last two parts of the host, or three under co.uk and its
-- like: two customers of one hosting domain look like one. A policy without a row showed no change,
-- which is no proof that its owner stayed.
-- Parameters:
--   policy: one policy; all where it is not given
--   language: one language; all, each by itself, where it is not given
-- Plot: interval x=not_before..not_after y=policy_id+language by=what
WITH told AS (
    SELECT *
    FROM versions
    WHERE (getvariable('policy') IS NULL OR versions.policy_id = getvariable('policy'))
      AND (getvariable('language') IS NULL OR versions.language = getvariable('language'))
),
behind AS (
    SELECT text_id,
           string_agg(DISTINCT entity, ', ' ORDER BY entity) AS companies,
           min(quote) AS quote
    FROM controllers
    GROUP BY text_id
),
named AS (
    SELECT told.policy_id,
           told.language,
           told.version,
           told.first_seen,
           told.last_seen,
           told.uri_m,
           behind.companies,
           behind.quote,
           lag(behind.companies) OVER timeline AS companies_before,
           lag(told.last_seen) OVER timeline AS seen_before,
           lag(told.version) OVER timeline AS version_before
    FROM told
    JOIN behind ON behind.text_id = told.text_id
    WINDOW timeline AS (PARTITION BY told.policy_id, told.language ORDER BY told.version)
),
hosts AS (
    SELECT observations.policy_id,
           language,
           observed_at,
           timestamp,
           uri_r,
           digest,
           uri_m,
           regexp_extract(lower(uri_r), '^[a-z]+://(?:[^/@]*@)?([^/:?#]+)', 1) AS host
    FROM observations
    WHERE (getvariable('policy') IS NULL OR observations.policy_id = getvariable('policy'))
      AND (getvariable('language') IS NULL OR observations.language = getvariable('language'))
      AND contains(uri_r, '://')
),
domains AS (
    SELECT *,
           CASE
               WHEN regexp_matches(host, '^[\d.]+$') THEN host
               ELSE regexp_extract(
                   host,
                   '[^.]+\.(?:(?:co|com|org|net|ac|gov|gob|gouv|edu|or|ne|go)\.[a-z]{2}|[^.]+)$'
               )
           END AS domain
    FROM hosts
),
stays AS (
    SELECT *,
           lag(domain) OVER timeline AS domain_before,
           lag(observed_at) OVER timeline AS seen_before,
           row_number() OVER (
               PARTITION BY domains.policy_id, language, domain
               ORDER BY timestamp, uri_r, digest
           ) AS sighting
    FROM domains
    WINDOW timeline AS (
        PARTITION BY domains.policy_id, language
        ORDER BY timestamp, uri_r, digest
    )
),
turns AS (
    SELECT named.policy_id,
           language,
           'company' AS what,
           companies_before AS old,
           companies AS new,
           seen_before AS not_before,
           first_seen AS not_after,
           version - version_before - 1 AS silent,
           quote,
           uri_m
    FROM named
    WHERE companies <> companies_before
    UNION ALL
    SELECT stays.policy_id,
           language,
           'domain',
           domain_before,
           domain,
           seen_before,
           observed_at,
           NULL,
           uri_r,
           uri_m
    FROM stays
    WHERE sighting = 1
      AND domain <> domain_before
)
SELECT turns.policy_id,
       language,
       what,
       old,
       new,
       CAST(not_before AS DATE) AS not_before,
       CAST(not_after AS DATE) AS not_after,
       round(epoch(turns.not_after - turns.not_before) / 86400, 1) AS width_days,
       silent,
       quote,
       uri_m
FROM turns
ORDER BY turns.policy_id, language, turns.not_after, what, new;
