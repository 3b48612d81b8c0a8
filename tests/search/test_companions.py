"""A painting's companions: by each feature, and by several at once."""

from typing import Any

import pytest
from django.test import Client

from gallery.models import Painting
from search import companions, indexes, similar
from search.companions import Companions
from tests.factories import make_painting, unit
from tests.search.test_similar import nudged

pytestmark = pytest.mark.django_db

OF = {"common512": unit(1, 512), "palette": unit(2, 199)}


def like(*features: str, by: float = 0.1) -> dict[str, Any]:
    """Vectors near those of the painting, by these features."""
    return {name: nudged(OF[name], by) for name in features}


@pytest.fixture
def painting() -> Painting:
    return make_painting("Harbour", vectors=OF)


def agreed(found: Companions) -> dict[str, list[str]]:
    return {each.painting.title: [feature.name for feature in each.features] for each in found.agreed}


def test_by_each_feature_it_is_what_that_feature_finds(painting: Painting) -> None:
    make_painting("Form", vectors=like("common512"))
    make_painting("Colours", vectors=like("palette"))

    found = companions.of(painting, limit=1)

    assert [feature for feature, _ in found.by_feature] == list(similar.features())
    for feature, matches in found.by_feature:
        assert matches == similar.like(painting, feature=feature.name, limit=1)
    titles = {feature.name: [match.painting.title for match in matches] for feature, matches in found.by_feature}
    assert (titles["common512"], titles["palette"]) == (["Form"], ["Colours"])


def test_what_several_features_find_is_named_with_those_features(painting: Painting) -> None:
    make_painting("Form", vectors=like("common512"))
    make_painting("Colours", vectors=like("palette"))
    make_painting("Both", vectors=like("common512", "palette"))
    make_painting("Both, less", vectors=like("common512", "palette", by=0.12))

    assert agreed(companions.of(painting)) == {
        "Both": ["common512", "palette"],
        "Both, less": ["common512", "palette"],
    }


def test_what_is_near_by_nothing_but_chance_agrees_on_nothing(painting: Painting) -> None:
    """In a small collection everything is among the nearest; distant it is all the same."""
    for number in range(5):
        make_painting(f"Other {number}")
    found = companions.of(painting)
    assert found
    assert found.agreed == ()


def test_no_more_are_shown_than_asked_for(painting: Painting) -> None:
    for number in range(5):
        make_painting(f"Both {number}", vectors=like("common512", "palette", by=0.1 + number / 200))
    found = companions.of(painting, limit=3)
    assert list(agreed(found)) == ["Both 0", "Both 1", "Both 2"]
    assert all(len(matches) == 3 for _, matches in found.by_feature)


@pytest.mark.parametrize(("total", "number"), [(0, 12), (306, 12), (2_500, 25), (10_000, 50), (100_000, 100)])
def test_how_many_of_the_nearest_count_grows_with_the_root_of_the_collection(total: int, number: int) -> None:
    assert companions.among(total) == number


def test_a_painting_without_vectors_has_none() -> None:
    make_painting("Public")
    found = companions.of(make_painting("Not ready", live=False))
    assert not found
    assert found == Companions(by_feature=(), agreed=())


def test_the_index_is_asked_once_a_feature(painting: Painting, monkeypatch: pytest.MonkeyPatch) -> None:
    make_painting("Both", vectors=like("common512", "palette"))
    asked = []
    find = type(indexes.index()).find
    monkeypatch.setattr(type(indexes.index()), "find", lambda self, query: asked.append(query) or find(self, query))
    companions.of(painting)
    assert len(asked) == len(similar.features())


def test_the_page_names_the_features_and_says_why(client: Client, painting: Painting) -> None:
    both = make_painting("Both", vectors=like("common512", "palette"))
    html = client.get(painting.get_absolute_url()).content.decode()
    row = html[html.index('id="by-several"') : html.index('id="by-common512"')]
    assert "overall look, colours" in row
    assert f'href="/compare/{painting.pk}/{both.pk}/?weight.common512=1&amp;weight.palette=1"' in row


def test_where_no_two_agree_the_page_has_no_such_row(client: Client, painting: Painting) -> None:
    make_painting("Form", vectors=like("common512"))
    html = client.get(painting.get_absolute_url()).content.decode()
    assert 'id="by-common512"' in html
    assert "by-several" not in html
