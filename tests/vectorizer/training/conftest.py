"""One network for all tests: building it takes seconds."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from typing import Any

import numpy as np
import pytest

from tests.vectorizer.encoder import drawings
from vectorizer.encoder.fitting import fit_square


@pytest.fixture(scope="session")
def weights() -> dict[str, np.ndarray]:
    from vectorizer.training.network import read_weights

    return read_weights()


@pytest.fixture(scope="session")
def network(weights: dict[str, np.ndarray]) -> Any:
    from vectorizer.training.network import build_network

    return build_network(weights)


@pytest.fixture(scope="session")
def squares() -> np.ndarray:
    """Drawn pictures as the network takes them."""
    from vectorizer.training.network import INPUT_SIZE

    return np.stack([fit_square(drawing, INPUT_SIZE, "squash") for drawing in drawings.textured()]).astype(np.float32)
