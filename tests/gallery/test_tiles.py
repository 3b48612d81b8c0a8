"""Large pictures cut into tiles: all of the picture, each part where its address says, and nothing else."""

import json
from io import BytesIO

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from gallery import renditions, tiles
from gallery.tiles import SIDE, Info, Tile

sizes = st.tuples(st.integers(16, 32_000), st.integers(16, 32_000)).filter(lambda size: size[0] * size[1] < 60_000_000)


def ramp(width: int, height: int) -> Image.Image:
    """Each pixel's colour says where it is: red and green grow to the right and downwards, blue is 40."""
    x, y = np.meshgrid(np.linspace(0, 255, width), np.linspace(0, 255, height))
    return Image.fromarray(np.dstack([x, y, np.full_like(x, 40)]).round().astype(np.uint8))


def decoded(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((2048, 1500), ()),
        ((2200, 1500), ()),  # hardly more than the rendition of 2048
        ((2300, 1500), (1,)),
        ((6000, 4000), (1, 2)),
        ((12_000, 9000), (1, 2, 4)),
        ((1000, 20_000), (1, 2)),  # a scroll: its widest rendition is 307 wide
        ((500, 400), ()),
    ],
)
def test_only_what_shows_noticeably_more_than_the_widest_rendition_is_cut(
    size: tuple[int, int], expected: tuple[int, ...]
) -> None:
    assert tiles.factors(*size) == expected


@given(sizes)
@example((32_000, 16))
@example((16, 32_000))
@settings(max_examples=60, deadline=None)
def test_the_tiles_of_each_factor_cover_the_picture_once(size: tuple[int, int]) -> None:
    width, height = size
    for factor in tiles.factors(width, height):
        layer = [tile for tile in tiles.every(width, height) if tile.factor == factor]
        assert sum(tile.width * tile.height for tile in layer) == width * height
        assert all(max(tile.size) <= SIDE and min(tile.size) >= 1 for tile in layer)
        assert max(tile.x + tile.width for tile in layer) == width
        assert max(tile.y + tile.height for tile in layer) == height


@given(sizes)
@settings(max_examples=40, deadline=None)
def test_each_tile_is_found_by_its_address_and_has_a_name_of_its_own(size: tuple[int, int]) -> None:
    width, height = size
    every = list(tiles.every(width, height))
    for tile in every[:: max(1, len(every) // 20)]:
        region = f"{tile.x},{tile.y},{tile.width},{tile.height}"
        assert tiles.find(width, height, SIDE, region, "{},{}".format(*tile.size)) == tile
    assert len({tile.name for tile in every}) == len(every)


@pytest.mark.parametrize(
    ("region", "size"),
    [
        ("0,0,512,512", "256,256"),  # another reduction than the one there is
        ("0,0,512,512", "512,511"),
        ("0,0,512,512", "512,"),
        ("1,0,512,512", "512,512"),
        ("0,0,511,512", "511,512"),
        ("3072,0,512,512", "512,512"),  # beyond the right edge
        ("999999,999999,1,1", "1,1"),
        ("0,0,0,0", "0,0"),
        ("-512,0,512,512", "512,512"),
        ("٠,0,512,512", "512,512"),
        ("0,0,512", "512,512"),
        ("square", "max"),
        ("pct:0,0,10,10", "max"),
        ("", ""),
        ("0,0,512,512", "^max"),
        ("9" * 40 + ",0,512,512", "512,512"),
    ],
)
def test_what_is_no_tile_is_not_found(region: str, size: str) -> None:
    assert tiles.find(3000, 2500, SIDE, region, size) is None


def test_there_is_no_tile_while_there_are_none() -> None:
    assert tiles.find(3000, 2500, 0, "0,0,512,512", "512,512") is None


def test_a_tile_of_the_whole_resolution_is_also_called_max() -> None:
    found = tiles.find(3000, 2500, SIDE, "2560,2048,440,452", "max")
    assert found == Tile(x=2560, y=2048, width=440, height=452, factor=1)
    assert tiles.find(6000, 4000, SIDE, "0,0,1024,1024", "max") is None


def test_tiles_show_their_part_of_the_picture_and_carry_no_metadata() -> None:
    width, height = 4700, 1001
    picture = ramp(width, height)
    picture.info["comment"] = b"bought too dear"

    made = dict(tiles.make(picture))

    assert sorted(made, key=lambda tile: tile.name) == sorted(tiles.every(width, height), key=lambda tile: tile.name)
    for tile, data in made.items():
        image = decoded(data)
        assert (image.size, image.format) == (tile.size, "JPEG")
        assert b"bought" not in data
        middle = np.asarray(image).reshape(-1, 3).mean(axis=0)
        expected = (255 * (tile.x + tile.width / 2) / width, 255 * (tile.y + tile.height / 2) / height, 40)
        assert middle == pytest.approx(expected, abs=1.5)


def test_a_picture_that_fits_a_rendition_gives_no_tiles() -> None:
    assert list(tiles.make(ramp(600, 400))) == []


class TestWhole:
    def test_each_rendition_is_found_by_its_size(self) -> None:
        widths = renditions.widths(6000, 4001)
        assert tiles.find_whole(6000, 4001, widths, "640,427") == 640
        assert tiles.find_whole(6000, 4001, widths, "2048,1366") == 2048

    def test_max_is_the_widest(self) -> None:
        assert tiles.find_whole(6000, 4000, (320, 640), "max") == 640

    @pytest.mark.parametrize("size", ["640,426", "640,", "641,427", "full", "^max", "0,0", ""])
    def test_another_size_is_not_found(self, size: str) -> None:
        assert tiles.find_whole(6000, 4001, (320, 640), size) is None


class TestInfo:
    def test_it_names_the_sizes_and_tiles_that_there_are(self) -> None:
        info = Info(address="https://x/1", width=6000, height=4000, widths=(640, 320), side=512).document()

        assert info["@context"] == "http://iiif.io/api/image/3/context.json"
        assert (info["id"], info["type"], info["profile"]) == ("https://x/1", "ImageService3", "level0")
        assert (info["width"], info["height"], info["maxArea"]) == (6000, 4000, 640 * 427)
        assert info["sizes"] == [{"width": 320, "height": 213}, {"width": 640, "height": 427}]
        assert info["tiles"] == [{"width": 512, "height": 512, "scaleFactors": [1, 2]}]
        assert json.loads(json.dumps(info)) == info

    def test_a_small_picture_has_sizes_alone(self) -> None:
        assert "tiles" not in Info(address="https://x/1", width=500, height=400, widths=(320, 500), side=0).document()
