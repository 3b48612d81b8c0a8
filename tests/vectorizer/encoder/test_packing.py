import dataclasses

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tests.vectorizer.encoder.conftest import FIRST
from vectorizer.encoder import load_card, pack, pack_probabilities, unpack, unpack_probabilities
from vectorizer.features import Feature


def feature(name: str, dimensions: int) -> Feature:
    return Feature(name=name, dimensions=dimensions, label=name, description="")


CARD = dataclasses.replace(load_card(FIRST), features=(feature("b", 3), feature("a", 2)), formulas={}, name="small")
NAMING = dataclasses.replace(CARD, labels={"style": ("Baroque", "Rococo"), "genre": ("portrait",)})


def vectors(dimensions: int) -> st.SearchStrategy[np.ndarray]:
    return hnp.arrays(np.float32, dimensions, elements=st.floats(width=32, allow_nan=False))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(a=vectors(2), b=vectors(3))
def test_what_is_packed_comes_out_again(a: np.ndarray, b: np.ndarray) -> None:
    found = unpack(pack({"a": a, "b": b}, CARD), CARD)

    assert list(found) == ["b", "a"]
    assert np.array_equal(found["a"], a)
    assert np.array_equal(found["b"], b)


def test_the_bytes_are_little_endian_float32_in_the_cards_order() -> None:
    data = pack({"a": np.array([4, 5], np.float32), "b": np.array([1, 2, 3], np.float32)}, CARD)

    assert data == np.array([1, 2, 3, 4, 5], "<f4").tobytes()


def test_vectors_of_another_byte_order_are_packed_alike() -> None:
    big = {"a": np.array([4, 5], ">f4"), "b": np.array([1, 2, 3], ">f4")}

    assert pack(big, CARD) == np.array([1, 2, 3, 4, 5], "<f4").tobytes()


def test_what_is_unpacked_cannot_be_changed_by_mistake() -> None:
    found = unpack(bytes(20), CARD)

    with pytest.raises(ValueError, match="read-only"):
        found["a"][0] = 1


@pytest.mark.parametrize("length", [0, 19, 21, 40])
def test_bytes_of_a_wrong_length_are_refused(length: int) -> None:
    with pytest.raises(ValueError, match=f"vectors of the model small take 20 bytes; these are {length}"):
        unpack(bytes(length), CARD)


def test_a_missing_or_surplus_feature_is_refused() -> None:
    with pytest.raises(ValueError, match="small stores b, a; given were b"):
        pack({"b": np.zeros(3, np.float32)}, CARD)


def test_a_vector_of_a_wrong_shape_is_refused() -> None:
    with pytest.raises(ValueError, match=r"a has 2 dimensions; given was the shape \(3,\)"):
        pack({"a": np.zeros(3, np.float32), "b": np.zeros(3, np.float32)}, CARD)


def test_probabilities_come_out_again_by_their_kind() -> None:
    data = pack_probabilities({"genre": np.ones(1, np.float32), "style": np.array([0.25, 0.75], np.float32)}, NAMING)

    assert data == np.array([0.25, 0.75, 1], "<f4").tobytes()
    found = unpack_probabilities(data, NAMING)
    assert list(found) == ["style", "genre"]
    assert found["style"].tolist() == [0.25, 0.75]
    assert found["genre"].tolist() == [1]


def test_a_model_without_labels_stores_no_probabilities() -> None:
    assert pack_probabilities({}, CARD) == b""
    assert unpack_probabilities(b"", CARD) == {}


def test_probabilities_of_other_labels_are_refused() -> None:
    with pytest.raises(ValueError, match="small has probabilities of the shapes"):
        pack_probabilities({"style": np.ones(2, np.float32)}, NAMING)
    with pytest.raises(ValueError, match="small has probabilities of the shapes"):
        pack_probabilities({"style": np.ones(3, np.float32), "genre": np.ones(1, np.float32)}, NAMING)
    with pytest.raises(ValueError, match="probabilities of the model small take 12 bytes; these are 0"):
        unpack_probabilities(b"", NAMING)
