"""Names that many paintings share: styles, genres and artists."""

from typing import ClassVar

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from gallery.journaled import Journaled, JournaledQuerySet
from gallery.text import fold
from gallery.validators import YEARS, validate_uris

SLUG_LENGTH = 80


class Term(Journaled):
    """A name that paintings share, with a stable address of its own."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(
        _("slug"),
        max_length=SLUG_LENGTH,
        unique=True,
        blank=True,
        help_text=_("Its name in addresses; stays when the name changes."),
    )
    authority_uris = models.TextField(
        _("authority addresses"),
        blank=True,
        validators=[validate_uris],
        help_text=_("Getty, Wikidata, Iconclass …: one address a line."),
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


class Style(Term):
    """How a painting is painted: Impressionism, Ukiyo-e …"""

    painting_lookup: ClassVar[str] = "paintings"
    history = HistoricalRecords()

    class Meta(Term.Meta):
        verbose_name, verbose_name_plural = _("style"), _("styles")


class Genre(Term):
    """What a painting shows: portrait, landscape …"""

    painting_lookup: ClassVar[str] = "paintings"
    history = HistoricalRecords()

    class Meta(Term.Meta):
        verbose_name, verbose_name_plural = _("genre"), _("genres")


class Artist(Term):
    """A person, a workshop or an unnamed hand."""

    painting_lookup: ClassVar[str] = "attributions__painting"

    sort_name = models.CharField(
        _("sort name"), max_length=200, blank=True, help_text=_("“Gogh, Vincent van”; the name itself if empty.")
    )
    sort_key = models.CharField(max_length=200, editable=False, db_index=True)
    birth_year = models.SmallIntegerField(_("birth year"), null=True, blank=True, validators=YEARS)
    death_year = models.SmallIntegerField(_("death year"), null=True, blank=True, validators=YEARS)
    history = HistoricalRecords(excluded_fields=["sort_key"])

    class Meta(Term.Meta):
        ordering = ["sort_key", "id"]
        verbose_name, verbose_name_plural = _("artist"), _("artists")

    def derive(self) -> None:
        super().derive()
        self.sort_key = fold(self.sort_name or self.name)[:200]
