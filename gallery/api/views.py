"""What all views of the API have in common."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from rest_framework import viewsets
from rest_framework.exceptions import MethodNotAllowed, NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from gallery import journal
from gallery.api.bodies import refuse_unknown
from gallery.models import sees_drafts

METHODS = ["get", "post", "put", "patch", "delete", "head"]


class StrictQueries(APIView):
    """Query parameters that the operation doesn't know are refused, not overlooked."""

    http_method_names = METHODS
    queries: ClassVar[dict[str, frozenset[str]]] = {}  # by action (or method, where there is none): the names it knows

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if request.method not in self.allowed_methods:
            raise MethodNotAllowed(str(request.method))  # before any question of permission
        super().initial(request, *args, **kwargs)
        known = self.queries.get(getattr(self, "action", None) or request.method or "", frozenset())
        refuse_unknown((name for name in request.query_params if not self.knows(name)), known, "parameter")

    def knows(self, name: str) -> bool:
        """For names that can't be listed."""
        return False


class CatalogueViewSet(StrictQueries, viewsets.GenericViewSet[Any]):
    """A resource of the catalogue: one serializer to read, another to write."""

    read_serializer: ClassVar[Any]
    write_serializer: ClassVar[Any]

    def get_serializer_class(self) -> Any:
        return self.write_serializer if self.action in ("create", "update", "partial_update") else self.read_serializer

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "sees_drafts": sees_drafts(self.request.user)}

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.shown(self.get_object())

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._written(self.get_serializer(data=request.data), status=201)

    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._written(self.get_serializer(self.get_object(), data=request.data))

    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._written(self.get_serializer(self.get_object(), data=request.data, partial=True))

    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        row = self.get_object()
        with journal.writing(by=request.user):  # type: ignore[arg-type]
            row.delete()
        return Response(status=204)

    def shown(self, row: Any, status: int = 200) -> Response:
        """The row as JSON."""
        serializer = self.read_serializer(row, context=self.get_serializer_context())
        return Response(serializer.data, status=status)

    def _written(self, serializer: Any, status: int = 200) -> Response:
        serializer.is_valid(raise_exception=True)
        written = serializer.write(self.request.user)
        return self.shown(self.get_queryset().get(pk=written.pk), status)


class NothingHere(APIView):
    """Every address of the API that isn't one."""

    permission_classes = ()
    throttle_classes = ()
    schema = None
    http_method_names = [*METHODS, "options", "trace"]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        sentences = [_("There is nothing at this address.")]
        if not request.path.endswith("/"):
            sentences.append(_("Every address of the API ends with a slash."))
        raise NotFound(" ".join((*sentences, _("See %(address)s.") % {"address": "/api/v1/docs/"})))
