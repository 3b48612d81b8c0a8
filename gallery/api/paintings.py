"""Paintings: one of them, and writing, publishing and withdrawing. The list is a question: see search/api."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.permissions import DjangoModelPermissionsOrAnonReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from gallery import publishing
from gallery.api import examples
from gallery.api.access import MayChange, MayPublish, MayWithdraw, WritesForStaff
from gallery.api.reading import PaintingRecordSerializer
from gallery.api.refusals import Conflict
from gallery.api.views import CatalogueViewSet
from gallery.api.writing import PaintingWriteSerializer
from gallery.models import Painting

State = Painting.State
RECORD = OpenApiResponse(PaintingRecordSerializer, examples=[examples.RECORD])


@extend_schema_view(
    retrieve=extend_schema(
        summary="A painting",
        description="With a token of somebody who works on the catalogue: drafts too, and the internal fields.",
        responses=OpenApiResponse(PaintingRecordSerializer, examples=[examples.PAINTING, examples.RECORD]),
    ),
    create=extend_schema(
        summary="Add a painting",
        description=(
            "As a form, because the image comes with it. The painting is a draft. `attributions` in a form is JSON; "
            "`authority_uris` is repeated."
        ),
        request={"multipart/form-data": PaintingWriteSerializer},
        responses={201: RECORD},
        examples=[examples.NEW_PAINTING],
    ),
    update=extend_schema(
        summary="Replace a painting",
        description="All fields: what is left out becomes empty. Only the image stays if none is sent.",
        request={"application/json": PaintingWriteSerializer, "multipart/form-data": PaintingWriteSerializer},
        responses=RECORD,
        examples=[examples.PUT_PAINTING],
    ),
    partial_update=extend_schema(
        summary="Change a painting",
        description=(
            "The fields that are sent, no others. Where the date changes and no years are sent, they follow from the "
            "date. A new image, sent as a form, replaces the old one for visitors as soon as it is ready."
        ),
        request={"application/json": PaintingWriteSerializer, "multipart/form-data": PaintingWriteSerializer},
        responses=RECORD,
        examples=[examples.PATCH_PAINTING],
    ),
    destroy=extend_schema(
        summary="Delete a painting", description="It is gone everywhere at once. Its file stays until a clean-up."
    ),
)
class PaintingViewSet(CatalogueViewSet):
    """A painting, and what curators do with it."""

    read_serializer = PaintingRecordSerializer
    write_serializer = PaintingWriteSerializer
    queryset = Painting.objects.all()
    permission_classes = (DjangoModelPermissionsOrAnonReadOnly, WritesForStaff, MayChange)
    lookup_value_converter = "int"

    def get_queryset(self) -> Any:
        return Painting.objects.visible_to(self.request.user).with_details()

    @extend_schema(
        summary="Publish a painting",
        description="Visitors see it as soon as its image is ready. Publishing what is published changes nothing.",
        request=None,
        responses=RECORD,
    )
    @action(detail=True, methods=["post"], permission_classes=[MayPublish, WritesForStaff])
    def publish(self, request: Request, pk: int) -> Response:
        return self._move(publishing.publish, State.PUBLISHED)

    @extend_schema(
        summary="Withdraw a painting",
        description="It is gone for visitors at once. Only what is published can be withdrawn: 409 otherwise.",
        request=None,
        responses=RECORD,
    )
    @action(detail=True, methods=["post"], permission_classes=[MayWithdraw, WritesForStaff])
    def withdraw(self, request: Request, pk: int) -> Response:
        return self._move(publishing.withdraw, State.WITHDRAWN)

    def _move(self, move: Callable[..., int], to: State) -> Response:
        painting = self.get_object()
        user: User = self.request.user  # type: ignore[assignment]
        move([painting], by=user)
        moved = self.get_object()
        if moved.state != to:
            sentence = _("This painting is %(state)s: it can't become %(other)s.")
            raise Conflict(sentence % {"state": moved.get_state_display(), "other": to.label})
        return self.shown(moved)
