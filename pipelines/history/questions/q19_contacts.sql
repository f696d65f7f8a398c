-- 19. Which addresses for contact does each policy give, and when did they change?
--
-- One row for each address and each run of versions that give it. `channel` is `post`, or by the
-- name before the @ `DPO` (dpo@, datenschutz@ ...), `privacy` (privacy@, gdpr@, legal@ ...) or
-- `e-mail` for all others.
-- It came after `not_before` (NULL: it was there in the first version, so it may be older) and not
-- after `first_seen`; it went after `last_seen` and not after `ended_before` (NULL: it was still
-- there in the last version). What came, went and came again has a row each time. `flip`: all its
-- versions are flips (see docs/data.md). A policy that was never observed has no row.
-- `contact` is NULL for versions in which no address was found.
--
-- Misread: postal addresses are recognised by their form in a few countries only, and one address
-- written in two ways is two (see docs/data.md). An e-mail address hidden from robots, a form and a
-- telephone number are not found. An address may be another company's: that of an authority,
-- a representative, a partner.
-- Parameters:
--   policy: one policy; all where it is not given
--   language: one language; all, each by itself, where it is not given
--   channel: DPO, privacy, e-mail or post; all where it is not given
-- Plot: interval x=first_seen..ended_before y=contact by=policy_id+language
WITH told AS (
    SELECT versions.*,
           lead(first_seen) OVER timeline AS next_seen
    FROM versions
    WHERE (getvariable('policy') IS NULL OR versions.policy_id = getvariable('policy'))
      AND (getvariable('language') IS NULL OR versions.language = getvariable('language'))
    WINDOW timeline AS (PARTITION BY versions.policy_id, language ORDER BY version)
),
addresses AS (
    SELECT text_id,
           contact,
           CASE
               WHEN kind = 'post' THEN 'post'
               WHEN regexp_matches(
                   contact,
                   '^(dpo|dpd|rgpd\.?dpo|data-?protection|datenschutz)|^[^@]*[._-]dpo[.@_-]'
               ) THEN 'DPO'
               WHEN regexp_matches(contact, '^[^@]*(privacy|privac|gdpr|rgpd|legal|confidentialit)')
               THEN 'privacy'
               ELSE 'e-mail'
           END AS channel
    FROM contacts
),
said AS (
    SELECT told.*,
           addresses.channel,
           addresses.contact
    FROM told
    LEFT JOIN addresses
      ON addresses.text_id = told.text_id
     AND (
         getvariable('channel') IS NULL
         OR addresses.channel = CASE
             WHEN getvariable('channel') IN ('DPO', 'privacy', 'e-mail', 'post')
             THEN getvariable('channel')
             ELSE error(concat(
                 'channel is DPO, privacy, e-mail or post, not ', getvariable('channel')
             ))
         END
     )
),
islands AS (
    SELECT *,
           version - row_number() OVER (
               PARTITION BY said.policy_id, language, channel, contact
               ORDER BY version
           ) AS island
    FROM said
),
spells AS (
    SELECT islands.policy_id,
           language,
           channel,
           contact,
           min(version) AS first_version,
           max(version) AS last_version,
           arg_min(struct_pack(day := not_before), version).day AS not_before,
           min(first_seen) AS first_seen,
           max(last_seen) AS last_seen,
           arg_max(struct_pack(day := next_seen), version).day AS ended_before,
           arg_min(text_id, version) AS text_id,
           arg_min(uri_m, version) AS uri_m,
           bool_and(coalesce(flip, false)) AS flip
    FROM islands
    GROUP BY islands.policy_id, language, channel, contact, island
)
SELECT spells.policy_id,
       language,
       channel,
       contact,
       first_version,
       last_version,
       CAST(not_before AS DATE) AS not_before,
       CAST(first_seen AS DATE) AS first_seen,
       CAST(last_seen AS DATE) AS last_seen,
       CAST(ended_before AS DATE) AS ended_before,
       flip,
       uri_m
FROM spells
ORDER BY spells.policy_id, language, first_version, channel NULLS FIRST, contact;
