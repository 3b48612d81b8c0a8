"""What a page of results shows of its examples: each picture, the part that counts, and the way to another part."""

import re
from io import BytesIO

import pytest
from django.test import Client

from search import photos
from tests.factories import make_painting, picture_bytes
from tests.search import gallery_wall
from tests.search.gallery_wall import SmallEye, hang

pytestmark = pytest.mark.django_db


def page(client: Client, query: str) -> str:
    response = client.get(f"/search/?{query}")
    assert response.status_code == 200
    return response.content.decode()


def doors(html: str) -> list[str]:
    """Where another part of an example can be chosen."""
    found = re.findall(r'href="(/search/part/[^"]*)"', html)
    return [address.replace("&amp;", "&") for address in dict.fromkeys(found)]


def keep(data: bytes) -> str:
    return photos.keep(BytesIO(data), "photo.jpg")


def test_a_part_of_each_example_can_be_chosen_in_its_question(client: Client) -> None:
    one, other = make_painting("One", style="Cubism"), make_painting("Other")
    html = page(client, f"like={one.pk}&like={other.pk}&style=cubism&weight.palette=1&page=1")
    assert doors(html) == [
        f"/search/part/?example={each.pk}&like={one.pk}&like={other.pk}&style=cubism&weight.palette=1"
        for each in (one, other)
    ]
    assert "Choose a part" in html
    assert client.get(doors(html)[0]).status_code == 200


def test_the_part_that_counts_is_outlined_and_can_be_changed(client: Client) -> None:
    painting = make_painting("Harbour")
    written = f"{painting.pk}~100,200,500,600"
    html = page(client, f"like={written}")
    assert 'points="0.1000,0.2000 0.5000,0.2000 0.5000,0.6000 0.1000,0.6000"' in html
    assert "Change the part" in html
    assert doors(html) == [f"/search/part/?example={written}&like={written}"]


def test_two_parts_of_one_painting_are_two_pictures(client: Client) -> None:
    painting = make_painting("Harbour")
    html = page(client, f"like={painting.pk}~0,0,500,500&like={painting.pk}~500,500,1000,1000")
    assert len(doors(html)) == html.count('viewBox="0 0 1 1"') == 2


def test_a_photo_and_a_part_of_it(client: Client) -> None:
    make_painting("Harbour")
    token = keep(picture_bytes(5))
    assert doors(page(client, f"photo={token}")) == [f"/search/part/?example={token}&photo={token}"]
    html = page(client, f"photo={token}~0,0,500,500")
    assert doors(html) == [f"/search/part/?example={token}~0,0,500,500&photo={token}~0,0,500,500"]
    assert "A part of" in html
    assert 'points="0.0000,0.0000 0.5000' in html


def test_what_was_recognised_is_outlined_unless_another_part_was_chosen(client: Client, eye: SmallEye) -> None:
    hang(1, "Harbour")
    token = keep(gallery_wall.saved(gallery_wall.photo(1).rgb, "JPEG"))
    found = re.search(r'<polygon points="([^"]*)"', page(client, f"photo={token}"))
    assert found
    assert found[1] not in page(client, f"photo={token}~0,0,500,500")


def test_without_examples_there_is_nothing_to_choose_a_part_of(client: Client) -> None:
    make_painting("Harbour")
    assert doors(client.get("/").content.decode()) == []
