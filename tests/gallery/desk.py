"""The admin's forms, filled in as a curator would."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gallery.models import Painting
from tests.factories import picture_bytes

LIST = "admin:gallery_painting_changelist"
ADD = "admin:gallery_painting_add"
CHANGE = "admin:gallery_painting_change"
UPLOAD = "admin:gallery_painting_upload"


@pytest.fixture
def unprepared(settings: Any) -> None:
    """Pictures wait for the worker, as where there is a broker: most tests of the admin need no vectors."""
    settings.CELERY_BROKER_URL = "memory://"


def signed_in(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def file(number: int = 0, *, name: str = "picture.png", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture_bytes(number) if data is None else data)


def filled(**changes: Any) -> dict[str, Any]:
    """What the form of a painting without attributions sends."""
    management = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    data: dict[str, Any] = {f"attributions-{name}": value for name, value in management.items()}
    data |= {"title": "The bridge", "display_date": "", "first_year": "", "last_year": "", "_continue": "1"}
    return data | changes


def as_it_is(painting: Painting, **changes: Any) -> dict[str, Any]:
    """What the form of this painting sends when only `changes` are typed."""
    names = ("title", "display_date", "first_year", "last_year", "medium", "collection", "object_number")
    present = {name: getattr(painting, name) for name in names}
    return filled(**{name: "" if value is None else value for name, value in present.items()}) | changes


def address(name: str, *arguments: object) -> str:
    return reverse(name, args=arguments)


def action(name: str, *paintings: Painting) -> dict[str, Any]:
    """What the list sends for an action on these paintings."""
    return {"action": name, "_selected_action": [painting.pk for painting in paintings]}


def messages(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]
