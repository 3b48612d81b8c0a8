"""Every page in a language of brackets, with a collection in capitals: whatever else is a word was forgotten."""

import re
from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from config.messages import catalogue
from gallery.models import Painting
from search.photos import keep
from tests.config import pseudo
from tests.factories import make_painting, picture_bytes
from tests.suggested import activate_labelled_model, suggest

pytestmark = pytest.mark.django_db

FOLDER = Path(settings.BASE_DIR, "templates")
ATTRIBUTES = r"{% block (?:\w+_current|bodyclass|coltype|awaited) %}.*?{% endblock %}"
BETWEEN = re.compile(ATTRIBUTES + r"|{% blocktranslate.*?{% endblocktranslate %}|{[%#{].*?[%#}]}", re.S)
TEMPLATES = [path for path in sorted(FOLDER.rglob("*.html")) if path.name != "photo_words.html"]  # attributes alone
SHOUTED = {"accept-language": "de"}


@pytest.fixture(autouse=True)
def brackets(settings: Any, tmp_path: Path) -> None:
    (real,) = settings.LOCALE_PATHS
    pseudo.instead_of_german(settings, tmp_path / "locale", Path(real) / "de" / catalogue.FILE)
    settings.PHOTO_HOSTS = ["A.EXAMPLE", "B.EXAMPLE", "C.EXAMPLE"]


@pytest.fixture
def paintings() -> list[Painting]:
    first = make_painting(
        "HARBOUR", artist=("INES", "TOM"), style="CUBISM", genre="PORTRAIT", medium="OIL", collection="TATE",
        display_date="c. 1665", first_year=1660, last_year=1670, dimensions="73 × 92 CM", object_number="7",
        credit_line="GIFT", rights="https://creativecommons.org/publicdomain/zero/1.0/",
    )  # fmt: skip
    others = [
        make_painting(
            f"QUAY {number}", artist="INES", style="BAROQUE", first_year=1700 + number, last_year=1700 + number
        )
        for number in range(4)
    ]
    return [first, *others]


def check(pages: Iterator[tuple[str, Any]], *, data: Collection[str] = ()) -> None:
    """`data`: words that a model of the tests has and no language."""
    for path, response in pages:
        html = response.content.decode()
        for text in data:
            html = html.replace(text, text.upper())
        assert not (left := pseudo.untranslated(html)), f"{path}: {' '.join(left)}"


def test_pages_of_the_collection(client: Client, paintings: list[Painting]) -> None:
    paths = (
        "/", "/?q=HARBOUR&size=1", "/?q=HARBUOR", "/?q=ZZZ", "/?style=cubism",
        "/?style=cubism&from=1600&to=1700&rights=X",
        "/?style=cubism&style=baroque&page=2&size=2", "/?q=QUAY&style=cubism&from=1600&orientation=landscape",
        "/?from=x&sort=y&size=0", "/?page=99", "/?once=1&per_artist=2&sort=title", "/?from=1900&to=1800",
        "/suggest/?q=q", "/suggest/?q=ines", "/help/", "/map/", "/map/?q=QUAY", "/map/?from=x", "/timeline/",
        "/timeline/?from=1600&to=1690&style=cubism", "/timeline/?from=x", "/selection/", "/selection/?paintings=x",
    )  # fmt: skip
    check((path, client.get(path, headers=SHOUTED)) for path in paths)


def test_pages_of_likeness(client: Client, paintings: list[Painting]) -> None:
    one, two, three = (painting.pk for painting in paintings[:3])
    paths = (
        f"/search/?like={one}", f"/search/?like={one}&like={two}&unlike={three}&q=QUAY&per_artist=3&once=1",
        f"/search/?like={one}~0,0,500,500", f"/search/?unlike={one}", f"/search/?unlike={one}&unlike={two}",
        f"/search/?like={one}&weight.palette=1&weight.style512=2&nearness=related",
        "/search/?colour=8c2f1b", "/search/?colour=8c2f1b:30&colour=cf3f26:60&colour=24388c",
        f"/search/?like={one}&page=2&size=1&part=1", f"/search/?like={one}&style=cubism&artist=tom&nearness=copy",
        f"/compare/{one}/{two}/", f"/compare/{one}/{one}/?weight.palette=1&weight.style512=1&regions=1",
        f"/compare/{one}/{two}/?weight.nothing=1", f"/why/{one}/{two}/", f"/why/{one}/{one}/?weight.palette=x",
        f"/walk/{one}/{two}/", f"/walk/{one}/{one}/", f"/walk/{one}/{two}/?steps=2&weight.palette=1",
        f"/map/?like={one}",
        f"/selection/?paintings={one},{two},{LARGE}", f"/search/part/?painting={one}",
        f"/search/part/?painting={one}&left=60&right=50&top=0&bottom=50", f"/search/?like={LARGE}",
    )  # fmt: skip
    check((path, client.get(path, headers=SHOUTED)) for path in paths)


LARGE = 2**40


def test_pages_of_photos(client: Client, paintings: list[Painting]) -> None:
    token = keep(BytesIO(picture_bytes(77)), "a.png")
    paths = (
        "/search/", f"/search/?photo={token}", f"/search/?photo={token}~0,0,500,500&unlike_photo={token}",
        f"/search/?photo={'0' * 32}", f"/search/part/?photo={token}", f"/search/?unlike_photo={token}",
    )  # fmt: skip
    check((path, client.get(path, headers=SHOUTED)) for path in paths)
    sent = (
        {}, {"photo": SimpleUploadedFile("A.TXT", b"text " * 99)}, {"address": "http://a.example/"},
        {"address": "https://d.example/x.jpg"}, {"address": "https://u:p@a.example/x.jpg"}, {"address": "A"},
    )  # fmt: skip
    check((str(fields), client.post("/search/", fields, headers=SHOUTED)) for fields in sent)


def test_paintings_pages(client: Client, paintings: list[Painting], curator: Any) -> None:
    shown = [paintings[0], *(make_painting(f"DRAFT {state}".upper(), state=state) for state in ("draft", "review"))]
    check((each.title, client.get(each.get_absolute_url(), headers=SHOUTED)) for each in paintings)
    client.force_login(curator)
    check((each.title, client.get(each.get_absolute_url(), headers=SHOUTED)) for each in shown)


def test_what_the_network_guesses(client: Client) -> None:
    model = activate_labelled_model(style=("CUBISM", "BAROQUE", "FAUVISM"), genre=("PORTRAIT", "SEA"))
    one, two, three = make_painting("HARBOUR", style="CUBISM"), make_painting("QUAY", genre="SEA"), make_painting("ICE")
    suggest(one.image, style={"CUBISM": 0.95}, genre={"PORTRAIT": 0.7})
    suggest(two.image, style={"CUBISM": 0.5, "BAROQUE": 0.4}, genre={"PORTRAIT": 0.65})
    pages = (
        *(each.get_absolute_url() for each in (one, two, three)),
        f"/compare/{one.pk}/{two.pk}/", f"/why/{one.pk}/{three.pk}/",
    )  # fmt: skip
    described = [feature.description for feature in model.card.features]
    check(((path, client.get(path, headers=SHOUTED)) for path in pages), data=described)


def test_a_bare_wall(client: Client, curator: Any) -> None:
    client.force_login(curator)
    check((path, client.get(path, headers=SHOUTED)) for path in ("/", "/search/", "/map/", "/timeline/", "/help/"))


def test_pages_of_errors(client: Client) -> None:
    with translation.override("de"):
        for name in ("400", "403", "403_csrf", "404", "500", "503"):
            assert pseudo.untranslated(render_to_string(f"{name}.html")) == [], name


def test_the_page_about_the_api_has_an_own_frame(client: Client) -> None:
    check(iter([("docs", client.get("/api/v1/docs/", headers=SHOUTED))]))


def test_no_template_has_words_of_its_own() -> None:
    """Not even where no test leads."""
    texts = {path: BETWEEN.sub("", path.read_text(encoding="utf-8")) for path in TEMPLATES}
    assert {path.name: found for path, text in texts.items() if (found := pseudo.untranslated(text))} == {}


def test_what_nobody_translated_is_found() -> None:
    page = '<p>Pendant ⟦Found <b>here⟧</b> QUAY</p><img alt="Lost"><meta name="description" content="⟦x⟧ lost">'
    assert pseudo.untranslated(f"{page}<i>astray</i>") == ["alt: Lost", "content: lost", "astray"]
