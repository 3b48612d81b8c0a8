"""Changing the model without a gap: its vectors are made beside those of the active one, then search changes over.

Search asks for the active model once a question and for vectors of that model alone, so no answer mixes two.
"""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from gallery import journal, publishing
from gallery.journal import Kind
from gallery.models import Image, Painting
from vectorizer import bulk, encoder
from vectorizer.attempts import Outcome
from vectorizer.models import Attempt, EncoderModel, Vectors, artifact_path, lacking, to_show

ROWS_AT_ONCE = 500


def candidate(name: str) -> EncoderModel:
    """The model of this artifact, with a row beside the active one's; loaded once, so that what is wrong is said now.

    Raises `encoder.ArtifactError`; ValueError for a name that can't be one.
    """
    path = artifact_path(name)
    encoder.load(path)
    card = encoder.load_card(path)
    model, _ = EncoderModel.objects.get_or_create(name=card.name, defaults={"checksum": card.checksum})
    model.encoder()  # raises where the database has vectors of another artifact of this name
    return model


def fill(model: EncoderModel, *, processes: int | None = None, progress: Callable[[int], object]) -> Outcome:
    """Make all vectors that this model lacks, on all cores, those of paintings that are added meanwhile, too.

    What was made stays: stopped and started again, it goes on. Each image is tried once; `failures` says which failed.
    Raises `attempts.StoreFull`.
    """
    total = Outcome()
    tried: set[int] = set()
    while new := [id_ for id_ in lacking(model).values_list("pk", flat=True) if id_ not in tried]:
        total += bulk.prepare(new, model, processes=processes, progress=progress)
        tried.update(new)
    return total


def failures(model: EncoderModel) -> "QuerySet[Attempt]":
    """The attempts at images of paintings that this model has no vectors of, with their reasons."""
    return Attempt.objects.filter(model=model, count__gt=0, image__in=lacking(model)).select_related("image")


def would_be_lost(model: EncoderModel) -> "QuerySet[Attempt]":
    """Those of the failures whose images can be found by the active model, and could not be after the change."""
    found = Vectors.objects.filter(image=OuterRef("image"), model__active=True)
    return failures(model).filter(Exists(found))


def switch(model: EncoderModel, *, since: datetime, leave_out: bool = False) -> bool:
    """Make this model the active one, in one step; False, and nothing changed, where it lacks vectors not yet tried, or
    (unless `leave_out`) some that would be lost.

    The paintings whose vectors came after `since` are told to the journal: an index that was made then lacks them.
    """
    with journal.writing():  # nothing is added and nothing prepared while we look
        tried = Attempt.objects.filter(model=model, image=OuterRef("pk"), count__gt=0)
        if lacking(model).filter(~Exists(tried)).exists() or (not leave_out and would_be_lost(model).exists()):
            return False
        EncoderModel.objects.filter(active=True).exclude(pk=model.pk).update(active=False)
        EncoderModel.objects.filter(pk=model.pk).update(active=True)
        late = Vectors.objects.filter(model=model, created_at__gte=since).values("image")
        told = Painting.objects.filter(Q(image__in=late) | Q(live_image__in=late))
        journal.record(told.values_list("pk", flat=True), Kind.VECTORS)
        publishing.go_live(Image.objects.filter(pk__in=to_show(model)))
    return True


def drop_vectors(model: EncoderModel) -> int:
    """Delete what a model that is not active made, in small steps, and return how many images' vectors it was.

    Its row stays, and with it the visitors' photos, whose vectors are made again by the active model when asked for.
    Raises ValueError for the active model.
    """
    dropped = 0
    Attempt.objects.filter(model=model).delete()
    while True:
        with journal.writing():
            if EncoderModel.objects.filter(pk=model.pk, active=True).exists():
                raise ValueError(f"{model.name} is the active model: search needs its vectors.")
            ids = list(Vectors.objects.filter(model=model).values_list("pk", flat=True)[:ROWS_AT_ONCE])
            Vectors.objects.filter(pk__in=ids).delete()
        if not ids:
            return dropped
        dropped += len(ids)
