"""What can wait until a painting is found: its larger renditions."""

from collections.abc import Iterable, Sequence

from gallery import images as files
from gallery import journal, originals, rendering, renditions
from gallery.models import Image
from vectorizer import attempts
from vectorizer.attempts import Failed, Outcome
from vectorizer.models import Attempt, EncoderModel


def render(images: Iterable[Image], *, model: EncoderModel | None = None) -> Outcome:
    """Make all renditions of these images one after the other. Raises `attempts.StoreFull`."""
    model = model or EncoderModel.current()
    total = Outcome()
    for image in images:
        with attempts.counted([image], model):
            made = make_renditions(image)
        total += save_rendered([made], model)
    return total


def make_renditions(image: Image) -> Image | Failed:
    """Render every width. Writes files, no rows; pool processes call it, too. Raises `attempts.StoreFull`."""
    try:
        widths = rendering.all_widths(image)
        target = renditions.needed_side(image.width, image.height, widths)
        with originals.open_image(image) as file:
            picture = files.open_rgb(file, image.name, originals.limits(), target=target)
        rendering.render(image, picture, widths)
    except Exception as problem:  # whatever it is, it is this image's, and the others go on
        return attempts.failure(image, problem)
    image.widths, image.rendered = list(widths), True
    return image


def save_rendered(results: Sequence[Image | Failed], model: EncoderModel) -> Outcome:
    """Note which images have all their renditions, and the reasons of those that failed."""
    done = [result for result in results if isinstance(result, Image)]
    Image.objects.bulk_update(done, ["widths", "rendered"], batch_size=journal.ROWS_AT_ONCE)
    Attempt.objects.filter(image__in=done, model=model).delete()
    return Outcome(done=len(done)) + attempts.save_failures(results, model)
