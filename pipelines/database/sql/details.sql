-- What texts say in too many ways for a dictionary: addresses, periods, ages, names of companies.
-- Patterns are constant, so that each is compiled once.

-- A text cut where a sentence may end: a mark with white space behind it, or the end of a line.
-- An abbreviation cuts too; what is looked for here stands in shorter spans than that.
CREATE OR REPLACE MACRO spans_of(body) AS
    string_split_regex(body, '[.!?]+\s+|\n+');

-- Up to 200 characters of a span, on one line.
CREATE OR REPLACE MACRO brief(span) AS
    left(trim(regexp_replace(span, '\s+', ' ', 'g')), 200);

-- Numbers as they are written out.
CREATE OR REPLACE MACRO number_of(word) AS
    coalesce(
        try_cast(word AS INTEGER),
        MAP {
            'one': 1, 'two': 2, 'three': 3, 'four': 4, 'five': 5, 'six': 6, 'seven': 7, 'eight': 8,
            'nine': 9, 'ten': 10, 'eleven': 11, 'twelve': 12, 'thirteen': 13, 'fourteen': 14,
            'fifteen': 15, 'sixteen': 16, 'eighteen': 18, 'twenty-four': 24, 'thirty': 30,
            'thirty-six': 36, 'sixty': 60, 'ninety': 90,
            'ein': 1, 'eine': 1, 'einem': 1, 'einen': 1, 'eines': 1, 'zwei': 2, 'drei': 3,
            'vier': 4, 'fünf': 5, 'sechs': 6, 'sieben': 7, 'zehn': 10, 'zwölf': 12, 'dreizehn': 13,
            'sechzehn': 16, 'achtzehn': 18,
            'un': 1, 'une': 1, 'deux': 2, 'trois': 3, 'quatre': 4, 'cinq': 5, 'sept': 7, 'dix': 10,
            'douze': 12, 'treize': 13, 'quinze': 15, 'seize': 16, 'trente': 30,
            'uno': 1, 'una': 1, 'dos': 2, 'tres': 3, 'cinco': 5, 'seis': 6, 'diez': 10, 'doce': 12,
            'um': 1, 'uma': 1, 'dois': 2, 'doze': 12, 'due': 2, 'tre': 3, 'cinque': 5, 'sei': 6,
            'dieci': 10, 'dodici': 12, 'een': 1, 'twee': 2, 'drie': 3, 'vijf': 5, 'zes': 6,
            'tien': 10, 'twaalf': 12, 'zestien': 16
        }[replace(lower(word), ' ', '-')]
    );

-- The alternatives of a pattern that number_of() reads, the longer ones first.
CREATE OR REPLACE MACRO number_pattern() AS
    '\d{1,4}|twenty[- ]four|thirty[- ]six|thirteen|fourteen|fifteen|sixteen|eighteen|one|two|three'
    || '|four|five|six|seven|eight|nine|ten|eleven|twelve|thirty|sixty|ninety|eine[mns]|eine|ein'
    || '|zwei|dreizehn|drei|vier|fünf|sechzehn|sechs|sieben|zehn|zwölf|achtzehn|une|un|deux|trois'
    || '|quatre|cinq|sept|dix|douze|treize|quinze|seize|trente|uno|una|dos|tres|cinco|seis|diez'
    || '|doce|uma|um|dois|doze|due|tre|cinque|sei|dieci|dodici|een|twee|drie|vijf|zestien|zes|tien'
    || '|twaalf';

-- A span of time, with what tells an age or the past from a period to come.
CREATE OR REPLACE MACRO period_pattern() AS
    '(?i)((?:past|last|preceding|previous|prior|under|below|moins de|unter|menores de)\s+)?'
    || '\b(' || number_pattern() || ')(?:\s*\(\w+\))?[)*]*[\s-]+'
    || '(?:calendar\s+|business\s+|working\s+|full\s+|consecutive\s+)?'
    || '(hours?|days?|weeks?|months?|years?|Stunden?|Tagen?|Tag|Wochen?|Monate?n?|Jahre?n?|heures?'
    || '|jours?|semaines?|mois|ans?|années?|horas?|días?|dias?|semanas?|meses|mês|mes|años?|anos?'
    || '|ore|giorn[io]|settiman[ae]|mes[ei]|ann[io]|uur|dagen|dag|weken|week|maand(?:en)?'
    || '|jaar|jaren)(?:[^\p{L}\p{N}]|$)'
    || '((?:of\s+age|old|alt|d.âge|de\s+edad|de\s+idade)\b)?';

-- For how long something is kept: a period in one sentence with a word of keeping or deleting.
-- `period` as written, `amount` and `unit` (hour, day, week, month, year) as read, `days` to
-- compare by (a month is 30, a year 365), `verb` the word, `quote` the sentence.
CREATE OR REPLACE VIEW retention_periods AS
WITH spans AS (
    SELECT text_id,
           unnest(spans_of(text)) AS span
    FROM texts
),
kept AS (
    SELECT text_id,
           span,
           regexp_extract(
               span,
               '(?i)\b(keep|keeps|kept|keeping|retain\w*|retention|stores?|stored|storing|storage'
               '|held|hold|maintain|maintained|preserved?|archived?|delet\w+|eras\w+|purged?'
               '|destroy\w*|anonymi[sz]\w+|removed?|saved|aufbewahr\w*|speicher\w*|gespeichert'
               '|gelöscht|löschen|löschung|conserv\p{L}+|supprim\p{L}+|effac\p{L}+|stock[ée]\p{L}*'
               '|archiv\p{L}+|almacen\p{L}+|elimin\p{L}+|armazen\p{L}+|guardamos'
               '|cancelliamo|cancellat[aeio]'
               '|manten\p{L}+|bewaar\p{L}*|bewaren|opgeslagen|verwijder\p{L}*)',
               1
           ) AS verb
    FROM spans
    WHERE regexp_matches(span, period_pattern())
      AND NOT regexp_matches(span, '(?i)\bkeep(?:ing)? (?:in mind|in touch)\b')
),
found AS (
    SELECT text_id,
           span,
           verb,
           unnest(regexp_extract_all(span, period_pattern())) AS period
    FROM kept
    WHERE verb <> ''
),
parts AS (
    SELECT text_id,
           span,
           verb,
           regexp_extract(
               period, period_pattern(), ['before', 'amount', 'unit', 'behind']
           ) AS part
    FROM found
),
read AS (
    SELECT text_id,
           part.amount || ' ' || part.unit AS period,
           CASE
               WHEN regexp_matches(part.unit, '(?i)^(h|stund|ore|uur)') THEN 'hour'
               WHEN regexp_matches(part.unit, '(?i)^(day|tag|jour|d[ií]a|giorn|dag)') THEN 'day'
               WHEN regexp_matches(part.unit, '(?i)^(w|sem|sett)') THEN 'week'
               WHEN regexp_matches(part.unit, '(?i)^(m)') THEN 'month'
               ELSE 'year'
           END AS unit,
           number_of(part.amount) AS amount,
           lower(verb) AS verb,
           brief(span) AS quote
    FROM parts
    WHERE part.before = ''
      AND part.behind = ''
)
SELECT DISTINCT text_id,
       period,
       unit,
       amount,
       amount * CASE unit
           WHEN 'hour' THEN 1 / 24
           WHEN 'day' THEN 1
           WHEN 'week' THEN 7
           WHEN 'month' THEN 30
           ELSE 365
       END AS days,
       verb,
       quote
FROM read
WHERE amount > 0;

-- An age, with what stands before it ("under", "at least") or behind it ("years old").
CREATE OR REPLACE MACRO age_pattern() AS
    '(?i)\b(?:(?:under|below|younger than|less than|over|above|older than|at least|minimum age is'
    || '|age of|aged|ages|age|attained|reached|unter|über|mindestens|moins de|plus de|au moins'
    || '|menor(?:es)? de|mayor(?:es)? de|maior(?:es)? de|minori di|inferiore ai?|superiore ai?'
    || '|jonger dan|ouder dan|onder de|minstens)\s+(?:the age of\s+|age of\s+|age\s+|of\s+)?'
    || '(1[0-9]|2[01]|thirteen|fourteen|fifteen|sixteen|eighteen)\b'
    || '|(1[0-9]|2[01]|thirteen|fourteen|fifteen|sixteen|eighteen)[\s)(\d]*'
    || '(?:years?\s+of\s+age|years?\s+old|years?\s+or\s+older|years?\s+and\s+older|or\s+older'
    || '|or\s+over|and\s+older|and\s+over|ans\b|Jahren?\b|años\b|anos\b|anni\b|jaar\b))'
    || '(\s*(?:%|percent\b|days?\b|weeks?\b|months?\b|mois\b|hours?\b|minutes?\b|U\.?\s?S\.?\s?C'
    || '|C\.?F\.?R|kb\b|mb\b|items\b|employees\b|users\b))?';

-- The ages that a text sets for its readers: a number from 10 to 21 with a word of age before or
-- behind it, in a sentence that speaks of children, minors, parents or age.
CREATE OR REPLACE VIEW child_ages AS
WITH spans AS (
    SELECT text_id,
           unnest(spans_of(text)) AS span
    FROM texts
),
found AS (
    SELECT text_id,
           span,
           unnest(regexp_extract_all(span, age_pattern())) AS age
    FROM spans
    WHERE regexp_matches(
        span,
        '(?i)\b(child|children|childrens|kids?|minors?|teen\w*|parents?|parental|guardians?|ages?'
        '|aged|old|older|younger|adults?|enfants?|mineure?s?|parentale?|majeure?s?|âgée?s?'
        '|Kinder\w*'
        '|minderjährig\w*|Jugendliche\w*|Eltern|Alter|niñ[oa]s?|menor(?:es)?|edad|padres'
        '|crianças?|idade|bambini|minori|genitori|kinderen|minderjarig\w*|leeftijd|ouders)\b'
    )
),
parts AS (
    SELECT text_id,
           span,
           regexp_extract(age, age_pattern(), ['before', 'behind', 'other']) AS part
    FROM found
)
SELECT DISTINCT text_id,
       number_of(if(part.before = '', part.behind, part.before)) AS age,
       brief(span) AS quote
FROM parts
WHERE part.other = '';

-- The addresses that a text names. E-mail: in lower case, also where @ is written (at). Post, a
-- guess from how addresses are written: a house number or box up to a state and ZIP of the USA, the
-- line up to a British postcode, a French, German or Dutch street and town. Others are missed.
CREATE OR REPLACE VIEW contacts AS
WITH mail AS (
    SELECT text_id,
           unnest(regexp_extract_all(
               replace(text, '\', ''),
               '(?i)[\w.+-]+\s?(?:@|[\[(]at[\])])\s?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}'
           )) AS contact
    FROM texts
),
flat AS (
    SELECT text_id,
           regexp_replace(text, '[\s|*_`\\]*\n[\s|*_`\\]*', ', ', 'g') AS line
    FROM texts
),
post AS (
    SELECT text_id,
           unnest(list_concat(
               regexp_extract_all(
                   line,
                   '(?:\b\d{1,5}[A-Z]?|P\.?\s?O\.?\s?Box\s+\d+),?\s+[^@;:]{3,90}?,?\s+'
                   '(?:A[KLRZ]|Alabama|C[AOT]|California|Colorado|D[CE]|FL|Florida|GA|Georgia|HI'
                   '|I[ADLN]|Illinois|K[SY]|LA|M[ADEINOST]|Massachusetts|N[CDEHJMVY]|New York'
                   '|O[HKR]|PA|Pennsylvania|RI|S[CD]|T[NX]|Texas|UT|V[AT]|W[AIVY]|Washington)'
                   '[,.]?\s+\d{5}(?:-\d{4})?\b'
               ),
               regexp_extract_all(
                   line,
                   '\b\d{1,4}[A-Za-z]?,?\s+[\p{Lu}][^@;:]{3,90}?[\s,]'
                   '[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b'
               ),
               regexp_extract_all(
                   line,
                   '(?i)\b\d{1,4}(?:\s?bis|\s?ter)?,?\s(?:rue|avenue|boulevard|bd|place|quai|cours'
                   '|allée|impasse|chemin|route)\s[^@;:]{3,60}?[\s,-]+\d{5}\s\p{L}+(?:-\p{L}+)*'
               ),
               regexp_extract_all(
                   line,
                   '\p{Lu}[\p{L}.-]*(?:[\s-]\p{Lu}[\p{L}.-]*)?(?:straße|strasse|str\.|platz|allee'
                   '|weg|damm|ufer|ring|Straße|Platz|Allee|Weg)\s\d{1,4}\s?[a-zA-Z]?\s?[,-]+\s?'
                   '(?:D-)?\d{5}\s\p{Lu}\p{L}+'
               ),
               regexp_extract_all(
                   line,
                   '\p{Lu}[\p{L}.-]+(?:\s\p{L}+){0,3}\s\d{1,4}[\p{L}-]{0,4}\s?[,-]+\s?'
                   '\d{4}\s[A-Z]{2},?\s\p{Lu}\p{L}+'
               )
           )) AS contact
    FROM flat
)
SELECT DISTINCT text_id,
       'e-mail' AS kind,
       lower(regexp_replace(contact, '\s?(?:@|[\[(](?i:at)[\])])\s?', '@')) AS contact
FROM mail
UNION ALL
SELECT DISTINCT text_id,
       'post' AS kind,
       trim(regexp_replace(contact, '[\s,`]*,[\s,`]*|[\s`]+', ' ', 'g')) AS contact
FROM post;

-- A company by its name and legal form: one to six words with capitals before Inc., LLC, GmbH ...
CREATE OR REPLACE MACRO company_pattern() AS
    '((?:\p{Lu}[\p{L}\p{N}&.’''-]*\s+(?:of\s+|and\s+|&\s+|de\s+|für\s+)?){0,5}?'
    || '\p{Lu}[\p{L}\p{N}&.’''-]*),?\s+'
    || '(Incorporated|Inc|LLC|L\.L\.C|LLP|L\.P|Corporation|Corp|PLC|plc'
    || '|Pty\.?\s+(?:Ltd|Limited)'
    || '|(?:Pte|Pvt|Co|Private)\.?,?\s+(?:Ltd|Limited)|Ltd|Limited|GmbH|gGmbH|AG|UG|SE|KG'
    || '|B\.\s?V|BV|N\.\s?V|NV|S\.\s?A\.\s?S|SAS|SASU|S\.\s?A\.\s?R\.\s?L|S\.à\s?r\.l|SARL|S\.r\.l'
    || '|S\.p\.A|SpA|S\.\s?L\.\s?U|S\.\s?L|S\.\s?A|SA|AB|A/S|ApS|Oy|Ltda|Lda|s\.r\.o|d\.o\.o)'
    || '(?:\.|\b)';

-- Who a text says is behind it: a company named after "controller is", "this site is operated by",
-- "we are" or a copyright sign, or before "is the controller", "respects your privacy", "runs this
-- site" or '("we")'. `entity` is written without the dots and commas that come and go (Acme, Inc.
-- is Acme Inc), `quote` holds the words around it. A company without a legal form is not found.
CREATE OR REPLACE VIEW controllers AS
WITH lines AS (
    SELECT text_id,
           unnest(string_split(replace(text, '*', ''), chr(10))) AS line
    FROM texts
),
quoted AS (
    SELECT text_id,
           unnest(list_concat(
               regexp_extract_all(
                   line,
                   '(?i:\bcontrollers?\b[^.;]{0,80}?\b(?:is|are|be)\b[\s:]+|\bcontroller:\s*'
                   '|\b(?:this|our|the)\s+(?:web\s?)?(?:site|service|app|application|platform)s?'
                   '\s[^.;]{0,40}?\b(?:owned|operated|run|managed|maintained|published)\s+by\s+'
                   '|\bwe\s+are\s+|\bwe,\s+|©\s*|\(c\)\s*|\bcopyright\s+'
                   '|\bverantwortlich\w*[^.;]{0,60}?\b(?:ist|sind)\b\s+'
                   '|\bbetrieben\s+von\s+(?:der\s+)?'
                   '|\bresponsable\s+d[ue]\s+traitement[^.;]{0,60}?\best\s+'
                   '|(?:édité|exploité)e?s?\s+par\s+|\bthis\s+privacy\s+\w+\s+of\s+)'
                   '(?i:(?:the|la\s+société|die|der|by|at)\s+|[\d\s,–-]+)*'
                   || company_pattern()
               ),
               regexp_extract_all(
                   line,
                   company_pattern()
                   || '(?i:[\s,]*(?:is|are|acts?|acting)\s+(?:the\s+|a\s+|your\s+|as\s+|data\s+'
                   '|joint\s+|sole\s+)*controllers?\b'
                   '|\s+(?:respects|values|takes)\s+(?:your|the|its|our)\b'
                   '|\s+is\s+committed\s+to\s+(?:protect|respect|safeguard)'
                   '|\s+is\s+responsible\s+for\s+th'
                   '|\s+(?:operates|runs|owns)\s+(?:this|the|our)\b'
                   '|\s+(?:betreibt|ist\s+verantwortlich|exploite|édite)\b'
                   '|(?:\s*,?\s*(?:and|with|together|including|its)\s[^().;]{0,80})?'
                   '\s*\([^()]{0,120}?["“”„«‘'']+\s?'
                   '(?:we|us|our|the\s+company|company|wir|uns|nous|nosotros|wij|noi|nós)\b)'
               )
           )) AS quote
    FROM lines
),
companies AS (
    SELECT text_id,
           unnest(regexp_extract_all(quote, company_pattern())) AS company,
           brief(quote) AS quote
    FROM quoted
),
parts AS (
    SELECT text_id,
           regexp_extract(company, company_pattern(), ['name', 'form']) AS part,
           quote
    FROM companies
),
named AS (
    SELECT text_id,
           regexp_replace(
               trim(part.name),
               '^(?i:(?:the|die|der|das|la|le|we|our|this|by|copyright|société|at|to|of)\s+)+',
               ''
           ) AS name,
           CASE
               WHEN regexp_matches(part.form, '^\p{Lu}[.\s]')
               THEN regexp_replace(part.form, '[.\s]', '', 'g')
               ELSE regexp_replace(regexp_replace(part.form, '[.,]', '', 'g'), '\s+', ' ', 'g')
           END AS form,
           quote
    FROM parts
)
SELECT DISTINCT text_id,
       regexp_replace(name, '\s+', ' ', 'g') || ' ' || form AS entity,
       quote
FROM named
WHERE name NOT IN ('', 'Co.', 'Pty.', 'Pte.');
