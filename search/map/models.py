"""The map as the database keeps it: paintings in the fields of a grid, and the sheets that show them small."""

import secrets
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gallery.models import Image, Painting
from vectorizer.models import EncoderModel

PUBLIC = Q(painting__state=Painting.State.PUBLISHED, painting__live_image=F("image"))
"""Of a place: its painting is public, with the very image that was placed and that is on the sheet."""


def _stamp() -> str:
    return secrets.token_hex(8)


class CollectionMapQuerySet(models.QuerySet["CollectionMap"]):
    def shown(self) -> "CollectionMap | None":
        """The map that visitors see: the newest that is whole; of the active model, if there is one."""
        return self.filter(whole=True).order_by("-model__active", "-id").first()


class CollectionMap(models.Model):
    """One laying out of the collection by one model, on a grid of `side` × `side` fields.

    `position` is the entry of the journal up to which it was tended; `laid_out` is how many paintings there were then;
    `stamp` changes with everything that is written.
    """

    model = models.ForeignKey(EncoderModel, models.CASCADE, related_name="+")
    side = models.PositiveIntegerField(default=1)
    whole = models.BooleanField(default=False)
    position = models.PositiveBigIntegerField(default=0)
    laid_out = models.PositiveIntegerField(default=0)
    stamp = models.CharField(max_length=16, default=_stamp)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CollectionMapQuerySet.as_manager()

    class Meta:
        verbose_name = _("map")

    def __str__(self) -> str:
        return f"Map by {self.model_id}, {self.created_at:%Y-%m-%d}"

    def is_outgrown(self, count: int) -> bool:
        """Whether most of so many paintings came after it was laid out."""
        return count > 2 * self.laid_out

    def changed(self) -> None:
        """Note that something of it was written: whoever has the former state is to ask again."""
        CollectionMap.objects.filter(pk=self.pk).update(stamp=_stamp())


class Sheet(models.Model):
    """Small pictures of a part of the map in one file. `name` follows from what is on it; `count` pictures are."""

    map = models.ForeignKey(CollectionMap, models.CASCADE, related_name="sheets")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=32, db_index=True)
    count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("sheet of the map")
        verbose_name_plural = _("sheets of the map")
        constraints = [models.UniqueConstraint(fields=["map", "number"], name="sheet_once_a_number")]

    def __str__(self) -> str:
        return f"Sheet {self.number}"


class PlaceQuerySet(models.QuerySet["Place"]):
    def public(self) -> Self:
        """Those that visitors may know of: whatever else is on the map is about to go."""
        return self.filter(PUBLIC)

    def outdated(self) -> Self:
        """Those whose painting is not public any more, or is shown by another image."""
        return self.exclude(PUBLIC)

    def count_by_sheet(self, shown: CollectionMap) -> dict[int, int]:
        """How many of these places are on each sheet of a map."""
        on_sheets = self.filter(map=shown, sheet__isnull=False).order_by()
        return dict(on_sheets.values_list("sheet").annotate(models.Count("pk")))


class Place(models.Model):
    """Where one image of a painting hangs: the field (`column`, `row`), from the top left.

    `cell` is its number on `sheet`, while that has a picture of it; `colour` (0xRRGGBB) stands for it until then.
    """

    map = models.ForeignKey(CollectionMap, models.CASCADE, related_name="places")
    painting = models.ForeignKey(Painting, models.CASCADE, related_name="+")
    image = models.ForeignKey(Image, models.CASCADE, related_name="+")
    column = models.PositiveIntegerField()
    row = models.PositiveIntegerField()
    region = models.PositiveSmallIntegerField(default=0)
    colour = models.PositiveIntegerField(default=0x8A847B)
    sheet = models.ForeignKey(Sheet, models.SET_NULL, null=True, related_name="places")
    cell = models.PositiveSmallIntegerField(default=0)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place on the map")
        verbose_name_plural = _("places on the map")
        constraints = [models.UniqueConstraint(fields=["map", "painting"], name="place_once_a_painting")]
        indexes = [models.Index(fields=["map", "column", "row"], name="place_by_field")]

    def __str__(self) -> str:
        return f"{self.column}, {self.row}"
