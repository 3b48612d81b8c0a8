"""Preparing images: the thumbnail, the vectors, and their place before the public.

What is still to do is read from the state (`models.to_prepare`): what a crash leaves undone, the next sweep finds.
What can wait until a painting is found stands in `completing`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Q

from gallery import journal, originals, publishing, rendering, renditions
from gallery.journal import Kind
from gallery.models import Image, Painting
from vectorizer import attempts, encoder, opening, suggestions
from vectorizer.attempts import Failed, Outcome
from vectorizer.models import Attempt, EncoderModel, Vectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What an image became: packed vectors and probabilities.

    `widths` are those of which there are renditions now, with the placeholder; empty where there were some already.
    """

    image_id: int
    vectors: bytes
    probabilities: bytes
    widths: tuple[int, ...]
    placeholder: str


def prepare(images: Iterable[Image], *, model: EncoderModel | None = None) -> Outcome:
    """Prepare these images one after the other. A failure is recorded on its image and stops nothing.

    What is no image's fault is raised, and counts against none: `encoder.ArtifactError`, `attempts.StoreFull`.
    """
    model = model or EncoderModel.current()
    model.encoder()
    total = Outcome()
    for image in images:
        with attempts.counted([image], model):
            made = make(image, model)
        total += save([made], model)
    return total


def show(images: Iterable[Image]) -> None:
    """Put images that are ready before the public."""
    if ready := list(images):
        publishing.go_live(ready)


def retry(images: Iterable[Image]) -> int:
    """Forget the failed attempts of these images, so that the next sweep tries them. Returns how many had some."""
    count, _ = Attempt.objects.filter(image__in=images).delete()
    return count


def make(image: Image, model: EncoderModel) -> Prepared | Failed:
    """Open, encode, and render the thumbnail where there is none. Writes files, no rows; pool processes call it, too.

    Raises `encoder.ArtifactError` and `attempts.StoreFull`.
    """
    network = model.encoder()
    try:
        with originals.open_image(image) as file:
            picture = opening.open_picture(file, image.name, originals.limits())
        widths = () if image.widths else rendering.all_widths(image)[:1]
        rendering.render(image, picture, widths, renditions.QUICK_FORMATS)
        (encoding,) = network.encode([np.asarray(picture)])
        return Prepared(
            image_id=image.pk,
            vectors=encoder.pack(encoding.vectors, model.card),
            probabilities=encoder.pack_probabilities(encoding.probabilities, model.card),
            widths=widths,
            placeholder=renditions.placeholder(picture) if widths else "",
        )
    except Exception as problem:  # whatever it is, it is this image's, and the others go on
        return attempts.failure(image, problem)


def save(results: Sequence[Prepared | Failed], model: EncoderModel) -> Outcome:
    """Write what was made, and show it, in one transaction; then the reasons of what failed.

    By a model that is not the active one nothing is shown: search could not find it yet. The journal is told where an
    index or a topic follows the model.
    """
    done = {result.image_id: result for result in results if isinstance(result, Prepared)}
    if done:
        with journal.writing():
            present = list(Image.objects.in_bulk(list(done)).values())  # one may have been deleted meanwhile
            _save_vectors(present, done, model)
            _save_thumbnails(present, done)
            Attempt.objects.filter(image__in=present, model=model).delete()
            if EncoderModel.objects.filter(pk=model.pk, active=True).exists():
                publishing.go_live(present)
            if model.is_followed():
                _tell(present)
    return Outcome(done=len(done)) + attempts.save_failures(results, model)


def _tell(images: Sequence[Image]) -> None:
    """Tell the journal of the paintings of these images: what was published of them by this model lacks its vectors."""
    paintings = Painting.objects.filter(Q(image__in=images) | Q(live_image__in=images))
    journal.record(paintings.values_list("pk", flat=True), Kind.VECTORS)


def _save_vectors(present: Sequence[Image], done: Mapping[int, Prepared], model: EncoderModel) -> None:
    rows = (done[image.pk] for image in present)
    Vectors.objects.bulk_create(
        [
            Vectors(
                image_id=row.image_id,
                model=model,
                data=row.vectors,
                probabilities=row.probabilities,
                **suggestions.confidences(row.probabilities, model.card),
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["image", "model"],
        update_fields=["data", "probabilities", *suggestions.CONFIDENCES],
    )


def _save_thumbnails(present: Sequence[Image], done: Mapping[int, Prepared]) -> None:
    new = [image for image in present if not image.widths and done[image.pk].widths]
    for image in new:
        image.widths, image.placeholder = list(done[image.pk].widths), done[image.pk].placeholder
    Image.objects.bulk_update(new, ["widths", "placeholder"])
