-- 32. When was a quoted sentence first and last captured, in each policy?
--
-- One row for each policy and language that ever said it. The quote is found by its words in their
-- order: case, punctuation and Markdown dress do not count, and it may be a part of a sentence.
-- `whole` says that some capture has it as a sentence of its own. `first_seen` and `last_seen` are
-- the first and last capture that have it, with their addresses. It came after `not_before` (the
-- last capture before that lacks it; NULL where the first capture has it: it may be older) and went
-- after `last_seen`, not after `ended_before` (the next capture, without it; NULL where the last
-- capture has it: `stands`). `captures` of `observations` have it; `away` counts those between
-- first and last that lack it, so where it is not 0 the words went and came back. Policies that
-- share it stand in the order in which they were first seen with it.
--
-- Misread: seen first is not said first. A policy without a row was never seen with these very
-- words; a rewording is another quote. Only observed captures count, so gaps prove nothing.
-- Parameters:
--   sentence = 'We use cookies.': the quote; the better the longer
--   policy: one policy; all where it is not given
--   language: one language; all, each by itself, where it is not given
-- Plot: interval x=first_seen..ended_before y=policy_id+language
-- Example: sentence = 'We do not sell, rent or lend addresses.'
WITH asked AS (
    SELECT bare_words(coalesce(getvariable('sentence')::VARCHAR, 'We use cookies.')) AS quote
),
needle AS (
    SELECT quote,
           CASE
               WHEN quote = '' THEN error('sentence is a quote with a word in it')
               WHEN regexp_matches(quote, '[\x{3040}-\x{30ff}\x{3400}-\x{9fff}]') THEN quote
               ELSE ' ' || quote || ' '
           END AS words
    FROM asked
),
seen AS MATERIALIZED (
    SELECT observations.policy_id,
           observations.language,
           observations.observed_at,
           observations.text_id,
           observations.uri_m,
           row_number() OVER (
               PARTITION BY observations.policy_id, observations.language
               ORDER BY timestamp, uri_r, digest
           ) AS place
    FROM observations
    WHERE (getvariable('policy') IS NULL OR observations.policy_id = getvariable('policy'))
      AND (getvariable('language') IS NULL OR observations.language = getvariable('language'))
      AND version IS NOT NULL
),
hits AS MATERIALIZED (
    SELECT texts.text_id,
           list_contains(
               list_transform(
                   string_split(lay_sentences(texts.text), chr(10)),
                   lambda line: bare_words(line)
               ),
               needle.quote
           ) AS whole
    FROM texts
    SEMI JOIN seen ON seen.text_id = texts.text_id
    JOIN needle ON contains(' ' || bare_words(undress(texts.text)) || ' ', needle.words)
),
sightings AS (
    SELECT seen.policy_id,
           seen.language,
           seen.observed_at,
           seen.uri_m,
           seen.place,
           hits.text_id IS NOT NULL AS said,
           coalesce(hits.whole, false) AS whole
    FROM seen
    LEFT JOIN hits ON hits.text_id = seen.text_id
),
ends AS (
    SELECT sightings.policy_id,
           language,
           bool_or(whole) AS whole,
           min(place) FILTER (said) AS first_place,
           max(place) FILTER (said) AS last_place,
           count(*) FILTER (said) AS captures,
           count(*) AS observations
    FROM sightings
    GROUP BY ALL
)
SELECT ends.policy_id,
       ends.language,
       ends.whole,
       before.observed_at AS not_before,
       first.observed_at AS first_seen,
       last.observed_at AS last_seen,
       behind.observed_at AS ended_before,
       behind.observed_at IS NULL AS stands,
       ends.captures,
       ends.last_place - ends.first_place + 1 - ends.captures AS away,
       ends.observations,
       first.uri_m AS first_uri_m,
       last.uri_m AS last_uri_m
FROM ends
JOIN sightings AS first
  ON first.policy_id = ends.policy_id
 AND first.language = ends.language
 AND first.place = ends.first_place
JOIN sightings AS last
  ON last.policy_id = ends.policy_id
 AND last.language = ends.language
 AND last.place = ends.last_place
LEFT JOIN sightings AS before
  ON before.policy_id = ends.policy_id
 AND before.language = ends.language
 AND before.place = ends.first_place - 1
LEFT JOIN sightings AS behind
  ON behind.policy_id = ends.policy_id
 AND behind.language = ends.language
 AND behind.place = ends.last_place + 1
ORDER BY first_seen,
         ends.policy_id,
         ends.language;
