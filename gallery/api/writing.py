"""What the API takes to write a painting. Names that it doesn't know are refused; so is what the model refuses."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import IntegrityError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied, ValidationError

from gallery import images, journal, originals
from gallery.api.access import NO_CHANGE
from gallery.api.bodies import StrictSerializer
from gallery.api.fields import SlugOf, UrisField, YearField
from gallery.models import Artist, Attribution, Genre, Image, Painting, Style
from gallery.permissions import may_change
from gallery.validators import validate_rights

MOST_ATTRIBUTIONS = 100


class AttributionWriteSerializer(StrictSerializer):
    """Who made it: an artist's slug, a role (artist if none is given) and a qualifier."""

    artist = serializers.CharField(max_length=100, help_text="The artist's slug.")
    role = serializers.ChoiceField(choices=Attribution.Role.choices, default=Attribution.Role.ARTIST)
    qualifier = serializers.ChoiceField(
        choices=Attribution.Qualifier.choices, default=Attribution.Qualifier.NONE, allow_blank=True
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Whole in PATCH, too, where DRF asks for no field and sets no default."""
        if "artist" not in attrs:
            raise ValidationError({"artist": [_("This field is required.")]})
        return {"role": Attribution.Role.ARTIST, "qualifier": Attribution.Qualifier.NONE} | attrs


class PaintingWriteSerializer(StrictSerializer, serializers.ModelSerializer[Painting]):
    """A painting to be written. With PATCH, what is left out stays; with PUT, it becomes empty (the image stays)."""

    style = SlugOf(  # type: ignore[assignment]
        Style.objects.all(), required=False, allow_null=True, help_text="A style's slug."
    )
    genre = SlugOf(Genre.objects.all(), required=False, allow_null=True, help_text="A genre's slug.")
    first_year = YearField(help_text="Follows from the date if neither year is given.")
    last_year = YearField()
    rights = serializers.CharField(
        max_length=200,
        required=False,
        allow_blank=True,
        validators=[validate_rights],
        help_text="The address of a rights statement of Creative Commons or RightsStatements.org.",
    )
    authority_uris = UrisField()
    attributions = AttributionWriteSerializer(  # type: ignore[call-arg]
        many=True, required=False, max_length=MOST_ATTRIBUTIONS, help_text="In the order in which they are shown."
    )
    image = serializers.FileField(
        required=False,
        allow_empty_file=True,
        help_text="JPEG, PNG, WebP, AVIF, TIFF or GIF; in a form (multipart/form-data) only.",
    )

    class Meta:
        model = Painting
        validators = ()  # validate() below says it in our words
        fields = (
            "title", "attributions", "style", "genre", "display_date", "first_year", "last_year", "medium",
            "dimensions", "object_number", "collection", "credit_line", "rights", "alt_text", "notes", "authority_uris",
            "source", "source_id", "image",
        )  # fmt: skip
        extra_kwargs = {name: {"required": False} for name in ("source", "source_id")}

    def validate_image(self, file: Any) -> Any:
        try:
            self._inspected = images.inspect(file, file.name or "", originals.limits())
        except images.ImageRefused as refused:
            raise ValidationError(refused.said()) from refused
        return file

    def validate_attributions(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        artists = Artist.objects.in_bulk({row["artist"] for row in rows}, field_name="slug")
        problems = [_problems(row, rows[:number], artists) for number, row in enumerate(rows)]
        if any(problems):
            raise ValidationError(problems)
        return [{**row, "artist": artists[row["artist"]]} for row in rows]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        values = attrs if self.partial else self._emptied() | attrs
        if self.instance is None and "image" not in values:
            sentence = _("A painting needs its image: send it in a form (multipart/form-data).")
            raise ValidationError({"image": [sentence]})
        self._let_years_follow(values)
        self._check_date(values)
        self._check_source(values)
        return values

    def write(self, by: User) -> Painting:
        """Write what was validated, as one change by this user. ValidationError where another was quicker."""
        values = dict(self.validated_data)
        attributions = values.pop("attributions", None)
        if "image" in values:
            values["image"] = self._stored(values["image"])
        try:
            with journal.writing(by=by):
                painting = self._present(by)
                for name, value in values.items():
                    setattr(painting, name, value)
                painting.save()
                if attributions is not None:
                    _attribute(painting, attributions)
        except IntegrityError as conflict:
            raise ValidationError(_("Somebody changed the catalogue at the same time. Please try again.")) from conflict
        return painting

    def _emptied(self) -> dict[str, Any]:
        empty = {name: column.get_default() for name, column in _COLUMNS.items() if name in self.Meta.fields}
        return {**empty, "attributions": []}

    def _stored(self, file: Any) -> Image:
        return originals.save(file, file.name or "", self._inspected)

    def _present(self, by: User) -> Painting:
        """The row as it is now that nobody else can write: saving an older one would undo others' changes."""
        if self.instance is None:
            return Painting()
        present = Painting.objects.select_for_update().filter(pk=self.instance.pk).first()
        if present is None:
            raise Http404
        if not may_change(by, present):
            raise PermissionDenied(NO_CHANGE)
        return present  # type: ignore[no-any-return]

    def _let_years_follow(self, values: dict[str, Any]) -> None:
        date = values.get("display_date")
        changed = date is not None and (self.instance is None or date != self.instance.display_date)
        if changed and values.get("first_year") is None and values.get("last_year") is None:
            values["first_year"] = values["last_year"] = None

    def _check_date(self, values: dict[str, Any]) -> None:
        dated = Painting(**{name: self._known(values, name) for name in ("display_date", "first_year", "last_year")})
        try:
            dated.clean()
        except DjangoValidationError as problem:
            raise ValidationError(problem.message_dict) from problem

    def _check_source(self, values: dict[str, Any]) -> None:
        source, source_id = self._known(values, "source"), self._known(values, "source_id")
        others = Painting.objects.exclude(pk=self.instance.pk) if self.instance else Painting.objects.all()
        if source_id and (other := others.filter(source=source, source_id=source_id).first()):
            sentence = _("The painting %(number)s has this id of this source already.") % {"number": other.pk}
            raise ValidationError({"source_id": [sentence]})

    def _known(self, values: dict[str, Any], name: str) -> Any:
        return values[name] if name in values else getattr(self.instance, name, None)


_COLUMNS = {field.name: field for field in Painting._meta.concrete_fields if field.name not in ("title", "image")}


def _problems(row: dict[str, Any], before: list[dict[str, Any]], artists: dict[str, Artist]) -> dict[str, list[str]]:
    if row["artist"] not in artists:
        return {"artist": [_("There is no artist with the slug “%(slug)s”.") % {"slug": row["artist"]}]}
    if any(row["artist"] == other["artist"] and row["role"] == other["role"] for other in before):
        return {"artist": [_("This artist is named twice in the same role.")]}
    return {}


def _attribute(painting: Painting, rows: list[dict[str, Any]]) -> None:
    """Make the attributions these, in this order, and touch only what differs."""
    present = {(attribution.artist_id, attribution.role): attribution for attribution in painting.attributions.all()}
    for order, row in enumerate(rows):
        attribution = present.pop((row["artist"].pk, row["role"]), None)
        if attribution is None:
            Attribution.objects.create(painting=painting, order=order, **row)
        elif (attribution.qualifier, attribution.order) != (row["qualifier"], order):
            attribution.qualifier, attribution.order = row["qualifier"], order
            attribution.save()
    for gone in present.values():
        gone.delete()
