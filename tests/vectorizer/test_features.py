import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vectorizer.encoder import drawings
from vectorizer.features import PALETTE_DIMENSIONS, Colour, colours_of_palette, palette, palette_of_colours
from vectorizer.oklab import from_srgb

channels = st.integers(0, 255)
colours = st.tuples(channels, channels, channels)
palettes = st.lists(st.tuples(colours, st.floats(0.01, 100)), min_size=1, max_size=5)


def of(*named: Colour) -> np.ndarray:
    return palette_of_colours([(colour, 1) for colour in named])


def distance(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.linalg.norm(a - b))


def test_the_grid_has_as_many_points_as_the_shipped_artifacts_say() -> None:
    assert PALETTE_DIMENSIONS == 199


@settings(deadline=None)
@given(palettes)
def test_any_palette_is_of_unit_length_and_never_negative(wanted: list[tuple[Colour, float]]) -> None:
    vector = palette_of_colours(wanted)

    assert vector.shape == (PALETTE_DIMENSIONS,)
    assert vector.dtype == np.float32
    assert vector.min() >= 0
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


@settings(deadline=None)
@given(colours)
def test_an_even_picture_has_the_palette_of_its_colour(colour: Colour) -> None:
    assert palette(drawings.even(colour)) == pytest.approx(of(colour), abs=1e-5)


def test_squares_of_a_palette_are_shares_so_a_mixture_is_the_mean_of_its_colours() -> None:
    red, blue = (200, 30, 30), (30, 40, 180)
    mixture = palette_of_colours([(red, 3), (blue, 1)])

    assert mixture**2 == pytest.approx(0.75 * of(red) ** 2 + 0.25 * of(blue) ** 2, abs=0.01)


def test_the_distance_is_hellingers_times_the_root_of_two() -> None:
    first, second = palette(drawings.circles()), palette(drawings.sky())
    bhattacharyya = float(np.sum(np.sqrt((first**2) * (second**2))))

    assert distance(first, second) == pytest.approx(np.sqrt(2) * np.sqrt(1 - bhattacharyya), abs=1e-3)


def test_a_picture_has_the_palette_of_its_colours_in_their_shares() -> None:
    picture = drawings.even((200, 30, 30), 64, 64)
    picture[48:] = (30, 40, 180)

    assert palette(picture) == pytest.approx(palette_of_colours([((200, 30, 30), 75), ((30, 40, 180), 25)]), abs=1e-4)


def test_where_a_colour_is_makes_no_difference() -> None:
    picture = drawings.even((230, 200, 120), 128, 128)
    picture[:64, :64] = (20, 60, 40)

    assert palette(picture) == pytest.approx(palette(picture[::-1, ::-1]), abs=1e-5)


def test_the_size_of_a_picture_makes_hardly_a_difference() -> None:
    small, large = drawings.sky(64, 64), drawings.sky(640, 640)

    assert distance(palette(small), palette(large)) < 0.05


def test_similar_colours_are_nearer_than_others() -> None:
    ultramarine, cobalt, ochre = (35, 50, 140), (50, 75, 165), (200, 150, 60)

    assert distance(of(ultramarine), of(cobalt)) < 0.5 * distance(of(ultramarine), of(ochre))


def test_the_further_a_grey_the_further_its_palette() -> None:
    distances = [distance(of((100,) * 3), of((level,) * 3)) for level in (100, 120, 140, 170, 210, 255)]

    assert distances == sorted(distances)
    assert distances[0] == 0
    assert distances[1] < 0.3


def test_black_and_white_are_as_far_apart_as_can_be() -> None:
    assert distance(of((0, 0, 0)), of((255, 255, 255))) > 0.95 * np.sqrt(2)


@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (5000, 1), (3, 2)])
def test_a_picture_of_any_shape_has_a_palette(shape: tuple[int, int]) -> None:
    assert palette(drawings.even((10, 200, 90), *shape)) == pytest.approx(of((10, 200, 90)), abs=1e-5)


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ([], "at least one colour"),
        ([((0, 0, 256), 1)], r"\(0, 0, 256\) is no sRGB colour"),
        ([((0, -1, 0), 1)], "is no sRGB colour"),
        ([((0, 0), 1)], "is no sRGB colour"),
        ([((0, 0, 0), 0)], "share of .* is 0; it must be more than 0"),
        ([((0, 0, 0), float("nan"))], "share of .* is nan"),
        ([((0, 0, 0), float("inf"))], "share of .* is inf"),
    ],
)
def test_what_is_no_palette_is_refused(wanted: list[tuple[Colour, float]], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        palette_of_colours(wanted)


def seen_apart(a: Colour, b: Colour) -> float:
    """How far apart two colours are in OKLab; 0.1 is told at a glance."""
    return float(np.linalg.norm(from_srgb(np.array(a, np.uint8)) - from_srgb(np.array(b, np.uint8))))


@settings(max_examples=25, deadline=None)
@given(colours)
def test_a_palette_of_one_colour_is_read_as_that_colour(colour: Colour) -> None:
    (main, share), *others = colours_of_palette(of(colour))
    assert seen_apart(main, colour) < 0.1
    assert share > 0.5
    assert all(seen_apart(other, colour) < 0.35 for other, _ in others)


def test_a_palette_is_read_as_the_colours_that_it_was_made_of_in_their_shares() -> None:
    wanted = [((240, 230, 200), 50), ((140, 47, 27), 30), ((30, 60, 160), 20)]
    found = colours_of_palette(palette_of_colours(wanted), most=3)
    for (colour, share), (made, percent) in zip(found, wanted, strict=True):
        assert seen_apart(colour, made) < 0.05
        assert share == pytest.approx(percent / 100, abs=0.06)


def test_a_palette_is_read_as_the_largest_colours_first_and_no_more_than_are_asked_for() -> None:
    vector = palette(drawings.sky())
    found = colours_of_palette(vector)
    assert len(found) <= 6
    assert [share for _, share in found] == sorted((share for _, share in found), reverse=True)
    assert sum(share for _, share in found) <= 1 + 1e-5
    assert len(colours_of_palette(vector, most=2)) == 2


def test_colours_that_hardly_differ_are_read_as_one() -> None:
    found = colours_of_palette(of((150, 60, 40), (156, 64, 44)))
    assert found[0][1] > 0.8


def test_what_has_another_shape_is_read_as_no_palette() -> None:
    with pytest.raises(ValueError, match="A palette has 199 dimensions"):
        colours_of_palette(np.ones(12, np.float32))
