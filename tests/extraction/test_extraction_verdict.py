"""A page that is no policy is kept with its reason; a true policy is never refused."""

import pytest
from extraction_pages import PARAGRAPHS, policy_page, short_page

from pipelines.extraction.extract import extract

NOT_POLICIES = [
    ("soft-404", "404 Not Found", "The page you are looking for could not be found."),
    ("soft-404", "Larkspur", "Sorry, this page does not exist. See our privacy policy."),
    ("soft-404", "Erreur", "La page demandée est introuvable. Retour à l'accueil."),
    ("soft-404", "Larkspur", "Die Seite wurde leider nicht gefunden."),
    ("soft-404", "", "An internal error has occurred."),
    ("challenge", "Just a moment...", "Verifying you are human. This may take a few seconds."),
    ("challenge", "larkspur.example", "Please complete the security check to access the site."),
    ("challenge", "Access Denied", "You don't have permission to access this on this server."),
    ("maintenance", "Larkspur", "We are down for maintenance and will be back soon."),
    ("maintenance", "Larkspur", "Le site est en maintenance pour quelques heures."),
    ("parked", "larkspur.example", "This domain is for sale! Related searches: desk, help."),
    ("login", "Sign in - Larkspur", "Email address. Password. Forgot your password?"),
    ("consent-wall", "Larkspur", "Before you continue: we use cookies. Accept all cookies?"),
    ("script-shell", "Larkspur", "You need to enable JavaScript to run this app."),
    ("redirect", "", "You should be redirected quickly, if not click here."),
    ("other-page", "Larkspur - help desk software", "Fast tickets, happy people. Try it now."),
]


@pytest.mark.parametrize(
    ("reason", "title", "text"),
    NOT_POLICIES,
    ids=[f"{case[0]}: {case[2]}" for case in NOT_POLICIES],
)
def test_a_page_of_another_kind_is_refused_with_its_reason(
    reason: str, title: str, text: str
) -> None:
    extraction = extract(short_page(title, text))

    assert (extraction.verdict, extraction.reason) == ("not-policy", reason)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"<html><head></head><body></body></html>", "empty"),
        (b"<body><div id=app></div><script src=/app.js></script></body>", "script-shell"),
        (b"<html><meta http-equiv=Refresh content='0; url=/legal'></html>", "redirect"),
        (b"<html><frameset><frame src=a.htm><frame src=b.htm></frameset></html>", "frameset"),
        (b'{"error": {"code": 404, "message": "no such document"}}', "other-page"),
        (b"[" * 100_000 + b"]" * 100_000, "other-page"),
    ],
    ids=["nothing", "blank", "no text", "script", "refresh", "frames", "json", "deep json"],
)
def test_a_body_without_a_text_of_its_own_is_refused(body: bytes, reason: str) -> None:
    extraction = extract(body)

    assert (extraction.verdict, extraction.reason) == ("not-policy", reason)


def test_a_page_of_links_to_the_documents_is_not_a_document() -> None:
    links = "".join(
        f'<p>In {2010 + n}: <a href="/terms/{n}">Terms of service, part {n}</a></p>'
        for n in range(8)
    )
    words = (
        "Trust and clarity are at the core of what we do with your data. Below is an overview of "
        "each document, so that you can quickly find what you need and read it at your leisure. "
        "If you do not know which terms are yours, write to us and we are glad to tell you."
    )
    page = f"<html><body><main><p>{words}</p>{links}</main></body></html>"

    extraction = extract(page.encode())

    assert (extraction.verdict, extraction.reason) == ("not-policy", "other-page")


def test_a_long_text_about_something_else_is_not_a_policy() -> None:
    paragraphs = ["The kettle sings while bread and plums wait on the old table by the door."] * 40

    extraction = extract(
        policy_page(paragraphs=paragraphs).replace("Privacy policy", "Home").encode()
    )

    assert (extraction.verdict, extraction.reason) == ("not-policy", "other-page")


@pytest.mark.parametrize(
    "text",
    [
        (
            "We collect your name and email address when you register. We never share this "
            "personal information with third parties. Write to us about your privacy at any time."
        ),
        (
            "Wir erheben personenbezogene Daten nur, wenn Sie uns schreiben. Eine Weitergabe der "
            "Daten an Dritte findet nicht statt. Sie haben das Recht auf Auskunft über Ihre Daten."
        ),
        (
            "Nous collectons vos données personnelles pour répondre à vos demandes. Vous disposez "
            "d'un droit d'accès et de rectification de vos données auprès de notre délégué."
        ),
        "当社は法令に従い個人情報を適切に取り扱い、取得した個人情報を第三者に提供しません。",
    ],
    ids=["en", "de", "fr", "ja"],
)
def test_even_a_very_short_policy_is_one(text: str) -> None:
    extraction = extract(short_page("Larkspur", text))

    assert (extraction.verdict, extraction.reason) == ("policy", "")


@pytest.mark.parametrize(
    "clause",
    [
        "If a page cannot be found, error 404, we log the address that you asked for.",
        "Please enable JavaScript and cookies to continue using the help desk.",
        "You must be logged in to change your password; if you forgot your password, ask us.",
        "Our service may be down for maintenance, temporarily unavailable or offline.",
        "We and our partners use cookies; this website uses cookies: accept all cookies or none.",
        "You will be redirected to the payment page of our bank.",
    ],
    ids=["404", "script", "login", "maintenance", "consent", "redirect"],
)
def test_a_policy_that_speaks_of_errors_and_walls_is_still_one(clause: str) -> None:
    page = policy_page(paragraphs=(clause, *PARAGRAPHS))

    extraction = extract(page.encode())

    assert (extraction.verdict, extraction.reason) == ("policy", "")


def test_a_refresh_for_readers_without_scripts_says_nothing() -> None:
    page = policy_page(
        head='<noscript><meta http-equiv="refresh" content="0; url=/plain"></noscript>',
        paragraphs=PARAGRAPHS[:3],
    )

    assert extract(page.encode()).verdict == "policy"


def test_a_refused_page_keeps_its_text_and_title() -> None:
    extraction = extract(short_page("404 Not Found", "The page could not be found."))

    assert (extraction.title, extraction.text) == ("404 Not Found", "The page could not be found.")
    assert extraction.text_id is not None
    assert extraction.stated_date is None
