-- Since when and until when something was said, as intervals.

-- For each policy and language the longest runs of versions that match a pattern (a regular
-- expression, RE2), or that do not: A, B, A again are three spells. What a spell says began
-- after `not_before` (the spell before was last seen; NULL: it was there from the start of what
-- the archive has) and not after `first_seen`; it ended after `ended_after` (last seen) and not
-- after `ended_before` (the spell after first seen); both are NULL where the spell goes on to
-- the last sighting. `quote`, `text_id` and `uri_m` are those of the spell's first version;
-- `flip`: the spell is one version, and that came and went at once.
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
           hits.quote,
           max(version) OVER everything AS versions,
           max(last_seen) OVER everything AS seen_last,
           sum(observations) OVER timeline AS sighted,
           sum(observations) OVER everything AS sightings
    FROM versions
    LEFT JOIN hits ON hits.text_id = versions.text_id
    WINDOW timeline AS (PARTITION BY versions.policy_id, language ORDER BY version),
           everything AS (PARTITION BY versions.policy_id, language)
),
starts AS (
    SELECT *
    FROM marked
    QUALIFY present IS DISTINCT FROM lag(present) OVER (
        PARTITION BY marked.policy_id, language
        ORDER BY version
    )
)
SELECT starts.policy_id,
       language,
       row_number() OVER timeline AS spell,
       present,
       version AS first_version,
       coalesce(lead(version) OVER timeline - 1, versions) AS last_version,
       first_seen,
       coalesce(lead(not_before) OVER timeline, seen_last) AS last_seen,
       not_before,
       lead(not_before) OVER timeline AS ended_after,
       lead(first_seen) OVER timeline AS ended_before,
       quote,
       text_id,
       uri_m,
       CAST(
           coalesce(lead(sighted - observations) OVER timeline, sightings)
           - sighted + observations
           AS BIGINT
       ) AS observations,
       flip AND coalesce(lead(version) OVER timeline, versions + 1) = version + 1 AS flip
FROM starts
WINDOW timeline AS (PARTITION BY starts.policy_id, language ORDER BY version)
ORDER BY starts.policy_id, language, spell;

-- A text with a space for each character that is no part of a word, and one before and after:
-- what stands at a place of it stands one place earlier in the text.
CREATE OR REPLACE MACRO flat_words(body) AS
    ' ' || regexp_replace(lower(body), '[^\p{L}\p{N}\p{M}]', ' ', 'g') || ' ';

-- Phrases as a pattern that finds them over any run of such characters.
CREATE OR REPLACE MACRO phrase_pattern(phrases) AS
    '(?i)(^|[^\pL\pN\pM])('
    || array_to_string(
        list_transform(phrases, lambda phrase: replace(phrase, ' ', '[^\pL\pN\pM]+')),
        '|'
    )
    || ')($|[^\pL\pN\pM])';

-- Where the first of some phrases stands in a text, from 1, and the phrase; the longest of those
-- that begin there. NULL where none stands with single characters between its words.
CREATE OR REPLACE MACRO phrase_place(flat, phrases) AS
    list_min(list_filter(
        list_transform(
            phrases,
            lambda phrase: {
                'place': strpos(flat, ' ' || phrase || ' '),
                'shortness': -length(phrase),
                'phrase': phrase
            }
        ),
        lambda hit: hit.place > 0
    ));

-- Those of some phrases that folded words hold.
CREATE OR REPLACE MACRO phrases_in(folded, phrases) AS
    list_filter(phrases, lambda phrase: contains(folded, ' ' || phrase || ' '));

-- A term as it is called in the dictionaries; another word is refused, rather than never found.
CREATE OR REPLACE MACRO known_term(name) AS
    CASE
        WHEN name IN (SELECT terms.term FROM terms) THEN name
        ELSE error(concat(
            'no dictionary has the term ', name, ': SELECT DISTINCT dictionary, term FROM terms'
        ))
    END;

-- The same spells for every term of the dictionaries (terms.sql), found by whole words: for each
-- term a row at least for each policy and language, also where it was never said.
CREATE OR REPLACE VIEW term_spells AS
WITH named AS (
    SELECT dictionary,
           term,
           list(phrase ORDER BY phrase) AS phrases
    FROM terms
    GROUP BY dictionary, term
),
marked AS (
    SELECT versions.*,
           named.dictionary,
           named.term,
           named.phrases,
           term_mentions.text_id IS NOT NULL AS present,
           max(version) OVER everything AS versions,
           max(last_seen) OVER everything AS seen_last,
           sum(observations) OVER timeline AS sighted,
           sum(observations) OVER everything AS sightings
    FROM versions
    CROSS JOIN named
    LEFT JOIN term_mentions
      ON term_mentions.text_id = versions.text_id
     AND term_mentions.dictionary = named.dictionary
     AND term_mentions.term = named.term
    WINDOW timeline AS (
               PARTITION BY named.dictionary, named.term, versions.policy_id, language
               ORDER BY version
           ),
           everything AS (
               PARTITION BY named.dictionary, named.term, versions.policy_id, language
           )
),
starts AS (
    SELECT *
    FROM marked
    QUALIFY present IS DISTINCT FROM lag(present) OVER (
        PARTITION BY dictionary, term, marked.policy_id, language
        ORDER BY version
    )
),
spelled AS (
    SELECT starts.*,
           row_number() OVER turns AS spell,
           coalesce(lead(version) OVER turns - 1, versions) AS last_version,
           coalesce(lead(starts.not_before) OVER turns, seen_last) AS spell_last_seen,
           lead(starts.not_before) OVER turns AS ended_after,
           lead(first_seen) OVER turns AS ended_before,
           coalesce(lead(sighted - observations) OVER turns, sightings) AS sighted_to
    FROM starts
    WINDOW turns AS (
        PARTITION BY dictionary, term, starts.policy_id, language
        ORDER BY version
    )
),
-- One step after the other, so that only the texts of spells are taken apart, each once.
said AS (
    SELECT spelled.*,
           nfc_normalize(texts.text) AS body
    FROM spelled
    LEFT JOIN texts
      ON texts.text_id = spelled.text_id
     AND spelled.present
),
flat AS (
    SELECT *,
           flat_words(body) AS words_only
    FROM said
),
placed AS (
    SELECT *,
           phrase_place(words_only, phrases) AS hit
    FROM flat
),
-- A pattern of all phrases takes seconds to compile, and would be compiled for each row.
sought AS (
    SELECT *,
           if(
               present AND hit IS NULL,
               phrase_pattern(phrases_in(fold_words(body), phrases)),
               NULL
           ) AS pattern
    FROM placed
)
SELECT dictionary,
       term,
       sought.policy_id,
       language,
       spell,
       present,
       version AS first_version,
       last_version,
       first_seen,
       spell_last_seen AS last_seen,
       not_before,
       ended_after,
       ended_before,
       CASE
           WHEN hit IS NOT NULL THEN
               quote_at(body, hit.place, substr(body, hit.place, length(hit.phrase)))
           WHEN present THEN quote_of(body, pattern)
       END AS quote,
       text_id,
       uri_m,
       CAST(sighted_to - sighted + observations AS BIGINT) AS observations,
       flip AND last_version = version AS flip
FROM sought;
