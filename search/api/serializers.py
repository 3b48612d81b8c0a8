"""What the API says of look-alikes and features, and what a search takes."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from gallery.api.bodies import StrictSerializer
from gallery.api.reading import PaintingSerializer
from search.api.questions import LIKENESS, LIMIT, MOST, PART_LENGTH
from search.filters import FACETS, FIRST_YEAR, LAST_YEAR, VALUE_LENGTH, VALUES_AT_ONCE
from search.nearness import ASKED, WORDS
from search.query import PER_ARTIST_LIMIT, WORDS_LENGTH, Sort
from search.similar import Match
from search.subjects import LARGEST_ID

DECIMALS = 6
_BLANK: dict[str, Any] = {"required": False, "allow_blank": True}


class MatchSerializer(serializers.Serializer[Any]):
    """A painting and how much it is like what was asked for."""

    painting = PaintingSerializer()
    similarity = serializers.FloatField(
        min_value=0, max_value=1, help_text="1 / (1 + distance); 1 is the same picture."
    )
    distance = serializers.FloatField(min_value=0, help_text="Between the vectors (l2).")
    nearness = serializers.ChoiceField(
        choices=[word.value for word in WORDS],
        allow_null=True,
        help_text="In a word; null where none is known: by some features, by colours, and with anything to be unlike.",
    )

    def to_representation(self, match: Match) -> dict[str, Any]:
        shown = super().to_representation(match)
        return {**shown, "distance": round(shown["distance"], DECIMALS)}


class RecognisedSerializer(serializers.Serializer[Any]):
    """The painting that a photo shows."""

    painting = PaintingSerializer()
    inliers = serializers.IntegerField(
        min_value=0,
        help_text=(
            "How many points of the photo and the painting lie where the other's say they must; it may be 0 where the "
            "photo is the painting's own file."
        ),
    )
    quad = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField(), min_length=2, max_length=2),
        min_length=4,
        max_length=4,
        help_text=(
            "The painting's corners in the photo as [x, y], clockwise from its top left, in shares of the photo's "
            "width and height; outside of 0 to 1 where the photo shows only a part of it."
        ),
    )


class FeatureSerializer(serializers.Serializer[Any]):
    """What paintings can be compared by."""

    name = serializers.CharField(help_text="For the parameter `feature`.")
    label = serializers.CharField()  # type: ignore[assignment]
    description = serializers.CharField()
    dimensions = serializers.IntegerField(help_text="The length of its vectors.")
    role = serializers.CharField(
        help_text="`likeness`: a way to compare paintings; `identity`: tells whether two pictures show the same one."
    )


class SearchResultsSerializer(serializers.Serializer[Any]):
    """A page of look-alikes.

    `photo` is the photo's token, for further questions about it while it is kept; `recognised` the painting that it
    shows, or null: then nothing is said, neither that it is in the collection nor that it isn't.
    """

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    photo = serializers.CharField(allow_null=True)
    recognised = RecognisedSerializer(allow_null=True)
    results = MatchSerializer(many=True)


class SearchSerializer(StrictSerializer):
    """A search: by an `image` (a form) or a `painting` (its id), never both, and by what else there is to be like."""

    image = serializers.FileField(
        required=False,
        allow_empty_file=True,
        help_text="JPEG, PNG, WebP, AVIF, TIFF or GIF; in a form (multipart/form-data) only.",
    )
    painting = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=LARGEST_ID, help_text="A painting's id."
    )
    part = serializers.CharField(
        max_length=PART_LENGTH,
        **_BLANK,
        help_text="A part of the image or painting: left,top,right,bottom in thousandths, or x,y of four corners.",
    )
    feature = serializers.CharField(max_length=100, **_BLANK, help_text="What to compare by: see features/.")
    limit = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=MOST,
        help_text=f"How many a page; {LIMIT} if not given.",
    )
    q = serializers.CharField(max_length=WORDS_LENGTH, **_BLANK, help_text="Words, as in `GET search/`.")
    nearness = serializers.ChoiceField(
        choices=[word.value for word in ASKED], **_BLANK, help_text="Nothing that is less near."
    )
    per_artist = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=PER_ARTIST_LIMIT,
        help_text="At most so many of one artist.",
    )
    once = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=1, help_text="1: near-duplicates only once."
    )
    sort = serializers.ChoiceField(choices=[sort.value for sort in Sort], **_BLANK, help_text="As in `GET search/`.")

    def get_fields(self) -> dict[str, Any]:
        """With the filters, one of which has a name that Python keeps for itself."""
        texts = {name: _texts("One or several, of which one must fit.") for name in FACETS}
        texts |= {name: _texts("As in `GET search/`.") for name in LIKENESS}
        return {**super().get_fields(), **texts, "from": _year("The first year."), "to": _year("The last year.")}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        examples = [name for name in ("image", "painting") if attrs.get(name) is not None]
        if not examples and not any(attrs.get(name) for name in LIKENESS):
            raise serializers.ValidationError(_("Send an image (as a form) or the id of a painting to search by."))
        if len(examples) > 1:
            raise serializers.ValidationError({"painting": [_("Search by an image or by a painting, not by both.")]})
        return attrs


def _texts(description: str) -> serializers.ListField:
    return serializers.ListField(
        child=serializers.CharField(max_length=VALUE_LENGTH),
        required=False,
        max_length=VALUES_AT_ONCE,
        help_text=description,
    )


def _year(description: str) -> serializers.IntegerField:
    return serializers.IntegerField(
        required=False, allow_null=True, min_value=FIRST_YEAR, max_value=LAST_YEAR, help_text=description
    )
