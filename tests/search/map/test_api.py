"""The map over the API."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from gallery import publishing
from tests.search.map.mapped import mapped, place, shown

pytestmark = pytest.mark.django_db


def get(query: str = "", status: int = 200) -> Any:
    response = APIClient().get(f"/api/v1/map/{query}")
    assert response.status_code == status, response.content
    return response.json()


def test_where_the_paintings_hang() -> None:
    one, _ = mapped(2)
    found = get()
    assert found["count"] == 2
    first = found["results"][0]
    side = shown().side
    assert first["painting"] == one.pk
    assert first["x"] == pytest.approx((place(one).column + 0.5) / side, abs=1e-6)
    assert first["y"] == pytest.approx((place(one).row + 0.5) / side, abs=1e-6)
    assert len(first["colour"]) == 6
    assert first["api_url"].endswith(f"/api/v1/paintings/{one.pk}/")


def test_a_part_of_the_map() -> None:
    one, *_ = mapped(4)
    side = shown().side
    column, row = place(one).column, place(one).row
    box = f"{column / side:.6f},{row / side:.6f},{(column + 1) / side:.6f},{(row + 1) / side:.6f}"
    assert [found["painting"] for found in get(f"?box={box}")["results"]] == [one.pk]
    assert get("?box=0,0,1,1.0")["count"] == 4
    assert get("?box=0,0,0,0")["count"] == 0
    assert get("?box=")["count"] == 4


def test_in_pages() -> None:
    mapped(3)
    found = get("?size=2")
    assert len(found["results"]) == 2
    assert len(get("?size=2&page=2")["results"]) == 1
    get("?page=9", status=404)


@pytest.mark.parametrize("box", ["1", "0,0,1", "0,0,1,2", "a,b,c,d", "0,0,1,1,", "-1,0,1,1"])
def test_what_is_no_box_gets_a_sentence(box: str) -> None:
    assert "from 0 to 1" in str(get(f"?box={box}", status=400))


def test_without_a_map_the_list_is_empty() -> None:
    assert get() == {"count": 0, "next": None, "previous": None, "results": []}


def test_what_is_withdrawn_is_not_on_it() -> None:
    one, other = mapped(2)
    publishing.withdraw([one], by=None)
    assert [found["painting"] for found in get()["results"]] == [other.pk]


def test_many_paintings_take_no_more_queries(django_assert_num_queries: Any) -> None:
    mapped(6)
    with django_assert_num_queries(3):
        get()
