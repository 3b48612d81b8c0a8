"""In which language somebody reads, and that nobody gets a page in another's."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from gallery import rendering
from tests.factories import make_painting

pytestmark = pytest.mark.django_db

GERMAN = {"accept-language": "de-AT,de;q=0.9,en;q=0.5"}


def heading(response: Any) -> str:
    html: str = response.content.decode()
    return html.partition("<h1")[2].partition("</h1>")[0].partition(">")[2].replace("&nbsp;", " ")


def test_a_page_speaks_the_language_that_the_browser_asks_for(client: Client) -> None:
    make_painting("Harbour")
    english, german, french = (
        client.get("/", headers={"accept-language": tag} if tag else {}) for tag in ("", "de-AT,de;q=0.9", "fr")
    )
    assert heading(english) == heading(french) == "Find paintings that look alike"
    assert heading(german) == "Gemälde finden, die sich ähneln"
    assert '<html lang="en">' in english.content.decode()
    assert '<html lang="de">' in german.content.decode()
    assert "Harbour" in german.content.decode()


def test_who_comes_next_gets_their_own_language_again(client: Client) -> None:
    make_painting("Harbour")
    client.get("/", headers=GERMAN)
    assert heading(client.get("/")) == "Find paintings that look alike"


def test_the_switch_leads_back_to_where_it_was_used_and_is_remembered(client: Client) -> None:
    make_painting("Harbour")
    where = "/?q=harb&style=&from=1800"
    answer = client.post("/language/", {"language": "de", "next": where})
    assert (answer.status_code, answer.headers["Location"]) == (302, where)
    assert heading(client.get("/")) == "Gemälde finden, die sich ähneln"
    client.post("/language/", {"language": "en-gb", "next": "/"})
    assert heading(client.get("/", headers=GERMAN)) == "Find paintings that look alike"


def test_every_page_has_the_switch_with_its_own_address(client: Client) -> None:
    make_painting("Harbour")
    for path in ("/?q=a%26b&sort=title", "/search/", "/nothing/here"):
        html = client.get(path).content.decode()
        assert f'name="next" type="hidden" value="{path.replace("&", "&amp;")}"' in html, path
        assert 'value="de" lang="de">Deutsch</button>' in html
        assert 'value="en-gb" lang="en" aria-current="true">English</button>' in html


def test_the_choice_is_kept_in_a_guarded_cookie_and_leads_to_no_other_site(settings: Any) -> None:
    settings.LANGUAGE_COOKIE_SECURE = True
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/language/", {"language": "de", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"
    cookie = answer.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    assert int(cookie["max-age"]) > 30 * 24 * 3600


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    client.post("/language/", {"language": "tlh", "next": "/"})
    assert "django_language" not in client.cookies


def test_caches_are_told_what_a_page_depends_on(client: Client) -> None:
    painting = make_painting("Harbour")
    for path in ("/", painting.get_absolute_url(), "/search/", "/nothing/here", "/api/v1/paintings/"):
        kinds = {name.strip() for name in client.get(path).headers["Vary"].split(",")}
        assert {"Accept-Language", "Cookie"} <= kinds, path


def test_a_picture_is_the_same_in_every_language(client: Client) -> None:
    painting = make_painting("Harbour")
    image = painting.live_image
    assert image is not None
    width = min(image.widths)
    rendering.storage().save(image.rendition_path(width, "jpg"), ContentFile(b"a picture"))
    response = client.get(f"/paintings/{painting.pk}/images/{image.sha256[:16]}/{width}.jpg")
    assert response.status_code == 200
    assert "Vary" not in response.headers


def test_the_api_s_refusals_are_sentences_in_the_caller_s_language(client: Client) -> None:
    english, german = (client.get("/api/v1/paintings/?from=x", headers=some).json() for some in ({}, GERMAN))
    assert english == {"from": ["“x” is no whole number."]}
    assert german == {"from": ["„x“ ist keine ganze Zahl."]}


def test_the_api_s_data_are_the_same_in_every_language(client: Client) -> None:
    first = make_painting(
        "Harbour", artist="Ines Quill", style="Cubism", genre="landscape",
        rights="https://creativecommons.org/publicdomain/zero/1.0/", medium="Oil on canvas",
        display_date="c. 1665", first_year=1660, last_year=1670, dimensions="73 × 92 cm",
    )  # fmt: skip
    second = make_painting("Quay", artist="Ines Quill", style="Cubism")
    for path in (
        "paintings/", f"paintings/{first.pk}/", f"paintings/{first.pk}/similar/", "artists/", "styles/", "genres/",
        "features/", f"search/?painting={first.pk}", "suggest/?q=cub", f"paintings/{first.pk}/why/{second.pk}/",
        "schema/",
    ):  # fmt: skip
        english, german = (client.get(f"/api/v1/{path}", headers=some) for some in ({}, GERMAN))
        assert english.status_code == german.status_code == 200, path
        assert english.content == german.content, path
