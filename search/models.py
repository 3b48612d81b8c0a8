"""A visitor's photo, kept for a while so that its results have an address."""

from datetime import datetime
from typing import BinaryIO, Self, cast

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone

from gallery.models import Painting
from search.map.models import CollectionMap, Place, Sheet
from vectorizer.models import EncoderModel

__all__ = ["CollectionMap", "Photo", "Place", "Sheet"]


def storage() -> Storage:
    return storages["photos"]


def eldest() -> datetime:
    """Photos from before this moment are no longer shown."""
    lifetime: datetime = timezone.now() - settings.PHOTO_LIFETIME
    return lifetime


class PhotoQuerySet(models.QuerySet["Photo"]):
    def alive(self) -> Self:
        return self.filter(created_at__gte=eldest())

    def expired(self) -> Self:
        return self.filter(created_at__lt=eldest())


class Photo(models.Model):
    """A photo under a random token of 128 bits, with its vectors by `model`, packed in the order of its card.

    `painting` is what was recognised in it when it came, whether it is public now or not: `photos.recognised` knows.
    `quad` has that painting's corners in the photo, as `regions.corners` gives them, and `inliers` how many points of
    the two agreed.
    """

    token = models.CharField(max_length=32, unique=True)
    model = models.ForeignKey(EncoderModel, models.CASCADE, related_name="+")
    data = models.BinaryField()
    # No constraint: a painting may be deleted between being recognised and being noted here. Ids are never used twice.
    painting = models.ForeignKey(Painting, models.SET_NULL, null=True, related_name="+", db_constraint=False)
    inliers = models.PositiveIntegerField(default=0)
    quad = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    objects = PhotoQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Photo of {self.created_at:%Y-%m-%d %H:%M}"  # never its token: strings end in logs

    @property
    def path(self) -> str:
        """Its name in the storage `photos`."""
        return f"{self.token}.jpg"

    def open(self) -> BinaryIO:
        """The photo as JPEG, without metadata. Raises FileNotFoundError where the file is lost."""
        return cast(BinaryIO, storage().open(self.path, "rb"))
