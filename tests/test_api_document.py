"""docs/api.md: each command in it is run, in its order, and works."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from string import Template
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from knox.models import AuthToken
from rest_framework.test import APIClient

from gallery.models import Painting
from tests.factories import make_painting, picture_bytes

pytestmark = pytest.mark.django_db
DOCUMENT = Path(__file__).parent.parent / "docs" / "api.md"
API = "/api/v1"


def commands() -> Iterator[str]:
    for block in re.findall(r"^```sh\n(.*?)^```$", DOCUMENT.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        yield from block.splitlines()


def run(command: str, names: dict[str, str]) -> Any:
    """What curl would do: -H header, -X method, -d JSON, -F field or file, and an address."""
    words = iter(shlex.split(Template(command).substitute(names))[1:])
    method, address, body, form, headers = "", "", "", [], {}
    for word in words:
        if word == "-H":
            name, value = next(words).split(": ", 1)
            headers[name] = value
        elif word == "-X":
            method = next(words)
        elif word == "-d":
            body = next(words)
        elif word == "-F":
            form.append(next(words).split("=", 1))
        else:
            address = word
    method = method or ("POST" if body or form else "GET")
    client = APIClient()
    if form:
        return getattr(client, method.lower())(address, fields(form), format="multipart", headers=headers)
    kind = headers.pop("Content-Type", "application/octet-stream")
    return client.generic(method, address, body, content_type=kind, headers=headers)


def fields(form: list[list[str]]) -> dict[str, Any]:
    return {name: upload(value[1:]) if value.startswith("@") else value for name, value in form}


def upload(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture_bytes(len(name), size=(90, 60), format="JPEG"))


def test_every_command_of_the_document_works(curator: User) -> None:
    terms = {"artist": "Tobias Quillfeather (invented)", "genre": "Landscape", "display_date": "1889"}
    painting = make_painting("Harbour", style="Pointillism", **terms)
    make_painting("Harbour by night", style="Fauvism", **terms)
    token = AuthToken.objects.create(curator)[1]
    ran = 0
    for command in commands():
        response = run(command, {"API": API, "PAINTING": str(painting.pk), "TOKEN": token})
        assert response.status_code in (200, 201, 204), (command, response.content)
        ran += 1
    assert ran == 30
    assert not Painting.objects.filter(pk=painting.pk).exists()
    assert Painting.objects.filter(title="Harbour at Dusk", state="draft").exists()
