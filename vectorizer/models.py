"""Vectors of images, one row an image and model, and the attempts that have not succeeded yet."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from gallery.models import Image, Painting
from vectorizer import artifact_store, encoder
from vectorizer.keypoints import KEYPOINTS_VERSION

ANOTHER = "it is not the one that made the vectors in the database. Give the new one a name of its own."


def artifact_path(name: str) -> Path:
    """Where an artifact lies: the installation's own ones come before the built-in. Raises ValueError for no name."""
    return encoder.artifact_path(name, Path(settings.ARTIFACTS_DIR))


@cache
def _card(path: Path) -> encoder.Card:
    return encoder.load_card(path)


@cache
def _encoder(path: Path) -> encoder.Encoder:
    return encoder.load(path)


class EncoderModel(models.Model):
    """A trained model whose vectors are kept. One is active: search uses its vectors and no others."""

    name = models.CharField(_("name"), max_length=100, unique=True, help_text=_("The artifact's name."))
    checksum = models.CharField(_("checksum"), max_length=64)
    active = models.BooleanField(_("active"), default=False)
    live = models.BooleanField(
        _("live"),
        default=False,
        help_text=_("Its vectors are made for every new image, and its topic and index are kept current."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("encoder model"), _("encoder models")
        constraints = [models.UniqueConstraint(fields=["active"], condition=Q(active=True), name="one_active_model")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> Self:
        """The active model; the settings' artifact where none was activated yet."""
        found = cls.objects.filter(active=True).first()
        if found is None:
            card = _card(artifact_path(settings.ENCODER_ARTIFACT))
            found, _ = cls.objects.update_or_create(
                name=card.name,
                defaults={"active": True},
                create_defaults={"checksum": card.checksum, "active": True},
            )
        return found

    @classmethod
    def in_service(cls) -> "models.QuerySet[Self]":
        """The models that are kept current: the active one, and those that are live beside it."""
        cls.current()
        return cls.objects.filter(Q(active=True) | Q(live=True)).order_by("id")

    def is_followed(self) -> bool:
        """Whether an index or a topic follows its vectors by the journal, or has done so and will go on from there."""
        followed = Q(active=True) | Q(live=True) | Q(relay_position__isnull=False)
        return EncoderModel.objects.filter(followed, pk=self.pk).exists()

    @property
    def artifact(self) -> Path:
        """The folder of the artifact that made the vectors, fetched from the shared storage where it is not here.

        Raises `encoder.ArtifactError`.
        """
        path = artifact_path(self.name)
        try:
            if _card(path).checksum == self.checksum:
                return path
            problem = encoder.ArtifactError(path, ANOTHER)
        except encoder.ArtifactError as missing:
            problem = missing
        copy = artifact_store.fetched(self.name, self.checksum)
        if copy is None:
            raise problem
        return copy

    @property
    def card(self) -> encoder.Card:
        """What the artifact says of itself. Raises `encoder.ArtifactError` where another one made the vectors."""
        return _card(self.artifact)

    def encoder(self) -> encoder.Encoder:
        """The model itself, loaded once a process on first use, so after any fork. Raises `encoder.ArtifactError`."""
        return _encoder(self.artifact)


class Vectors(models.Model):
    """All features of one image by one model, packed in the order of the model's card (float32, little-endian).

    So are the probabilities of its labels; none where the model names no labels.
    """

    image = models.ForeignKey(Image, models.CASCADE, related_name="vectors")
    model = models.ForeignKey(EncoderModel, models.CASCADE, related_name="vectors")
    data = models.BinaryField()
    probabilities = models.BinaryField(default=b"")
    # The probability of the likeliest label, apart from the others so that lists can be filtered by it.
    style_confidence = models.FloatField(null=True, editable=False)
    genre_confidence = models.FloatField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("vectors"), _("vectors")
        constraints = [models.UniqueConstraint(fields=["image", "model"], name="vectors_once_an_image_and_model")]
        indexes = [
            # What the network is sure of is found without reading rows, each of which is several pages long.
            models.Index(fields=["model", "style_confidence", "image"], name="vectors_by_sure_style"),
            models.Index(fields=["model", "genre_confidence", "image"], name="vectors_by_sure_genre"),
        ]

    def __str__(self) -> str:
        return f"{self.image_id} by {self.model_id}"

    def features(self) -> Mapping[str, NDArray[np.float32]]:
        """Feature name → unit vector, shape (dimensions,)."""
        return encoder.unpack(bytes(self.data), self.model.card)

    def labels(self) -> Mapping[str, NDArray[np.float32]]:
        """Kind of label → the probability of each of the card's names of that kind; {} where the model has none."""
        return encoder.unpack_probabilities(bytes(self.probabilities), self.model.card)


class Keypoints(models.Model):
    """The local features of one image, packed by `vectorizer.keypoints`; they depend on no model.

    `version` is that of the description. Rows of another version are made again.
    """

    image = models.OneToOneField(Image, models.CASCADE, related_name="keypoints")
    version = models.PositiveSmallIntegerField()
    data = models.BinaryField()

    class Meta:
        verbose_name_plural = "keypoints"

    def __str__(self) -> str:
        return f"Keypoints of {self.image_id}"


class Attempt(models.Model):
    """Attempts to prepare an image that have not succeeded. Counted before they start, so that a crash counts, too."""

    image = models.ForeignKey(Image, models.CASCADE, related_name="attempts")
    model = models.ForeignKey(EncoderModel, models.CASCADE, related_name="+")
    count = models.PositiveSmallIntegerField(_("count"), default=0)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    tried_at = models.DateTimeField(_("tried at"), auto_now=True)

    class Meta:
        verbose_name, verbose_name_plural = _("picture that failed"), _("pictures that failed")
        constraints = [models.UniqueConstraint(fields=["image", "model"], name="attempts_once_an_image_and_model")]

    def __str__(self) -> str:
        return self.reason


class RelayPosition(models.Model):
    """How far the journal was published by one model: everything up to this entry. It never goes back by itself."""

    model = models.OneToOneField(EncoderModel, models.CASCADE, related_name="relay_position")
    position = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.position} by {self.model_id}"


class Unpublished(models.Model):
    """A painting that could not be published, and why. The row goes when the painting is published after all.

    `painting_id` is no foreign key: a tombstone of a painting that is deleted can be refused, too.
    """

    model = models.ForeignKey(EncoderModel, models.CASCADE, related_name="unpublished")
    painting_id = models.BigIntegerField()
    version = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=500)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("painting that could not be published")
        verbose_name_plural = _("paintings that could not be published")
        constraints = [
            models.UniqueConstraint(fields=["model", "painting_id"], name="unpublished_once_a_model_and_painting")
        ]

    def __str__(self) -> str:
        return self.reason


def in_use() -> "models.QuerySet[Image]":
    """Images of paintings: the newest, and what the public sees until that one is ready; oldest first."""
    paintings = Painting.objects.filter(Q(image=OuterRef("pk")) | Q(live_image=OuterRef("pk")))
    return Image.objects.filter(Exists(paintings)).order_by("id")


def to_prepare(model: EncoderModel) -> "models.QuerySet[Image]":
    """Images of paintings that lack vectors of `model`, a thumbnail, or their place before the public; oldest first.

    Those that have failed too often are left alone until a curator says “again”.
    """
    awaiting = Painting.objects.filter(image=OuterRef("pk")).awaiting_image()
    vectors = Vectors.objects.filter(image=OuterRef("pk"), model=model)
    return _not_given_up(model).filter(~Exists(vectors) | Q(widths=[]) | Exists(awaiting))


def to_encode(model: EncoderModel) -> "models.QuerySet[Image]":
    """Images of paintings that lack vectors of `model`, and no more; oldest first."""
    return _not_given_up(model).filter(~Exists(Vectors.objects.filter(image=OuterRef("pk"), model=model)))


def to_show(model: EncoderModel) -> "models.QuerySet[Image]":
    """Images that are ready, and wait only to be shown: a second painting has the file, or an old version came back.

    However often something else about them failed, such as their larger renditions.
    """
    vectors = Vectors.objects.filter(image=OuterRef("pk"), model=model)
    awaiting = Painting.objects.awaiting_image().values("image")
    return Image.objects.filter(Exists(vectors), pk__in=awaiting).exclude(widths=[]).order_by("id")


def to_render(model: EncoderModel) -> "models.QuerySet[Image]":
    """Images of paintings that have a thumbnail and lack other renditions, or tiles; oldest first."""
    return _not_given_up(model).filter(Q(rendered=False) | Q(avif=False)).exclude(widths=[])


def to_describe(model: EncoderModel) -> "models.QuerySet[Image]":
    """Images of paintings that have a thumbnail and lack local features, or have those of another version."""
    described = Keypoints.objects.filter(image=OuterRef("pk"), version=KEYPOINTS_VERSION)
    return _not_given_up(model).filter(~Exists(described)).exclude(widths=[])


def lacking(model: EncoderModel) -> "models.QuerySet[Image]":
    """Images of paintings that have no vectors of `model`, those that failed among them; oldest first."""
    return in_use().filter(~Exists(Vectors.objects.filter(image=OuterRef("pk"), model=model)))


def _not_given_up(model: EncoderModel) -> "models.QuerySet[Image]":
    spent = Attempt.objects.filter(image=OuterRef("pk"), model=model, count__gte=settings.VECTORIZE_ATTEMPTS)
    return in_use().filter(~Exists(spent))
