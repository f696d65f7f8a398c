-- 31. How long after a law came into force did policies go without mentioning it?
--
-- Survival curves for one language: `remaining` is the share of policies that have not mentioned
-- the law by `days` after it came into force (below 0: before it did). When a policy first
-- mentioned it is known as an interval: after the last sighting without it, not after the first
-- with it; any time before the first sighting where that has it (left-censored, `from_start`); some
-- time after the last sighting, or never, where none has it (right-censored, `never_seen`).
-- `policies` is how many are observed, those three and the ones that `came` within an interval.
-- The curve `estimate` is Turnbull's: the shares under which all these intervals are likeliest,
-- found by self-consistency in 300 rounds. It can tell only that `share` of the policies came
-- somewhere after `after_days` and not after `days` (NULL: no bound); nothing came outside of its
-- rows. `latest` and `earliest` are Kaplan and Meier's curves if every mention came on the last
-- possible day (`events` of the `at_risk` then), or on the first: how much the widths of the
-- intervals leave open. Intervals are widened to whole steps of `step` days, so that there are not
-- too many.
--
-- Misread: the curve says when words came, not when anybody complied. It takes for granted that
-- policies are captured regardless of what they say. Where few policies are still observed its
-- tail is a guess: see `at_risk`. The three curves are of all policies in the archive, whatever
-- they are; left-censored ones tell nothing of the time before their first sighting.
-- Parameters:
--   term = 'GDPR': a law or framework of the dictionaries
--   since: the day to count from; where it is not given the day the law came into force
--   language = 'en': the language of the policies
--   step = 7: days that the bounds of intervals are rounded to, outwards
-- Plot: step x=days y=remaining by=curve
WITH origin AS (
    SELECT coalesce(
               getvariable('since')::DATE,
               max(in_force),
               error('the law has no day in `laws` on which it came into force: give `since`')
           )::TIMESTAMP AS origin,
           coalesce(getvariable('step')::INTEGER, 7) AS step
    FROM laws
    WHERE laws.term = known_term(coalesce(getvariable('term'), 'GDPR'))
),
said AS (
    SELECT *
    FROM term_spells
    WHERE term_spells.term = coalesce(getvariable('term'), 'GDPR')
      AND dictionary IN ('law', 'framework')
      AND language = coalesce(getvariable('language'), 'en')
    QUALIFY row_number() OVER (
        PARTITION BY term_spells.policy_id, language
        ORDER BY present DESC, spell
    ) = 1
),
bounds AS (
    SELECT present,
           not_before IS NULL AND present AS from_start,
           floor(epoch(if(present, not_before, last_seen) - origin) / 86400 / step) * step AS lower,
           if(
               present,
               ceil(epoch(first_seen - origin) / 86400 / step) * step,
               NULL
           ) AS upper
    FROM said
    CROSS JOIN origin
),
intervals AS (
    SELECT coalesce(lower, '-infinity'::DOUBLE) AS lower,
           greatest(coalesce(upper, 'infinity'::DOUBLE), coalesce(lower + origin.step, upper))
               AS upper,
           present,
           from_start
    FROM bounds
    CROSS JOIN origin
),
counts AS (
    SELECT count(*) AS policies,
           count(*) FILTER (from_start) AS from_start,
           count(*) FILTER (present AND NOT from_start) AS came,
           count(*) FILTER (NOT present) AS never_seen
    FROM intervals
),
-- Where a mention can lie as far as all intervals together tell: from a lower bound to the next
-- upper one with nothing in between. An interval ends on its upper bound and begins behind its
-- lower, so that of two equal ones the upper comes first.
ends AS (
    SELECT lower AS bound,
           1 AS is_lower
    FROM intervals
    UNION
    SELECT upper,
           0
    FROM intervals
),
neighbours AS (
    SELECT bound,
           is_lower,
           lead(bound) OVER ends_in_order AS next_bound,
           lead(is_lower) OVER ends_in_order AS next_is_lower
    FROM ends
    WINDOW ends_in_order AS (ORDER BY bound, is_lower)
),
cells AS (
    SELECT row_number() OVER (ORDER BY bound) AS cell,
           bound AS lower,
           next_bound AS upper
    FROM neighbours
    WHERE is_lower = 1
      AND next_is_lower = 0
),
spans AS (
    SELECT first_cell,
           last_cell,
           sum(policies)::BIGINT AS policies
    FROM (
        SELECT min(cells.cell) AS first_cell,
               max(cells.cell) AS last_cell,
               any_value(alike.policies) AS policies
        FROM (
            SELECT lower,
                   upper,
                   count(*) AS policies
            FROM intervals
            GROUP BY lower, upper
        ) AS alike
        JOIN cells
          ON cells.lower >= alike.lower
         AND cells.upper <= alike.upper
        GROUP BY alike.lower, alike.upper
    ) AS covered
    GROUP BY first_cell, last_cell
),
problem AS (
    SELECT list(spans ORDER BY first_cell, last_cell) AS spans,
           max(counts.policies) AS policies,
           max(cells.number) AS cells
    FROM spans
    CROSS JOIN counts
    CROSS JOIN (SELECT count(*) AS number FROM cells) AS cells
),
-- Each of 300 rounds deals the policies of every span out over its cells, by their shares
-- of the round before. The list holds the first shares as often as there are rounds.
solved AS (
    SELECT list_reduce(
               list_transform(
                   range(301),
                   lambda round: list_transform(range(cells), lambda cell: 1 / cells)
               ),
               lambda shares, start: list_transform(
                   [
                       list_transform(
                           spans,
                           lambda span: {
                               'first_cell': span.first_cell,
                               'last_cell': span.last_cell,
                               'ratio': span.policies / policies
                                   / list_sum(shares[span.first_cell:span.last_cell])
                           }
                       )
                   ],
                   lambda ratios: list_transform(
                       shares,
                       lambda share, cell: share * list_sum(list_transform(
                           ratios,
                           lambda span: if(
                               cell BETWEEN span.first_cell AND span.last_cell,
                               span.ratio,
                               0
                           )
                       ))
                   )
               )[1]
           ) AS shares
    FROM problem
),
dealt AS (
    SELECT unnest(shares) AS share,
           unnest(range(1, len(shares) + 1)) AS cell
    FROM solved
),
events AS (
    SELECT unnest(['earliest', 'latest']) AS curve,
           unnest([if(present, lower, NULL), if(present, upper, NULL)]) AS happened,
           lower
    FROM intervals
),
risks AS (
    SELECT steps.curve,
           steps.happened AS days,
           count(*) FILTER (events.happened = steps.happened) AS events,
           count(*) AS at_risk
    FROM (SELECT DISTINCT curve, happened FROM events WHERE happened IS NOT NULL) AS steps
    JOIN events
      ON events.curve = steps.curve
     AND coalesce(events.happened, events.lower) >= steps.happened
    GROUP BY ALL
),
curves AS (
    SELECT 'estimate' AS curve,
           cells.lower AS after_days,
           cells.upper AS days,
           NULL::BIGINT AS at_risk,
           NULL::BIGINT AS events,
           dealt.share,
           1 - sum(dealt.share) OVER (ORDER BY cells.cell) AS remaining
    FROM dealt
    JOIN cells ON cells.cell = dealt.cell
    QUALIFY dealt.share >= 0.0001
    UNION ALL
    SELECT curve,
           NULL::DOUBLE,
           days,
           at_risk,
           events,
           NULL::DOUBLE,
           product(1 - events / at_risk) OVER (PARTITION BY curve ORDER BY days)
    FROM risks
)
SELECT curve,
       if(isinf(after_days), NULL, after_days)::INTEGER AS after_days,
       if(isinf(days), NULL, days)::INTEGER AS days,
       if(
           isinf(days),
           NULL,
           origin.origin + to_days(if(isinf(days), 0, days)::INTEGER)
       )::DATE AS date,
       at_risk,
       events,
       round(share, 4) AS share,
       round(remaining, 4) AS remaining,
       counts.policies,
       counts.from_start,
       counts.came,
       counts.never_seen
FROM curves
CROSS JOIN counts
CROSS JOIN origin
ORDER BY curve, curves.days, curves.after_days;
