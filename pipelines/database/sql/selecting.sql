-- A part of an archive (`policytrail`) in a new database of the same shape, table by table. What
-- was chosen is in variables, NULL where nothing was: `chosen_policies`, `chosen_languages`
-- (lists), `chosen_since`, `chosen_before` (the first digits of timestamps, the latter not
-- included), `chosen_as_of`; and `chosen_text_free`, `chosen_redact`.
INSERT INTO vendors BY NAME
SELECT *
FROM policytrail.vendors
WHERE getvariable('chosen_policies') IS NULL
   OR vendor_id IN (
       SELECT policies.vendor_id
       FROM policytrail.policies AS policies
       WHERE list_contains(getvariable('chosen_policies'), policies.policy_id)
   )
ORDER BY ALL;

-- The list of vendors has no dates: it is today's, also in an archive as of a day.
INSERT INTO policies BY NAME
SELECT *
FROM policytrail.policies
WHERE list_contains(coalesce(getvariable('chosen_policies'), [policy_id]), policy_id)
ORDER BY ALL;

INSERT INTO locations BY NAME
SELECT *
FROM policytrail.locations
WHERE policy_id IN (SELECT policy_id FROM policies)
ORDER BY ALL;

INSERT INTO listings BY NAME
SELECT *
FROM policytrail.listings
WHERE list_contains(coalesce(getvariable('chosen_policies'), [policy_id]), policy_id)
  AND listed_at <= coalesce(getvariable('chosen_as_of'), listed_at)
ORDER BY ALL;

INSERT INTO listing_changes BY NAME
SELECT *
FROM policytrail.listing_changes
WHERE list_contains(coalesce(getvariable('chosen_policies'), [policy_id]), policy_id)
  AND noticed_at <= coalesce(getvariable('chosen_as_of'), noticed_at)
  AND timestamp >= coalesce(getvariable('chosen_since'), timestamp)
  AND (getvariable('chosen_before') IS NULL OR timestamp < getvariable('chosen_before'))
ORDER BY ALL;

-- When an extractor read is nowhere written: what was adopted by then had read by then.
INSERT INTO extractors BY NAME
SELECT *
FROM policytrail.extractors
WHERE getvariable('chosen_as_of') IS NULL
   OR adopted_at <= getvariable('chosen_as_of')
ORDER BY ALL;

-- The bodies that were there: kept by then, for captures that were settled by then.
CREATE TEMP TABLE known_mementos AS
SELECT mementos.policy_id,
       mementos.urlkey,
       mementos.timestamp,
       mementos.uri_r,
       mementos.digest
FROM policytrail.mementos AS mementos
LEFT JOIN policytrail.captures AS captures
  ON captures.policy_id = mementos.policy_id
 AND captures.urlkey = mementos.urlkey
 AND captures.timestamp = mementos.timestamp
 AND captures.original = mementos.uri_r
 AND captures.digest = mementos.digest
 AND captures.state = 'fetched'
WHERE list_contains(
          coalesce(getvariable('chosen_policies'), [mementos.policy_id]), mementos.policy_id
      )
  AND (
      getvariable('chosen_as_of') IS NULL
      OR greatest(captures.settled_at, captures.listed_at, mementos.fetched_at)
         <= getvariable('chosen_as_of')
  )
GROUP BY ALL;

-- The lines that were listed; one that was settled later, or whose body came later, is pending.
INSERT INTO captures BY NAME
SELECT captures.* EXCLUDE (open) REPLACE (
           if(captures.open, 'pending', captures.state) AS state,
           if(captures.open, '', captures.reason) AS reason,
           if(captures.open, NULL, captures.settled_at) AS settled_at
       )
FROM (
    SELECT lines.*,
           getvariable('chosen_as_of') IS NOT NULL
           AND (
               settled_at > getvariable('chosen_as_of')
               OR (
                   state = 'fetched'
                   AND (policy_id, urlkey, timestamp, original, digest) NOT IN (
                       SELECT (policy_id, urlkey, timestamp, uri_r, digest)
                       FROM known_mementos
                   )
               )
               OR (
                   state = 'unchanged'
                   AND (policy_id, urlkey, digest) NOT IN (
                       SELECT (policy_id, urlkey, digest)
                       FROM known_mementos
                   )
               )
           ) IS TRUE AS open
    FROM policytrail.captures AS lines
    WHERE list_contains(coalesce(getvariable('chosen_policies'), [policy_id]), policy_id)
      AND listed_at <= coalesce(getvariable('chosen_as_of'), listed_at)
      AND timestamp >= coalesce(getvariable('chosen_since'), timestamp)
      AND (getvariable('chosen_before') IS NULL OR timestamp < getvariable('chosen_before'))
) AS captures
ORDER BY ALL;

-- A language is what the extractor in force read; lines without a body have none, and stay.
DELETE FROM captures
WHERE state IN ('fetched', 'unchanged')
  AND (policy_id, urlkey, timestamp, original, digest, statuscode) IN (
      SELECT (policy_id, urlkey, timestamp, uri_r, digest, statuscode)
      FROM policytrail.readings
      WHERE NOT list_contains(coalesce(getvariable('chosen_languages'), [language]), language)
        AND extractor_id = adopted_extractor()
  );

-- The body of an unchanged capture is the earliest one that has its digest at its address,
-- also where that lies outside the dates chosen.
INSERT INTO mementos BY NAME
SELECT *
FROM policytrail.mementos AS mementos
WHERE (policy_id, urlkey, timestamp, uri_r, digest) IN (
    SELECT (policy_id, urlkey, timestamp, original, digest)
    FROM captures
    WHERE state = 'fetched'
    UNION
    SELECT (known.policy_id, known.urlkey, known.timestamp, known.uri_r, known.digest)
    FROM known_mementos AS known
    SEMI JOIN (FROM captures WHERE state = 'unchanged') AS same
      ON same.policy_id = known.policy_id
     AND same.urlkey = known.urlkey
     AND same.digest = known.digest
    QUALIFY row_number() OVER (
        PARTITION BY known.policy_id, known.urlkey, known.digest
        ORDER BY known.timestamp, known.uri_r
    ) = 1
)
ORDER BY ALL;

DROP TABLE known_mementos;

-- Such a body's own line is there too, and shows nothing.
INSERT INTO captures BY NAME
SELECT lines.* REPLACE (
           'skipped' AS state,
           'outside the dates chosen; its body is that of an unchanged capture' AS reason
       )
FROM policytrail.captures AS lines
SEMI JOIN mementos
  ON mementos.policy_id = lines.policy_id
 AND mementos.urlkey = lines.urlkey
 AND mementos.timestamp = lines.timestamp
 AND mementos.uri_r = lines.original
 AND mementos.digest = lines.digest
ANTI JOIN captures AS chosen
  ON chosen.policy_id = lines.policy_id
 AND chosen.urlkey = lines.urlkey
 AND chosen.timestamp = lines.timestamp
 AND chosen.original = lines.original
 AND chosen.digest = lines.digest
WHERE lines.state = 'fetched'
ORDER BY ALL;

-- A text without a date or a policy belongs to no choice of either.
INSERT INTO documents BY NAME
SELECT *
FROM policytrail.documents AS documents
WHERE getvariable('chosen_policies') IS NULL
  AND getvariable('chosen_since') IS NULL
  AND getvariable('chosen_before') IS NULL
  AND fetched_at <= coalesce(getvariable('chosen_as_of'), fetched_at)
  AND (
      getvariable('chosen_languages') IS NULL
      OR body_sha256 IN (
          SELECT body_sha256
          FROM policytrail.extractions
          WHERE extractor_id = adopted_extractor()
            AND list_contains(getvariable('chosen_languages'), language)
      )
  )
ORDER BY ALL;

-- A crawl that was not over by then had no end.
INSERT INTO crawls BY NAME
SELECT crawls.* REPLACE (
           if(finished_at > getvariable('chosen_as_of'), NULL, outcome) AS outcome,
           if(finished_at > getvariable('chosen_as_of'), NULL, finished_at) AS finished_at
       )
FROM policytrail.crawls AS crawls
WHERE started_at <= coalesce(getvariable('chosen_as_of'), started_at)
  AND (
      getvariable('chosen_policies') IS NULL
      OR crawl_id IN (
          SELECT crawl_id FROM listings
          UNION ALL
          SELECT crawl_id FROM listing_changes
          UNION ALL
          SELECT crawl_id FROM mementos
      )
  )
ORDER BY ALL;

INSERT INTO extractions BY NAME
SELECT * REPLACE (
           if(getvariable('chosen_text_free'), '', title) AS title,
           if(getvariable('chosen_text_free'), '', stated_quote) AS stated_quote
       )
FROM policytrail.extractions
WHERE body_sha256 IN (
    SELECT body_sha256 FROM mementos
    UNION ALL
    SELECT body_sha256 FROM documents
)
  AND extractor_id IN (SELECT extractor_id FROM extractors)
ORDER BY ALL;

-- Texts to be redacted come by themselves (redacted.py).
INSERT INTO texts BY NAME
SELECT * REPLACE (if(getvariable('chosen_text_free'), '', text) AS text)
FROM policytrail.texts
WHERE NOT getvariable('chosen_redact')
  AND text_id IN (SELECT text_id FROM extractions);

INSERT INTO diffs BY NAME
SELECT *
FROM policytrail.diffs
WHERE old_text_id IN (SELECT text_id FROM extractions)
  AND new_text_id IN (SELECT text_id FROM extractions)
ORDER BY ALL;
