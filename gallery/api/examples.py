"""Examples for the OpenAPI document: one invented painting and what belongs to it."""

from typing import Any

from drf_spectacular.utils import OpenApiExample

SITE = "https://pendant.example"

PUBLIC_PAINTING: dict[str, Any] = {
    "id": 42,
    "url": f"{SITE}/paintings/42/harbour-at-dusk/",
    "title": "Harbour at Dusk",
    "artists": [{"name": "Ines Quill", "slug": "ines-quill", "role": "artist", "qualifier": "workshop of"}],
    "style": {"name": "Impressionism", "slug": "impressionism"},
    "genre": {"name": "Landscape", "slug": "landscape"},
    "display_date": "c. 1889",
    "first_year": 1884,
    "last_year": 1894,
    "medium": "Oil on canvas",
    "dimensions": "73 × 92 cm",
    "object_number": "1923.17",
    "collection": "City Museum",
    "credit_line": "Gift of the Friends, 1923",
    "rights": {
        "uri": "https://creativecommons.org/publicdomain/mark/1.0/",
        "label": "Public Domain Mark 1.0",
    },
    "alt_text": "Boats at their moorings under a yellow sky.",
    "authority_uris": ["https://www.wikidata.org/wiki/Q4115189"],
    "image": {
        "width": 2400,
        "height": 1800,
        "placeholder": "data:image/webp;base64,UklGRg==",
        "renditions": [
            {
                "width": 320,
                "height": 240,
                "format": "avif",
                "url": f"{SITE}/paintings/42/images/0f3a5c7e9b1d2f40/320.avif",
            }
        ],
    },
}
INTERNAL = {
    "state": "draft",
    "ready": True,
    "notes": "Ask the restorer about the signature.",
    "source": "museum database",
    "source_id": "17",
    "version": 108,
}
NEW_FIELDS = {
    "title": "Harbour at Dusk",
    "attributions": [{"artist": "ines-quill", "qualifier": "workshop of"}],
    "style": "impressionism",
    "genre": "landscape",
    "display_date": "c. 1889",
    "medium": "Oil on canvas",
    "rights": "https://creativecommons.org/publicdomain/mark/1.0/",
}
TERM = {"authority_uris": ["https://www.wikidata.org/wiki/Q40415"], "paintings": 12}
ARTIST_FIELDS = {"sort_name": "Quill, Ines", "birth_year": 1850, "death_year": 1921}


def _answer(name: str, value: Any, **kwargs: Any) -> OpenApiExample:
    return OpenApiExample(name, value=value, response_only=True, **kwargs)


def _request(name: str, value: Any, **kwargs: Any) -> OpenApiExample:
    return OpenApiExample(name, value=value, request_only=True, **kwargs)


PAINTING = _answer("What everybody sees", PUBLIC_PAINTING)
RECORD = _answer("What those who work on the catalogue see", PUBLIC_PAINTING | INTERNAL)
NEW_PAINTING = _request("A new painting", NEW_FIELDS, media_type="multipart/form-data")
PUT_PAINTING = _request("All of a painting", NEW_FIELDS, media_type="application/json")
PATCH_PAINTING = _request("Another date", {"display_date": "1889–90"}, media_type="application/json")
STYLE = _answer("A style", {"name": "Impressionism", "slug": "impressionism", **TERM})
GENRE = _answer("A genre", {"name": "Landscape", "slug": "landscape", **TERM})
ARTIST = _answer("An artist", {"name": "Ines Quill", "slug": "ines-quill", **TERM, **ARTIST_FIELDS})
NEW_STYLE = _request("A new style", {"name": "Impressionism"})
NEW_GENRE = _request("A new genre", {"name": "Landscape"})
NEW_ARTIST = _request("A new artist", {"name": "Ines Quill", **ARTIST_FIELDS})
MATCH = _answer(
    "A look-alike", {"painting": PUBLIC_PAINTING, "similarity": 0.71, "distance": 0.408451, "nearness": "copy"}
)
