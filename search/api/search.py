"""The search by an image or a painting, and its further pages."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from gallery.api import examples
from gallery.api.views import StrictQueries
from gallery.images import ImageRefused
from search import photos
from search.api import parameters, questions
from search.api.answers import answer, page_of_matches, unstored
from search.api.serializers import RecognisedSerializer, SearchResultsSerializer, SearchSerializer
from search.query import Example, Question
from search.throttle import PhotoThrottle

TOKEN = "5f0c6a1e9d3b47f28c11a0b7d64e92c3"  # noqa: S105 (an example)
RESULT = {"painting": examples.PUBLIC_PAINTING, "similarity": 0.71, "distance": 0.408451}
NEXT = f"{examples.SITE}/api/v1/search/?photo={TOKEN}&page=2"
CORNERS = [[0.2105, 0.1312], [0.7981, 0.1504], [0.7893, 0.8466], [0.2012, 0.8305]]
RECOGNISED = {"painting": examples.PUBLIC_PAINTING, "inliers": 87, "quad": CORNERS}
PAGE = {
    "count": 1000,
    "next": NEXT,
    "previous": None,
    "photo": TOKEN,
    "recognised": RECOGNISED,
    "results": [RESULT],
}
ANSWER = OpenApiResponse(
    SearchResultsSerializer, examples=[OpenApiExample("Look-alikes of a photo", value=PAGE, response_only=True)]
)


class SearchView(StrictQueries):
    """What is like an image that is sent, or like a painting."""

    permission_classes = (AllowAny,)
    queries: ClassVar[dict[str, frozenset[str]]] = {"GET": questions.LOOK_ALIKES | {"painting", "photo"}}

    def get_throttles(self) -> list[BaseThrottle]:
        throttles = super().get_throttles()
        return [*throttles, PhotoThrottle()] if self.request.method == "POST" else throttles

    @extend_schema(
        operation_id="search_pages",
        summary="Search again",
        description=(
            "The further pages of a search, and new questions about a photo that was sent before, by its token. A "
            "photo is deleted after an hour (or what the installation says); its token is then refused."
        ),
        parameters=[*parameters.EXAMPLES, *parameters.LOOK_ALIKES],
        responses=ANSWER,
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        with questions.refusals(like="painting"):
            question = questions.look_alikes_of_examples(params)
            return self._answer(request, question)

    @extend_schema(
        operation_id="search",
        summary="Search by an image or a painting",
        description=(
            "What is like an image, sent as a form, or like a painting, by its id. The image is never added to the "
            "collection: it is kept for an hour (or what the installation says) under the random token `photo`, so "
            "that `next` can be followed, and then deleted. Narrow it down as you like. Where the "
            "image is a photo of a painting of the collection, at an angle or in its frame, `recognised` says of "
            "which, whatever you narrow it down to; its look-alikes are then the painting's, not the wall's."
        ),
        request={"multipart/form-data": SearchSerializer, "application/json": SearchSerializer},
        responses=ANSWER,
        examples=[
            OpenApiExample(
                "By a painting",
                value={"painting": 42, "feature": "palette", "style": ["impressionism"], "from": 1800, "limit": 8},
                request_only=True,
                media_type="application/json",
            )
        ],
    )
    def post(self, request: Request) -> Response:
        asked = SearchSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        with questions.refusals(like="painting"):
            painting = values.get("painting")
            question = questions.look_alikes(values, paintings=(painting,) if painting else ())
            if "image" in values:
                question = question.liking(Example(photo=_kept(values["image"])))
            return self._answer(request, question)

    def _answer(self, request: Request, question: Question) -> Response:
        results = answer(question)
        address = questions.look_alikes_address(request, question, examples=True)
        page = page_of_matches(request, results, address)
        found = page.pop("results")
        seen = results.recognised and RecognisedSerializer(results.recognised, context={"request": request}).data
        return unstored(
            Response({**page, "photo": next(iter(question.photos), None), "recognised": seen, "results": found})
        )


def _kept(file: Any) -> str:
    try:
        return photos.keep(file, file.name or "")
    except ImageRefused as refused:
        raise ValidationError({"image": [str(refused)]}) from refused
