"""A true policy is never refused: however short, old, oddly titled or foreign it is."""

# ruff: noqa: RUF001 - the letters of other alphabets are the point here

import pytest
from extraction_pages import PARAGRAPHS, policy_page

from pipelines.extraction.extract import extract

SHORT = (
    "We do not collect personal data when you read this site. If you write to us, we keep your "
    "address only to answer you, and we share it with nobody. We set no cookies and use no "
    "analytics. You may ask us at any time to delete what you sent. Questions about privacy go "
    "to the address below, and we answer them ourselves."
)


def page(title: str, text: str, *, head: str = "", before: str = "", after: str = "") -> bytes:
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{before}<div><p>{text}</p></div>{after}</body></html>"
    ).encode()


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Untitled Document",
        "Loading…",
        "Home",
        "New Page 1",
        "Larkspur Desk | Log in | Privacy",
        "Privacy policy - 404 Not Found Software Ltd.",
        "Privacy - Access Denied Games",
        "Maintenance privacy notice",
        "Welcome to Larkspur",
    ],
)
def test_a_short_policy_stands_under_any_title(title: str) -> None:
    extraction = extract(page(title, SHORT))

    assert (extraction.verdict, extraction.reason) == ("policy", "")
    assert extraction.score >= 0.6


@pytest.mark.parametrize(
    "clause",
    [
        "We log every request that ends in a 404 Not Found, with the address asked for.",
        "Access denied messages of our firewall are kept for thirty days.",
        "A captcha keeps robots out of our forms; confirm that you are human and we forget you.",
        "When the site is under maintenance we show a notice and collect nothing.",
        "If you log in with your password we set a session cookie. Forgot your password? Ask us.",
        "We and our 12 partners process what you send us. You may accept all cookies or none.",
        "Before you continue to the help desk you agree to this policy.",
        "Please enable JavaScript to use the help desk.",
        "If the page has moved you will be redirected to our new address.",
        "The domain larkspur.example is for sale and our data goes with it.",
    ],
    ids=lambda clause: str(clause)[:24],
)
def test_a_short_policy_may_speak_of_errors_and_walls(clause: str) -> None:
    extraction = extract(page("Larkspur", f"{clause} {SHORT}"))

    assert (extraction.verdict, extraction.reason) == ("policy", "")


@pytest.mark.parametrize(
    ("head", "before", "after"),
    [
        ("", "<noscript>You need to enable JavaScript to run this app.</noscript>", ""),
        ("", '<form><input name="user"><input type="password"> Log in</form>', ""),
        ('<script src="/captcha/api.js"></script>', "", '<div class="h-captcha"></div>'),
        (
            "",
            "",
            '<div id="onetrust-banner-sdk">By clicking you agree. <button>Accept</button></div>',
        ),
        ("", "", "<p>Was this article helpful?</p><a href=/404>Report a broken link</a>"),
        ("<script>if (self != top) top.location = self.location</script>", "", ""),
    ],
    ids=["noscript", "login form", "captcha", "consent manager", "article", "frame breaker"],
)
def test_a_short_policy_may_have_machinery_around_it(head: str, before: str, after: str) -> None:
    extraction = extract(page("Larkspur", SHORT, head=head, before=before, after=after))

    assert (extraction.verdict, extraction.reason) == ("policy", "")


FOREIGN = {
    "ru": (
        "Настоящая политика конфиденциальности описывает, какие персональные данные мы собираем и "
        "как их обрабатываем. Мы не передаём ваши данные третьим лицам без вашего согласия. Вы "
        "имеете право запросить удаление своих данных в соответствии с законом."
    ),
    "tr": (
        "Bu gizlilik politikası, hangi kişisel verileri topladığımızı ve nasıl işlediğimizi "
        "açıklar. Kişisel verilerinizi açık rızanız olmadan üçüncü kişilerle paylaşmayız. Kanun "
        "uyarınca verilerinizin silinmesini isteme hakkınız vardır."
    ),
    "ko": (
        "본 개인정보 처리방침은 회사가 수집하는 개인정보의 항목과 이용 목적을 설명합니다. 회사는 "
        "이용자의 동의 없이 개인정보를 제3자에게 제공하지 않습니다. 이용자는 법령에 따라 "
        "개인정보의 삭제를 요구할 권리가 있습니다."
    ),
    "ar": (
        "توضح سياسة الخصوصية هذه البيانات الشخصية التي نقوم بجمعها وكيفية معالجتها. لا نشارك "
        "بياناتك مع أطراف ثالثة دون موافقتك. لديك حقوق بموجب القانون في طلب حذف بياناتك الشخصية."
    ),
    "fi": (
        "Tämä tietosuojaseloste kertoo, mitä henkilötietoja keräämme ja miten käsittelemme niitä. "
        "Emme luovuta tietojasi kolmansille osapuolille ilman suostumustasi. Sinulla on lain "
        "mukaan oikeus pyytää tietojesi poistamista."
    ),
    "hu": (
        "Ez az adatvédelmi tájékoztató leírja, milyen személyes adatokat gyűjtünk és hogyan "
        "kezeljük azokat. Hozzájárulása nélkül nem továbbítjuk adatait harmadik félnek. A törvény "
        "szerint joga van kérni adatai törlését."
    ),
    "cs": (
        "Tyto zásady ochrany soukromí popisují, jaké osobní údaje shromažďujeme a jak je "
        "zpracováváme. Bez vašeho souhlasu je nepředáváme třetím stranám. Podle zákona máte právo "
        "požádat o jejich výmaz."
    ),
    "no": (
        "Denne personvernerklæringen forklarer hvilke personopplysninger vi samler inn og hvordan "
        "vi behandler dem. Vi deler dem ikke med tredjepart uten ditt samtykke. Du har etter loven "
        "rett til å kreve at de slettes."
    ),
    "sv": (
        "Den här integritetspolicyn beskriver vilka personuppgifter vi samlar in och hur vi "
        "behandlar dem. Vi lämnar dem inte till tredje part utan ditt samtycke. Du har enligt "
        "lagen rätt att få dem raderade."
    ),
    "el": (
        "Η παρούσα πολιτική απορρήτου περιγράφει ποια προσωπικά δεδομένα συλλέγουμε, για ποιους "
        "σκοπούς τα επεξεργαζόμαστε και με ποιους τα μοιραζόμαστε. Δεν διαβιβάζουμε τα δεδομένα "
        "σας σε τρίτους χωρίς τη συγκατάθεσή σας. Έχετε το δικαίωμα να ζητήσετε αντίγραφο των "
        "δεδομένων σας, τη διόρθωση ή τη διαγραφή τους. Επικοινωνήστε μαζί μας για κάθε ερώτηση, "
        "και θα σας απαντήσουμε μέσα σε τριάντα ημέρες από την παραλαβή του μηνύματός σας."
    ),
}


@pytest.mark.parametrize("language", FOREIGN)
def test_a_policy_in_a_language_of_the_wider_world_is_one(language: str) -> None:
    extraction = extract(page("Larkspur", FOREIGN[language]))

    assert (extraction.verdict, extraction.language) == ("policy", language)


def test_a_language_whose_words_are_not_known_scores_half() -> None:
    assert extract(page("Larkspur", FOREIGN["el"])).score == 0.5


DOCUMENTS = {
    "imprint": (
        "Impressum. Angaben gemäß § 5 TMG: Tannenblick GmbH, Waldweg 3, 79100 Freiburg. "
        "Geschäftsführer: Jonas Feld. Handelsregister: Amtsgericht Freiburg, HRB 1234. "
        "Umsatzsteuer-Identifikationsnummer: DE123456789. Wir übernehmen keine Haftung für die "
        "Inhalte externer Links. Die Texte unterliegen dem deutschen Urheberrecht."
    ),
    "mentions légales": (
        "Mentions légales. Éditeur du site : Moulin Vert SARL, au capital de 8 000 euros, RCS "
        "Lyon, SIRET 123. Directeur de la publication : Anne Vidal. Hébergeur : Nuage Bleu, Paris. "
        "Toute reproduction est interdite sans accord. La responsabilité de l'éditeur ne peut "
        "être engagée du fait des liens vers d'autres sites."
    ),
    "guidelines": (
        "Community guidelines. Treat each other well. Harassment, hateful speech and threats are "
        "prohibited. Do not post illegal content, spam or other people's private information. "
        "Respect copyright and trademarks. We may remove content that violates these guidelines "
        "and suspend or terminate accounts that do so again."
    ),
    "terms": (
        "By using the Larkspur help desk you agree to these terms. The service is provided as it "
        "is, without warranty of any kind. Our liability is limited to what you paid in the last "
        "year. You shall not misuse it. Either side may terminate this agreement with thirty days' "
        "notice. The law of Denmark governs it."
    ),
    "cookies": (
        "Cookie policy. A cookie is a small file that our server stores in your browser. We use "
        "session cookies to keep you signed in and one analytics cookie to count visits. Third "
        "parties set none. You can withdraw your consent or delete cookies in your browser."
    ),
    "accessibility": (
        "Déclaration d'accessibilité. Moulin Vert s'engage à rendre son site accessible. Cette "
        "déclaration s'applique au site moulin-vert.example. L'audit révèle que 82 % des critères "
        "du RGAA sont respectés. Si vous constatez un défaut d'accessibilité, contactez le "
        "responsable du site ou le Défenseur des droits."
    ),
    "maintenance service": (
        "Hazel Maintenance privacy notice. We look after parking lots and buildings. We collect "
        "the name and telephone number of those who order maintenance or a parking permit, and "
        "the plate of each parked car. Under maintenance contracts we share this information with "
        "the owner of the building only. You have the right to see your data."
    ),
}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_other_legal_documents_count_as_policies(kind: str) -> None:
    extraction = extract(page("Larkspur", DOCUMENTS[kind]))

    assert (extraction.verdict, extraction.reason) == ("policy", "")


def test_a_policy_beside_other_matter_is_still_one() -> None:
    news = "".join(
        f"<p>The kettle sings while bread and plums wait on the table by door {number}.</p>"
        for number in range(12)
    )

    extraction = extract(policy_page(paragraphs=(*PARAGRAPHS, news)).encode())

    assert extraction.verdict == "policy"
    assert extraction.score < extract(policy_page().encode()).score
