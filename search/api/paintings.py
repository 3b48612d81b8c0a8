"""The list of paintings, which is a question, and what is like one of them."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from gallery.api import examples
from gallery.api.pages import Pages, page_of
from gallery.api.reading import PaintingSerializer
from search import selection
from search.api import parameters, questions
from search.api.answers import answer, like, page_of_matches, unstored
from search.api.serializers import MatchSerializer
from vectorizer.api import suggestions


class PaintingViewSet(suggestions.PaintingViewSet):
    """Paintings, with the questions that are asked of them."""

    pagination_class = Pages
    queries: ClassVar[dict[str, frozenset[str]]] = {
        "list": questions.BROWSING | {"id"},
        "similar": questions.LOOK_ALIKES,
    }

    def knows(self, name: str) -> bool:
        return self.action in self.queries and questions.is_weight(name)

    @extend_schema(
        summary="Paintings",
        description=(
            "Everybody's paintings: all of them, or those that words, filters and examples leave, in pages. Values of "
            "one filter are alternatives; the filters count together. To compare by other features than the first, add "
            "`weight.<feature>=<number>` for each. Those whose ids you know come in one answer: `id=3,1,7`."
        ),
        parameters=parameters.BROWSING,
        responses=OpenApiResponse(PaintingSerializer(many=True), examples=[examples.PAINTING]),
    )
    def list(self, request: Request) -> Response:
        if "id" in request.query_params:
            return self._named(request)
        with questions.refusals():
            question = questions.browse(request.query_params)
            results = answer(question, request)
        found: Any = [match.painting for match in results.matches]
        shown = PaintingSerializer(found, many=True, context=self.get_serializer_context())
        address = questions.browse_address(request, question)
        page = page_of(list(shown.data), count=results.total, page=question.page, last=results.pages, address=address)
        return unstored(Response(page)) if question.has_photos else Response(page)

    def _named(self, request: Request) -> Response:
        """The paintings of these ids, as one page."""
        with questions.refusals():
            found = selection.find(questions.ids(request.query_params))
        paintings: Any = found.paintings
        shown = PaintingSerializer(paintings, many=True, context=self.get_serializer_context())
        alone: dict[str, Any] = {"count": len(paintings), "next": None, "previous": None}
        return Response(alone | {"results": shown.data})

    @extend_schema(
        summary="What is like a painting",
        description=(
            "Its look-alikes, the most alike first, without itself. `similarity` is 1 / (1 + distance), so that the "
            "same picture has 1. Other examples, for and against, and colours can be named beside it."
        ),
        parameters=parameters.LOOK_ALIKES,
        responses=OpenApiResponse(MatchSerializer(many=True), examples=[examples.MATCH]),
    )
    @action(detail=True, methods=["get"], pagination_class=Pages)
    def similar(self, request: Request, pk: int) -> Response:
        painting = self.get_object()
        with questions.refusals():
            question = questions.look_alikes(request.query_params, painting=painting.pk)
            results = like(painting, question, request)
        address = questions.look_alikes_address(request, question, of=question.like[0])
        page = page_of_matches(request, results, address)
        return unstored(Response(page)) if question.has_photos else Response(page)
