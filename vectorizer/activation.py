"""Changing the model without a gap: its vectors are made beside those of the active one, then search changes over.

Search asks for the active model once a question and for vectors of that model alone, so no answer mixes two.

The order keeps everything: vectors first, which nobody needs yet; then the model is live, so that the journal tells of
every further one; then its index and its topic, which both follow the journal; and at last one row changes it all.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from gallery import journal, publishing
from gallery.models import Image
from vectorizer import artifact_store, bulk, encoder, publishers, relay
from vectorizer.attempts import Outcome
from vectorizer.models import ANOTHER, Attempt, EncoderModel, Unpublished, Vectors, artifact_path, lacking, to_show

ROWS_AT_ONCE = 500
IMAGES_AT_ONCE = 100_000  # whose ids are held; for each part, processes are started anew
LOOK_SECONDS = 0.5  # how often to look how far another relay is


def candidate(name: str) -> EncoderModel:
    """The model of this artifact, with a row beside the active one's; loaded once, so that what is wrong is said now.

    The artifact is stored for the other machines, and may come from there. Raises `encoder.ArtifactError`; ValueError
    for a name that can't be one.
    """
    path = artifact_path(name)
    known = EncoderModel.objects.filter(name=name).first()
    if known is not None and not path.is_dir():
        path = known.artifact
    encoder.load(path)
    card = encoder.load_card(path)
    if known is not None and known.checksum != card.checksum:
        raise encoder.ArtifactError(path, ANOTHER)
    artifact_store.keep(path)
    model, _ = EncoderModel.objects.get_or_create(name=card.name, defaults={"checksum": card.checksum})
    return model


def fill(model: EncoderModel, *, processes: int | None = None, progress: Callable[[int], object]) -> Outcome:
    """Make all vectors that this model lacks, on all cores, those of paintings that are added meanwhile, too.

    What was made stays: stopped and started again, it goes on. Each image is tried once; `failures` says which failed.
    Raises `attempts.StoreFull`.
    """
    total, found = Outcome(), True
    failed: set[int] = set()
    while found:
        found, after = False, 0
        while ids := list(lacking(model).filter(pk__gt=after).values_list("pk", flat=True)[:IMAGES_AT_ONCE]):
            after = ids[-1]
            if new := [id_ for id_ in ids if id_ not in failed]:
                found = True
                total += bulk.prepare(new, model, processes=processes, progress=progress)
                left = lacking(model).filter(pk__gte=new[0], pk__lte=after).values_list("pk", flat=True)
                failed.update(set(new).intersection(left))
    return total


def failures(model: EncoderModel) -> "QuerySet[Attempt]":
    """The attempts at images of paintings that this model has no vectors of, with their reasons."""
    return Attempt.objects.filter(model=model, count__gt=0, image__in=lacking(model)).select_related("image")


def would_be_lost(model: EncoderModel) -> "QuerySet[Attempt]":
    """Those of the failures whose images can be found by the active model, and could not be after the change."""
    found = Vectors.objects.filter(image=OuterRef("image"), model__active=True)
    return failures(model).filter(Exists(found))


def enter_service(model: EncoderModel) -> int:
    """Keep this model current from now on: workers make its vectors, and the journal tells of each of them.

    Returns the journal's position: what lies before is read from the database, what comes after from the journal.
    """
    with journal.writing():  # whoever writes vectors now is done before, or finds the model live
        EncoderModel.objects.filter(pk=model.pk).update(live=True)
        return journal.position()


def publish(model: EncoderModel, until: int, *, progress: Callable[[int], object] = lambda _: None) -> None:
    """Have the topic hold everything up to this entry of the journal, by our hand or by that of the relay at work.

    Where a publisher keeps no history, there is nothing to fill: the index that was just made holds it all.
    `progress` is told how many entries are done. Raises `relay.RelayHeldUp`.
    """
    publisher = publishers.publisher()
    if publisher is None:
        return
    if not publisher.keeps_history:
        relay.skip(model, until)
    while (before := relay.position(model)) < until:
        after = relay.drain(model).position
        progress(after - before)
        if after == before:
            time.sleep(LOOK_SECONDS)


def switch(model: EncoderModel, *, leave_out: bool = False, keep_old: bool = False) -> bool:
    """Make this model, which is live, the active one, in one step; False, and nothing changed, where it lacks vectors
    not yet tried, or (unless `leave_out`) some that would be lost.

    With `keep_old`, the one before stays live.
    """
    with journal.writing():  # nothing is added and nothing prepared while we look
        tried = Attempt.objects.filter(model=model, image=OuterRef("pk"), count__gt=0)
        if lacking(model).filter(~Exists(tried)).exists() or (not leave_out and would_be_lost(model).exists()):
            return False
        EncoderModel.objects.filter(active=True).exclude(pk=model.pk).update(active=False, live=keep_old)
        EncoderModel.objects.filter(pk=model.pk).update(active=True, live=True)
        publishing.go_live(Image.objects.filter(pk__in=to_show(model)))
    return True


def leave_service(model: EncoderModel) -> None:
    """Keep this model current no longer; what there is of it stays. Raises ValueError for the active model."""
    with journal.writing():
        _must_rest(model)
        EncoderModel.objects.filter(pk=model.pk).update(live=False)


def drop_vectors(model: EncoderModel) -> int:
    """Delete what a model that is not active made, in small steps, and return how many images' vectors it was.

    Its row stays, and with it the visitors' photos, whose vectors are made again by the active model when asked for.
    Raises ValueError for the active model.
    """
    dropped = 0
    Attempt.objects.filter(model=model).delete()
    Unpublished.objects.filter(model=model).delete()
    while True:
        with journal.writing():
            _must_rest(model)
            ids = list(Vectors.objects.filter(model=model).values_list("pk", flat=True)[:ROWS_AT_ONCE])
            Vectors.objects.filter(pk__in=ids).delete()
        if not ids:
            return dropped
        dropped += len(ids)


def make_topics(model: EncoderModel) -> None:
    """Make the model's topics, where this installation has Kafka. Raises `relay.RelayHeldUp`."""
    if settings.KAFKA_BROKERS:
        from vectorizer.publishers import kafka_topics

        try:
            kafka_topics.create_topics([model.name])
        except kafka_topics.KafkaUnavailable as problem:
            raise relay.RelayHeldUp(str(problem)) from problem


def _must_rest(model: EncoderModel) -> None:
    if EncoderModel.objects.filter(pk=model.pk, active=True).exists():
        raise ValueError(f"{model.name} is the active model: search needs its vectors.")
