"""Two errors that DRF doesn't have. Apart from the handler: DRF's settings name modules that raise them."""

from rest_framework import exceptions, status


class TooLarge(exceptions.APIException):
    """The body has more bytes than are read."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"

    def __init__(self, limit: int) -> None:
        super().__init__(f"The request is too large: its body may have at most {limit:,} bytes.")


class Conflict(exceptions.APIException):
    """The request is right, but what it asks of the painting is not possible now."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"
