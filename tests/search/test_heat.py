"""Which parts of a painting make it like another: on pairs that have one spot in common."""

from typing import Any

import numpy as np
import pytest
from django.core.cache import cache

from gallery import rendering
from gallery.models import Painting
from search import heat, why
from search.details import NotYet
from search.heat import GRID, Heat
from tests.search.gallery_wall import SmallEye
from tests.search.pairs import SIDE, even, with_a_spot_in_common
from vectorizer.models import EncoderModel

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("eye")]


def looked(first: Painting, second: Painting, **options: Any) -> Heat:
    model = EncoderModel.current()
    vectors = why.vectors_of((first.live_image, second.live_image), model)  # type: ignore[arg-type]
    assert vectors
    weights = {model.card.likenesses[0].name: 1.0}
    return heat.towards(first.live_image, *vectors, weights, model, **options)  # type: ignore[arg-type]


def test_the_part_that_both_have_is_the_hottest() -> None:
    found = looked(*with_a_spot_in_common())
    row, column = divmod(int(found.values.argmax()), GRID)
    assert row <= 1
    assert column <= 1
    assert found.values.max() == 1
    assert found.values[3:, 3:].max() < 0.35
    assert found.values.min() >= 0


def test_the_hottest_part_covered_makes_the_likeness_so_much_less() -> None:
    first, second = with_a_spot_in_common()
    found = looked(first, second)
    model = EncoderModel.current()
    said = why.explain(first, second, {model.card.likenesses[0].name: 1.0}, model)
    assert said
    assert found.similarity == pytest.approx(said.similarity, abs=1e-6)
    assert found.without < found.similarity - 0.02


def test_where_no_part_counts_nothing_is_hot(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = with_a_spot_in_common()
    monkeypatch.setattr(heat, "covered", lambda picture: [picture] * GRID**2)  # covers that hide nothing
    found = looked(first, second)
    assert not found.speaks
    assert not found.values.any()
    assert found.without == found.similarity


def test_a_picture_is_encoded_once_whatever_it_is_compared_with(eye: SmallEye) -> None:
    first, second = with_a_spot_in_common()
    before = len(eye.seen)
    found = looked(first, second)
    assert len(eye.seen) - before == 1 + GRID * GRID
    again = looked(first, even())
    assert len(eye.seen) - before == 1 + GRID * GRID
    assert not np.array_equal(found.values, again.values)


def test_whoever_has_had_enough_is_told_to_wait_but_sees_what_is_known() -> None:
    first, second = with_a_spot_in_common()
    with pytest.raises(NotYet, match="wait 9 seconds"):
        looked(first, second, permit=lambda: 9)
    known = looked(first, second)
    assert np.array_equal(looked(first, second, permit=lambda: 9).values, known.values)


def test_a_cache_that_is_gone_is_in_nobodys_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("no cache")

    monkeypatch.setattr(cache, "get", broken)
    monkeypatch.setattr(cache, "set", broken)
    assert looked(*with_a_spot_in_common()).speaks


def test_a_lost_picture_is_told_of() -> None:
    first, second = with_a_spot_in_common()
    assert first.live_image
    rendering.storage().delete(first.live_image.rendition_path(SIDE, "jpg"))
    with pytest.raises(FileNotFoundError):
        looked(first, second)


def test_a_picture_without_renditions_is_told_of() -> None:
    first, second = with_a_spot_in_common()
    assert first.live_image
    first.live_image.widths = []
    with pytest.raises(FileNotFoundError, match="no renditions"):
        looked(first, second)


def test_regions_cover_the_whole_picture_and_overlap() -> None:
    places = heat.regions()
    assert len(places) == GRID * GRID
    assert places[0][:2] == (0, 0)
    assert places[-1][2:] == pytest.approx((1, 1))
    assert places[1][0] < places[0][2]


@pytest.mark.parametrize("shape", [(200, 320), (320, 90), (40, 40)])
def test_what_is_covered_changes_there_and_hardly_elsewhere(shape: tuple[int, int]) -> None:
    picture = np.random.default_rng(3).integers(0, 255, (*shape, 3)).astype(np.uint8)
    covered = heat.covered(picture)
    height, width = shape
    for (left, top, right, bottom), one in zip(heat.regions(), covered, strict=True):
        changed = np.abs(one.astype(int) - picture).mean(axis=2)
        inside = changed[int(top * height) : int(bottom * height), int(left * width) : int(right * width)]
        assert inside.mean() > 4 * changed.mean() * (heat.SPAN**2)
        assert one.dtype == np.uint8
    assert np.abs(covered[0][-height // 4 :].astype(int) - picture[-height // 4 :]).max() == 0
