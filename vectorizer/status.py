"""How far the vectors of a painting's present picture are."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import pgettext

from gallery.models import Painting, PaintingQuerySet
from gallery.sentences import gettext_noop
from vectorizer.models import Attempt, EncoderModel, Vectors

WITHOUT_A_WORD = gettext_noop("The program that tried it ended without a word.")


class Progress(StrEnum):
    """Ready to be found, waiting for its turn, or left alone after too many failures."""

    READY = "ready"
    WAITING = "waiting"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """In the reader's language."""
        labels = {
            Progress.READY: pgettext("vectors", "ready"),
            Progress.WAITING: pgettext("vectors", "waiting"),
            Progress.FAILED: pgettext("vectors", "failed"),
        }
        return labels[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Where an image is, with the reason of its last failure, in English."""

    progress: Progress
    reason: str = ""

    def __str__(self) -> str:
        return f"{self.progress}: {self.reason}" if self.reason else self.progress.value


def of(paintings: Iterable[Painting]) -> dict[int, Status]:
    """The status of each painting by its id, in three queries."""
    rows = list(paintings)
    model = EncoderModel.objects.filter(active=True).first()
    images = {painting.image_id for painting in rows}
    have = set(Vectors.objects.filter(image__in=images, model=model).values_list("image_id", flat=True))
    tried = {attempt.image_id: attempt for attempt in Attempt.objects.filter(image__in=images, model=model)}
    return {
        painting.pk: _status(painting, painting.image_id in have, tried.get(painting.image_id)) for painting in rows
    }


def only(paintings: PaintingQuerySet, progress: Progress) -> PaintingQuerySet:
    """Those of `paintings` that are so far."""
    model = EncoderModel.objects.filter(active=True).first()
    vectors = Vectors.objects.filter(image=OuterRef("image"), model=model)
    spent = Attempt.objects.filter(image=OuterRef("image"), model=model, count__gte=settings.VECTORIZE_ATTEMPTS)
    ready = Exists(vectors) & ~Q(image__widths=[])
    if progress is Progress.READY:
        return paintings.filter(ready)
    return paintings.filter(~ready, Exists(spent) if progress is Progress.FAILED else ~Exists(spent))


def _status(painting: Painting, has_vectors: bool, attempt: Attempt | None) -> Status:
    if has_vectors and painting.image.widths:
        return Status(progress=Progress.READY)
    spent = attempt is not None and attempt.count >= settings.VECTORIZE_ATTEMPTS
    reason = (attempt.reason or WITHOUT_A_WORD) if attempt and spent else ""
    return Status(
        progress=Progress.FAILED if spent else Progress.WAITING,
        reason=reason or (attempt.reason if attempt else ""),
    )
