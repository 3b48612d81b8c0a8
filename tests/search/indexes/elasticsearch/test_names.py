"""What indexes and aliases are called."""

from typing import Any

import pytest

from search.indexes.elasticsearch.generations import Generation, is_generation, read_alias, write_alias


def test_aliases_are_named_after_the_model_in_lower_case(settings: Any) -> None:
    settings.INDEX_PREFIX = "Museum"
    assert read_alias("Lite0-Eye1") == "museum-lite0-eye1"
    assert write_alias("Lite0-Eye1") == "museum-lite0-eye1-write"


@pytest.mark.parametrize("name", ["with space", "star*", "sla/sh", "x" * 300, "ümlaut", "a,b"])
def test_a_model_that_no_index_can_be_named_after_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="No index can be called"):
        read_alias(name)


def test_a_prefix_that_elasticsearch_keeps_for_itself_is_refused(settings: Any) -> None:
    settings.INDEX_PREFIX = "_mine"
    with pytest.raises(ValueError, match="PENDANT_INDEX_PREFIX"):
        read_alias("eye")


def test_generations_are_told_from_aliases() -> None:
    assert is_generation("pendant-eye-0001")
    assert is_generation("pendant-eye-12345")
    assert not is_generation("pendant-eye-write")
    assert Generation(number=2, name="a-0002") < Generation(number=10, name="a-0010")
