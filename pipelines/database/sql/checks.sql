-- Every capture is in exactly one of the states of the ledger.
SELECT policy_id, timestamp, original, state
FROM captures
WHERE state NOT IN (
    'pending', 'fetched', 'unchanged', 'skipped', 'redirect', 'absent',
    'error', 'drifted', 'unplayable', 'excluded', 'damaged', 'failed'
);

-- Every line of every listing is accounted for: new, known, or a repetition.
SELECT crawl_id, policy_id, uri_r, rows
FROM listings
WHERE rows <> added + known + duplicates;

-- Lines listed for the first time are the lines of the ledger, none lost and none invented.
SELECT coalesce(listed.policy_id, kept.policy_id) AS policy_id, added, captures
FROM (
    SELECT policy_id, sum(added) AS added
    FROM listings
    GROUP BY policy_id
) AS listed
FULL JOIN (
    SELECT policy_id, count(*) AS captures
    FROM captures
    GROUP BY policy_id
) AS kept ON kept.policy_id = listed.policy_id
WHERE coalesce(added, 0) <> coalesce(captures, 0);

-- Lines of each policy's first crawl are its captures of that crawl and their duplicates.
SELECT listed.policy_id, listed.lines, kept.lines
FROM (
    SELECT policy_id, sum(added + duplicates) AS lines
    FROM listings
    WHERE (policy_id, crawl_id) IN (
        SELECT policy_id, arg_min(crawl_id, listed_at) FROM listings GROUP BY policy_id
    )
    GROUP BY policy_id
) AS listed
LEFT JOIN (
    SELECT captures.policy_id, sum(1 + captures.duplicates) AS lines
    FROM captures
    JOIN (
        SELECT listings.policy_id, max(listings.listed_at) AS until
        FROM listings
        WHERE (policy_id, crawl_id) IN (
            SELECT policy_id, arg_min(crawl_id, listed_at) FROM listings GROUP BY policy_id
        )
        GROUP BY listings.policy_id
    ) AS first_crawl
      ON first_crawl.policy_id = captures.policy_id
     AND captures.listed_at <= first_crawl.until
    GROUP BY captures.policy_id
) AS kept ON kept.policy_id = listed.policy_id
WHERE listed.lines <> coalesce(kept.lines, 0);

-- Every line that a listing counts as withdrawn is named, and is a line of the ledger.
SELECT crawl_id, policy_id, uri_r, withdrawn
FROM listings
LEFT JOIN (
    SELECT crawl_id, policy_id, uri_r, count(*) AS named
    FROM listing_changes
    SEMI JOIN captures USING (policy_id, urlkey, timestamp, original, digest, statuscode)
    WHERE change = 'withdrawn'
    GROUP BY ALL
) AS changes USING (crawl_id, policy_id, uri_r)
WHERE withdrawn <> coalesce(named, 0);

-- A failed or empty listing is called so: complete listings have lines, empty ones have none.
SELECT crawl_id, policy_id, uri_r, outcome, rows
FROM listings
WHERE (outcome = 'complete' AND rows = 0)
   OR (outcome = 'empty' AND rows > 0)
   OR (outcome = 'failed' AND reason = '')
   OR outcome NOT IN ('complete', 'empty', 'failed');

-- A settled capture says when it was settled, and why unless its body was fetched.
SELECT policy_id, timestamp, original, state
FROM captures
WHERE (state <> 'pending' AND settled_at IS NULL)
   OR (state NOT IN ('pending', 'fetched') AND reason = '');

-- Every fetched capture has its memento.
SELECT policy_id, timestamp, original, digest
FROM captures
ANTI JOIN mementos
  ON mementos.policy_id = captures.policy_id
 AND mementos.urlkey = captures.urlkey
 AND mementos.timestamp = captures.timestamp
 AND mementos.uri_r = captures.original
 AND mementos.digest = captures.digest
WHERE captures.state = 'fetched';

-- Every memento belongs to a fetched capture, and was served for the moment asked.
SELECT policy_id, timestamp, uri_r, digest
FROM mementos
ANTI JOIN captures
  ON captures.policy_id = mementos.policy_id
 AND captures.urlkey = mementos.urlkey
 AND captures.timestamp = mementos.timestamp
 AND captures.original = mementos.uri_r
 AND captures.digest = mementos.digest
 AND captures.state = 'fetched'
 AND strftime(mementos.memento_datetime, '%Y%m%d%H%M%S') = captures.timestamp;

-- Every unchanged capture has a fetched one with its digest at its address.
SELECT policy_id, timestamp, original, digest
FROM captures
ANTI JOIN captures AS kept
  ON kept.policy_id = captures.policy_id
 AND kept.urlkey = captures.urlkey
 AND kept.digest = captures.digest
 AND kept.state = 'fetched'
WHERE captures.state = 'unchanged';

-- Every kept body was read by the extractor in force (if not: policytrail extract).
SELECT body_sha256
FROM (SELECT body_sha256 FROM mementos UNION SELECT body_sha256 FROM documents) AS kept
ANTI JOIN extractions
  ON extractions.body_sha256 = kept.body_sha256
 AND extractions.extractor_id = (
     SELECT extractor_id
     FROM extractors
     WHERE adopted_at IS NOT NULL
     ORDER BY adopted_at DESC, extractor_id
     LIMIT 1
 );

-- Every text is the one that its id says, and every extraction's text is there.
SELECT text_id
FROM texts
WHERE sha256(text) <> text_id
UNION ALL
SELECT text_id
FROM extractions
WHERE text_id IS NOT NULL
  AND text_id NOT IN (SELECT text_id FROM texts);

-- The readings are what captures, bodies and extractions say (if not: policytrail extract).
SELECT policy_id, timestamp, uri_r, extractor_id, text_id
FROM ((SELECT * FROM readings_afresh EXCEPT ALL SELECT * FROM readings)
      UNION ALL
      (SELECT * FROM readings EXCEPT ALL SELECT * FROM readings_afresh));

-- Every observation says where it comes from.
SELECT policy_id, timestamp, uri_r
FROM observations
WHERE uri_m IS NULL
   OR digest IS NULL
   OR body_sha256 IS NULL
   OR extractor_id IS NULL
   OR crawl_id IS NULL;

-- A source shows no version while a better one covers the policy.
SELECT policy_id, language, observed_at, source
FROM observations
SEMI JOIN (
    SELECT policy_id,
           language,
           source_rank(source) AS rank,
           min(observed_at) AS first_seen,
           max(observed_at) AS last_seen
    FROM observations
    GROUP BY ALL
) AS better
  ON better.policy_id = observations.policy_id
 AND better.language = observations.language
 AND better.rank < source_rank(observations.source)
 AND observations.observed_at BETWEEN better.first_seen AND better.last_seen
WHERE version IS NOT NULL;

-- Versions follow one another without overlap, and each differs from the one before.
SELECT policy_id, language, version, first_seen, last_seen, not_before
FROM versions
WHERE first_seen > last_seen
   OR (version > 1 AND (not_before IS NULL OR not_before > first_seen))
   OR (version = 1 AND not_before IS NOT NULL);

-- Every change is an interval that says what differs.
SELECT policy_id, language, version
FROM changes
WHERE not_before > not_after
   OR words_added IS NULL
   OR significance NOT IN ('minor', 'substantive');
