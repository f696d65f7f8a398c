"""Words around people's names: titles, offices, and what is no name. Standard library only.

All but `WORDS` are pieces of regular expressions.
"""

# As they are written: "dr" would be a street's drive, and "M" an initial.
HONORIFICS = "|".join(
    (
        r"Mr\.?|Mrs\.?|Ms\.?|Miss|Mx\.?|Dr\.?|Prof\.?|Professor|Sir|Shri|Smt\.",
        r"Herrn?|Frau|Hr\.|Fr\.|Dipl\.-\w+\.?|RA|Rechtsanwalt|Rechtsanwältin",
        r"Mme\.?|Mlle\.?|Monsieur|Madame|Maître",
        r"Sr\.|Sra\.|Srta\.|Señora?|Don|Doña|Senhora?",
        r"Sig\.|Sig\.ra|Dott\.|Dott\.ssa|Avv\.|Dhr\.|Mevr\.|Mevrouw",
    )
)
PERSONS = "|".join(
    (
        r"(?:chief |group |global |deputy )?(?:data|data protection|data privacy|privacy) officer",
        r"(?:chief )?(?:compliance|security|grievance|nodal|executive|operating) officer",
        r"DPO|CEO|CTO|CPO|CISO|COO|CFO|president|chairman|general manager|managing director",
        r"publication director|director of publication|webmaster|legal representative",
        r"(?:externe[rn]? |betriebliche[rn]? )?datenschutzbeauftragte[rn]?|geschäftsführer(?:in)?",
        r"déléguée? à la protection des données|gérante?|présidente?",
        r"(?:directeur|directrice) de (?:la )?publication|delegado de protección de datos",
        r"administrador(?:a)? únic[oa]|responsabile della protezione dei dati",
        r"rappresentante legale|encarregad[oa](?: de proteção de dados)?",
        r"functionaris (?:voor )?gegevensbescherming|inspektor ochrony danych",
    )
)
OFFICES = "|".join(
    (
        PERSONS,
        r"attn\.?|attention|c/o|for the attention of|contact|contact person|contact name",
        r"represented by(?: its)?|authori[sz]ed representative|person responsible",
        r"copyright agent|dmca agent|designated agent|inhaber(?:in)?|ansprechpartner(?:in)?",
        r"geschäftsführung|vertretungsberechtigter?|verantwortliche[rn]?",
        r"vertreten durch(?: d(?:en|ie) geschäftsführer(?:in)?)?|z\. ?hd\.(?: v\.)?",
        r"zu händen(?: von)?|responsable de (?:la )?publication|à l['\u2019]attention de",
        r"représentée? par(?: son| sa)?(?: présidente?| directeur général| gérante?)?",
        r"representad[oa] por|a la atención de|titular|all['\u2019]attenzione di",
        r"t\.a\.v\.|ter attentie van|contactpersoon",
    )
)
# Behind these no colon stands before the name.
LEADS = "|".join(
    (
        r"attn\.?|c/o|for the attention of|represented by|zu händen(?: von)?|z\. ?hd\.(?: v\.)?",
        r"vertreten durch(?: d(?:en|ie) geschäftsführer(?:in)?)?|à l['\u2019]attention de",
        r"représentée? par(?: son| sa)?(?: présidente?| directeur général| gérante?)?",
        r"a la atención de|representad[oa] por|all['\u2019]attenzione di|t\.a\.v\.",
        r"my name is|mein name ist|je m['\u2019]appelle|me llamo|mi chiamo|ter attentie van",
    )
)
NOTES = (
    r"contact us|kontakt|kontaktperson|verantwortlich(?: für den inhalt)?|responsible for content|"
    r"responsable|responsabile|contacto|contatto|contato"
)
OWNERS = "(?:(?:{}) )?(?:(?:{}) )?(?:{})".format(
    "the|a|an|our|der|die|le|la|el|il|lo|unser|unsere|notre|nuestro|nuestra",
    "sole|only|alleiniger?|unique|único|única",
    "|".join(
        (
            r"owner|proprietor|founder|co-founder|author|webmaster|contact person",
            r"data protection officer|dpo|privacy officer|grievance officer",
            r"inhaber(?:in)?|eigentümer(?:in)?|betreiber(?:in)?|datenschutzbeauftragte[r]?",
            r"ansprechpartner(?:in)?|propriétaire|auteur|gérante?|propietari[oa]|titular|titolare",
        )
    ),
)

# One of these stands beside whatever the patterns above find: in any case, and as written.
HINTS = (
    *("officer", "president", "chairman", "al manager", "managing dir", "publication director"),
    *(
        "director of pub",
        "webmaster",
        "attn",
        "attention",
        "c/o",
        "contact:",
        "contact*",
        "contact us:",
        "kontakt",
        "contacto:",
        "contatto:",
        "contato:",
    ),
    *(
        "contact person",
        "contact name",
        "representative",
        "represented by",
        "responsible:",
        "for content",
        "responsable:",
        "responsabile:",
    ),
    *("person responsible", "copyright agent", "dmca agent", "designated agent", "name is"),
    *(" owner", " proprietor", "founder", "the author"),
    *("datenschutzbeauftragte", "ansprechpartner", "geschäftsführ", "inhaber", "vertret"),
    *("verantwortlich", "z. hd", "z.hd", "zu händen", "mein name", "eigentümer", "betreiber"),
    *("à la protection", "gérant", "président", "de publication", "de la publication"),
    *("représenté", "appelle", "propriétaire", "l'auteur", "protección", "administrador"),
    *("titular", "representad", "atención de", "propietari", "me llamo", "protezione"),
    *("rappresentante", "attenzione di", "titolare", "mi chiamo", "encarregad"),
    *("gegevensbescherming", "t.a.v.", "ter attentie", "contactpersoon", "inspektor"),
)
TITLES = (
    *("DPO", "CEO", "CTO", "CPO", "CISO", "COO", "CFO", "Mr", "Ms ", "Ms.", "Miss ", "Mx"),
    *("Dr.", "Dr ", "Prof.", "Professor ", "Sir ", "Shri ", "Smt.", "Herr", "Frau ", "Hr."),
    *("Fr.", "Dipl.", "RA ", "Rechtsanw", "Mme", "Mlle", "Monsieur", "Madame", "Maître", "Sr."),
    *("Sra.", "Srta.", "Señor", "Don ", "Doña", "Senhor", "Sig.", "Dott.", "Avv.", "Dhr."),
    *("Mevr",),
)

# Of offices and their work, of companies, of places, of other words that begin a sentence or a
# heading, and of offices in other languages: a name has none of them.
WORDS = frozenset(
    """
    account accounts admin administrator affairs agent analytics attention attorney bureau
    chief client clients commission commissioner committee complaints compliance consumer
    contact contacts controller cookie cookies copyright corporate counsel customer customers
    data dear delegate department dept desk direction director division e-mail email enquiries
    executive fax form forms general global grievance group head help helpdesk human information
    inquiries issues legal mail management manager marketing matters member name notice office
    officer operations owner personal phone policy postal president press privacy processor
    program project protection publication question questions redaction regulatory relations
    representative request requests resources responsible rights sales secretary security
    service services staff subject support team technical technology telephone terms trust
    user users visitor web webmaster website
    ab ag agency as association authority bank board bv co company consulting corp corporation
    council digital foundation games gbr gmbh group holding holdings inc incorporated
    industries institute international kg labs limited llc llp ltd media ministry network
    networks nv order orders oy plc pty sa sarl sas society software solutions spa srl studio
    studios systems tech trading university ventures
    address alley america american apt area australia austria ave avenue belgium bldg block
    blvd boulevard box brazil britain building california canada center centre china city
    country county court district drive dublin east england europe european floor fort france
    germany hall hill hills house india ireland italy japan kingdom la lake lane las london
    los mexico mount mountain netherlands new north paris park parkway place platz plaza po
    poland portugal post poste quai quay rd road room route rue saint san santa singapore
    south spain square st state states str strasse straße street suite sweden switzerland
    tower towers town unit united upper usa valley view village way west world york zone
    a about all an and any are as at bei both by can das date de dem den der des die du e each
    een effective ein eine el en english et every for from für gli google het how if il in
    internet is it item its las last le les lo los may monday no not o oder of on online or os
    other ou our per please see site some that the their these they this those to um uma un
    una und une unless uno van version via von we what when where which who with y you your
    yours
    abteilung afdeling april atención august client cliente clients confidentialité
    datenschutz datenschutzbeauftragte datenschutzbeauftragter dati datos december
    departamento direction données délégué february firma januari january july june juridique
    jurídico kundenservice legal march november october privacidad privacy privée protección
    protection recht rechtsabteilung september service services servizio société ufficio vie
    """.split()  # noqa: SIM905 - as a list it is four times as long
)
