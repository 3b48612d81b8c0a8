"""What the API takes to write an artist, a style or a genre."""

from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from gallery import journal
from gallery.api.bodies import StrictSerializer
from gallery.api.fields import UrisField, YearField
from gallery.models import Artist, Genre, Style
from gallery.term import Term


class TermWriteSerializer(StrictSerializer, serializers.ModelSerializer[Any]):
    """A name that paintings share. Without a slug, one is made of the name."""

    authority_uris = UrisField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return attrs if self.partial else self._emptied() | attrs

    def write(self, by: User) -> Term:
        """Write what was validated, as one change by this user. ValidationError where another was quicker."""
        try:
            with journal.writing(by=by):
                term = self._present()
                for name, value in self.validated_data.items():
                    setattr(term, name, value)
                term.save()
        except IntegrityError as conflict:
            raise ValidationError(_("Somebody changed the catalogue at the same time. Please try again.")) from conflict
        return term

    def _emptied(self) -> dict[str, Any]:
        """What PUT and POST leave out: empty, but for the slug, which stays or is made."""
        fields = [field for field in self.Meta.model._meta.concrete_fields if field.name in self.fields]
        return {field.name: field.get_default() for field in fields if field.name not in ("name", "slug")}

    def _present(self) -> Term:
        model: type[Term] = self.Meta.model
        if self.instance is None:
            return model()
        present = model._base_manager.select_for_update().filter(pk=self.instance.pk).first()
        if present is None:
            raise Http404
        return present

    class Meta:
        model: type[Term]
        fields: tuple[str, ...] = ("name", "slug", "authority_uris")


class StyleWriteSerializer(TermWriteSerializer):
    """A style to be written."""

    class Meta(TermWriteSerializer.Meta):
        model = Style


class GenreWriteSerializer(TermWriteSerializer):
    """A genre to be written."""

    class Meta(TermWriteSerializer.Meta):
        model = Genre


class ArtistWriteSerializer(TermWriteSerializer):
    """An artist to be written."""

    birth_year = YearField()
    death_year = YearField()

    class Meta(TermWriteSerializer.Meta):
        model = Artist
        fields = (*TermWriteSerializer.Meta.fields, "sort_name", "birth_year", "death_year")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        values = super().validate(attrs)
        birth, death = (values.get(name, getattr(self.instance, name, None)) for name in ("birth_year", "death_year"))
        if birth is not None and death is not None and birth > death:
            raise ValidationError({"death_year": [_("The year of death can't be before that of birth.")]})
        return values
