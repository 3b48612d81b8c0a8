"""What is published holds to the schema that stands in the repository."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs

from vectorizer import documents
from vectorizer.encoder import Card

SCHEMAS = Path(documents.__file__).parent / "schemas"
SCHEMA = SCHEMAS / f"painting-{documents.SCHEMA_VERSION}.json"
EXAMPLE = SCHEMAS / f"painting-{documents.SCHEMA_VERSION}.example.json"


def schema(card: Card) -> dict[str, Any]:
    """The schema, with exactly the features of this card."""
    loaded: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for feature in card.features:
        loaded["properties"][feature.name] = loaded["$defs"]["vector"] | {
            "minItems": feature.dimensions,
            "maxItems": feature.dimensions,
        }
        loaded["required"].append(feature.name)
    return loaded | {"additionalProperties": False}


def assert_document(body: bytes, card: Card) -> None:
    """Fail where these bytes are no document by the schema and this card."""
    sizes = tuple((feature.name, feature.dimensions) for feature in card.features)
    if sizes not in _VALIDATORS:
        _VALIDATORS[sizes] = validator(schema(card))
    try:
        _VALIDATORS[sizes].validate(json.loads(body))
    except jsonschema_rs.ValidationError as problem:  # a ValueError, which the code under test may expect
        raise AssertionError(str(problem)) from problem


def validator(schema: dict[str, Any]) -> Any:
    """Checks a document by a schema, dates included."""
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)


_VALIDATORS: dict[tuple[tuple[str, int], ...], Any] = {}
