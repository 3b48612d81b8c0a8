"""Vectors of images, one row an image and model, and the attempts that have not succeeded yet."""

from collections.abc import Mapping
from typing import Any, Self

import numpy as np
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from numpy.typing import NDArray

from gallery.models import Image, Painting
from vectorizer import encoder


class EncoderModel(models.Model):
    """A trained model whose vectors are kept. One is active: search uses its vectors and no others."""

    name = models.CharField(max_length=100, unique=True, help_text="The artifact's name.")
    checksum = models.CharField(max_length=64)
    active = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["active"], condition=Q(active=True), name="one_active_model")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> Self:
        """The active model; the settings' artifact where none was activated yet."""
        found = cls.objects.filter(active=True).first()
        if found is None:
            card = encoder.load_card(encoder.artifact_path(settings.ENCODER_ARTIFACT))
            found, _ = cls.objects.get_or_create(name=card.name, defaults={"checksum": card.checksum, "active": True})
        return found

    @property
    def card(self) -> encoder.Card:
        """What the artifact says of itself. Raises `encoder.ArtifactError` where it is not the one that made the vectors."""
        card = encoder.load_card(encoder.artifact_path(self.name))
        if card.checksum != self.checksum:
            raise encoder.ArtifactError(
                f"The artifact “{self.name}” is not the one that made the vectors in the database. "
                "Put the former file back, or give the new one a new name and vectorize again."
            )
        return card


class VectorsQuerySet(models.QuerySet["Vectors"]):
    def of(self, images: Any, model: EncoderModel) -> Self:
        return self.filter(image__in=images, model=model)


class Vectors(models.Model):
    """All features of one image by one model, packed in the order of the model's card (float32, little-endian)."""

    image = models.ForeignKey(Image, models.CASCADE, related_name="vectors")
    model = models.ForeignKey(EncoderModel, models.CASCADE, related_name="vectors")
    data = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = VectorsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "vectors"
        constraints = [models.UniqueConstraint(fields=["image", "model"], name="vectors_once_an_image_and_model")]

    def __str__(self) -> str:
        return f"{self.image_id} by {self.model_id}"

    def features(self) -> Mapping[str, NDArray[np.float32]]:
        """Feature name → unit vector, shape (dimensions,)."""
        return encoder.unpack(bytes(self.data), self.model.card)


class Attempt(models.Model):
    """Attempts to prepare an image that have not succeeded. Counted before they start, so that a crash counts, too."""

    image = models.ForeignKey(Image, models.CASCADE, related_name="attempts")
    model = models.ForeignKey(EncoderModel, models.CASCADE, related_name="+")
    count = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)
    tried_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["image", "model"], name="attempts_once_an_image_and_model")]

    def __str__(self) -> str:
        return self.reason


def unprepared(model: EncoderModel) -> "models.QuerySet[Image]":
    """Images of paintings that still lack vectors of `model`, a thumbnail, or their place before the public."""
    awaiting = Painting.objects.filter(image=OuterRef("pk")).awaiting_image()
    return Image.objects.filter(Exists(Painting.objects.filter(image=OuterRef("pk")))).filter(
        ~Exists(Vectors.objects.filter(image=OuterRef("pk"), model=model)) | Q(widths=[]) | Exists(awaiting)
    )


def to_prepare(model: EncoderModel) -> "models.QuerySet[Image]":
    """The unprepared images that have not failed too often, oldest first."""
    spent = Attempt.objects.filter(image=OuterRef("pk"), model=model, count__gte=settings.VECTORIZE_ATTEMPTS)
    return unprepared(model).filter(~Exists(spent)).order_by("id")
