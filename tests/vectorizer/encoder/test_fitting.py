import numpy as np
import pytest

from tests.vectorizer.encoder import drawings
from vectorizer.encoder.fitting import FITS, PAD_COLOUR, Fit, fit_square

RED, BLUE = (200, 0, 0), (0, 0, 200)


def halves(width: int, height: int) -> drawings.Drawing:
    """Red on the left, blue on the right."""
    picture = drawings.even(RED, width, height)
    picture[:, width // 2 :] = BLUE
    return picture


@pytest.mark.parametrize("fit", FITS)
@pytest.mark.parametrize(("width", "height"), [(1, 1), (1, 900), (900, 1), (40, 30), (2000, 1500)])
def test_every_picture_becomes_a_square(fit: Fit, width: int, height: int) -> None:
    square = fit_square(drawings.even(RED, width, height), 32, fit)

    assert square.shape == (32, 32, 3)
    assert square.dtype == np.uint8
    assert (square[15, 15] == RED).all()


def test_squashing_keeps_all_of_the_picture() -> None:
    square = fit_square(halves(400, 100), 32, "squash")

    assert (square[:, :15] == RED).all()
    assert (square[:, 17:] == BLUE).all()


def test_padding_keeps_the_proportions_and_fills_with_grey() -> None:
    square = fit_square(halves(400, 100), 32, "pad")

    assert (square[:12] == PAD_COLOUR).all()
    assert (square[20:] == PAD_COLOUR).all()
    assert (square[13:19, :15] == RED).all()


def test_cropping_keeps_the_centre_only() -> None:
    picture = drawings.even(BLUE, 400, 100)
    picture[:, 150:250] = RED

    assert (fit_square(picture, 32, "crop") == RED).all()


def test_fine_stripes_become_an_even_grey_instead_of_a_pattern() -> None:
    picture = drawings.even((0, 0, 0), 1000, 1000)
    picture[:, ::2] = 255

    assert np.ptp(fit_square(picture, 224, "squash")[:, 2:-2]) <= 24
