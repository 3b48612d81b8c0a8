"""The catalogue: paintings, who made them, and the unaltered files that show them."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from gallery import dates, rights
from gallery.journal import Kind
from gallery.journaled import Journaled, JournaledQuerySet
from gallery.term import SLUG_LENGTH
from gallery.term import Artist as Artist
from gallery.term import Genre as Genre
from gallery.term import Style as Style
from gallery.text import fold
from gallery.validators import YEARS, validate_rights, validate_uris
from gallery.years import span


class Image(models.Model):
    """An uploaded file, unaltered, found by its content. Renditions and vectors are derived from it."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("file name"), max_length=255)
    bytes = models.PositiveBigIntegerField(_("size in bytes"))
    media_type = models.CharField(max_length=40)
    extension = models.CharField(max_length=8)
    width = models.PositiveIntegerField(help_text="Pixels, upright.")
    height = models.PositiveIntegerField(help_text="Pixels, upright.")
    widths = models.JSONField(default=list, help_text="The widths of the renditions that exist.")
    rendered = models.BooleanField(default=False, help_text="Every rendition exists, the large ones too.")
    avif = models.BooleanField(default=False, help_text="Every rendition exists as AVIF, too.")
    tile_side = models.PositiveSmallIntegerField(default=0, help_text="Pixels; 0 while there are no tiles.")
    placeholder = models.CharField(max_length=600, blank=True, help_text="A tiny picture as a data: address.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("image"), _("images")

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """The original's name in the storage `originals`."""
        return f"{self.sha256[:2]}/{self.sha256}{self.extension}"

    def width_for(self, pixels: float) -> int:
        """The width of the smallest rendition that is as wide; of the widest where none is. There must be one."""
        widths: list[int] = sorted(self.widths)
        return next((width for width in widths if width >= pixels), widths[-1])

    def rendition_path(self, width: int, extension: str) -> str:
        """A rendition's name in the storage `renditions`; `extension` is avif, webp or jpg."""
        return f"{self.sha256[:2]}/{self.sha256}/{width}.{extension}"

    def tile_path(self, name: str) -> str:
        """A tile's name in the storage `renditions`; `name` is a `tiles.Tile`'s."""
        return f"{self.sha256[:2]}/{self.sha256}/tiles/{name}"


def sees_drafts(user: Any) -> bool:
    """Whether this person works on the catalogue, and so sees what is not public. The one place that says who does."""
    return bool(user.is_active and user.is_staff and user.has_perm("gallery.view_painting"))


class PaintingQuerySet(JournaledQuerySet):
    """Paintings, and who may see them."""

    def public(self) -> Self:
        """Published and ready: what visitors may see."""
        return self.filter(state=Painting.State.PUBLISHED, live_image__isnull=False)

    def visible_to(self, user: Any) -> Self:
        """Public ones for everybody; all of them for those who work on the catalogue."""
        return self if sees_drafts(user) else self.public()

    def with_details(self) -> Self:
        """With all that a tile, a page or the API shows, in a constant number of queries."""
        return self.select_related("style", "genre", "image", "live_image").prefetch_related(
            models.Prefetch("attributions", Attribution.objects.select_related("artist"))
        )

    def awaiting_image(self) -> Self:
        """Those whose present image is not yet the one that the public sees."""
        return self.filter(Q(live_image__isnull=True) | ~Q(live_image=F("image")))


class Painting(Journaled):
    """A painting of the collection. `image` is the newest upload; `live_image` is what the public sees of it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        REVIEW = "review", _("in review")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    painting_lookup: ClassVar[str] = "pk"
    kind_of_delete: ClassVar[Kind] = Kind.DELETED
    kept_fields: ClassVar[frozenset[str]] = frozenset({"live_image", "version"})

    title = models.CharField(_("title"), max_length=300)
    title_key = models.CharField(max_length=300, editable=False)
    artists = models.ManyToManyField(Artist, through="Attribution", related_name="paintings", verbose_name=_("artists"))
    style = models.ForeignKey(
        Style, models.SET_NULL, null=True, blank=True, related_name="paintings", verbose_name=_("style")
    )
    genre = models.ForeignKey(
        Genre, models.SET_NULL, null=True, blank=True, related_name="paintings", verbose_name=_("genre")
    )
    display_date = models.CharField(
        _("date"), max_length=100, blank=True, help_text=_("As it is shown: “c. 1665”, “1889–90”, “17th century”.")
    )
    first_year = models.SmallIntegerField(
        _("first year"), null=True, blank=True, validators=YEARS, help_text=_("Follows from the date if empty.")
    )
    last_year = models.SmallIntegerField(
        _("last year"), null=True, blank=True, validators=YEARS, help_text=_("Follows from the date if empty.")
    )
    medium = models.CharField(_("medium"), max_length=200, blank=True, help_text=_("“Oil on canvas”."))
    dimensions = models.CharField(_("dimensions"), max_length=200, blank=True, help_text=_("“73 × 92 cm”."))
    object_number = models.CharField(_("object number"), max_length=100, blank=True, db_index=True)
    collection = models.CharField(_("collection"), max_length=200, blank=True, db_index=True)
    credit_line = models.CharField(_("credit line"), max_length=300, blank=True)
    rights = models.CharField(
        _("rights"), max_length=200, blank=True, choices=rights.CHOICES, validators=[validate_rights]
    )
    alt_text = models.TextField(
        _("alternative text"), blank=True, help_text=_("What is seen, for those who can't see it.")
    )
    notes = models.TextField(_("internal notes"), blank=True, help_text=_("Never shown to visitors."))
    authority_uris = models.TextField(
        _("authority addresses"), blank=True, validators=[validate_uris], help_text=_("One address a line.")
    )
    source = models.CharField(_("source"), max_length=100, blank=True, help_text=_("Where the record came from."))
    source_id = models.CharField(_("source id"), max_length=200, blank=True, help_text=_("Its id there."))
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.DRAFT, editable=False, db_index=True
    )
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    image = models.ForeignKey(Image, models.PROTECT, related_name="paintings", verbose_name=_("image"))
    live_image = models.ForeignKey(Image, models.PROTECT, null=True, editable=False, related_name="live_paintings")
    version = models.PositiveBigIntegerField(default=0, editable=False, help_text="Its last entry in the journal.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PaintingQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["version", "title_key", "live_image", "created_at", "updated_at"])

    class Meta(Journaled.Meta):
        ordering = ("-id",)
        verbose_name, verbose_name_plural = _("painting"), _("paintings")
        permissions = [
            ("publish_painting", "Can publish paintings"),
            ("withdraw_painting", "Can withdraw paintings"),
        ]
        indexes = [
            # Public paintings are counted a style and a genre without reading their rows.
            models.Index(fields=["style", "state", "live_image"], name="public_by_style"),
            models.Index(fields=["genre", "state", "live_image"], name="public_by_genre"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~Q(source_id=""), name="one_painting_a_source_id"
            ),
            models.CheckConstraint(
                condition=Q(first_year__isnull=True) | Q(last_year__gte=F("first_year")), name="years_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def derive(self) -> None:
        self.title_key = fold(self.title)[:300]
        if self.first_year is None and self.last_year is None and self.display_date:
            self._years_from_date()
        if self.first_year is None or self.last_year is None:
            self.first_year = self.last_year = self.first_year if self.last_year is None else self.last_year

    def clean(self) -> None:
        if self.first_year is None and self.last_year is None and self.display_date:
            try:
                dates.parse(self.display_date)
            except dates.UnknownDate as problem:
                raise ValidationError({"display_date": problem.said()}) from problem
        if self.first_year is not None and self.last_year is not None and self.first_year > self.last_year:
            raise ValidationError({"last_year": gettext("The last year can't be before the first.")})

    def get_absolute_url(self) -> str:
        return reverse("painting", args=[self.pk, self.slug])

    @property
    def slug(self) -> str:
        """The title in the painting's address; never empty."""
        return slugify(fold(self.title))[:SLUG_LENGTH] or "painting"

    @property
    def is_public(self) -> bool:
        return self.state == self.State.PUBLISHED and self.live_image_id is not None

    @property
    def years(self) -> str:
        """The date as a person reads it."""
        if self.display_date or self.first_year is None or self.last_year is None:
            return self.display_date
        return span(self.first_year, self.last_year)

    @property
    def rights_label(self) -> str:
        return rights.label(self.rights) if self.rights else ""

    @property
    def artist_line(self) -> str:
        """“Workshop of A, after B”; empty when nobody is named."""
        return ", ".join(attribution.line for attribution in self.attributions.all())

    def _years_from_date(self) -> None:
        try:
            span = dates.parse(self.display_date)
        except dates.UnknownDate:
            return
        if span is not None:
            self.first_year, self.last_year = span.first_year, span.last_year


class Attribution(Journaled):
    """Who made a painting, in which role and how surely."""

    class Role(models.TextChoices):
        ARTIST = "artist", _("artist")
        COPYIST = "copyist", _("copyist")
        RESTORER = "restorer", _("restorer")

    class Qualifier(models.TextChoices):
        NONE = "", pgettext_lazy("attribution", "by")
        ATTRIBUTED = "attributed to", pgettext_lazy("attribution", "attributed to")
        WORKSHOP = "workshop of", pgettext_lazy("attribution", "workshop of")
        CIRCLE = "circle of", pgettext_lazy("attribution", "circle of")
        FOLLOWER = "follower of", pgettext_lazy("attribution", "follower of")
        MANNER = "manner of", pgettext_lazy("attribution", "manner of")
        AFTER = "after", pgettext_lazy("attribution", "after")

    painting_lookup: ClassVar[str] = "painting"

    painting = models.ForeignKey(Painting, models.CASCADE, related_name="attributions")
    artist = models.ForeignKey(Artist, models.CASCADE, related_name="attributions", verbose_name=_("artist"))
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.ARTIST)
    qualifier = models.CharField(_("qualifier"), max_length=20, choices=Qualifier, default=Qualifier.NONE, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = JournaledQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Journaled.Meta):
        ordering = ("order", "id")
        verbose_name, verbose_name_plural = _("attribution"), _("attributions")
        constraints = [
            models.UniqueConstraint(fields=["painting", "artist", "role"], name="an_artist_once_a_role"),
        ]

    def __str__(self) -> str:
        return self.line

    @property
    def line(self) -> str:
        """“workshop of Rembrandt”, in the reader's language; another role than the artist's in brackets."""
        name = qualified(self.qualifier, self.artist.name)
        return name if self.role == self.Role.ARTIST else f"{name} ({self.get_role_display()})"


QUALIFIED: Mapping[str, Any] = {
    Attribution.Qualifier.ATTRIBUTED: pgettext_lazy("attribution", "attributed to %(artist)s"),
    Attribution.Qualifier.WORKSHOP: pgettext_lazy("attribution", "workshop of %(artist)s"),
    Attribution.Qualifier.CIRCLE: pgettext_lazy("attribution", "circle of %(artist)s"),
    Attribution.Qualifier.FOLLOWER: pgettext_lazy("attribution", "follower of %(artist)s"),
    Attribution.Qualifier.MANNER: pgettext_lazy("attribution", "manner of %(artist)s"),
    Attribution.Qualifier.AFTER: pgettext_lazy("attribution", "after %(artist)s"),
}


def qualified(qualifier: str, name: str) -> str:
    """An artist's name with the value of a `Qualifier` before it: “workshop of Rembrandt”."""
    pattern = QUALIFIED.get(qualifier)
    return str(pattern) % {"artist": name} if pattern else name


class Change(models.Model):
    """One entry of the journal. `painting_id` is no foreign key: the entry outlives the painting."""

    painting_id = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.id}: painting {self.painting_id} {self.kind}"
