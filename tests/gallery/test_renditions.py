"""Smaller copies for pages: never larger than the picture, never gigantic, and without metadata."""

from base64 import b64decode
from io import BytesIO

import pytest
from PIL import Image

from gallery.renditions import QUICK_FORMATS, WIDTHS, make, needed_side, placeholder, widths
from tests.bad_files import noise
from tests.pictures import QUARTERS, exif, picture


def decoded(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((4000, 3000), (320, 640, 1280, 2048)),
        ((2048, 100), (320, 640, 1280, 2048)),
        ((2047, 1500), (320, 640, 1280, 2047)),
        ((500, 300), (320, 500)),
        ((320, 300), (320,)),
        ((200, 300), (200,)),
        ((16, 16), (16,)),
    ],
)
def test_a_picture_gets_the_widths_that_it_has_and_its_own(size: tuple[int, int], expected: tuple[int, ...]) -> None:
    assert widths(*size) == expected


def test_an_own_width_that_hardly_differs_is_left_out() -> None:
    assert widths(330, 200) == (320,)
    assert widths(700, 200) == (320, 640)


@pytest.mark.parametrize("size", [(1000, 20_000), (200, 4000), (320, 961), (3000, 32_000), (48, 32_000)])
def test_a_scroll_gets_narrower_and_not_gigantic(size: tuple[int, int]) -> None:
    width, height = size
    made = widths(width, height)

    assert made == tuple(sorted(set(made)))
    for box, wide in zip(WIDTHS, made, strict=False):
        assert 1 <= wide <= width
        assert wide * height / width <= 3 * box


def test_the_needed_side_is_enough_for_the_widest_however_the_picture_stands() -> None:
    assert needed_side(4000, 3000, (320, 640)) == 640
    assert needed_side(3000, 4000, (320, 640)) == 854
    assert needed_side(1000, 20_000, widths(1000, 20_000)) == 6140


def test_each_width_is_made_as_avif_webp_and_jpeg_the_widest_first() -> None:
    made = list(make(picture(size=(800, 600)), (320, 640)))

    assert [(one.width, one.height, one.format) for one in made] == [
        (640, 480, "avif"),
        (640, 480, "webp"),
        (640, 480, "jpeg"),
        (320, 240, "avif"),
        (320, 240, "webp"),
        (320, 240, "jpeg"),
    ]
    for one in made:
        image = decoded(one.data)
        assert (image.size, image.format) == ((one.width, one.height), one.format.upper())
        for seen, expected in zip(
            [image.getpixel((image.width * x // 4, image.height * y // 4)) for y in (1, 3) for x in (1, 3)],
            QUARTERS,
            strict=True,
        ):
            assert all(abs(a - b) <= 6 for a, b in zip(seen, expected, strict=True))


def test_what_is_wanted_soon_is_made_without_avif() -> None:
    made = make(picture(size=(800, 600)), (320,), QUICK_FORMATS)

    assert [one.format for one in made] == ["webp", "jpeg"]


def test_making_a_rendition_again_gives_the_same_file() -> None:
    first, again = (list(make(picture(size=(800, 600)), (320,))) for _ in range(2))

    assert first == again


def test_a_rendition_is_progressive_and_holds_no_metadata() -> None:
    source = picture(size=(800, 600))
    source.info = {"comment": b"taken at home", "exif": exif(6).tobytes(), "icc_profile": b"profile", "xmp": b"<x/>"}

    for one in make(source, (320,)):
        image = decoded(one.data)
        assert b"taken at home" not in one.data
        assert not {"comment", "exif", "icc_profile", "xmp"} & set(image.info)
        assert one.format != "jpeg" or image.info["progressive"]


def test_a_picture_is_never_enlarged() -> None:
    with pytest.raises(ValueError, match="64 pixels wide cannot give a rendition 320 wide"):
        make(picture(), (320,))


def test_no_widths_make_no_renditions() -> None:
    assert list(make(picture(), ())) == []


def test_a_banner_keeps_at_least_one_row() -> None:
    banner = Image.new("RGB", (30_000, 16), (10, 200, 30))

    made = list(make(banner, (320,)))
    assert {decoded(one.data).size for one in made} == {(320, 1)}
    assert decoded(b64decode(placeholder(banner).split(",")[1])).size == (16, 1)


@pytest.mark.parametrize("size", [(1, 1), (1, 3), (2048, 1), (17, 33), (682, 2048)])
def test_every_size_there_is_can_be_had_in_every_format(size: tuple[int, int]) -> None:
    made = list(make(Image.new("RGB", size, (10, 200, 30)), (size[0],)))

    assert [(decoded(one.data).size, one.format) for one in made] == [(size, "avif"), (size, "webp"), (size, "jpeg")]


def test_shrinking_averages_instead_of_skipping_pixels() -> None:
    stripes = Image.frombytes("L", (640, 64), bytes((0, 255)) * (320 * 64)).convert("RGB")

    grey = decoded(next(make(stripes, (320,))).data).convert("L").getpixel((160, 16))

    assert 115 <= grey <= 140


@pytest.mark.parametrize(("size", "small"), [((800, 600), (16, 12)), ((60, 120), (8, 16)), ((16, 16), (16, 16))])
def test_a_placeholder_is_a_tiny_picture_of_the_same_colours(size: tuple[int, int], small: tuple[int, int]) -> None:
    uri = placeholder(picture(size=size))

    start, data = uri.split(",")
    image = decoded(b64decode(data))
    assert start == "data:image/webp;base64"
    assert image.size == small
    red, _, blue = image.convert("RGB").getpixel((1, 1))
    assert red > 150 > blue


@pytest.mark.parametrize("block", [1, 20])
def test_even_the_placeholder_of_noise_is_short(block: int) -> None:
    specks = Image.frombytes("RGB", (16, 16), bytes(255 * (value & 1) for value in noise(768)))
    assert len(placeholder(specks.resize((16 * block, 16 * block), Image.Resampling.NEAREST))) <= 400
