"""The words of each language that a policy dates itself with."""

# ruff: noqa: RUF001 - letters of many scripts

import pytest

from pipelines.extraction.dates import stated_date

STATED = [
    ("en", "Last Updated: January 9, 2014", "updated", "2014-01-09"),
    ("en", "Last Updated\n\nMay 1, 2018", "updated", "2018-05-01"),
    ("en", "May 1, 2018\n\nLast Updated", "updated", "2018-05-01"),
    (
        "en",
        "**Last updated:** [May 1, 2018](https://acme.example/2017/04/03/x)",
        "updated",
        "2018-05-01",
    ),
    ("en", "*Revised: Sept. 3rd, 2015*", "updated", "2015-09-03"),
    ("en", "(Rev. 5/25/18)", "updated", "2018-05-25"),
    ("en", "Effective as of the 25th day of May, 2018", "effective", "2018-05-25"),
    ("en", "In force from 25 May 2018", "effective", "2018-05-25"),
    ("en", "This notice takes effect on 1 June 2020.", "effective", "2020-06-01"),
    (
        "en",
        "This Privacy Policy was last updated and is effective as of June 2, 2019",
        "updated",
        "2019-06-02",
    ),
    ("en", "Version 2.3, dated 12 May 2020", "version", "2020-05-12"),
    ("en", "Version: 4.1 (2 March 2021)", "version", "2021-03-02"),
    ("en", "Last updated: 25-May-2018", "updated", "2018-05-25"),
    ("en", "Last updated 25/05/18", "updated", "2018-05-25"),
    ("en", "Last Updated: 2018-05-25T10:00:00Z", "updated", "2018-05-25"),
    ("en", "Last modified: Friday, 25 May 2018 at 10:30", "updated", "2018-05-25"),
    ("en", "We last updated this Privacy Policy on May 1, 2018.", "updated", "2018-05-01"),
    ("en", "Date last modified: 05/25/2018", "updated", "2018-05-25"),
    ("en", "Published 3 March 2017", "updated", "2017-03-03"),
    ("en", "ACME PRIVACY POLICY - MAY 25, 2018", "version", "2018-05-25"),
    ("de", "Stand: 1. Mai 2018", "updated", "2018-05-01"),
    ("de", "Stand 25.5.2018", "updated", "2018-05-25"),
    ("de", "Letzte Aktualisierung am 3. März 2021", "updated", "2021-03-03"),
    (
        "de",
        "Diese Datenschutzerklärung wurde zuletzt am 3. März 2021 aktualisiert.",
        "updated",
        "2021-03-03",
    ),
    (
        "de",
        "Diese Datenschutzerklärung ist aktuell gültig und hat den Stand Mai 2018.",
        "updated",
        "",
    ),
    ("de", "Fassung vom 12.11.2019", "version", "2019-11-12"),
    ("de", "Diese Erklärung tritt am 25. Mai 2018 in Kraft.", "effective", "2018-05-25"),
    ("de", "Datenschutzerklärung (gültig ab 01.07.2020)", "effective", "2020-07-01"),
    ("fr", "Dernière mise à jour : 1er janvier 2021", "updated", "2021-01-01"),
    ("fr", "Mise à jour le 3 févr. 2019", "updated", "2019-02-03"),
    ("fr", "Publié le 14/08/2019", "updated", "2019-08-14"),
    ("fr", "Date d’entrée en vigueur : 25 mai 2018", "effective", "2018-05-25"),
    ("fr", "La présente politique entre en vigueur le 25 mai 2018.", "effective", "2018-05-25"),
    ("fr", "Version du 12 décembre 2022", "version", "2022-12-12"),
    (
        "fr",
        "Cette politique a été modifiée pour la dernière fois le 2 août 2020.",
        "updated",
        "2020-08-02",
    ),
    ("fr", "Version en vigueur au 25/05/2018", "effective", "2018-05-25"),
    ("es", "Última actualización: 7 de junio de 2022", "updated", "2022-06-07"),
    (
        "es",
        "Esta política fue actualizada por última vez el 7 de junio de 2022.",
        "updated",
        "2022-06-07",
    ),
    ("es", "Fecha de entrada en vigor: 1 de enero de 2020", "effective", "2020-01-01"),
    ("es", "En vigor desde el 25/05/2018", "effective", "2018-05-25"),
    ("es", "Versión de 3 de marzo de 2019", "version", "2019-03-03"),
    ("it", "Ultimo aggiornamento: 8 settembre 2020", "updated", "2020-09-08"),
    ("it", "Ultima modifica: 25/05/2018", "updated", "2018-05-25"),
    (
        "it",
        "La presente informativa è stata aggiornata l'ultima volta il 1° gennaio 2021",
        "updated",
        "2021-01-01",
    ),
    ("it", "In vigore dal 25 maggio 2018", "effective", "2018-05-25"),
    ("it", "Aggiornata al 3 marzo 2019", "updated", "2019-03-03"),
    ("pt", "Última atualização: 12 de março de 2021", "updated", "2021-03-12"),
    ("pt", "Atualizado em 05/11/2021", "updated", "2021-11-05"),
    ("pt", "Em vigor a partir de 1 de janeiro de 2022", "effective", "2022-01-01"),
    ("nl", "Laatst bijgewerkt op 9 oktober 2021", "updated", "2021-10-09"),
    (
        "nl",
        "Dit privacybeleid is voor het laatst gewijzigd op 25 mei 2018.",
        "updated",
        "2018-05-25",
    ),
    ("nl", "Ingangsdatum: 1 juli 2019", "effective", "2019-07-01"),
    ("nl", "Versie 2 - maart 2019", "version", ""),
    ("sv", "Senast uppdaterad: 25 maj 2018", "updated", "2018-05-25"),
    ("sv", "Denna policy gäller från och med den 1 juni 2020.", "effective", "2020-06-01"),
    ("da", "Sidst opdateret: 3. marts 2020", "updated", "2020-03-03"),
    ("da", "Senest opdateret d. 3. marts 2020", "updated", "2020-03-03"),
    ("da", "Træder i kraft den 25. maj 2018", "effective", "2018-05-25"),
    ("no", "Sist oppdatert 17. juni 2021", "updated", "2021-06-17"),
    ("no", "Gjelder fra 1. januar 2022", "effective", "2022-01-01"),
    ("fi", "Päivitetty 25.5.2018", "updated", "2018-05-25"),
    ("fi", "Viimeksi päivitetty: 3. maaliskuuta 2020", "updated", "2020-03-03"),
    ("fi", "Tämä tietosuojaseloste on voimassa 1.6.2020 alkaen.", "effective", "2020-06-01"),
    ("pl", "Ostatnia aktualizacja: 25 maja 2018 r.", "updated", "2018-05-25"),
    ("pl", "Data ostatniej aktualizacji: 3 marca 2020", "updated", "2020-03-03"),
    ("pl", "Polityka obowiązuje od dnia 1 stycznia 2021 r.", "effective", "2021-01-01"),
    ("pl", "Obowiązuje od 1 I 2021", "effective", "2021-01-01"),
    ("ru", "Последнее обновление: 25 мая 2018 г.", "updated", "2018-05-25"),
    ("ru", "Дата вступления в силу: 01.03.2022", "effective", "2022-03-01"),
    ("ru", "Редакция от 12 апреля 2021 года", "version", "2021-04-12"),
    ("ko", "최종 업데이트: 2021년 1월 5일", "updated", "2021-01-05"),
    ("ko", "시행일자: 2021. 3. 2.", "effective", "2021-03-02"),
    ("ko", "이 개인정보처리방침은 2020년 5월 1일부터 적용됩니다.", "effective", "2020-05-01"),
    ("tr", "Son güncelleme: 5 Mart 2021", "updated", "2021-03-05"),
    ("tr", "Yürürlük tarihi: 01.02.2020", "effective", "2020-02-01"),
    ("tr", "Bu politika 5 MAYIS 2021 tarihinde güncellenmiştir.", "updated", "2021-05-05"),
    ("zh", "更新日期：2022年4月26日", "updated", "2022-04-26"),
    ("zh", "最近更新日期：２０２２年４月２６日", "updated", "2022-04-26"),
    ("zh", "本政策于2021年11月1日生效", "effective", "2021-11-01"),
    ("zh", "生效日期：二〇二一年十一月一日", "effective", "2021-11-01"),
    ("zh", "版本日期：2020-03-01", "version", "2020-03-01"),
    ("ja", "最終更新日：2022年3月1日", "updated", "2022-03-01"),
    ("ja", "制定 2016年3月29日", "version", "2016-03-29"),
    ("ja", "令和4年4月1日 改定", "updated", "2022-04-01"),
    ("ja", "2021年4月1日施行", "effective", "2021-04-01"),
    (
        "ja",
        "制定日：平成17年4月1日\n改定日：平成27年6月1日\n改定日：令和元年12月1日",
        "updated",
        "2019-12-01",
    ),
]


@pytest.mark.parametrize(
    ("language", "words", "kind", "day"), STATED, ids=[f"{case[0]} {case[1]}" for case in STATED]
)
def test_a_stated_date_is_read_in_the_language_of_the_policy(
    language: str, words: str, kind: str, day: str
) -> None:
    stated = stated_date(f"# Acme\n\n{words}\n\nWe keep what we need.", language)

    assert (stated.kind, str(stated.date or "")) == (kind, day)


def test_a_label_is_read_in_any_language_of_the_text_around_it() -> None:
    stated = stated_date("# Confidentialité\n\nUpdated on 26 Jun 2025.\n\nNous gardons peu.", "fr")

    assert (stated.kind, str(stated.date)) == ("updated", "2025-06-26")
