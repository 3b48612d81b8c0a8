"""What every page promises the browser: no inline code or style, headers that guard, nothing kept of a photo."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client

from gallery.models import Painting
from search.photos import keep
from tests.factories import make_painting, picture_bytes

pytestmark = pytest.mark.django_db

COMMENT = re.compile(r"\{#.*?#\}", re.S)
INLINE = (
    re.compile(r"<[^>]+\sstyle\s*=", re.I),
    re.compile(r"<style", re.I),
    re.compile(r"<[^>]+\son\w+\s*=", re.I),
    re.compile(r"<script(?![^>]*\ssrc=)", re.I),
    re.compile(r"(href|src|action)\s*=\s*[\"']?\s*javascript:", re.I),
)


def every_page(client: Client) -> Iterator[tuple[str, Any]]:
    painting = make_painting(
        "Painting", artist="Anna", style="Cubism", rights="https://creativecommons.org/publicdomain/zero/1.0/"
    )
    make_painting("Another", collection="A museum")
    token = keep(BytesIO(picture_bytes(1)), "a.png")
    paths = [
        "/", "/?q=paint&style=cubism&from=1&size=1", "/?q=zzz", "/?from=x", "/search/", f"/search/?like={painting.pk}",
        f"/search/?photo={token}", f"/search/?photo={'0' * 32}", painting.get_absolute_url(), "/nothing/here",
    ]  # fmt: skip
    for path in paths:
        yield path, client.get(path)
    yield "refused", client.post("/search/", {"photo": SimpleUploadedFile("<b>.txt", b"text " * 99)})


def test_no_page_has_inline_code_or_style(client: Client, curator: Any) -> None:
    client.force_login(curator)
    for path, response in every_page(client):
        html = response.content.decode()
        assert "</html>" in html, path
        for pattern in INLINE:
            assert not pattern.search(html), (path, pattern.pattern)


def test_no_template_of_the_pages_has_inline_code_or_style() -> None:
    folder = Path(settings.BASE_DIR, "templates")
    for file in [*folder.glob("*.html"), *folder.glob("gallery/*.html"), *folder.glob("search/*.html")]:
        for pattern in INLINE:
            source = COMMENT.sub("", file.read_text(encoding="utf-8"))
            assert not pattern.search(source), (file.name, pattern.pattern)


def test_every_page_is_guarded_by_its_headers(client: Client) -> None:
    for path, response in every_page(client):
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, path
        assert "unsafe" not in policy, path
        assert response.headers["Referrer-Policy"] == "strict-origin", path
        assert response.headers["X-Content-Type-Options"] == "nosniff", path
        assert response.headers["X-Frame-Options"] == "DENY", path


def test_nothing_of_the_search_page_is_kept_or_found_by_search_engines(client: Client) -> None:
    for path, response in every_page(client):
        if path.startswith("/search") or path == "refused":
            assert response.headers["Cache-Control"] == "private, no-store", path
            assert response.headers["X-Robots-Tag"] == "noindex", path


def test_every_page_has_one_heading_landmarks_and_a_way_past_the_navigation(client: Client) -> None:
    for path, response in every_page(client):
        html = response.content.decode()
        assert len(re.findall(r"<h1[ >]", html)) == 1, path
        for part in ('<html lang="en">', '<main id="main"', 'href="#main"', "<header", "<nav", "<footer"):
            assert part in html, (path, part)
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(ids) == len(set(ids)), path


def test_the_public_page_of_a_withdrawn_painting_is_a_friendly_404(client: Client) -> None:
    secret = make_painting("Secret", state=Painting.State.WITHDRAWN)
    response = client.get(secret.get_absolute_url())
    assert response.status_code == 404
    assert "Nothing hangs here" in response.content.decode()
    assert "Secret" not in response.content.decode()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "500", "503"])
def test_pages_of_errors_need_no_context(name: str) -> None:
    html = render_to_string(f"{name}.html")
    assert "<h1>" in html
    assert 'href="/"' in html


@pytest.mark.parametrize("path", ["/", "/healthz", "/search/photo"])
def test_pages_that_only_show_take_no_other_method(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_the_search_page_takes_no_delete(client: Client) -> None:
    assert client.delete("/search/").status_code == 405
