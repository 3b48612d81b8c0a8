"""What travels compressed."""

import gzip

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.factories import make_painting

pytestmark = pytest.mark.django_db

ACCEPTING = {"accept-encoding": "gzip, br"}


def test_a_page_is_compressed_for_who_can_read_it(client: Client) -> None:
    make_painting("Harbour")
    plain, compressed = client.get("/"), client.get("/", headers=ACCEPTING)

    assert not plain.has_header("Content-Encoding")
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in compressed.headers["Vary"]
    assert b"Harbour" in gzip.decompress(compressed.content)
    assert len(compressed.content) < len(plain.content) / 2


def test_the_api_s_answers_go_as_they_are(client: Client) -> None:
    assert not client.get("/api/v1/paintings/", headers=ACCEPTING).has_header("Content-Encoding")


def test_pictures_are_not_compressed_again(client: Client, curator: User) -> None:
    client.force_login(curator)
    painting = make_painting("Harbour")
    response = client.get(f"/paintings/{painting.pk}/original", headers=ACCEPTING)
    assert response.status_code == 200
    assert not response.has_header("Content-Encoding")
