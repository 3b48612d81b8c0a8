"""Choosing a part of a painting or of a photo, and where the choice leads."""

import json
import re
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from django.test import Client

from gallery.models import Painting
from search import cropping, parts, photos
from search.models import Photo, storage
from tests.factories import make_painting, picture_bytes
from tests.search import gallery_wall
from tests.search.gallery_wall import SmallEye, hang

pytestmark = pytest.mark.django_db


def tool(client: Client, **parameters: Any) -> str:
    response = client.get("/search/part/", parameters)
    assert response.status_code == 200
    return response.content.decode()


def leads_to(client: Client, **parameters: Any) -> str:
    response = client.get("/search/part/", parameters)
    assert response.status_code == 302
    return str(response.headers["Location"])


def shown(html: str) -> parts.Part:
    """The corners that are chosen at first."""
    found = re.search(r'data-start="([^"]*)"', html)
    assert found
    return tuple((x, y) for x, y in json.loads(found[1]))


def fields(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="number" name="(\w+)" value="([^"]*)"', html))


def keep(picture: np.ndarray | None = None) -> str:
    """The token of a photo that a visitor has sent."""
    file = BytesIO(picture_bytes(5, size=(320, 240)) if picture is None else gallery_wall.saved(picture, "JPEG"))
    return photos.keep(file, "photo.jpg")


@pytest.fixture
def painting() -> Painting:
    return make_painting("Harbour", artist="Åsa Lind")


class TestOfAPainting:
    def test_all_of_it_is_chosen_at_first(self, client: Client, painting: Painting) -> None:
        html = tool(client, painting=painting.pk)
        assert "A part of <cite>Harbour</cite>" in html
        assert 'alt="Harbour by Åsa Lind"' in html
        assert shown(html) == parts.WHOLE
        assert fields(html) == {"left": "0", "top": "0", "right": "100", "bottom": "100"}
        assert painting.get_absolute_url() in html

    def test_the_edges_in_per_cent_lead_to_what_is_like_that_part(self, client: Client, painting: Painting) -> None:
        where = leads_to(client, painting=painting.pk, left="10", top="5.5", right="60", bottom="90", part="")
        assert where == f"/search/?like={painting.pk}~100,55,600,900"

    def test_so_do_four_corners(self, client: Client, painting: Painting) -> None:
        where = leads_to(client, painting=painting.pk, part="100,50,600,60,580,900,90,880", left="9")
        assert where == f"/search/?like={painting.pk}~100,50,600,60,580,900,90,880"

    def test_a_rectangle_is_written_as_one(self, client: Client, painting: Painting) -> None:
        where = leads_to(client, painting=painting.pk, part="100,50,600,50,600,900,100,900")
        assert where == f"/search/?like={painting.pk}~100,50,600,900"

    def test_all_of_it_is_the_painting_itself(self, client: Client, painting: Painting) -> None:
        assert leads_to(client, painting=painting.pk, part="0,0,1000,1000") == f"/search/?like={painting.pk}"

    def test_a_part_of_before_is_shown_to_be_changed(self, client: Client, painting: Painting) -> None:
        html = tool(client, painting=painting.pk, at="100,50,600,900")
        assert shown(html) == ((100, 50), (600, 50), (600, 900), (100, 900))
        assert fields(html) == {"left": "10", "top": "5", "right": "60", "bottom": "90"}

    def test_all_of_the_question_stays_in_force_and_the_part_takes_the_place_of_its_example(
        self, client: Client, painting: Painting
    ) -> None:
        asked = {
            "like": ["77", str(painting.pk)],
            "unlike": "5~0,0,500,500",
            "colour": "8c2f1b:30",
            "q": "sea",
            "style": ["cubism", "op-art"],
            "weight.palette": "2",
            "per_artist": "2",
        }
        named = {"example": str(painting.pk), **asked}
        html = tool(client, **named, page="3")
        kept = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', html)
        told = [(name, each) for name, some in named.items() for each in ([some] if isinstance(some, str) else some)]
        assert sorted(kept) == sorted([*told, ("part", "")])
        where = leads_to(client, part="0,0,500,500", **named)
        assert where == (
            f"/search/?like=77&like={painting.pk}~0,0,500,500&unlike=5~0,0,500,500&colour=8c2f1b:30"
            "&q=sea&style=cubism&style=op-art&weight.palette=2&per_artist=2"
        )

    def test_of_an_example_against_the_part_is_against_too(self, client: Client, painting: Painting) -> None:
        named = {"example": f"{painting.pk}~0,0,500,500", "like": "77", "unlike": f"{painting.pk}~0,0,500,500"}
        assert shown(tool(client, **named))[2] == (500, 500)
        where = leads_to(client, part="0,0,1000,500", **named)
        assert where == f"/search/?like=77&unlike={painting.pk}~0,0,1000,500"
        assert leads_to(client, part="0,0,1000,1000", **named) == f"/search/?like=77&unlike={painting.pk}"

    def test_one_that_is_no_example_yet_comes_beside_the_others(self, client: Client, painting: Painting) -> None:
        where = leads_to(client, painting=painting.pk, like="77", part="0,0,500,500")
        assert where == f"/search/?like=77&like={painting.pk}~0,0,500,500"

    def test_there_is_a_way_back_to_where_one_came_from(self, client: Client, painting: Painting) -> None:
        html = tool(client, example=painting.pk, like=painting.pk, q="sea")
        assert f'href="/search/?like={painting.pk}&amp;q=sea"' in html
        assert "Back to the results" in html
        assert "Back to the painting" in tool(client, painting=painting.pk)

    def test_conditions_that_make_no_sense_are_forgotten(self, client: Client, painting: Painting) -> None:
        where = leads_to(client, painting=painting.pk, part="0,0,500,500", **{"from": "x"})
        assert where == f"/search/?like={painting.pk}~0,0,500,500"

    def test_the_painting_leads_there_while_it_is_public(
        self, client: Client, painting: Painting, curator: Any
    ) -> None:
        door = f'href="/search/part/?painting={painting.pk}"'
        assert door in client.get(painting.get_absolute_url()).content.decode()
        draft = make_painting("Draft", state=Painting.State.DRAFT)
        client.force_login(curator)
        html = client.get(draft.get_absolute_url()).content.decode()
        assert "Draft" in html
        assert "/search/part/" not in html

    def test_a_painting_that_is_not_public_has_no_parts(self, client: Client) -> None:
        draft = make_painting("Draft", state=Painting.State.DRAFT)
        for id_ in (draft.pk, 999_999, 0, "x", "", 10**30):
            assert client.get("/search/part/", {"painting": id_}).status_code == 404
            assert client.get("/search/part/", {"example": id_}).status_code == 404
        assert client.get("/search/part/").status_code == 404


class TestRefusals:
    @pytest.mark.parametrize(
        "edges",
        [
            {"left": "60", "top": "0", "right": "40", "bottom": "100"},
            {"left": "0", "top": "0", "right": "5", "bottom": "5"},
            {"left": "0", "top": "0", "right": "50"},
            {"left": "0", "top": "0", "right": "50", "bottom": "101"},
            {"left": "a", "top": "0", "right": "50", "bottom": "50"},
            {"left": "nan", "top": "-1", "right": "1e999", "bottom": "\0"},
            {"part": "1,2,3"},
            {"part": "600,0,100,1000"},
            {"part": "0,0,1000,0,500,1,0,1000"},
            {"part": "x" * 300 + "y"},
        ],
    )
    def test_what_is_no_part_is_refused_with_a_sentence_beside_the_tool(
        self, client: Client, painting: Painting, edges: dict[str, str]
    ) -> None:
        response = client.get("/search/part/", {"painting": painting.pk, **edges})
        html = response.content.decode()
        if response.status_code == 200:  # nothing legible was sent
            assert "part" in edges
            return
        assert response.status_code == 400
        refusal = re.search(r'role="alert">(.*?)</p>', html)
        assert refusal
        assert refusal[1].endswith(".")
        assert shown(html) == parts.WHOLE

    def test_what_was_typed_is_not_lost(self, client: Client, painting: Painting) -> None:
        typed = {"left": "60", "top": "1", "right": "<40>", "bottom": "99"}
        html = client.get("/search/part/", {"painting": painting.pk, **typed}).content.decode()
        assert fields(html) == typed | {"right": "&lt;40&gt;"}

    def test_a_part_to_begin_with_that_is_none_is_left_alone(self, client: Client, painting: Painting) -> None:
        assert shown(tool(client, painting=painting.pk, at="9,9,9")) == parts.WHOLE

    def test_it_is_only_read(self, client: Client, painting: Painting) -> None:
        assert client.post("/search/part/", {"painting": painting.pk}).status_code == 405


class TestOfAPhoto:
    def test_it_is_shown_with_its_shape_and_kept_by_nobody(self, client: Client) -> None:
        token = keep()
        response = client.get("/search/part/", {"photo": token})
        html = response.content.decode()
        assert f'src="/search/photo?photo={token}" width="320" height="240" alt="Your photo"' in html
        assert f'href="/search/?photo={token}"' in html
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["X-Robots-Tag"] == "noindex"

    def test_a_part_of_it_leads_to_what_is_like_that(self, client: Client) -> None:
        token = keep()
        assert leads_to(client, photo=token, part="0,0,500,500") == f"/search/?photo={token}~0,0,500,500"

    def test_what_was_recognised_is_chosen_at_first_and_is_what_the_photo_means(
        self, client: Client, eye: SmallEye
    ) -> None:
        hang(1, "Harbour")
        token = keep(gallery_wall.photo(1).rgb)
        photo = Photo.objects.get()
        assert photo.painting_id

        start = shown(tool(client, photo=token))

        assert np.abs(np.array(start) / 1000 - np.clip(photo.quad, 0, 1)).max() < 0.001
        same = ",".join(str(number) for corner in start for number in corner)
        assert leads_to(client, photo=token, part=same) == f"/search/?photo={token}"
        assert leads_to(client, photo=token, part="0,0,1000,1000") == f"/search/?photo={token}~0,0,1000,1000"

    def test_what_looks_like_a_picture_is_chosen_at_first_where_none_was_recognised(self, client: Client) -> None:
        shot = gallery_wall.photo(2)
        token = keep(shot.rgb)
        assert Photo.objects.get().quad is None

        html = tool(client, photo=token)

        assert shown(html) != parts.WHOLE
        assert "data-reset" in html
        middle = np.array(shown(html)).mean(axis=0) / 1000
        assert np.abs(middle - np.asarray(shot.corners).mean(axis=0)).max() < 0.1

    def test_all_of_it_is_chosen_at_first_where_nothing_looks_like_a_picture(self, client: Client) -> None:
        html = tool(client, photo=keep())
        assert shown(html) == parts.WHOLE
        assert "data-reset" not in html

    def test_an_expired_photo_is_explained(self, client: Client) -> None:
        for token in ("0" * 32, "no token", "<script>"):
            response = client.get("/search/part/", {"photo": token}, follow=True)
            assert response.status_code == 410
            assert "The photo is gone" in response.content.decode()

    def test_and_the_rest_of_the_question_is_not_lost(self, client: Client) -> None:
        token = "0" * 32
        where = leads_to(client, example=token, photo=token, like="3", q="sea")
        assert where == f"/search/?like=3&photo={token}&q=sea"

    def test_beside_other_photos_its_part_takes_its_place(self, client: Client) -> None:
        first, second = keep(), keep()
        named = {"example": first, "photo": [first, second], "like": "3"}
        html = tool(client, **named)
        assert f'src="/search/photo?photo={first}"' in html
        where = leads_to(client, part="0,0,500,500", **named)
        assert where == f"/search/?like=3&photo={first}~0,0,500,500&photo={second}"

    def test_so_is_one_whose_file_is_lost(self, client: Client) -> None:
        token = keep()
        storage().delete(Photo.objects.get().path)
        assert cropping.of_photo(token) is None


def test_the_edges_of_a_photo_that_shows_only_a_sliver_are_no_part() -> None:
    sliver = np.array([(0, 0), (0.001, 0), (0.001, 1), (0, 1)], np.float32)
    assert cropping._part(sliver) is None
