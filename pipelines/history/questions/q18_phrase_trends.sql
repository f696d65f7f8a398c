-- 18. Which phrases gained or lost most policies between two periods?
--
-- One row for each phrase of `n` words, the `top` largest gains and the `top` largest losses. The
-- panel is balanced: `policies` are those in the asked language known in both periods (seen in it,
-- or one version seen on both sides of it), the same in both columns, by the last text of each.
-- `old_policies` and `new_policies` of them have the phrase at least once; `change` is the
-- difference of the shares. `gained` and `lost` count the policies that have it in one text only.
-- A phrase stays within a sentence; case, punctuation and dress do not count. Where no periods are
-- given they are the two that most policies are known in, and of those the two furthest apart.
--
-- Misread: with few policies every phrase of one rewritten text stands on top: look at `policies`
-- first. Policies known in both periods are those that the archive visits, so no fair sample. A
-- share counts policies, not vendors or readers, and a phrase says nothing of what stands before it
-- (`do not sell` has `sell`). Japanese and Chinese are written without spaces: the phrases there
-- are whole clauses.
-- Parameters:
--   old: a day in the earlier period
--   new: a day in the later period
--   period = 'year': year, half, quarter or month
--   language = 'en': one language
--   n = 2: how many words a phrase has
--   top = 20: how many gains, and how many losses
--   least = 1: the fewest policies that have the phrase in one of both periods
-- Example: top = 5
WITH asked AS (
    SELECT coalesce(getvariable('period')::VARCHAR, 'year') AS period,
           coalesce(getvariable('n')::INTEGER, 2) AS n,
           coalesce(getvariable('top')::INTEGER, 20) AS top,
           coalesce(getvariable('least')::INTEGER, 1) AS least
),
known AS MATERIALIZED (
    SELECT panel.policy_id,
           panel.period,
           panel.text_id
    FROM panel(coalesce(getvariable('period')::VARCHAR, 'year')) AS panel
    WHERE panel.state <> 'unseen'
      AND panel.language = coalesce(getvariable('language'), 'en')
),
spans AS (
    SELECT old.period AS old_period,
           new.period AS new_period,
           count(*) AS policies
    FROM known AS old
    JOIN known AS new
      ON new.policy_id = old.policy_id
     AND new.period > old.period
    CROSS JOIN asked
    WHERE (
            getvariable('old') IS NULL
            OR old.period = period_of(getvariable('old')::TIMESTAMP, asked.period)
        )
      AND (
            getvariable('new') IS NULL
            OR new.period = period_of(getvariable('new')::TIMESTAMP, asked.period)
        )
    GROUP BY old.period, new.period
    ORDER BY policies DESC, new_period - old_period DESC, old_period
    LIMIT 1
),
balanced AS MATERIALIZED (
    SELECT old.policy_id,
           spans.old_period,
           spans.new_period,
           spans.policies,
           old.text_id AS old_text_id,
           new.text_id AS new_text_id
    FROM spans
    JOIN known AS old ON old.period = spans.old_period
    JOIN known AS new
      ON new.period = spans.new_period
     AND new.policy_id = old.policy_id
),
told AS (
    SELECT text_id,
           string_split(bare_words(text), ' ') AS words
    FROM sentences_of((
        SELECT coalesce(list(old_text_id) || list(new_text_id), [])
        FROM balanced
    ))
),
phrases AS MATERIALIZED (
    SELECT DISTINCT text_id,
           unnest(list_transform(
               range(1, len(words) - n + 2),
               lambda i: array_to_string(words[i:i + n - 1], ' ')
           )) AS phrase
    FROM told
    CROSS JOIN asked
),
had AS (
    SELECT balanced.policy_id,
           phrases.phrase,
           bool_or(phrases.text_id = old_text_id) AS old,
           bool_or(phrases.text_id = new_text_id) AS new
    FROM balanced
    JOIN phrases ON phrases.text_id IN (old_text_id, new_text_id)
    GROUP BY ALL
),
counts AS (
    SELECT phrase,
           count(*) FILTER (old) AS old_policies,
           count(*) FILTER (new) AS new_policies,
           count(*) FILTER (new AND NOT old) AS gained,
           count(*) FILTER (old AND NOT new) AS lost
    FROM had
    GROUP BY phrase
),
ranked AS (
    SELECT counts.*,
           row_number() OVER (
               ORDER BY new_policies - old_policies DESC, new_policies DESC, phrase
           ) AS gain,
           row_number() OVER (
               ORDER BY new_policies - old_policies, old_policies DESC, phrase
           ) AS loss
    FROM counts
    CROSS JOIN asked
    WHERE greatest(old_policies, new_policies) >= least
)
SELECT phrase,
       spans.old_period,
       spans.new_period,
       spans.policies,
       old_policies,
       new_policies,
       gained,
       lost,
       round(old_policies / spans.policies, 3) AS old_share,
       round(new_policies / spans.policies, 3) AS new_share,
       round((new_policies - old_policies) / spans.policies, 3) AS change
FROM ranked
CROSS JOIN spans
CROSS JOIN asked
WHERE (gain <= top AND new_policies > old_policies)
   OR (loss <= top AND new_policies < old_policies)
ORDER BY new_policies - old_policies DESC,
         new_policies DESC,
         phrase;
