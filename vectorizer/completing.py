"""What can wait until a painting is found: its local features, its larger renditions, those as AVIF, and its tiles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from gallery import images as files
from gallery import journal, originals, rendering, renditions, tiles
from gallery.models import Image
from vectorizer import attempts, keypoints
from vectorizer.attempts import Failed, Outcome
from vectorizer.models import Attempt, EncoderModel, Keypoints


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """An image's local features, packed."""

    image_id: int
    data: bytes


def describe(images: Iterable[Image], *, model: EncoderModel | None = None) -> Outcome:
    """Find the local features of these images one after the other. Raises `attempts.StoreFull`."""
    model = model or EncoderModel.current()
    total = Outcome()
    for image in images:
        with attempts.counted([image], model):
            made = make_keypoints(image)
        total += save_keypoints([made], model)
    return total


def render(images: Iterable[Image], *, model: EncoderModel | None = None) -> Outcome:
    """Make all renditions and tiles of these images one after the other. Raises `attempts.StoreFull`."""
    model = model or EncoderModel.current()
    total = Outcome()
    for image in images:
        with attempts.counted([image], model):
            made = make_renditions(image)
        total += save_rendered([made], model)
    return total


def make_keypoints(image: Image) -> Described | Failed:
    """Open and describe. Writes nothing; pool processes call it, too."""
    try:
        with originals.open_image(image) as file:
            picture = files.open_rgb(file, image.name, originals.limits(), target=keypoints.SIDE)
        found = keypoints.describe(np.asarray(picture))
    except Exception as problem:  # whatever it is, it is this image's, and the others go on
        return attempts.failure(image, problem)
    return Described(image_id=image.pk, data=keypoints.pack(found))


def make_renditions(image: Image) -> Image | Failed:
    """Render every width in every format, and cut what is larger into tiles. Raises `attempts.StoreFull`.

    Writes files, no rows; pool processes call it, too.
    """
    try:
        widths = rendering.all_widths(image)
        tiled = rendering.needs_tiles(image)
        target = None if tiled else renditions.needed_side(image.width, image.height, widths)
        with originals.open_image(image) as file:
            picture = files.open_rgb(file, image.name, originals.limits(), target=target)
        rendering.render(image, picture, widths)
        if tiled:
            rendering.render_tiles(image, picture)
    except Exception as problem:  # as above
        return attempts.failure(image, problem)
    image.widths, image.rendered, image.avif = list(widths), True, True
    image.tile_side = tiles.SIDE if tiled else 0
    return image


def save_keypoints(results: Sequence[Described | Failed], model: EncoderModel) -> Outcome:
    """Write the local features, and the reasons of what failed."""
    found = {result.image_id: result.data for result in results if isinstance(result, Described)}
    with journal.writing():
        present = Image.objects.filter(pk__in=found).values_list("pk", flat=True)  # one may have been deleted meanwhile
        rows = [Keypoints(image_id=id_, version=keypoints.KEYPOINTS_VERSION, data=found[id_]) for id_ in present]
        Keypoints.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["image"], update_fields=["version", "data"]
        )
        Attempt.objects.filter(image__in=list(found), model=model).delete()
    return Outcome(done=len(found)) + attempts.save_failures(results, model)


def save_rendered(results: Sequence[Image | Failed], model: EncoderModel) -> Outcome:
    """Note which images have all their renditions, and the reasons of those that failed."""
    done = [result for result in results if isinstance(result, Image)]
    Image.objects.bulk_update(done, ["widths", "rendered", "avif", "tile_side"], batch_size=journal.ROWS_AT_ONCE)
    Attempt.objects.filter(image__in=done, model=model).delete()
    return Outcome(done=len(done)) + attempts.save_failures(results, model)
