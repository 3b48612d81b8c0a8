import numpy as np
import pytest

from vectorizer.oklab import from_srgb, to_srgb


@pytest.mark.parametrize(
    ("rgb", "lab"),
    [  # by the formulas of Ottosson's page in double precision; red, green and blue as published widely
        ((0, 0, 0), (0, 0, 0)),
        ((255, 255, 255), (1, 0, 0)),
        ((255, 0, 0), (0.62796, 0.22486, 0.12585)),
        ((0, 255, 0), (0.86644, -0.23389, 0.17950)),
        ((0, 0, 255), (0.45201, -0.03246, -0.31153)),
    ],
)
def test_known_colours_have_their_published_place(rgb: tuple[int, ...], lab: tuple[float, ...]) -> None:
    assert from_srgb(np.array(rgb, np.uint8)) == pytest.approx(lab, abs=1e-4)


def test_greys_have_no_hue_and_grow_lighter() -> None:
    greys = np.arange(256, dtype=np.uint8)[:, None].repeat(3, axis=1)
    lightness, green_red, blue_yellow = from_srgb(greys).T

    assert (np.diff(lightness) > 0).all()
    assert np.abs([green_red, blue_yellow]).max() < 1e-3


def test_a_picture_keeps_its_shape() -> None:
    assert from_srgb(np.zeros((4, 5, 3), np.uint8)).shape == (4, 5, 3)


def test_every_colour_comes_back_from_oklab() -> None:
    colours = np.random.default_rng(4).integers(0, 256, (500, 3)).astype(np.uint8)
    assert np.abs(to_srgb(from_srgb(colours)).astype(int) - colours).max() <= 1


def test_what_no_screen_can_show_is_clipped() -> None:
    assert to_srgb(np.array((0.7, 0.6, 0.0), np.float32))[0] == 255
