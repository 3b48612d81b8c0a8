"""From vectors to fields: what is alike hangs near each other, nothing hides another, the same is the same twice."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from search.map import projecting
from search.map.hanging import along_a_curve, hang, nearest_free
from search.map.projecting import project
from search.map.regions import divide
from search.map.spreading import spread
from tests.search.map.mapped import near


def clusters(count: int, of: int = 2) -> NDArray[np.float32]:
    return np.stack([near(number % of, number + 1) for number in range(count)])


def laid_out(vectors: NDArray[np.float32]) -> NDArray[np.int64]:
    return hang(spread(project(vectors))).fields


class TestProjecting:
    @pytest.mark.parametrize("count", [0, 1, 2, 3, 14, 49])
    def test_few_paintings_are_laid_out_too(self, count: int) -> None:
        points = project(clusters(count) if count else np.zeros((0, 512), np.float32))
        assert points.shape == (count, 2)
        assert np.isfinite(points).all()

    def test_two_kinds_lie_apart(self) -> None:
        points = project(clusters(12))
        within = np.linalg.norm(points[0] - points[2])
        between = np.linalg.norm(points[0] - points[1])
        assert between > 2 * within

    def test_the_same_file_several_times_makes_no_map_impossible(self) -> None:
        assert np.isfinite(project(np.stack([near(1)] * 5))).all()

    def test_umap_keeps_what_is_alike_together_and_gives_the_same_twice(self) -> None:
        vectors = clusters(60, of=3)
        points = project(vectors)
        kinds = np.arange(60) % 3
        distances = np.linalg.norm(points[:, None] - points, axis=2) + 1e9 * np.eye(60)
        assert (kinds[distances.argmin(axis=1)] == kinds).mean() > 0.95
        assert (project(vectors) == points).all()

    def test_umap_comes_through_one_door_and_brings_no_tensorflow(self) -> None:
        code = """
import sys
import numpy as np
from search.map import projecting
projecting.project(np.eye(4, dtype=np.float32))
assert not {"umap", "numba", "sklearn", "scipy"} & set(sys.modules), "loaded before it is needed"
projecting._umap()
assert "umap" in sys.modules and "tensorflow" not in sys.modules
"""
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def test_no_web_process_and_no_worker_imports_it(self, folder: Path) -> None:
        code = """
import sys
import config.wsgi, config.celery, config.urls, search.tasks, search.map.tending
loaded = {"umap", "numba", "sklearn", "scipy", "pynndescent"} & set(sys.modules)
assert not loaded, loaded
"""
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PENDANT_SECRET_KEY": "only-for-tests-0123456789-0123456789-0123456789-0123456789",
        }
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def test_who_has_tensorflow_already_keeps_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        mine = object()
        monkeypatch.setitem(sys.modules, "tensorflow", mine)
        monkeypatch.setitem(sys.modules, "umap", type("umap", (), {"UMAP": "the class"}))
        assert projecting._umap() == "the class"
        assert sys.modules["tensorflow"] is mine


class TestHanging:
    @pytest.mark.parametrize("count", [1, 2, 5, 40, 300])
    def test_every_picture_has_a_field_of_its_own(self, count: int) -> None:
        points = spread(np.random.default_rng(count).normal(size=(count, 2)))
        hung = hang(points)
        assert len({tuple(field) for field in hung.fields.tolist()}) == count
        assert hung.fields.min() >= 0
        assert hung.fields.max() < hung.side

    def test_nothing_to_hang_is_a_map_all_the_same(self) -> None:
        hung = hang(spread(np.zeros((0, 2))))
        assert (hung.side, len(hung.fields)) == (1, 0)

    def test_what_is_at_the_same_place_is_spread_around_it(self) -> None:
        hung = hang(spread(np.zeros((9, 2))))
        assert len({tuple(field) for field in hung.fields.tolist()}) == 9
        assert np.ptp(hung.fields, axis=0).max() <= 8

    def test_a_layout_is_the_same_every_time(self) -> None:
        vectors = clusters(25)
        assert (laid_out(vectors) == laid_out(vectors)).all()

    def test_the_nearest_free_field_is_taken(self) -> None:
        taken = np.zeros((9, 9), np.bool_)
        assert nearest_free(taken, 4.5, 4.5) == (4, 4)
        taken[3:6, 3:6] = True
        assert nearest_free(taken, 4.9, 4.5) == (6, 4)
        taken[:] = True
        taken[0, 8] = False
        assert nearest_free(taken, 8.5, 0.5) == (0, 8)

    def test_on_a_full_map_one_hangs_before_another(self) -> None:
        assert nearest_free(np.ones((3, 3), np.bool_), 1.5, 2.5) == (1, 2)

    def test_neighbours_follow_each_other_along_the_curve(self) -> None:
        fields = np.array([(column, row) for column in range(8) for row in range(8)])
        steps = np.abs(np.diff(fields[along_a_curve(fields)], axis=0)).sum(axis=1)
        assert steps.mean() < 2


class TestRegions:
    def test_what_lies_apart_is_another_region(self) -> None:
        points = np.concatenate([np.random.default_rng(1).normal(place, 0.1, (40, 2)) for place in (0, 10)])
        regions = divide(points)
        assert len(set(regions[:40])) == 1
        assert regions[0] != regions[40]

    def test_a_small_collection_is_one_region(self) -> None:
        assert divide(np.zeros((3, 2))).tolist() == [0, 0, 0]
        assert divide(np.zeros((0, 2))).tolist() == []

    def test_there_are_not_too_many(self) -> None:
        assert len(set(divide(np.random.default_rng(1).normal(size=(2000, 2))).tolist())) <= 24
