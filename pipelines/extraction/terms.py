"""The words of policies and terms in twenty languages, by what they speak of. Standard library.

A stem stands for all words that begin with it, `word=` for itself alone. Scripts that join words
together are searched anywhere. Only words that other pages do not use at every turn are here.
"""

# ruff: noqa: RUF001 - the letters of other alphabets are meant

# Languages whose words are below; in others a page is judged by signs and length alone.
SPEAKS = frozenset(
    "ar cs da de en es fi fr hu it ja ko nb nl nn no pl pt ru sv tr zh".split()  # noqa: SIM905
)
# What every page may speak of: it counts, but it is no subject of its own.
WEAK = "data"
STEMS = {
    "data": (
        "data= information= daten= informationen= données= informations= datos información dati= "
        "informazioni dados= informações gegevens= uppgifter= oplysninger= opplysninger= tiedot "
        "tietoj dane= danych= údaj adat= adatok adatai veriler bilgi данны данных информаци "
        "信息 数据 資料 资料 情報 データ 정보 데이터 بيانات معلومات"
    ),
    "privacy": (
        "privacy= confidential datenschutz privatsphäre privée= privacidad riservatezza "
        "privacidade integritet sekretess privatliv personvern databeskyttelse tietosuoja "
        "yksityisyy prywatnoś soukrom adatvédel gizlilik конфиденциальн приватност 隐私 隱私 "
        "プライバシー 프라이버시 خصوصية"
    ),
    "personal": (
        "personal= personally personnelle personenbezogen persönlich personali= personale= "
        "personales= pessoais= pessoal= persoonsgegevens persoonlijk personuppgift "
        "personoplysning personopplysning henkilötie osobow osobní személyes kişisel персональн "
        "личных= личные= 个人信息 個人資料 个人资料 个人数据 個人情報 個人データ 개인정보 شخصية"
    ),
    "collect": (
        "collect= collects= collected= collecting= collection= gather= gathered= collecte= "
        "collectons= collectées= recueil erheb erhob recopil recaba recoge raccog raccol coleta "
        "recolh verzamel samlar= samla= insaml indsaml samler= innhent kerätä kerää zbiera "
        "gromadz shromažď gyűjt toplar toplan topla= собира сбор 收集 収集 取得 수집 جمع"
    ),
    "share": (
        "disclos third= share= shares= shared= sharing= recipient transfer transmit tiers= "
        "partag destinataire dritte dritten weitergabe weitergegeben übermitt terceros= comparti "
        "terzi= divulg terceiros= partilh derden= verstrek tredje tredjepart videregiv utlever "
        "kolman luovut trzeci udostępni třet harmadik továbbít üçüncü paylaş третьи передач "
        "第三方 共享 披露 第三者 제3자 제공 أطراف الغير"
    ),
    "cookies": (
        "cookie tracker traceur beacon analytics evästei ciastecz çerez куки クッキー 쿠키"
    ),
    "keep": (
        "retention= retain safeguard encrypt secure= security= stored= aufbewahr speicher "
        "gespeichert conserv sécurité seguridad sicurezza segurança bewaar bewaren beveilig "
        "lagras= lagring sparas= opbevar oppbevar lagres= säilyt przechow uchov tárol megőriz "
        "saklan хранен хранит 保存 存储 保管 安全管理 보관 보유 احتفاظ تخزين"
    ),
    "rights": (
        "rights= right= erasure rectif deletion droit droits recht= rechte= auskunft löschung "
        "widerspruch berichtigung derecho diritt direito rechten= rättighet radera rettighed "
        "rettighet oikeu prawo= prawa= právo práva joga jogo jogo hakla hakk права= правом= "
        "прав= 权利 權利 権利 開示 訂正 권리 حقوق"
    ),
    "consent": (
        "consent opt= agree= agrees= agreed= withdraw accord= einwillig zustimm consens "
        "toestemming samtyck samtyk suostum zgod souhlas hozzájár rıza onay соглас "
        "同意 授权 동의 موافق"
    ),
    "law": (
        "law= laws= lawful legal= legally= legislation gdpr ccpa statut jurisdiction govern "
        "applicable loi= lois= rgpd juridi légal dsgvo gesetz rechtlich bdsg verordnung ley= "
        "leyes= legge= lgpd normativa lei= leis= wet= wettelijk lagstift lagen= lovgiv loven= "
        "laki= rodo= ustaw zákon törvény kanun kvkk закон 法律 法规 法令 법령 법률 قانون"
    ),
    "process": (
        "process= processed= processing= processor purpose controller traitement finalité "
        "verarbeit zweck verantwortlich tratamiento finalidad tratament trattament titolare= "
        "verwerk doeleind behandl ändamål formål käsittel tarkoitu przetwarz celu= zpracov účel "
        "kezel= kezelés célja işlen amaç обработ обрабатыва цели= целях= 处理 利用目的 取り扱 取扱 "
        "처리 목적 معالجة أغراض"
    ),
    "policy": (
        "policy= policies= guideline notice= statement imprint politique charte mentions= "
        "erklärung richtlinie impressum política aviso= informativa= beleid= verklaring politik= "
        "erklæring retningslinje käytäntö seloste polityk zásad szabályzat tájékoztat politika "
        "политик 政策 声明 ポリシー 方針 정책 방침 سياسة"
    ),
    "terms": (
        "terms= term= conditions= agreement contract contrat nutzungsbeding agb= "
        "geschäftsbeding vertrag términos condiciones contrato termini condizioni contratto "
        "termos= condições voorwaarden overeenkomst villkor avtal vilkår aftale betingels avtale "
        "ehdot ehtoj sopimu regulamin umow podmínk smlouv feltétel szerződ koşul sözleşme услови "
        "договор соглашени 条款 條款 协议 規約 契約 약관 계약 조항 شروط أحكام اتفاق"
    ),
    "liability": (
        "liab warrant damages= indemn disclaim responsab garanti dommage préjudice haftung haften "
        "haftet gewährleist daños garanz danni= danos= aansprakelijk schade= ansvar vastuu "
        "odpowiedzialn odpovědn felelős sorumlu ответствен 责任 責任 赔偿 損害 免責 책임 손해 مسؤول"
    ),
    "works": (
        "licens licenc copyright intellectual trademark proprietary intellect urheber lizenz "
        "intelectual propriété propriet intelect auteursrecht upphovsrätt ophavsret opphavsrett "
        "tekijänoik autorsk szerzői telif авторск лицензи 知识产权 著作権 知的財産 저작권 ملكية"
    ),
    "conduct": (
        "prohibit shall= violat unlawful illegal terminat suspen harass abus hateful comply "
        "complian oblig interdi résili illicite untersag verboten pflicht kündig verstoß prohib "
        "incumpl vietat obblig proib obriga verplicht förbjud skyldig forbud forplig forbudt plikt "
        "kiellet velvoll zabron obowiąz zakáz povinn tilos köteles yasak yükümlü запрещ обязан "
        "禁止 义务 违反 義務 금지 의무 위반 التزام"
    ),
    "children": (
        "children minors= minor= parental mineur minderjährig menores= minori= minderjarig "
        "omyndig mindreårig alaikäi niepełnoletni nezletil kiskorú несовершеннолетн 未成年 미성년 "
        "قاصر"
    ),
    "imprint": (
        "handelsregister geschäftsführer ust= ustid tmg= siret= rcs= hébergeur éditeur= "
        "publication= redaktionell wcag= rgaa= accessib barrierefrei vat= registered="
    ),
}
