"""What is looked at before anything starts: is the model there, and whole?"""

import logging
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import DatabaseError

from vectorizer import encoder
from vectorizer.models import EncoderModel, artifact_path

logger = logging.getLogger(__name__)


def artifact(**_: Any) -> list[CheckMessage]:
    """The artifact of the settings, by its card and its checksum: for every command of `manage.py`, so it is quick."""
    try:
        encoder.check(artifact_path(settings.ENCODER_ARTIFACT))
    except (encoder.ArtifactError, ValueError) as problem:
        return [Error(str(problem), id="vectorizer.E001")]
    return []


def require_model() -> None:
    """Load the model that search uses, once: for what serves, which else would fail with the first question.

    Raises `encoder.ArtifactError`. Of a database that can't be asked now the pages will tell: it is the settings' model
    that is loaded then.
    """
    model = _active()
    if model is None:
        encoder.load(artifact_path(settings.ENCODER_ARTIFACT))
    else:
        model.encoder()


def stop_worker(**_: Any) -> None:
    """End a Celery worker that starts with a damaged model; its signal would swallow any other exception.

    The model is read, not loaded: each process of the worker loads its own, with its first picture, after the fork.
    """
    try:
        model = _active()
        encoder.check(model.artifact if model else artifact_path(settings.ENCODER_ARTIFACT))
    except encoder.ArtifactError as problem:
        raise SystemExit(str(problem)) from problem


def share_cores(**_: Any) -> None:
    """The processes of a Celery worker share the cores among themselves: none takes all of them for one picture."""
    import cv2

    cv2.setNumThreads(1)


def _active() -> EncoderModel | None:
    """The active model, None where the database can't be asked."""
    try:
        return EncoderModel.objects.filter(active=True).first()
    except DatabaseError as problem:
        logger.warning("Which model is active can't be read now (%s).", problem)
        return None
