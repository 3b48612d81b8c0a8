"""“This is …”: what the pages say of a photo in which a painting was recognised."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gallery import journal
from gallery.models import Attribution, Painting
from search.models import Photo
from tests.search.gallery_wall import SmallEye, drawn, hang, photo, saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbour(eye: SmallEye) -> Painting:
    hang(1, "Another one")
    return hang(2, "Harbour & Dusk", artist="Vera Lund", display_date="c. 1889", collection="Museum of Tests")


def shown(client: Client, data: bytes, conditions: str = "") -> str:
    """The page that the sender of this photo is led to."""
    response = client.post(f"/search/{conditions}", {"photo": SimpleUploadedFile("wall.png", data)})
    return client.get(response.headers["Location"]).content.decode()


def said(html: str) -> str:
    """The sentence, as it is read."""
    found = re.search(r'<p class="this">(.*?)</p>', html, re.S)
    return re.sub(r"<[^>]+>", "", found.group(1)).strip() if found else ""


def test_the_page_says_which_painting_it_is_and_leads_there(client: Client, harbour: Painting) -> None:
    html = shown(client, saved(photo(2).rgb))

    assert said(html) == "This is Harbour &amp; Dusk by Vera Lund"
    assert re.search(rf'<a href="{harbour.get_absolute_url()}"><cite>Harbour &amp; Dusk</cite></a>', html)
    assert f"/paintings/{harbour.pk}/" in html.split('class="recognised ')[1].split("</section>")[0]
    assert "c. 1889, Museum of Tests" in html
    assert "<title>Harbour &amp; Dusk – " in html


def test_it_stands_above_the_look_alikes(client: Client, harbour: Painting) -> None:
    html = shown(client, saved(photo(2).rgb))
    assert html.index('class="recognised ') < html.index("Paintings like your photo</h1>") < html.index('id="results"')


def test_the_painting_is_outlined_on_the_photo(client: Client, harbour: Painting) -> None:
    html = shown(client, saved(photo(2).rgb))
    points = re.findall(r'<polygon points="([^"]+)"', html)
    assert len(set(points)) == 1
    outline = [tuple(map(float, corner.split(","))) for corner in points[0].split()]
    assert outline == [pytest.approx(corner, abs=0.02) for corner in photo(2).corners]
    assert " style=" not in html


def test_a_file_of_the_collection_has_no_outline(client: Client, harbour: Painting) -> None:
    html = shown(client, saved(drawn(2)))
    assert said(html) == "This is Harbour &amp; Dusk by Vera Lund"
    assert "<polygon" not in html


def test_conditions_that_leave_nothing_do_not_silence_it(client: Client, harbour: Painting) -> None:
    html = shown(client, saved(photo(2).rgb), "?style=nothing")
    assert said(html).startswith("This is Harbour")
    assert "Nothing here matches" in html


@pytest.mark.parametrize(
    ("qualifier", "sentence"),
    [("workshop of", "This is Harbour &amp; Dusk, workshop of Vera Lund"), (None, "This is Harbour &amp; Dusk")],
    ids=["not by her own hand", "nobody is named"],
)
def test_who_painted_it_is_said_as_surely_as_it_is_known(
    client: Client, harbour: Painting, qualifier: str | None, sentence: str
) -> None:
    with journal.writing():
        if qualifier is None:
            Attribution.objects.all().delete()
        Attribution.objects.update(qualifier=qualifier or "")
    assert said(shown(client, saved(photo(2).rgb))) == sentence


def test_nothing_is_claimed_of_a_photo_of_something_else(client: Client, harbour: Painting) -> None:
    html = shown(client, saved(photo(9).rgb))
    assert "This is" not in html
    assert "<polygon" not in html
    assert "<title>Like your photo – " in html


def test_nothing_is_said_of_a_painting_that_is_no_longer_public(client: Client, harbour: Painting) -> None:
    shown(client, saved(photo(2).rgb))
    with journal.writing():
        harbour.state = Painting.State.WITHDRAWN
        harbour.save()

    html = client.get(f"/search/?photo={Photo.objects.get().token}").content.decode()
    assert "Harbour" not in html
    assert "<polygon" not in html


def test_recognising_is_no_way_to_compare(client: Client, harbour: Painting, eye: SmallEye) -> None:
    html = shown(client, saved(photo(2).rgb))
    sliders = re.findall(r'<input type="range" id="weight\.([^"]+)"', html)
    assert sliders == [feature.name for feature in eye.card.likenesses]
    of_the_painting = client.get(harbour.get_absolute_url()).content.decode()
    for feature in eye.card.features:
        if feature.role == "identity":
            assert feature.name not in html
            assert feature.name not in of_the_painting
            assert feature.label not in of_the_painting
    assert "copy128" in {feature.name for feature in eye.card.features}


def test_but_an_address_may_ask_for_it(client: Client, harbour: Painting) -> None:
    response = client.get(f"/search/?like={harbour.pk}&weight.copy128=1")
    assert response.status_code == 200
    assert "Another one" in response.content.decode()


def test_saying_it_costs_two_queries(client: Client, harbour: Painting) -> None:
    shown(client, saved(photo(2).rgb))
    address = f"/search/?photo={Photo.objects.get().token}"
    client.get(address)
    with CaptureQueriesContext(connection) as recognised:
        client.get(address)
    Photo.objects.update(painting=None)
    with CaptureQueriesContext(connection) as unknown:
        client.get(address)
    assert len(recognised) - len(unknown) == 2  # the painting and its artists
