"""Two errors that DRF doesn't have. Apart from the handler: DRF's settings name modules that raise them."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from rest_framework import exceptions, status


class TooLarge(exceptions.APIException):
    """The body has more bytes than are read."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"

    def __init__(self, limit: int) -> None:
        sentence = _("The request is too large: its body may have at most %(most)s bytes.")
        super().__init__(sentence % {"most": number_format(limit, force_grouping=True)})


class Conflict(exceptions.APIException):
    """The request is right, but what it asks of the painting is not possible now."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"
