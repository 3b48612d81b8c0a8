"""Why two paintings are alike, for programs."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException, NotFound, Throttled
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from gallery.api.views import StrictQueries
from gallery.images import ImageRefused
from search import comparison
from search.api import questions
from search.comparison import Comparison
from search.details import NotYet
from search.heat import Heat
from search.nearness import Nearness
from search.parameters import QuestionError
from search.throttle import RegionsThrottle, seconds_to_wait
from search.why import Aspect, SharedColour, Why
from vectorizer.api.suggestions import SuggestionSerializer

DECIMALS = 4
TOLD = {"true": True, "1": True, "false": False, "0": False, "": False}
NOT_READY = gettext_lazy("There are no vectors of one of these paintings yet.")
NO_PICTURE = gettext_lazy("One of the two pictures can't be looked at just now.")
PORTRAIT = {"label": "portrait", "confidence": 0.9312, "likelihood": "very likely"}
EXAMPLE = {
    "similarity": 0.518903,
    "nearness": "very_close",
    "features": [
        {"name": "common512", "label": "Overall look", "similarity": 0.518903, "nearness": "very_close", "share": 1.0},
        {"name": "palette", "label": "Colours", "similarity": 0.861702, "nearness": "distant", "share": 0.0},
    ],
    "colours": [
        {"name": "dark brown", "colours": ["2b2428", "2a2519"], "shares": [0.6704, 0.6581]},
        {"name": "orange", "colours": ["eda26c", "d4a67c"], "shares": [0.0412, 0.0305]},
    ],
    "guesses": [{"kind": "genre", "label": "portrait", "guesses": [PORTRAIT, PORTRAIT]}],
    "regions": None,
}
WORDS = [word.value for word in Nearness]


class AspectSerializer(serializers.Serializer[Any]):
    """How alike they are by one feature."""

    name = serializers.CharField(source="feature.name")
    label = serializers.CharField(source="feature.label")  # type: ignore[assignment]
    similarity = serializers.FloatField(min_value=0, max_value=1)
    nearness = serializers.ChoiceField(choices=WORDS, allow_null=True, help_text="In a word; null where none is known.")
    share = serializers.FloatField(
        min_value=0,
        max_value=1,
        help_text="Its part of the likeness (of the weighted mean of cosines); 0 where it has no weight.",
    )

    def to_representation(self, aspect: Aspect) -> dict[str, Any]:
        shown = super().to_representation(aspect)
        return {**shown, "share": round(shown["share"], DECIMALS)}


class ColourSerializer(serializers.Serializer[Any]):
    """A colour that both have."""

    name = serializers.CharField(help_text="Roughly, in words.")
    colours = serializers.ListField(
        child=serializers.CharField(), min_length=2, max_length=2, help_text="The shade in each (sRGB, hexadecimal)."
    )
    shares = serializers.ListField(
        child=serializers.FloatField(), min_length=2, max_length=2, help_text="How much of each painting has it."
    )

    def to_representation(self, colour: SharedColour) -> dict[str, Any]:
        shades, shares = (
            [bytes(each).hex() for each in colour.colours],
            [round(each, DECIMALS) for each in colour.shares],
        )
        return {"name": colour.name, "colours": shades, "shares": shares}


class AgreementSerializer(serializers.Serializer[Any]):
    """A style or genre that the network sees in both: guesses."""

    kind = serializers.CharField(help_text="`style` or `genre`.")
    label = serializers.CharField()  # type: ignore[assignment]
    guesses = SuggestionSerializer(many=True, help_text="About the first painting, and about the second.")


class HeatSerializer(serializers.Serializer[Any]):
    """Which parts of one of them make it like the other."""

    heat = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField(min_value=0, max_value=1)),
        help_text="Rows from the top of how much each of the overlapping regions counts, by this picture's own scale: "
        "1 the most. All 0 where no part stands out.",
    )
    without = serializers.FloatField(help_text="The similarity with the part that counts most covered.")

    def to_representation(self, heat: Heat) -> dict[str, Any]:
        rows = [[round(value, DECIMALS) for value in row] for row in heat.values.tolist()]
        return {"heat": rows, "without": round(heat.without, DECIMALS)}


class RegionsSerializer(serializers.Serializer[Any]):
    """The same of both."""

    first = HeatSerializer()
    second = HeatSerializer()


class WhySerializer(serializers.Serializer[Any]):
    """Why two paintings are alike. `regions` is null unless it was asked for."""

    similarity = serializers.FloatField(min_value=0, max_value=1)
    nearness = serializers.ChoiceField(choices=WORDS, allow_null=True)
    features = AspectSerializer(many=True, source="aspects")
    colours = ColourSerializer(many=True)
    guesses = AgreementSerializer(many=True, source="agreements")
    regions = RegionsSerializer(allow_null=True)


class PictureLost(APIException):
    """A picture's file is gone or damaged."""

    status_code = 503
    default_detail = NO_PICTURE


class WhyView(StrictQueries):
    """Why a painting is like another."""

    permission_classes = (AllowAny,)
    queries: ClassVar[dict[str, frozenset[str]]] = {"GET": frozenset({"regions"})}

    def knows(self, name: str) -> bool:
        return questions.is_weight(name)

    @extend_schema(
        operation_id="why",
        tags=["paintings"],
        summary="Why two paintings are alike",
        description=(
            "How near two public paintings are by each feature, the colours that both have, what the network sees in "
            "both, and, if you ask for `regions`, which parts of each make it like the other. That takes a second or "
            "two the first time, and as many are looked at a minute as photos. To compare by other features than "
            "the first, add `weight.<feature>=<number>` for each."
        ),
        parameters=[
            OpenApiParameter(
                "regions",
                {"type": "boolean", "default": False, "example": True},
                description="Look for the parts, too.",
            )
        ],
        responses=OpenApiResponse(
            WhySerializer, examples=[OpenApiExample("Two portraits", value=EXAMPLE, response_only=True)]
        ),
    )
    def get(self, request: Request, first: int, second: int) -> Response:
        with questions.refusals():
            regions = _regions(request)
            shown = comparison.of(first, second, request.query_params)
        if shown is None:
            raise NotFound
        why = shown.why()
        if why is None:
            raise NotFound(NOT_READY)
        found = WhySerializer(_Answer(why, _heats(request, shown) if regions else None))
        return Response(found.data)


class _Answer:
    """A Why, with its regions."""

    def __init__(self, why: Why, regions: dict[str, Heat | None] | None) -> None:
        self.similarity, self.nearness, self.aspects = why.similarity, why.nearness, why.aspects
        self.colours, self.agreements, self.regions = why.colours, why.agreements, regions


def _regions(request: Request) -> bool:
    told = request.query_params.get("regions", "")
    if told not in TOLD:
        raise QuestionError({"regions": [_("“%(text)s” is neither true nor false.") % {"text": told}]})
    return TOLD[told]


def _heats(request: Request, shown: Comparison) -> dict[str, Heat | None]:
    def permit() -> int:
        return seconds_to_wait(request, RegionsThrottle())

    try:
        return {"first": shown.heat(permit=permit), "second": shown.swapped.heat(permit=permit)}
    except NotYet as too_many:
        raise Throttled(too_many.seconds) from too_many
    except (FileNotFoundError, ImageRefused) as problem:
        raise PictureLost from problem
