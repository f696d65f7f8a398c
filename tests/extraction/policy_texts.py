"""Invented policies of invented vendors in the languages that encodings were made for."""

# ruff: noqa: RUF001 - the letters of all alphabets are the point here

TEXTS = {
    "en": (
        "Fernway Desk doesn’t sell your personal data — not now, not later. When you open a "
        "“ticket” we ask for your name and e-mail address, and we keep both for two years…\n"
        "The paid plan costs €12 a month. It’s billed by our partner, who may not use what you "
        "tell them for anything else. © 2009 Fernway Desk™"
    ),
    "fr": (
        "Vos données personnelles ne sont jamais cédées à des tiers. Dès qu’un élève écrit à notre "
        "équipe, son adresse et son nom sont conservés pendant deux années, où qu’il soit.\n"
        "Vous pouvez à tout moment demander l’accès, la rectification ou l’effacement : ça ne vous "
        "coûte rien, et le délai de réponse s’arrête là où la loi l’a fixé, même à Noël."
    ),
    "de": (
        "Wir verarbeiten Ihre persönlichen Daten nur, soweit es für die Erfüllung des Vertrags "
        "nötig ist. Übermittlungen an Dritte außerhalb der Union schließen wir aus.\n"
        "Sie können jederzeit Auskunft, Berichtigung oder Löschung verlangen; für größere Anfragen "
        "erheben wir keine Gebühren. Änderungen veröffentlichen wir früh genug."
    ),
    "es": (
        "Su información es suya. Sólo la usamos para responder a lo que usted nos pide y la "
        "guardamos durante un año, según establece la ley de protección de datos.\n"
        "¿Quiere saber qué datos tenemos? Escríbanos y le contestaremos en diez días. También "
        "podrá pedir su supresión; después no quedará ningún registro de su compañía."
    ),
    "pt": (
        "A sua informação não será vendida a terceiros. Só a utilizamos para responder às questões "
        "que nos faz e guardamo-la até três anos após o fim do contrato.\n"
        "Você também pode pedir a correção ou a eliminação dos dados; além disso, há sempre "
        "alguém que responde. ÂNGULO, a nossa empresa, fica em São Martinho."
    ),
    "it": (
        "I Suoi dati non saranno ceduti a nessuno. È nostro compito custodirli finché il contratto "
        "è valido e cancellarli più tardi, cioè dopo due anni, con la massima serietà.\n"
        "Lei può chiedere in qualsiasi momento quali dati trattiamo e perché: la risposta arriverà "
        "entro un mese. La libertà di scelta è già prevista dalla legge."
    ),
    "nl": (
        "Wij bewaren uw gegevens zolang u klant bent en daarna nog één jaar. Wij verkopen ze niet, "
        "ook niet binnen Europese coöperaties, en wij geven ze alleen door als de wet dat eist.\n"
        "U heeft recht op inzage en verwijdering. Vragen over privacy beantwoordt onze collega "
        "Daniëlle; zij is geïnteresseerd in uw ideeën."
    ),
    "sv": (
        "Vi sparar dina uppgifter så länge du är kund hos oss. De säljs aldrig vidare och lämnas "
        "bara ut när lagen kräver det. Du har rätt att få veta vilka uppgifter vi behandlar.\n"
        "Vill du ändra eller radera något, hör av dig före årets slut; vi svarar på några dagar."
    ),
    "da": (
        "Vi gemmer dine oplysninger, så længe du er kunde, og sletter dem et år efter. De bliver "
        "aldrig solgt, og kun når loven kræver det, får en myndighed adgang til dem.\n"
        "Du kan få at vide, hvilke oplysninger vi behandler, og bede os ændre dem. Skriv på dansk "
        "til vores rådgiver, så svarer hun inden for få dage. Vores køkken på Ærø er åbent."
    ),
    "no": (
        "Vi lagrer opplysningene dine så lenge du er kunde, og sletter dem ett år senere. De blir "
        "aldri solgt, og bare når loven krever det, får myndighetene innsyn i dem.\n"
        "Du kan få vite hvilke opplysninger vi behandler, og be oss om å rette dem. Spørsmål "
        "besvares av vårt personvernombud innen noen få dager."
    ),
    "fi": (
        "Säilytämme tietojasi niin kauan kuin olet asiakkaamme. Emme myy niitä, ja luovutamme ne "
        "viranomaisille vain, kun laki sitä edellyttää. Käsittelemme tietoja huolellisesti.\n"
        "Sinulla on oikeus tietää, mitä tietoja meillä on, ja pyytää niiden poistamista. Vastaamme "
        "kysymyksiin viimeistään kymmenen päivän kuluessa."
    ),
    "is": (
        "Við geymum upplýsingar þínar á meðan þú ert viðskiptavinur okkar. Þær eru aldrei seldar "
        "og aðeins afhentar þegar lög krefjast þess.\n"
        "Þú átt rétt á að vita hvaða upplýsingar við vinnum með og biðja um að þeim sé eytt. Við "
        "svörum öllum spurningum innan fárra daga, líka á ströndinni í Vík."
    ),
    "pl": (
        "Przetwarzamy Państwa dane osobowe wyłącznie po to, aby świadczyć usługę. Nie "
        "sprzedajemy ich nikomu, a żądanie usunięcia spełniamy w ciągu miesiąca.\n"
        "Każda osoba ma prawo wglądu w treść swoich danych oraz ich poprawiania. Źródło danych "
        "podajemy na życzenie. Łączny okres przechowywania to pięć lat, później są niszczone."
    ),
    "cs": (
        "Vaše osobní údaje zpracováváme jen v rozsahu, který je nutný k plnění smlouvy. Třetím "
        "osobám je nepředáváme, ledaže nám to ukládá zákon. Každý může žádat o výmaz.\n"
        "Údaje uchováváme nejdéle pět let, poté je bezpečně zničíme. Žádosti vyřizujeme do třiceti "
        "dnů; příliš složité případy však mohou trvat ještě o něco déle. Ďáblice, Česko."
    ),
    "sk": (
        "Vaše osobné údaje spracúvame len v rozsahu, ktorý je nevyhnutný na plnenie zmluvy. Tretím "
        "osobám ich neposkytujeme, ak nám to neukladá zákon. Každý môže žiadať o výmaz.\n"
        "Údaje uchovávame najdlhšie päť rokov, potom ich bezpečne zničíme. Žiadosti vybavujeme do "
        "tridsiatich dní, ťažšie prípady však môžu trvať dlhšie. Ľubovoľná otázka je vítaná."
    ),
    "hu": (
        "Személyes adatait kizárólag a szerződés teljesítéséhez szükséges mértékben kezeljük. "
        "Harmadik félnek nem adjuk át őket, kivéve, ha azt törvény írja elő.\n"
        "Ön bármikor kérheti az adatok törlését vagy helyesbítését; a kérésre legkésőbb harminc "
        "napon belül válaszolunk. A megőrzési idő öt év, utána az adatok fölöslegessé válnak."
    ),
    "ro": (
        "Datele dumneavoastră sunt păstrate atâta timp cât sunteţi clientul nostru. Nu le vindem "
        "nimănui şi le comunicăm autorităţilor numai dacă legea o cere în mod expres.\n"
        "Aveţi dreptul să ştiţi ce informaţii prelucrăm şi să cereţi ştergerea lor. Răspundem în "
        "cel mult treizeci de zile, iar cererea este gratuită."
    ),
    "sl": (
        "Vaše osebne podatke obdelujemo samo toliko, kolikor je nujno za izpolnitev pogodbe. "
        "Tretjim osebam jih ne posredujemo, razen če to zahteva zakon.\n"
        "Kadar koli lahko zahtevate izbris ali popravek, mi pa vam bomo odgovorili najpozneje v "
        "tridesetih dneh. Hranimo jih še pet let, potem jih uničimo. Če želite, nas pokličite."
    ),
    "hr": (
        "Vaše osobne podatke obrađujemo samo u mjeri koja je nužna za izvršenje ugovora. Trećim "
        "osobama ih ne dajemo, osim ako to zahtijeva zakon. Također ih nikada ne prodajemo.\n"
        "U svako doba možete tražiti brisanje ili ispravak, a mi ćemo odgovoriti najkasnije za "
        "trideset dana. Uvjete korištenja objavljujemo na ovoj stranici prije početka primjene."
    ),
    "tr": (
        "Kişisel verilerinizi yalnızca sözleşmenin yerine getirilmesi için işliyoruz. Bunları "
        "üçüncü kişilere satmıyoruz; ancak yasa gerektirdiğinde yetkili makamlara bildiriyoruz.\n"
        "İstediğiniz zaman verilerinizin silinmesini isteyebilirsiniz. Başvurular en geç otuz gün "
        "içinde yanıtlanır, saklama süresi beş yıldır. Değişiklikler bu sayfada duyurulur."
    ),
    "lt": (
        "Jūsų asmens duomenis tvarkome tik tiek, kiek būtina sutarčiai vykdyti. Trečiosioms šalims "
        "jų neperduodame, nebent to reikalauja įstatymas. Duomenų neparduodame niekam.\n"
        "Bet kada galite prašyti ištrinti ar ištaisyti duomenis; atsakysime ne vėliau kaip per "
        "trisdešimt dienų. Saugojimo laikotarpis – penkeri metai, vėliau įrašai sunaikinami."
    ),
    "lv": (
        "Jūsu personas datus apstrādājam tikai tik daudz, cik nepieciešams līguma izpildei. "
        "Trešajām personām tos nenododam, ja vien to neprasa likums. Mēs tos nekad nepārdodam.\n"
        "Jebkurā laikā varat lūgt datus dzēst vai labot; atbildēsim ne vēlāk kā trīsdesmit dienu "
        "laikā. Glabāšanas ilgums ir pieci gadi, pēc tam ieraksti tiek iznīcināti. Ķekava, Ģipka."
    ),
    "et": (
        "Töötleme teie isikuandmeid ainult nii palju, kui on lepingu täitmiseks vajalik. Me ei müü "
        "neid ega anna kolmandatele isikutele, kui seadus seda just ei nõua.\n"
        "Võite igal ajal paluda andmeid kustutada või parandada; vastame hiljemalt kolmekümne "
        "päeva jooksul. Säilitame andmeid viis aastat, pärast seda need hävitatakse täielikult."
    ),
    "vi": (
        "Chúng tôi chỉ xử lý dữ liệu cá nhân của bạn khi cần thiết để thực hiện hợp đồng. Chúng "
        "tôi không bán dữ liệu cho bên thứ ba, trừ khi pháp luật yêu cầu.\n"
        "Bạn có thể yêu cầu xóa hoặc sửa dữ liệu bất cứ lúc nào; chúng tôi sẽ trả lời trong vòng "
        "ba mươi ngày. Thời gian lưu trữ là năm năm. Mọi thay đổi đều được công bố ở đây."
    ),
    "ru": (
        "Мы обрабатываем ваши персональные данные только в объёме, необходимом для исполнения "
        "договора. Третьим лицам мы их не передаём, если этого не требует закон.\n"
        "Вы можете в любое время попросить удалить или исправить сведения; мы ответим не позднее "
        "чем через тридцать дней. Срок хранения составляет пять лет, затем записи уничтожаются."
    ),
    "uk": (
        "Ми обробляємо ваші персональні дані лише в обсязі, потрібному для виконання договору. "
        "Третім особам ми їх не передаємо, якщо цього не вимагає закон. Її зміст відкритий.\n"
        "Ви можете будь-коли попросити видалити або виправити відомості; ми відповімо не пізніше "
        "ніж за тридцять днів. Строк зберігання становить п'ять років, потім записи знищуються."
    ),
    "bg": (
        "Обработваме вашите лични данни само доколкото е необходимо за изпълнение на договора. Не "
        "ги предаваме на трети лица, освен ако законът не го изисква изрично.\n"
        "Можете по всяко време да поискате изтриване или поправка; ще отговорим най-късно до "
        "тридесет дни. Срокът за съхранение е пет години, след което записите се унищожават."
    ),
    "sr": (
        "Ваше личне податке обрађујемо само у мери која је нужна за извршење уговора. Трећим "
        "лицима их не дајемо, осим ако то захтева закон. Такође их никада не продајемо.\n"
        "У свако доба можете тражити брисање или исправку, а ми ћемо одговорити најкасније за "
        "тридесет дана. Њихово чување траје пет година, после чега се уништавају. Џеп, Љиг."
    ),
    "el": (
        "Επεξεργαζόμαστε τα προσωπικά σας δεδομένα μόνο στον βαθμό που είναι αναγκαίο για την "
        "εκτέλεση της σύμβασης. Δεν τα διαβιβάζουμε σε τρίτους, εκτός αν το απαιτεί ο νόμος.\n"
        "Μπορείτε οποτεδήποτε να ζητήσετε τη διαγραφή ή τη διόρθωσή τους· θα απαντήσουμε το "
        "αργότερο σε τριάντα ημέρες. Άλλωστε, ο χρόνος τήρησης είναι πέντε έτη. Έπειτα "
    ),
    "he": (
        "אנו מעבדים את המידע האישי שלכם רק במידה הנדרשת לקיום החוזה. איננו מוסרים אותו לצד שלישי, "
        "אלא אם כן החוק מחייב זאת.\n"
        "תוכלו לבקש בכל עת למחוק את המידע או לתקן אותו; נשיב לכם בתוך שלושים יום לכל המאוחר. תקופת "
        "השמירה היא חמש שנים, ולאחריה הרשומות נמחקות."
    ),
    "ar": (
        "نعالج بياناتكم الشخصية بالقدر اللازم لتنفيذ العقد فقط، ولا ننقلها إلى أطراف أخرى ما لم "
        "يطلب القانون ذلك.\n"
        "يمكنكم في أي وقت طلب حذف البيانات أو تصحيحها، وسنجيب خلال ثلاثين يوما على الأكثر. مدة "
        "الحفظ خمس سنوات، وبعدها تتلف السجلات نهائيا."
    ),
    "th": (
        "เราประมวลผลข้อมูลส่วนบุคคลของท่านเท่าที่จำเป็นต่อการปฏิบัติตามสัญญาเท่านั้น "
        "และไม่ส่งต่อให้บุคคลภายนอก เว้นแต่กฎหมายกำหนด\n"
        "ท่านสามารถขอให้ลบหรือแก้ไขข้อมูลได้ทุกเมื่อ เราจะตอบภายในสามสิบวัน "
        "ระยะเวลาเก็บรักษาคือห้าปี หลังจากนั้นจะทำลายบันทึกทั้งหมด"
    ),
    "zh": (
        "我们只在履行合同所必需的范围内处理您的个人信息。除法律要求外，我们不会将其提供给第三方。\n"
        "您可以随时要求删除或更正信息，我们最迟在三十天内答复。保存期限为五年，之后记录将被销毁。"
        "如果本政策发生变化，我们会在此页面公布。"
    ),
    "zh-tw": (
        "我們只在履行契約所必要的範圍內處理您的個人資料。除法律要求外，我們不會將其提供給第三方。\n"
        "您可以隨時要求刪除或更正資料，我們最遲於三十天內答覆。保存期限為五年，之後紀錄將予以銷毀。"
        "若本政策有所變更，我們會在此頁面公布。"
    ),
    "ja": (
        "当社は、契約の履行に必要な範囲でのみ、お客様の個人情報を取り扱います。法令に基づく場合を除き、"
        "第三者に提供することはありません。\n"
        "お客様はいつでも情報の削除や訂正を求めることができ、当社は三十日以内に回答します。"
        "保存期間は五年間で、その後、記録は破棄されます。サービスの変更はこのページでお知らせします。"
    ),
    "ko": (
        "당사는 계약 이행에 필요한 범위에서만 고객의 개인정보를 처리합니다. 법률이 요구하는 경우를 "
        "제외하고 제삼자에게 제공하지 않습니다.\n"
        "고객은 언제든지 정보의 삭제나 정정을 요청할 수 있으며, 당사는 삼십 일 이내에 답변합니다. "
        "보관 기간은 오 년이며 그 후 기록은 파기됩니다."
    ),
}
