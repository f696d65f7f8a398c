-- Each kept memento, followed by the captures whose body it is too (`unchanged`): a memento's own
-- row has `is_revisit` false, and the line of the index that it was listed with, where there is
-- one. A capture that stands under two policies is here once. A memento's rows follow each other.
WITH answers AS (
    SELECT mementos.policy_id,
           mementos.urlkey,
           mementos.timestamp AS kept_at,
           mementos.uri_r AS kept_uri_r,
           mementos.digest,
           mementos.uri_m,
           mementos.statuscode AS kept_statuscode,
           mementos.body_sha256,
           mementos.warc_file,
           mementos.warc_offset,
           mementos.archive_source,
           mementos.fetched_at,
           mementos.crawl_id
    FROM mementos
    WHERE mementos.source IN ('archive', 'warc')
),
lines AS (
    SELECT answers.*,
           false AS is_revisit,
           answers.kept_at AS timestamp,
           answers.kept_uri_r AS original,
           captures.mimetype,
           captures.statuscode,
           captures.length
    FROM answers
    LEFT JOIN captures
      ON captures.policy_id = answers.policy_id
     AND captures.urlkey = answers.urlkey
     AND captures.timestamp = answers.kept_at
     AND captures.original = answers.kept_uri_r
     AND captures.digest = answers.digest
     AND captures.state = 'fetched'
    UNION ALL
    SELECT answers.*,
           true AS is_revisit,
           captures.timestamp,
           captures.original,
           captures.mimetype,
           captures.statuscode,
           captures.length
    FROM captures
    JOIN answers
      ON answers.policy_id = captures.policy_id
     AND answers.urlkey = captures.urlkey
     AND answers.digest = captures.digest
    WHERE captures.state = 'unchanged'
    QUALIFY row_number() OVER (
        PARTITION BY captures.policy_id,
                     captures.urlkey,
                     captures.timestamp,
                     captures.original,
                     captures.digest,
                     captures.statuscode
        ORDER BY answers.kept_at, answers.kept_uri_r
    ) = 1
)
SELECT urlkey,
       digest,
       kept_at,
       kept_uri_r,
       is_revisit,
       timestamp,
       original,
       mimetype,
       statuscode,
       length,
       uri_m,
       kept_statuscode,
       body_sha256,
       warc_file,
       warc_offset,
       archive_source,
       fetched_at,
       crawl_id
FROM lines
QUALIFY row_number() OVER (
    PARTITION BY urlkey,
                 digest,
                 kept_at,
                 kept_uri_r,
                 is_revisit,
                 timestamp,
                 original,
                 if(is_revisit, statuscode, '')
    ORDER BY lines.policy_id
) = 1
ORDER BY urlkey,
         kept_at,
         kept_uri_r,
         digest,
         is_revisit,
         timestamp,
         original,
         statuscode
