"""What an index of Elasticsearch is made of: every field of the document, and how each is searched."""

from typing import Any

from django.conf import settings

from vectorizer.encoder import Card

# How long a deleted painting's version is remembered, unless its node is started anew: an older document must not bring
# it back. Within that, the order in a partition keeps it from coming.
KEPT_VERSIONS = "28d"
REFRESHED, FILLING = "1s", "-1"  # how often what was written is made searchable
GRAPH = {"m": 16, "ef_construction": 100}
EXACT = "flat"

# Filtered, counted, or sorted by; both where it is both.
_FILTERED = {"type": "keyword"}
_SORTED = {"type": "keyword", "index": False}
_SHOWN = {"type": "keyword", "index": False, "doc_values": False}
_SHOWN_NUMBER = {"type": "integer", "index": False, "doc_values": False}
_WORDS = {"type": "keyword", "doc_values": False}
_TERM = {"dynamic": "strict", "properties": {"slug": _FILTERED, "name": _SHOWN}}


def body(card: Card) -> dict[str, Any]:
    """How the index is made: `settings` and `mappings`. Nobody reads it yet, so it isn't refreshed while it fills."""
    return {"settings": _settings(), "mappings": mapping(card)}


def mapping(card: Card) -> dict[str, Any]:
    """Strict: a document with any other field is refused. `_meta` says whose vectors they are and how they are kept."""
    features = {feature.name: vectors(feature.dimensions) for feature in card.features}
    return {
        "dynamic": "strict",
        "_meta": {"model": card.name, "checksum": card.checksum, "vectors": kept()},
        "properties": {**_FIELDS, **features},
    }


def fits(found: dict[str, Any], card: Card) -> bool:
    """Whether a mapping, as a server tells of it, has the fields that `mapping` has, each searched in the same way.

    How vectors are kept may differ: that is an operator's choice, and no reason to make an index again.
    """
    return _comparable(found.get("properties", {})) == _comparable(mapping(card)["properties"])


def _comparable(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        name: {"type": field["type"], "dims": field["dims"]} if field.get("type") == "dense_vector" else field
        for name, field in fields.items()
    }


def vectors(dimensions: int) -> dict[str, Any]:
    """A feature's field. Compared by l2, as the contract says; always named: the defaults change between versions."""
    kind = kept()
    graph = GRAPH if kind.endswith("hnsw") else {}
    return {
        "type": "dense_vector",
        "element_type": "float",
        "dims": dimensions,
        "index": True,
        "similarity": "l2_norm",
        "index_options": {"type": kind, **graph},
    }


def kept() -> str:
    """How vectors are kept: as the settings say, but whole and in a row where answers are to be exact by that."""
    kind: str = EXACT if settings.INDEX_EXACT == "flat" else settings.INDEX_VECTORS
    return kind


def _settings() -> dict[str, Any]:
    return {
        "number_of_shards": settings.INDEX_SHARDS,
        "number_of_replicas": settings.INDEX_REPLICAS,
        "refresh_interval": FILLING,
        "gc_deletes": KEPT_VERSIONS,
    }


_FIELDS: dict[str, Any] = {
    "schema_version": _SHOWN_NUMBER,
    "id": {"type": "long"},
    "version": {"type": "long"},
    "model": _SHOWN,
    "title": _SHOWN,
    "title_key": _SORTED,
    "artists": _TERM,
    "artist_key": _SORTED,
    "style": _TERM,
    "genre": _TERM,
    "collection": _FILTERED,
    "display_date": _SHOWN,
    "first_year": {"type": "short"},
    "last_year": {"type": "short"},
    "middle_year": {"type": "short"},
    "medium": _FILTERED,
    "orientation": _FILTERED,
    "dimensions": _SHOWN,
    "object_number": _SHOWN,
    "credit_line": _SHOWN,
    "rights": _FILTERED,
    "alt_text": _SHOWN,
    "width": _SHOWN_NUMBER,
    "height": _SHOWN_NUMBER,
    "words": _WORDS,
    "pairs": _WORDS,
    "names": _WORDS,
    "published_at": {"type": "date"},
}
