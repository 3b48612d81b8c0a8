"""The sample collection: what its labels promise, and that its pictures are the same everywhere."""

import hashlib
import subprocess
import sys
from collections import Counter, defaultdict
from functools import cache
from itertools import combinations
from typing import get_args

import cv2
import numpy as np
import pytest
from PIL import Image

from gallery.sample import SamplePainting, draw, paintings
from gallery.sample.canvas import blank, blur, noise
from gallery.sample.manner import LONG_SIDE_PX, Genre, Style, chance
from gallery.sample.manners import MANNERS
from gallery.sample.motifs.landscape import TOLD, Landscape
from gallery.sample.palettes import Floats, colour, from_oklab, mix, to_oklab
from gallery.sample.shapes import box, cover, lay

FIRST_OF_EACH_MANNER = [f"{manner.name}-01" for manner in MANNERS]
WORKS = {f"{manner.name}-{n:02d}": (manner, work) for manner in MANNERS for n, work in enumerate(manner.works, start=1)}
SMALL_PX = 200


@cache
def drawn(key: str) -> Image.Image:
    return draw(key)


def painted_small(key: str) -> Floats:
    """The picture as it is drawn, but small: every line of every manner is run in a fraction of the time."""
    manner, work = WORKS[key]
    scale = SMALL_PX / max(work.size_cm)
    size = round(work.size_cm[0] * scale), round(work.size_cm[1] * scale)
    return manner.paint(work.scene, size, chance(key))


@cache
def thumbnails() -> dict[str, Floats]:
    return {key: np.asarray(cv2.resize(painted_small(key), (24, 24), interpolation=cv2.INTER_AREA)) for key in WORKS}


def checksum(image: Image.Image) -> str:
    return hashlib.sha256(image.tobytes()).hexdigest()


def by_manner() -> dict[str, list[SamplePainting]]:
    grouped: dict[str, list[SamplePainting]] = defaultdict(list)
    for painting in paintings():
        grouped[painting.manner].append(painting)
    return grouped


def test_the_collection_has_at_least_a_dozen_manners_of_twelve_paintings() -> None:
    assert len(by_manner()) >= 12
    assert all(len(works) >= 12 for works in by_manner().values())
    assert len(paintings()) >= 144


def test_keys_titles_and_what_is_told_of_a_painting_are_its_own() -> None:
    assert len({p.key for p in paintings()}) == len(paintings())
    assert len({p.title for p in paintings()}) == len(paintings())


def test_the_order_is_always_the_same() -> None:
    assert [p.key for p in paintings()] == [p.key for p in paintings.__wrapped__()]


def test_each_painter_is_marked_as_made_up() -> None:
    for painting in paintings():
        assert painting.artist.endswith("(invented)")
        assert painting.artist_sort_name.endswith("(invented)")


def test_a_painter_known_by_a_family_name_is_sorted_by_it() -> None:
    names = {p.artist: p.artist_sort_name for p in paintings()}
    assert names["Ilse Farrow (invented)"] == "Farrow, Ilse (invented)"
    assert names["Master of the Amber Halo (invented)"] == "Master of the Amber Halo (invented)"


def test_some_painters_work_in_two_manners_and_no_manner_has_only_one_genre_of_many() -> None:
    manners = defaultdict(set)
    for painting in paintings():
        manners[painting.artist].add(painting.manner)
    assert sum(len(found) > 1 for found in manners.values()) >= 3
    assert sum(len({p.genre for p in works}) > 1 for works in by_manner().values()) >= 9


def test_styles_and_genres_come_from_the_vocabulary() -> None:
    assert {p.style for p in paintings()} == set(get_args(Style))
    assert {p.genre for p in paintings()} == set(get_args(Genre))


def test_every_field_of_a_label_is_filled() -> None:
    for painting in paintings():
        for field in SamplePainting.__dataclass_fields__:
            assert getattr(painting, field), f"{painting.key} has no {field}"


def test_dates_lie_in_their_centuries_and_are_said_in_several_ways() -> None:
    for painting in paintings():
        assert 1460 <= painting.first_year <= painting.last_year <= 1985
    said = {p.display_date for p in paintings()}
    for form in ("c. ", "early ", "century", "before ", "–", "s"):
        assert any(form in date for date in said), f"no date is said with {form!r}"


def test_an_alt_text_is_one_sentence_of_its_own() -> None:
    for painting in paintings():
        assert painting.alt_text[0].isupper()
        assert painting.alt_text.endswith(".")
        assert painting.alt_text.count(". ") == 0
        assert 40 <= len(painting.alt_text) <= 250, painting.key
    assert max(Counter(p.alt_text for p in paintings()).values()) <= 2


def test_the_alt_text_of_a_place_names_everything_that_is_laid_in_it() -> None:
    labels = {p.key: p for p in paintings()}
    for manner in MANNERS:
        for number, work in enumerate(manner.works, start=1):
            motif = getattr(work.scene, "motif", None)
            if isinstance(motif, Landscape):
                text = labels[f"{manner.name}-{number:02d}"].alt_text
                assert all(TOLD[thing] in text for thing in motif.things)


@pytest.mark.parametrize("key", FIRST_OF_EACH_MANNER)
def test_a_picture_is_rgb_and_has_the_shape_its_label_says(key: str) -> None:
    image = drawn(key)
    height, width = (float(s) for s in next(p for p in paintings() if p.key == key).dimensions[:-3].split(" × "))
    assert image.mode == "RGB"
    assert max(image.size) == LONG_SIDE_PX
    assert image.width / image.height == pytest.approx(width / height, abs=0.01)


def test_a_picture_is_the_same_in_another_process() -> None:
    keys = ["icon-01", "impasto-01", "cubism-01", "drip-01"]
    code = (
        "import hashlib, sys; from gallery.sample import draw; "
        "print(*(hashlib.sha256(draw(key).tobytes()).hexdigest() for key in sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, *keys]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        here = [checksum(drawn(key)) for key in keys]
        there, _ = other.communicate(timeout=300)
    assert there.split() == here


@pytest.mark.parametrize("key", FIRST_OF_EACH_MANNER)
def test_a_picture_drawn_twice_is_the_same(key: str) -> None:
    assert np.array_equal(painted_small(key), painted_small(key))


def test_no_picture_is_blank_or_holds_what_is_no_colour() -> None:
    for key, small in thumbnails().items():
        assert np.isfinite(small).all(), key
        assert small.min() >= -0.01, key
        assert small.max() <= 1.01, key
        assert (small * 255).std() > 7, key


def test_no_two_pictures_look_the_same() -> None:
    for (one, first), (two, second) in combinations(thumbnails().items(), 2):
        assert np.abs(first - second).mean() * 255 > 2, f"{one} and {two} look the same"


def test_an_unknown_key_is_refused_with_a_sentence() -> None:
    with pytest.raises(KeyError, match="no painting 'impasto-99'"):
        draw("impasto-99")


def test_the_package_needs_no_django() -> None:
    code = "import sys, gallery.sample; gallery.sample.paintings(); print('django' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300)
    assert found.stdout.strip() == "False"


def test_chance_depends_on_the_key_alone() -> None:
    assert chance("a").random() == chance("a").random()
    assert chance("a").random() != chance("b").random()


def test_mixing_goes_there_and_back_through_oklab() -> None:
    red, blue = colour("#c33a24"), colour("#2a4d8f")
    assert np.allclose(from_oklab(to_oklab(red)), red, atol=1e-3)
    assert np.allclose(mix(red, blue, 0), red, atol=1e-3)
    assert np.allclose(mix(red, blue, 1), blue, atol=1e-3)


def test_a_shape_covers_its_area_and_nothing_outside_the_picture() -> None:
    assert cover((400, 600), box(300, 200, 200, 100)).sum() == pytest.approx(20_000, rel=0.03)
    picture = blank((40, 60), colour("#ffffff"))
    lay(picture, box(300, 300, 20, 10), colour("#000000"))
    assert picture.min() == pytest.approx(1)


def test_noise_is_even_and_a_blur_of_nothing_changes_nothing() -> None:
    field = noise(chance("noise"), (80, 120), 20)
    assert field.std() == pytest.approx(1, abs=0.01)
    assert blur(field, 0.1) is field
