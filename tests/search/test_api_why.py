"""Why two paintings are alike, over the API."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from gallery import rendering
from gallery.models import Painting
from search.heat import GRID
from tests.factories import make_painting
from tests.search.pairs import SIDE, alike, guessed, with_a_spot_in_common
from vectorizer.models import Vectors

pytestmark = pytest.mark.django_db
RED, NEAR_RED = ((200, 40, 30), 1.0), ((190, 52, 40), 1.0)


def asked(first: Painting, second: Painting, query: str = "") -> Any:
    return APIClient().get(f"/api/v1/paintings/{first.pk}/why/{second.pk}/{query}")


def test_it_says_what_the_page_says() -> None:
    first, second = alike({"common512": 0.6}, colours=([RED], [NEAR_RED]))
    for painting in (first, second):
        guessed(painting, genre={"portrait": 0.9})
    said = asked(first, second).json()
    assert said["similarity"] == pytest.approx(0.5279, abs=1e-4)
    assert said["nearness"] == "very_close"
    assert [each["name"] for each in said["features"]] == ["common512", "style512", "genre512", "palette"]
    assert said["features"][0] == {
        "name": "common512",
        "label": "Overall look",
        "similarity": said["similarity"],
        "nearness": "very_close",
        "share": 1.0,
    }
    colour = said["colours"][0]
    assert colour["name"] == "red"
    assert [len(each) for each in colour["colours"]] == [6, 6]
    assert said["guesses"][0]["label"] == "portrait"
    assert [guess["likelihood"] for guess in said["guesses"][0]["guesses"]] == ["very likely", "very likely"]
    assert said["regions"] is None


def test_weights_are_those_of_a_question() -> None:
    said = asked(*alike({"common512": 0.6, "style512": 0.6}), "?weight.common512=1&weight.style512=3").json()
    assert [each["share"] for each in said["features"]] == [0.25, 0.75, 0, 0]


@pytest.mark.usefixtures("eye")
def test_regions_are_told_where_they_are_asked_for() -> None:
    first, second = with_a_spot_in_common()
    regions = asked(first, second, "?regions=true").json()["regions"]
    for side in ("first", "second"):
        assert [len(row) for row in regions[side]["heat"]] == [GRID] * GRID
        assert max(max(row) for row in regions[side]["heat"]) == 1
        assert 0 < regions[side]["without"] < 1


@pytest.mark.usefixtures("eye")
def test_too_many_regions_are_refused_for_a_while(settings: Any) -> None:
    rates = {**settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "photo": "1/min"}
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": rates}
    response = asked(*with_a_spot_in_common(), "?regions=1")
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0


@pytest.mark.usefixtures("eye")
def test_a_lost_picture_is_no_fault_of_the_caller() -> None:
    first, second = with_a_spot_in_common()
    assert first.live_image
    rendering.storage().delete(first.live_image.rendition_path(SIDE, "jpg"))
    response = asked(first, second, "?regions=1")
    assert response.status_code == 503
    assert "can't be looked at" in response.json()["detail"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?regions=perhaps", "regions"),
        ("?weight.nothing=1", "weight.nothing"),
        ("?weight.common512=-1", "weight.common512"),
        ("?other=1", "other"),
    ],
)
def test_what_it_does_not_know_is_refused_by_name(query: str, field: str) -> None:
    response = asked(*alike({}), query)
    assert response.status_code == 400
    assert field in response.json()


def test_what_is_not_public_or_not_ready_is_not_found() -> None:
    first, second = alike({})
    assert asked(first, make_painting("Draft", state="draft")).status_code == 404
    assert asked(make_painting("Waiting", live=False), first).status_code == 404
    Vectors.objects.filter(image=second.live_image).delete()
    response = asked(first, second)
    assert response.status_code == 404
    assert "no vectors" in response.json()["detail"]
