from pathlib import Path

import numpy as np
import pytest

from tests.vectorizer.training.unseen import held_out


def test_lengths_that_differ_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="120 pictures in the folds, but 3 artists"):
        held_out(tmp_path, artists=("a", "b", "c"))
    with pytest.raises(ValueError, match="120 pictures in the folds, but 2 vectors of look"):
        held_out(tmp_path, vectors={"look": np.ones((2, 2), np.float32)})
    with pytest.raises(ValueError, match="120 pictures in the folds, but 2 style logits"):
        held_out(tmp_path, logits={"style": np.ones((2, 3), np.float32)})


def test_logits_that_do_not_fit_the_names_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"style logits don't fit .* \(120, 2\)"):
        held_out(tmp_path, logits={"style": np.ones((120, 2), np.float32)})
    with pytest.raises(ValueError, match="mood logits don't fit"):
        held_out(tmp_path, logits={"mood": np.ones((120, 2), np.float32)})
