-- 5. Who ever said "we do not sell" or rent, and when was it added, reworded, dropped?
--
-- One row for each event of a policy in a language, in their order. `event` is `from the start`
-- (the first sighting says it), `added`, `reworded` (said before and after, in other sentences) or
-- `dropped`: each after `not_before` (the last sighting of the state before) and not after
-- `not_after`; `still said` (at the last sighting, which is `not_before`; nothing is known of
-- later); `never said` (until the last sighting), or `not observed` (no text of it is known).
-- `terms` are what is denied (`no sale`, `no rental`, `no trade`, `no lease`: the terms of the
-- dictionary `sale` with the kind `denied`), `wording` the sentences that deny it; where it was
-- dropped, those that went. `uri_m` is the first capture with the new state.
--
-- Misread: a denial is not always whole: "we do not sell, except" is found like any other. Words
-- and their order count for a rewording, not case or punctuation; a sentence that only took up
-- another clause is reworded. All that happened between two sightings is one event.
-- Parameters:
--   term: one of the terms, such as `no sale`; all of them where it is not given
--   policy: one policy; all where it is not given
--   language: one language; each by itself where it is not given
-- Plot: interval x=not_before..not_after y=policy_id+language by=event
WITH denials AS (
    SELECT terms.term,
           ' ' || terms.phrase || ' ' AS phrase
    FROM terms
    WHERE terms.dictionary = 'sale'
      AND terms.kind = 'denied'
      AND (getvariable('term') IS NULL OR terms.term = known_term(getvariable('term')))
),
exceptions AS (
    SELECT coalesce(list(' ' || phrase || ' ' ORDER BY length(phrase) DESC, phrase), []) AS phrases
    FROM term_exceptions
    WHERE dictionary = 'sale'
),
named AS (
    SELECT term_mentions.text_id,
           string_agg(term_mentions.term, ', ' ORDER BY term_mentions.term) AS terms
    FROM term_mentions
    WHERE term_mentions.dictionary = 'sale'
      AND term_mentions.term IN (SELECT denials.term FROM denials)
    GROUP BY term_mentions.text_id
),
spoken AS (
    SELECT sentences.text_id,
           sentences.sentence,
           sentences.sentence_id,
           sentences.text
    FROM sentences
    JOIN named ON named.text_id = sentences.text_id
),
folded AS MATERIALIZED (
    SELECT sentence_id,
           list_reduce(
               list_prepend(fold_words(min(spoken.text)), any_value(exceptions.phrases)),
               lambda words, phrase: replace(words, phrase, '  ')
           ) AS words
    FROM spoken
    CROSS JOIN exceptions
    GROUP BY sentence_id
),
denying AS (
    SELECT DISTINCT folded.sentence_id
    FROM folded
    JOIN denials ON contains(folded.words, denials.phrase)
),
worded AS (
    SELECT spoken.text_id,
           string_agg(spoken.text, ' … ' ORDER BY spoken.sentence) AS wording,
           list_sort(list(DISTINCT spoken.sentence_id)) AS sentence_ids
    FROM spoken
    JOIN denying ON denying.sentence_id = spoken.sentence_id
    GROUP BY spoken.text_id
),
steps AS (
    SELECT versions.policy_id,
           language,
           version,
           first_seen,
           last_seen,
           not_before,
           uri_m,
           named.terms,
           worded.wording,
           worded.sentence_ids,
           named.text_id IS NOT NULL AS said,
           lag(named.text_id IS NOT NULL) OVER timeline AS said_before,
           lag(worded.sentence_ids) OVER timeline AS sentence_ids_before,
           lag(named.terms) OVER timeline AS terms_before,
           lag(worded.wording) OVER timeline AS wording_before,
           bool_or(named.text_id IS NOT NULL) OVER everything AS ever_said,
           version = max(version) OVER everything AS latest
    FROM versions
    LEFT JOIN named ON named.text_id = versions.text_id
    LEFT JOIN worded ON worded.text_id = versions.text_id
    WHERE (getvariable('policy') IS NULL OR versions.policy_id = getvariable('policy'))
      AND (getvariable('language') IS NULL OR language = getvariable('language'))
    WINDOW timeline AS (PARTITION BY versions.policy_id, language ORDER BY version),
           everything AS (PARTITION BY versions.policy_id, language)
),
turns AS (
    SELECT *,
           CASE
               WHEN said AND said_before IS NULL THEN 'from the start'
               WHEN said AND NOT said_before THEN 'added'
               WHEN said AND sentence_ids IS DISTINCT FROM sentence_ids_before THEN 'reworded'
               WHEN said_before AND NOT said THEN 'dropped'
           END AS event
    FROM steps
),
events AS (
    SELECT turns.policy_id,
           language,
           version,
           1 AS rank,
           event,
           not_before,
           first_seen AS not_after,
           if(said, terms, terms_before) AS terms,
           if(said, wording, wording_before) AS wording,
           uri_m
    FROM turns
    WHERE event IS NOT NULL
    UNION ALL
    SELECT turns.policy_id,
           language,
           version,
           2,
           if(said, 'still said', 'never said'),
           last_seen,
           NULL,
           terms,
           wording,
           if(said, uri_m, NULL)
    FROM turns
    WHERE latest
      AND (said OR NOT ever_said)
)
SELECT policies.policy_id,
       events.language,
       coalesce(events.event, 'not observed') AS event,
       events.not_before::DATE AS not_before,
       events.not_after::DATE AS not_after,
       round(epoch(events.not_after - events.not_before) / 86400, 1) AS width_days,
       events.version,
       events.terms,
       events.wording,
       events.uri_m
FROM policies
LEFT JOIN events ON events.policy_id = policies.policy_id
WHERE getvariable('policy') IS NULL
   OR policies.policy_id = getvariable('policy')
ORDER BY policies.policy_id, events.language, events.version, events.rank;
