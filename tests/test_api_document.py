"""docs/api.md: each command in it is run, in its order, and works."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from string import Template
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from knox.models import AuthToken
from rest_framework.test import APIClient

from gallery.models import Painting
from tests.factories import make_image, make_painting, picture_bytes
from tests.search.pairs import rendered

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


def shown(name: str, command: str) -> bool:
    """Whether the command gives this parameter a value."""
    return re.search(rf"[?&]{re.escape(name)}=", command) is not None


def test_every_command_of_the_document_works(curator: User) -> None:
    terms: dict[str, Any] = {
        "artist": "Tobias Quillfeather (invented)",
        "genre": "Cityscape",
        "display_date": "1889",
        "collection": "Drawn sample",
        "medium": "oil on canvas",
        "rights": "https://creativecommons.org/publicdomain/zero/1.0/",
    }
    painting, other = (
        make_painting(title, image=make_image(number=number, name=f"{title}.png"), style=style, **terms)
        for number, (title, style) in enumerate((("Harbour", "Pointillism"), ("Harbour by night", "Fauvism")))
    )
    for each in (painting, other):
        rendered(each.image, np.full((each.image.height, each.image.width, 3), 90, np.uint8))
    token = AuthToken.objects.create(curator)[1]
    names = {"API": API, "PAINTING": str(painting.pk), "OTHER": str(other.pk), "TOKEN": token}
    for command in commands():
        response = run(command, names)
        assert response.status_code in (200, 201, 204), (command, response.content)
        if "photo.jpg" in command:
            names["PHOTO"] = response.json()["photo"]
    assert not Painting.objects.filter(pk=painting.pk).exists()
    assert Painting.objects.filter(title="Harbour at Dusk", state="draft").exists()


def test_no_command_of_the_document_is_left_out() -> None:
    assert len(list(commands())) == len(re.findall(r"^\s*curl ", DOCUMENT.read_text("utf-8"), re.MULTILINE)) >= 36


def test_every_parameter_that_the_schema_knows_is_shown_in_a_command_of_the_document(client: Client) -> None:
    document = client.get(f"{API}/schema/", headers={"accept": "application/json"}).json()
    shown_somewhere = "\n".join(commands())
    missing = {
        f"{path}: {parameter['name']}"
        for path, methods in document["paths"].items()
        for parameter in methods.get("get", {}).get("parameters", ())
        if parameter["in"] == "query" and not shown(parameter["name"], shown_somewhere)
    }
    assert missing == set()
