"""Searches sent to Elasticsearch, several at once, and what is read of the answers."""

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import orjson

from search.indexes.arrays import Doubles, Longs
from search.indexes.base import IndexUnavailable
from search.indexes.elasticsearch.client import answering, client, refusal
from search.indexes.elasticsearch.generations import read_alias
from search.indexes.elasticsearch.wording import Body
from vectorizer.models import EncoderModel

Answer = dict[str, Any]
_NO_ID = {"id": [0]}

# Of each answer. Anything more would be written, sent and read for nothing.
_PARTS = (
    "error",
    "status",
    "hits.total",
    "hits.hits._score",
    "hits.hits.fields",
    "hits.hits.sort",
    "aggregations",
    "suggest",
)
_SHOWN = ",".join(f"responses.{part}" for part in _PARTS)


def ask(model: EncoderModel, bodies: Sequence[Body]) -> list[Answer]:
    """The answers to these searches, in one request. Raises IndexUnavailable, where only one of them fails, too.

    Equal questions go to the same copies of the index, since two copies of a graph are not quite the same.
    """
    lines: list[Any] = [line for body in bodies for line in _lines(read_alias(model.name), body)]
    with answering():
        answers = client().msearch(searches=lines, filter_path=_SHOWN).body.get("responses", [])
    for answer in answers:
        if "error" in answer:
            raise IndexUnavailable(refusal(answer.get("status", 500), answer))
    if len(answers) != len(bodies):
        raise IndexUnavailable(f"Elasticsearch answered {len(answers)} of {len(bodies)} searches.")
    return list(answers)


def ids_of(answer: Answer) -> Longs:
    """The paintings found, in their order; 0 for a document that somebody wrote without an id."""
    return np.array([hit.get("fields", _NO_ID)["id"][0] for hit in _hits(answer)], np.int64)


def scores_of(answer: Answer) -> Doubles:
    """The score of each painting found."""
    return np.array([hit["_score"] for hit in _hits(answer)], np.float64)


def last_sort_of(answer: Answer) -> list[Any]:
    """What the last painting found was sorted by, behind which the search goes on. There must be one."""
    last: list[Any] = _hits(answer)[-1]["sort"]
    return last


def _hits(answer: Answer) -> list[Any]:
    hits: list[Any] = answer.get("hits", {}).get("hits", [])
    return hits


def _lines(alias: str, body: Body) -> tuple[bytes, bytes]:
    """The header and the body. orjson writes vectors as they are, in a tenth of the time of Python's own json."""
    written = orjson.dumps(body, option=orjson.OPT_SERIALIZE_NUMPY)
    # Part of an answer is none: facets would count wrong, and paintings be missing, without a word.
    header = {"index": alias, "preference": str(zlib.crc32(written)), "allow_partial_search_results": False}
    return orjson.dumps(header), written
