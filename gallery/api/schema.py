"""What every operation can answer beside what it is for, written into the OpenAPI document once."""

from typing import Any

JSON = "application/json"
Answers = dict[str, tuple[str, dict[str, Any]]]
ERRORS = {
    "type": "object",
    "description": "For each field or parameter what is wrong with it; under `detail`, what is wrong with the rest.",
    "additionalProperties": {
        "oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
    },
}
ALWAYS: Answers = {
    "400": (
        "Something about the request is wrong; each field with its sentences.",
        {"page": ["Write a whole number from 1."]},
    ),
    "401": ("The token is wrong, or one is needed.", {"detail": "Invalid token."}),
    "404": ("There is no such thing, or not for you.", {"detail": "No Painting matches the given query."}),
    "406": ("Only JSON is spoken here.", {"detail": "Could not satisfy the request Accept header."}),
    "429": ("Too many requests; `Retry-After` says how long to wait.", {"detail": "Request was throttled."}),
    "503": (
        "Busy or being repaired; `Retry-After` says how long to wait.",
        {"detail": "Please try again in a moment."},
    ),
}
WRITING: Answers = {
    "403": ("You have no permission to do this.", {"detail": "You do not have permission to perform this action."}),
    "409": (
        "Not possible in the painting's present state.",
        {"detail": "This painting is draft: it can't become withdrawn."},
    ),
    "413": ("The body has too many bytes.", {"detail": "The request is too large."}),
    "415": ("The body is of a type that is not read.", {"detail": "Unsupported media type “text/plain” in request."}),
}
METHODS = ("get", "post", "put", "patch", "delete")
NAMED = {"id": 42, "first": 42, "second": 43, "slug": "ines-quill", "page": 2, "size": 24, "q": "quill"}
"""Examples of parameters that have none of their own, by their names."""
SAID = {
    "id": "Its id, which stands in the address of its page, too.",
    "first": "A painting's id.",
    "second": "The other one's id.",
    "slug": "Its name in addresses.",
}
"""Descriptions of those that have none."""


def document_errors(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """A hook for drf-spectacular: the component `Errors` and the answers that use it."""
    result["components"].setdefault("schemas", {})["Errors"] = ERRORS
    for path in result["paths"].values():
        for method in METHODS:
            if method in path:
                answers = ALWAYS if method == "get" else ALWAYS | WRITING
                if method == "get" and {} not in path[method]["security"]:
                    path[method]["security"].append({})  # a token may be sent: it shows more
                for status, (description, example) in answers.items():
                    path[method]["responses"].setdefault(status, _answer(description, example))
    return result


def document_parameters(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """A hook for drf-spectacular: every parameter has an example and is described."""
    for path in result["paths"].values():
        for method in METHODS:
            for parameter in path.get(method, {}).get("parameters", ()):
                if parameter["name"] in NAMED:
                    parameter["schema"].setdefault("example", NAMED[parameter["name"]])
                    if parameter["name"] in SAID:
                        parameter.setdefault("description", SAID[parameter["name"]])
    return result


def _answer(description: str, example: dict[str, Any]) -> dict[str, Any]:
    content = {"schema": {"$ref": "#/components/schemas/Errors"}, "example": example}
    return {"description": description, "content": {JSON: content}}
