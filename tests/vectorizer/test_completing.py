"""What follows once a painting is found: the renditions that it lacks, and of a large picture its tiles."""

from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from PIL import Image as Picture

from gallery import cleaning, originals, rendering, tiles
from gallery.models import Image, Painting
from tests.factories import make_image, make_painting, picture_bytes
from vectorizer import bulk, completing, preparing
from vectorizer.models import Attempt, EncoderModel, to_render

pytestmark = pytest.mark.django_db(transaction=True)  # a migration opens a transaction of its own

LARGE = (2400, 1300)


@pytest.fixture
def large() -> Painting:
    """A painting with a large picture, findable."""
    painting = make_painting(live=False, image=make_image(picture_bytes(3, size=LARGE, format="JPEG")))
    preparing.prepare([painting.image])
    painting.refresh_from_db()
    return painting


def tile_files(image: Image) -> dict[str, bytes]:
    folder = Path(rendering.storage().path(image.tile_path("x"))).parent
    return {path.name: path.read_bytes() for path in folder.glob("*")}


def test_a_large_picture_is_cut_into_tiles_with_its_larger_renditions(large: Painting) -> None:
    assert not tile_files(large.image)

    assert completing.render(to_render(EncoderModel.current())).done == 1

    large.image.refresh_from_db()
    assert (large.image.tile_side, large.image.rendered) == (tiles.SIDE, True)
    assert large.image.widths == [320, 640, 1280, 2048]
    assert set(tile_files(large.image)) == {tile.name for tile in tiles.every(*LARGE)}
    assert not to_render(EncoderModel.current()).exists()


def test_a_small_picture_is_seen_without_avif_and_gets_it_afterwards() -> None:
    image = make_painting(live=False, image=make_image(picture_bytes(4, size=(300, 200)))).image
    preparing.prepare([image])
    image.refresh_from_db()
    assert (image.widths, image.rendered, image.avif) == ([300], False, False)
    assert not rendering.storage().exists(image.rendition_path(300, "avif"))

    completing.render(to_render(EncoderModel.current()))

    image.refresh_from_db()
    assert (image.widths, image.rendered, image.avif) == ([300], True, True)
    assert Picture.open(rendering.storage().path(image.rendition_path(300, "avif"))).format == "AVIF"


def test_pictures_that_were_there_before_there_was_avif_get_it() -> None:
    image = make_painting(live=False, image=make_image(picture_bytes(4, size=(700, 500)))).image
    preparing.prepare([image])
    Image.objects.update(rendered=True, widths=[320, 640])
    model = EncoderModel.current()

    job = list(to_render(model))
    completing.save_rendered(bulk._render_all(job, model), model)  # as the processes of `vectorize --missing` do

    image.refresh_from_db()
    assert (image.rendered, image.avif) == (True, True)
    assert all(rendering.storage().exists(image.rendition_path(width, "avif")) for width in (320, 640))
    assert not to_render(model).exists()


def test_a_picture_that_fits_its_renditions_is_not_cut() -> None:
    painting = make_painting(live=False, image=make_image(picture_bytes(4, size=(900, 600))))
    preparing.prepare([painting.image])
    completing.render([painting.image])
    painting.image.refresh_from_db()
    assert (painting.image.tile_side, painting.image.rendered) == (0, True)
    assert not tile_files(painting.image)


def test_cutting_again_changes_nothing_and_brings_back_what_was_lost(large: Painting) -> None:
    completing.render([large.image])
    before = tile_files(large.image)
    rendering.storage().delete(large.image.tile_path(next(iter(before))))

    completing.render([large.image])

    assert tile_files(large.image) == before


def test_pictures_that_were_there_before_there_were_tiles_are_rendered_once_more(large: Painting) -> None:
    small = make_painting(image=make_image(picture_bytes(4, size=(2048, 600)))).image
    Image.objects.update(rendered=True, tile_side=0)
    migration = import_module("gallery.migrations.0003_tiles")
    with connection.schema_editor() as editor:
        migration.make_those_of_large_pictures(apps, editor)
    small.refresh_from_db()
    assert small.rendered
    model = EncoderModel.current()

    job = list(to_render(model))
    completing.save_rendered(bulk._render_all(job, model), model)  # as the processes of `vectorize --missing` do

    large.image.refresh_from_db()
    assert (large.image.tile_side, large.image.rendered) == (tiles.SIDE, True)


def test_a_large_picture_that_is_damaged_fails_with_its_reason_and_names_no_tiles(large: Painting) -> None:
    path = Path(originals.storage().path(large.image.path))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:50_000])

    assert completing.render([large.image]).failed == 1

    large.image.refresh_from_db()
    assert (large.image.tile_side, large.image.rendered, large.image.avif) == (0, False, False)
    assert "cut off" in Attempt.objects.get().reason


def test_a_picture_beyond_the_limit_of_pixels_is_not_decoded(large: Painting, settings: Any) -> None:
    settings.MAX_IMAGE_PIXELS = 1_000_000
    assert completing.render([large.image]).failed == 1
    assert "more than the 1,000,000" in Attempt.objects.get().reason
    assert not tile_files(large.image)


def test_tiles_go_with_their_picture(large: Painting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "KEPT_FOR", timedelta(seconds=-60))
    completing.render([large.image])
    cleaning.clean()
    assert tile_files(large.image)

    image = large.image
    large.delete()
    Painting.history.all().delete()
    cleaning.clean()

    assert not tile_files(image)
