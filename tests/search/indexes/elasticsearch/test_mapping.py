"""What an index of Elasticsearch is made of."""

from typing import Any

import orjson
import pytest

from search.indexes.elasticsearch.mapping import body, mapping
from tests.factories import make_painting
from vectorizer import documents
from vectorizer.models import EncoderModel

pytestmark = pytest.mark.django_db


def test_every_field_of_a_document_is_mapped_and_no_other_is() -> None:
    model = EncoderModel.current()
    painting = make_painting("Bridge", artist="Anna", style="Cubism", genre="portrait")
    (message,) = documents.messages([painting.pk], model)
    assert message.body is not None
    document = orjson.loads(message.body)

    made = mapping(model.card)

    assert set(made["properties"]) == set(document)
    assert made["dynamic"] == "strict"
    for name in ("style", "genre"):
        assert set(made["properties"][name]["properties"]) == set(document[name])
    assert set(made["properties"]["artists"]["properties"]) == set(document["artists"][0])


@pytest.mark.parametrize("kind", ["int8_hnsw", "hnsw", "flat", "int8_flat"])
def test_every_feature_says_how_it_is_kept_and_compared(kind: str, settings: Any) -> None:
    settings.INDEX_VECTORS = kind
    card = EncoderModel.current().card
    graph = {"m": 16, "ef_construction": 100} if kind.endswith("hnsw") else {}

    made = mapping(card)

    for feature in card.features:
        field = made["properties"][feature.name]
        assert (field["type"], field["dims"], field["index"]) == ("dense_vector", feature.dimensions, True)
        assert field["similarity"] == "l2_norm"
        assert field["index_options"] == {"type": kind, **graph}
    assert made["_meta"] == {"model": card.name, "checksum": card.checksum, "vectors": kind}


def test_where_flat_vectors_are_to_be_exact_they_are_whole(settings: Any) -> None:
    settings.INDEX_VECTORS, settings.INDEX_EXACT = "int8_hnsw", "flat"
    assert mapping(EncoderModel.current().card)["_meta"]["vectors"] == "flat"

    settings.INDEX_EXACT = "script"  # which reads the vectors themselves, however they are kept
    assert mapping(EncoderModel.current().card)["_meta"]["vectors"] == "int8_hnsw"


def test_a_new_index_has_the_shards_that_the_settings_say_and_remembers_deletions_for_weeks(settings: Any) -> None:
    settings.INDEX_SHARDS, settings.INDEX_REPLICAS = 5, 2

    made = body(EncoderModel.current().card)["settings"]

    assert (made["number_of_shards"], made["number_of_replicas"]) == (5, 2)
    assert (made["gc_deletes"], made["refresh_interval"]) == ("28d", "-1")
