"""What an index on Elasticsearch holds: ids and versions, and nothing else of the documents."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from search.indexes.elasticsearch.client import answering, client, patient
from search.indexes.upkeep import Held

PAGE = 10_000  # the most that one search gives
IDS_AT_ONCE = 1000
_SHOWN = "hits.hits._id,hits.hits._version,hits.hits.sort"


def held(index: str) -> Iterator[Held]:
    """All its documents in the order of their ids, those left out that carry no painting's id.

    A page at a time, each as the index is by then. Raises IndexUnavailable.
    """
    after: dict[str, Any] = {}
    while True:
        with answering():
            found = patient().search(
                index=index,
                size=PAGE,
                version=True,
                source=False,
                sort=[{"id": "asc"}],
                track_total_hits=False,
                filter_path=_SHOWN,
                query={"exists": {"field": "id"}},
                **after,
            )
        hits = found.body.get("hits", {}).get("hits", [])
        for hit in hits:
            if hit["_id"] == str(hit["sort"][0]):
                yield Held(id=hit["sort"][0], version=hit["_version"])
        if len(hits) < PAGE:
            return
        after = {"search_after": hits[-1]["sort"]}


def count(index: str) -> int:
    """How many documents are searchable. Quick to give up. Raises IndexUnavailable."""
    with answering():
        return int(client().count(index=index)["count"])


def versions(index: str, painting_ids: Sequence[int]) -> Mapping[int, int]:
    """Painting → the version of its document, as it was written last, searchable or not. Raises IndexUnavailable."""
    found: dict[int, int] = {}
    for start in range(0, len(painting_ids), IDS_AT_ONCE):
        ids = [str(id_) for id_ in painting_ids[start : start + IDS_AT_ONCE]]
        with answering():
            answer = patient().mget(index=index, ids=ids, source=False, filter_path="docs._id,docs.found,docs._version")
        found |= {int(each["_id"]): each["_version"] for each in answer.body["docs"] if each.get("found")}
    return found


def highest_version(index: str) -> int:
    """The highest version that a document of it says it has, 0 where there is none. Raises IndexUnavailable."""
    with answering():
        found = patient().search(index=index, size=0, aggs={"highest": {"max": {"field": "version"}}})
    return int(found["aggregations"]["highest"]["value"] or 0)
