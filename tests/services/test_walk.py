"""A walk and the timeline on a real Elasticsearch: as on the database's index."""

from collections.abc import Iterator
from typing import Any

import pytest

from gallery.models import Painting
from search import indexes, timeline, walking
from search.query import Question
from search.timeline import counting
from search.walk import between
from tests.factories import make_painting, unit
from vectorizer.models import EncoderModel

pytestmark = pytest.mark.django_db
DATABASE, ELASTICSEARCH = "search.indexes.database.DatabaseIndex", "search.indexes.elasticsearch.ElasticsearchIndex"
SHARES = (0, 1, 0.2, 0.35, 0.5, 0.65, 0.8)


@pytest.fixture
def hung(elasticsearch: str, settings: Any) -> Iterator[list[Painting]]:
    """Paintings on the way between the first two, in both indexes."""
    settings.ELASTICSEARCH_URL = elasticsearch
    settings.INDEX_PREFIX = "walk"
    ends = unit(1, 512), unit(2, 512)
    paintings = [
        make_painting(
            f"At {share}",
            style="Cubism" if share > 0.4 else "Rococo",
            first_year=1800 + round(100 * share),
            last_year=1810 + round(100 * share),
            vectors={"common512": between(*ends, share)},
        )
        for share in SHARES
    ]
    settings.SEARCH_INDEX = ELASTICSEARCH
    indexes.index().rebuild(EncoderModel.current())
    yield paintings
    settings.SEARCH_INDEX = ELASTICSEARCH
    indexes.index().forget(EncoderModel.current())


@pytest.mark.parametrize("steps", [2, 4, 12])
def test_the_walk_is_the_same_on_both_indexes(hung: list[Painting], settings: Any, steps: int) -> None:
    walks = []
    for name in (ELASTICSEARCH, DATABASE):
        settings.SEARCH_INDEX = name
        walk = walking.of(hung[0].pk, hung[1].pk, {"steps": str(steps)})
        assert walk
        walks.append([(step.painting.pk, step.similarity) for step in walk.steps()])
    assert len(walks[0]) == min(steps, len(SHARES) - 1)
    assert walks[0] == walks[1]


@pytest.mark.usefixtures("hung")
def test_the_timeline_is_the_same_on_both_indexes(settings: Any) -> None:
    found = []
    for name in (ELASTICSEARCH, DATABASE):
        settings.SEARCH_INDEX = name
        counting._kept.cache_clear()
        found.append(timeline.of(Question()))
    assert found[0] == found[1]
    assert [style.label for style in found[0].styles] == ["Rococo", "Cubism"]
    assert found[0].total == len(SHARES)
