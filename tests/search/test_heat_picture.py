"""The picture of a heat map: what lies under the veil, and what does not."""

from io import BytesIO

import numpy as np
from PIL import Image as Pillow

from search import heat_picture
from search.heat import GRID, Heat


def hot_at(row: int, column: int) -> Heat:
    values = np.zeros((GRID, GRID), np.float32)
    values[row, column] = 1
    return Heat(values=values, similarity=0.5, without=0.4)


def opened(heat: Heat, width: int = 600, height: int = 400) -> Pillow.Image:
    return Pillow.open(BytesIO(heat_picture.overlay(heat, width, height)))


def test_it_has_the_pictures_proportions_and_is_never_large() -> None:
    assert opened(hot_at(0, 0), 6000, 3000).size == (800, 400)
    assert opened(hot_at(0, 0), 30, 6000).size == (8, 800)
    assert len(heat_picture.overlay(hot_at(2, 2), 600, 400)) < 40_000


def test_the_hottest_part_is_clear_and_the_rest_under_a_veil() -> None:
    alpha = np.asarray(opened(hot_at(2, 2)).convert("RGBA"))[..., 3]
    height, width = alpha.shape
    assert alpha[height // 2, width // 2] < 20
    assert alpha[5, 5] > 180
    assert alpha[-5, -5] > 180


def test_a_line_stands_around_the_hottest_part() -> None:
    pixels = np.asarray(opened(hot_at(2, 2)).convert("RGBA")).astype(int)
    row = pixels[pixels.shape[0] // 2]
    assert ((row[:, 0] > 200) & (row[:, 2] < 180) & (row[:, 3] > 200)).any()


def test_where_nothing_stands_out_it_hides_nothing() -> None:
    even = Heat(values=np.zeros((GRID, GRID), np.float32), similarity=0.5, without=0.5)
    assert not np.asarray(opened(even).convert("RGBA"))[..., 3].any()


def test_where_everything_counts_the_most_is_still_told_from_the_least() -> None:
    values = np.full((GRID, GRID), 0.7, np.float32)
    values[0, 0] = 1
    smooth = heat_picture.spread(Heat(values=values, similarity=0.5, without=0.4), 100, 100)
    assert smooth[5, 5] > 0.9
    assert smooth[90, 90] < 0.5
