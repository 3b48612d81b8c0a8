"""The search by an image or a painting, and its further pages."""

from collections.abc import Mapping
from dataclasses import replace
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
from search.query import Question
from search.throttle import PhotoThrottle

UNKEPT = "0" * 32
"""Stands for a photo until all else about the question is known to be right."""

RESULT = {"painting": examples.PUBLIC_PAINTING, "similarity": 0.71, "distance": 0.408451, "nearness": "copy"}
NEXT = f"{examples.SITE}/api/v1/search/?photo={parameters.TOKEN}&page=2"
CORNERS = [[0.2105, 0.1312], [0.7981, 0.1504], [0.7893, 0.8466], [0.2012, 0.8305]]
RECOGNISED = {"painting": examples.PUBLIC_PAINTING, "inliers": 87, "quad": CORNERS}
PAGE = {
    "count": 1000,
    "next": NEXT,
    "previous": None,
    "photo": parameters.TOKEN,
    "recognised": RECOGNISED,
    "results": [RESULT],
}
ANSWER = OpenApiResponse(
    SearchResultsSerializer, examples=[OpenApiExample("Look-alikes of a photo", value=PAGE, response_only=True)]
)


class SearchView(StrictQueries):
    """What is like an image that is sent, or like a painting."""

    permission_classes = (AllowAny,)
    queries: ClassVar[dict[str, frozenset[str]]] = {"GET": questions.LOOK_ALIKES | {"painting"}}

    def knows(self, name: str) -> bool:
        return self.request.method == "GET" and questions.is_weight(name)

    def get_throttles(self) -> list[BaseThrottle]:
        throttles = super().get_throttles()
        return [*throttles, PhotoThrottle()] if self.request.method == "POST" else throttles

    @extend_schema(
        operation_id="search_pages",
        summary="Search again",
        description=(
            "The further pages of a search, and new questions: about a photo that was sent before, by its token, about "
            "paintings, about colours, and about all of them together. A photo is deleted after an hour (or what the "
            "installation says); its token is then refused."
        ),
        parameters=parameters.SEARCHING,
        responses=ANSWER,
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        with questions.refusals(**_called(params)):
            return self._answer(request, questions.look_alikes_of_examples(params))

    @extend_schema(
        operation_id="search",
        summary="Search by an image or a painting",
        description=(
            "What is like an image, sent as a form, or like a painting, by its id. The image is never added to the "
            "collection: it is kept for an hour (or what the installation says) under the random token `photo`, so "
            "that `next` can be followed, and then deleted. A `part` of either is compared instead of the whole. "
            "Narrow it down as you like, and name other examples, for and against, and colours beside it. Where the "
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
            ),
            OpenApiExample(
                "By a part of a painting, away from another",
                value={"painting": 42, "part": "100,50,600,900", "unlike": ["43"], "nearness": "related", "once": 1},
                request_only=True,
                media_type="application/json",
            ),
        ],
    )
    def post(self, request: Request) -> Response:
        asked = SearchSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        with questions.refusals(**_called(values)):
            if "image" not in values:
                return self._answer(request, questions.look_alikes_of_examples(values))
            question = questions.look_alikes(values, photo=UNKEPT)
            token = _kept(values["image"])
            liked = tuple(replace(each, photo=token) if each.photo == UNKEPT else each for each in question.like)
            return self._answer(request, question.replace(like=liked))

    def _answer(self, request: Request, question: Question) -> Response:
        results = answer(question, request)
        address = questions.look_alikes_address(request, question)
        page = page_of_matches(request, results, address)
        found = page.pop("results")
        seen = results.recognised and RecognisedSerializer(results.recognised, context={"request": request}).data
        return unstored(
            Response({**page, "photo": next(iter(question.photos), None), "recognised": seen, "results": found})
        )


def _called(values: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with the one example is said of the name that it was sent by."""
    return {"like": "painting"} if values.get("painting") and not values.get("like") else {}


def _kept(file: Any) -> str:
    try:
        return photos.keep(file, file.name or "")
    except ImageRefused as refused:
        raise ValidationError({"image": [refused.said()]}) from refused
