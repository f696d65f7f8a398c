-- The parts of a text: sections, sentences, and how hard they are to read.
-- chr(57344) and chr(57345) stand, for a while, where a full stop ends nothing and where a
-- heading begins: characters for private use, that no page means anything by.

-- The words of a text as sentences are compared by: lower case, one space between them, and
-- nothing else but letters, digits and what stands for money. Composing letters takes long, so
-- only where there is something to compose.
CREATE OR REPLACE MACRO bare_words(words) AS
    trim(regexp_replace(
        regexp_replace(
            lower(if(
                regexp_matches(words, '[\p{M}\x{1100}-\x{11ff}]'),
                nfc_normalize(words),
                words
            )),
            '\p{Cf}',
            '',
            'g'
        ),
        '[^\p{L}\p{M}\p{N}\p{Sc}%]+',
        ' ',
        'g'
    ));

-- How many words a text without dress has; each Han or Kana character counts as one.
CREATE OR REPLACE MACRO count_words(words) AS
    len(regexp_extract_all(
        regexp_replace(words, '([\x{3040}-\x{30ff}\x{3400}-\x{9fff}])', ' \1 ', 'g'),
        '[\p{L}\p{M}\p{N}\p{Sc}%]+'
    ));

-- A Markdown text with a mark before each heading: a line of one to six `#`, or a short line that
-- is bold from end to end and no sentence, which is how many pages dress theirs.
CREATE OR REPLACE MACRO mark_headings(body) AS
    regexp_replace(
        body,
        '(?m)^[ \t]*(#{1,6}[ \t]+[^ \t\n].*|\*\*[^*\n]{1,120}[^*\n.,;!]\*\*[ \t]*)$',
        chr(57345) || '\1',
        'g'
    );

-- Links and pictures read as their words.
CREATE OR REPLACE MACRO unlink(body) AS
    regexp_replace(
        body,
        '!?\[((?:[^\[\]\\\n]|\\.)*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:[ \t]+"[^"\n]*")?\)',
        '\1',
        'g'
    );

-- A line's bullets, quotation mark and number of a list away, in that order of doubt: `1.2` alone
-- only before a capital, for 1.5 million may begin a line as well.
CREATE OR REPLACE MACRO unnumber(body) AS
    regexp_replace(
        regexp_replace(
            body,
            '(?m)^(\x{E001}?)[ \t]*(?:(?:#{1,6}|[-+>•·–—§]|\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}'
            || '|[a-z]|[ivx]{2,5})[.)])[ \t]+)+',
            '\1',
            'g'
        ),
        '(?m)^(\x{E001}?)\d{1,2}(?:\.\d{1,2}){1,3}[ \t]+(\p{Lu})',
        '\1\2',
        'g'
    );

-- A Markdown text without its dress: links, emphasis, bullets and numbers of lists, walls of
-- tables, backslashes. A picture may stand inside a link, hence twice.
CREATE OR REPLACE MACRO undress(body) AS
    regexp_replace(
        unnumber(replace(
            regexp_replace(
                unlink(unlink(body)),
                '(^|[^\\])(?:\*+|`+|~~|</?[a-z]{1,6}>)',
                '\1',
                'g'
            ),
            '|',
            ' '
        )),
        '\\([[:punct:]])',
        '\1',
        'g'
    );

-- A text whose full stops end sentences only: those of abbreviations, single letters and days of
-- a month (German) became a mark. An abbreviation never ends a sentence, even where it does.
CREATE OR REPLACE MACRO mark_abbreviations(body) AS
    regexp_replace(
        regexp_replace(
            regexp_replace(
                body,
                '\b(Inc|INC|Ltd|LTD|Corp|CORP|Co|LLC|PLC|Plc|Pty|Bros|No|NO|Nos|[Aa]rts?|[Ss]ec'
                || '|[Pp]ara|[Rr]eg|[Vv]ol|pp?|[Ff]ig|[Dd]ept|[Aa]pprox|est|incl|excl|[Rr]esp|vs'
                || '|cf|al|Mr|Mrs|Ms|Dr|Prof|St|Ave|Blvd|Rd|Jr|Sr|[Bb]zw|usw|[Aa]bs|[Gg]gf|[Ii]nkl'
                || '|[Bb]spw|[Vv]gl|[Zz]zgl|[Ee]vtl|[Gg]em|lit|[Zz]iff|[Ss]tr|[Tt]el|[Tt]él|Nr'
                || '|[Ss]oc|Mme|Mlle|env|ex|réf|[Nn]úm|Av|Apdo|Sra?|Uds?|Jan|Feb|Mar|Apr|Jun|Jul'
                || '|Aug|Sept?|Oct|Nov|Dec|Cal|Civ|Stat|Rev|Exh)\.',
                '\1' || chr(57344),
                'g'
            ),
            '(^|[^\p{L}\p{M}\p{N}''’])((?:\p{L}\.)*\p{L})\.',
            '\1\2' || chr(57344),
            'g'
        ),
        '\b(\d{1,2})\.( (?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober'
        || '|November|Dezember))',
        '\1' || chr(57344) || '\2',
        'g'
    );

-- A Markdown text with one sentence a line: lines stay lines, and are cut after `.`, `!`, `?` or
-- `…` where a space follows and then a capital, a digit or a quotation mark, and after the wide
-- forms of these wherever they stand. A number of a list is no sentence. A heading has its mark
-- before it.
CREATE OR REPLACE MACRO lay_sentences(body) AS
    replace(
        regexp_replace(
            regexp_replace(
                regexp_replace(
                    mark_abbreviations(undress(mark_headings(body))),
                    '([.!?…।؟]["”’»)\]]*)[ \t\x{A0}]+'
                    || '([(\[¿¡]*[\p{Lu}\p{Lt}\p{Lo}\p{N}"''“”„‘«»])',
                    '\1' || chr(10) || '\2',
                    'g'
                ),
                '([。！？][」』）”"]*)',
                '\1' || chr(10),
                'g'
            ),
            '(?m)^\(?\d{1,3}[.)]\n',
            '',
            'g'
        ),
        chr(57344),
        '.'
    );

-- Texts (NULL: all) cut at their headings. Section 0 is what stands before the first one; a
-- heading that is only bold has level 7. `heading_id` is one for a heading in any dress, under
-- any number.
CREATE OR REPLACE MACRO sections_of(text_ids) AS TABLE
WITH cut AS (
    SELECT text_id,
           string_split(mark_headings(text), chr(57345)) AS parts
    FROM texts
    WHERE text_ids IS NULL
       OR texts.text_id IN (SELECT unnest(text_ids))
),
parts AS (
    SELECT text_id,
           unnest(range(len(parts))) AS section,
           unnest(parts) AS part
    FROM cut
),
named AS (
    SELECT text_id,
           section,
           if(section = 0, '', regexp_extract(part, '^[^\n]*')) AS line,
           trim(
               if(section = 0, part, regexp_replace(part, '^[^\n]*', '')),
               ' ' || chr(10)
           ) AS body
    FROM parts
)
SELECT text_id,
       section,
       CASE
           WHEN section = 0 THEN 0
           WHEN starts_with(line, '#') THEN length(regexp_extract(line, '^#+'))
           ELSE 7
       END AS level,
       if(section = 0, NULL, trim(undress(line))) AS heading,
       if(section = 0, NULL, sha256(bare_words(undress(line)))) AS heading_id,
       count_words(undress(body)) AS words,
       body AS text
FROM named
WHERE section > 0
   OR body <> '';

-- The sentences of texts (NULL: of all), numbered from 1. Headings, items of lists and rows of
-- tables are sentences of their own. `sentence_id` is one wherever the same words stand in the
-- same order.
CREATE OR REPLACE MACRO sentences_of(text_ids) AS TABLE
WITH cut AS (
    SELECT text_id,
           string_split(lay_sentences(text), chr(10)) AS parts
    FROM texts
    WHERE text_ids IS NULL
       OR texts.text_id IN (SELECT unnest(text_ids))
),
parts AS (
    SELECT text_id,
           unnest(range(len(parts))) AS place,
           unnest(parts) AS part
    FROM cut
),
placed AS (
    SELECT text_id,
           place,
           count(*) FILTER (starts_with(part, chr(57345))) OVER (
               PARTITION BY text_id
               ORDER BY place
               ROWS UNBOUNDED PRECEDING
           ) AS section,
           trim(regexp_replace(ltrim(part, chr(57345)), '[ \t]+', ' ', 'g')) AS text,
           bare_words(part) AS bare
    FROM parts
)
SELECT text_id,
       row_number() OVER (PARTITION BY text_id ORDER BY place) AS sentence,
       section,
       sha256(bare) AS sentence_id,
       text
FROM placed
WHERE bare <> '';

-- The syllables of an English word in lower case, as groups of vowels (a, e, i, o, u, y): rule 1
-- of docs/data.md. Endings come first: `a` stands for an e that sounds, a silent one goes.
CREATE OR REPLACE MACRO syllables(word) AS
    greatest(1, len(regexp_extract_all(
        regexp_replace(
            regexp_replace(
                regexp_replace(
                    regexp_replace(word, '([^aeiouylr]l)e[sd]?$', '\1a'),
                    '([sxzcg]|[cs]h)es$',
                    '\1a'
                ),
                '([td])ed$',
                '\1a'
            ),
            '([^aeiouy])e[sd]?$',
            '\1'
        ),
        '[aeiouy]+'
    )));

-- How hard English texts (NULL: all) are to read: the grade of Flesch and Kincaid, and SMOG, both
-- in years of school. Words are runs of letters; a sentence has one at least. NULL where there is
-- none.
CREATE OR REPLACE MACRO readability_of(text_ids) AS TABLE
WITH laid AS (
    SELECT text_id,
           replace(replace(lower(lay_sentences(text)), '''', ''), '’', '') AS lines
    FROM texts
    WHERE text_ids IS NULL
       OR texts.text_id IN (SELECT unnest(text_ids))
),
told AS (
    SELECT text_id,
           len(list_filter(
               string_split(lines, chr(10)),
               lambda line: regexp_matches(line, '\p{Latin}')
           )) AS sentences,
           regexp_extract_all(lines, '[\p{Latin}\p{M}]+') AS words
    FROM laid
),
counts AS (
    SELECT text_id,
           sentences,
           word,
           count(word) AS count
    FROM (
        SELECT text_id,
               sentences,
               unnest(if(len(words) = 0, [NULL], words)) AS word
        FROM told
    )
    GROUP BY text_id, sentences, word
),
sums AS (
    SELECT text_id,
           sum(count)::BIGINT AS words,
           sentences,
           coalesce(sum(count * syllables(strip_accents(word))), 0)::BIGINT AS syllables,
           coalesce(sum(count) FILTER (syllables(strip_accents(word)) >= 3), 0)::BIGINT
               AS polysyllables
    FROM counts
    GROUP BY text_id, sentences
)
SELECT text_id,
       words,
       sentences,
       syllables,
       polysyllables,
       0.39 * words / nullif(sentences, 0) + 11.8 * syllables / nullif(words, 0) - 15.59
           AS fk_grade,
       1.043 * sqrt(30.0 * polysyllables / nullif(sentences, 0)) + 3.1291 AS smog
FROM sums;

-- The same three of all texts. A filter on text_id reaches the reading of the texts where it is
-- written out; ids that a query looks up go to the macros above, as a list.
CREATE OR REPLACE VIEW sections AS
SELECT * FROM sections_of(NULL::VARCHAR[]);

CREATE OR REPLACE VIEW sentences AS
SELECT * FROM sentences_of(NULL::VARCHAR[]);

CREATE OR REPLACE VIEW readability AS
SELECT * FROM readability_of(NULL::VARCHAR[]);

-- The version that `chosen` names, of each policy and language that has it: a number, or the one
-- that stood on a day (at its first moment). `certainty` is as in policy_at(): `between` gives
-- the version before the change, `unknown` (after the last sighting) the last one.
CREATE OR REPLACE MACRO versions_at(chosen) AS TABLE
WITH spans AS (
    SELECT *,
           lead(first_seen) OVER later AS next_seen,
           try_cast(chosen AS INTEGER) AS number,
           try_cast(
               CAST(chosen AS VARCHAR) || if(length(CAST(chosen AS VARCHAR)) = 4, '-01-01', '')
               AS TIMESTAMP
           ) AS moment
    FROM versions
    WINDOW later AS (PARTITION BY versions.policy_id, language ORDER BY version)
)
SELECT spans.policy_id,
       language,
       version,
       text_id,
       first_seen,
       last_seen,
       uri_m,
       CASE
           WHEN coalesce(number, 1000) < 1000 OR moment <= last_seen THEN 'observed'
           WHEN next_seen IS NOT NULL THEN 'between'
           ELSE 'unknown'
       END AS certainty
FROM spans
WHERE CASE
          WHEN coalesce(number, 1000) < 1000 THEN version = number
          WHEN moment IS NOT NULL THEN first_seen <= moment
          ELSE error(concat('a version is named by its number or a day, not ', chosen))
      END
QUALIFY row_number() OVER (PARTITION BY spans.policy_id, language ORDER BY version DESC) = 1;

-- Which blocks of a text have stayed where others moved: the heaviest ones that rise. `blocks` are
-- [[weight, place in the new text, name]], in the old text's order; the answer are their names.
-- Of two that weigh the same the one that stands later in the new text has stayed.
CREATE OR REPLACE MACRO heaviest_rise(blocks) AS
    list_max(list_reduce(
        CAST(blocks AS BIGINT[][][]),
        lambda chains, block: list_append(
            chains,
            list_max(list_transform(
                list_filter(chains, lambda chain: chain[2] < block[1][2]),
                lambda chain: list_concat(
                    [chain[1] + block[1][1], block[1][2]],
                    chain[3:],
                    block[1][3:]
                )
            ))
        ),
        [CAST([0, 0] AS BIGINT[])]
    ))[3:];
