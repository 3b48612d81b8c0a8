"""A name that many paintings share, which styles, genres and artists are."""

from django.db import models
from django.utils.text import slugify

from gallery.journaled import Journaled, JournaledQuerySet
from gallery.text import fold
from gallery.validators import validate_uris

SLUG_LENGTH = 80


class Term(Journaled):
    """A name that paintings share, with a stable address of its own."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(
        max_length=SLUG_LENGTH, unique=True, blank=True, help_text="Its name in addresses; stays when the name changes."
    )
    authority_uris = models.TextField(
        "authority addresses",
        blank=True,
        validators=[validate_uris],
        help_text="Getty, Wikidata, Iconclass …: one address a line.",
    )

    objects = JournaledQuerySet.as_manager()

    class Meta(Journaled.Meta):
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def derive(self) -> None:
        if not self.slug:
            self.slug = self._free_slug()

    def _free_slug(self) -> str:
        base = slugify(fold(self.name))[: SLUG_LENGTH - 8] or "unnamed"
        taken = set(type(self)._base_manager.filter(slug__startswith=base).values_list("slug", flat=True))
        numbers = (f"{base}-{n}" for n in range(2, len(taken) + 3))
        return next(slug for slug in (base, *numbers) if slug not in taken)
