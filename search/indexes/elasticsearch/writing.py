"""Messages into an index, by all that write: at least once, in any order, as often as they like.

Each document's version is its painting's version in the journal, so an older one never replaces a newer one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from search.indexes.base import IndexUnavailable
from search.indexes.elasticsearch.client import REMEDY, answering, patient, refusal
from search.indexes.elasticsearch.generations import is_generation
from vectorizer.documents import Message

AT_ONCE = 500  # documents a request
BYTES_AT_ONCE = 8 * 2**20
LARGEST_VERSION = 2**63 - 1
RETRIES, FIRST_WAIT, LONGEST_WAIT = 5, 0.5, 8.0  # seconds; of documents that are refused only for now
BUSY = frozenset({429, 502, 503, 504})
BAD_REQUEST, MISSING, STALE = 400, 404, 409
REASON_LENGTH = 500
# Bad requests, too, but no document's fault: an alias without an index to write into, and an index that is closed.
NOT_WRITABLE = ("no write index", "index_closed_exception")
ANSWER = "items.*._id,items.*.status,items.*.error.type,items.*.error.reason,items.*.error.caused_by"


@dataclass(slots=True, kw_only=True)
class Written:
    """What became of messages. `stale` were older than what the index has; `failures`: painting → what is wrong."""

    indexed: int = 0
    deleted: int = 0
    stale: int = 0
    failures: dict[int, str] = field(default_factory=dict)

    def __add__(self, other: "Written") -> "Written":
        return Written(
            indexed=self.indexed + other.indexed,
            deleted=self.deleted + other.deleted,
            stale=self.stale + other.stale,
            failures=self.failures | other.failures,
        )


def write(
    messages: Iterable[Message], *, target: str, client: Elasticsearch | None = None, same_version: bool = False
) -> Written:
    """Write these messages into `target`: a write alias, or a generation by its name. Returns when the index has them.

    Bodies are passed on as they are. What can't be indexed at all is in `failures`, and the rest is written. What the
    server refuses for now is tried again for a while. Raises IndexUnavailable when that doesn't help, or when the
    index isn't there; then nothing is known of the messages: write all of them again.

    `same_version` writes a version that the index has, or has deleted, once more: to mend what no entry tells of.
    """
    writing, done = client or patient(), Written()
    by_alias = not is_generation(target)
    _must_exist(target, by_alias, writing)
    with answering():
        results = streaming_bulk(
            writing,
            _possible(messages, done),
            expand_action_callback=partial(_lines, by="external_gte" if same_version else "external"),
            chunk_size=AT_ONCE,
            max_chunk_bytes=BYTES_AT_ONCE,
            raise_on_error=False,
            max_retries=RETRIES,
            initial_backoff=FIRST_WAIT,
            max_backoff=LONGEST_WAIT,
            retry_on_status=BUSY,
            index=target,
            require_alias=by_alias,
            filter_path=ANSWER,
        )
        for _, item in results:
            _note(item, done)
    return done


def _must_exist(target: str, by_alias: bool, client: Elasticsearch) -> None:
    """A tombstone with a version makes an index that isn't there, whatever `require_alias` says: so look first."""
    with answering():
        there = client.indices.exists_alias(name=target) if by_alias else client.indices.exists(index=target)
    if not there:
        raise IndexUnavailable(f"There is no {'alias' if by_alias else 'index'} {target}. {REMEDY}")


def _possible(messages: Iterable[Message], done: Written) -> Iterator[Any]:
    """Those that don't spoil the whole request."""
    for message in messages:
        if not 0 <= message.version <= LARGEST_VERSION:
            done.failures[message.painting_id] = f"The version {message.version} is no version."
        elif message.body is not None and not message.body.lstrip().startswith(b"{"):
            done.failures[message.painting_id] = "The document is no JSON object."
        else:
            yield message


def _lines(message: Any, by: str) -> tuple[dict[str, Any], bytes | None]:
    """The action and the document. A line break would end the document: outside of strings it is as good as a space,
    and inside them JSON has none."""
    meta = {"_id": str(message.painting_id), "version": message.version, "version_type": by}
    if message.body is None:
        return {"delete": meta}, None
    return {"index": meta}, message.body.replace(b"\n", b" ") if b"\n" in message.body else message.body


def _note(item: Mapping[str, Mapping[str, Any]], done: Written) -> None:
    (action, result) = next(iter(item.items()))
    status, error = result["status"], result.get("error")
    if status == STALE:
        done.stale += 1
    elif action == "delete" and (status < BAD_REQUEST or (status == MISSING and error is None)):
        done.deleted += 1
    elif status < BAD_REQUEST:
        done.indexed += 1
    elif status == BAD_REQUEST and not any(sign in (reason := _reason(error)) for sign in NOT_WRITABLE):
        done.failures[int(result["_id"])] = reason
    else:  # the index is in no state to be written: never the document's fault, however long it lasts
        raise IndexUnavailable(refusal(status, {"error": error}))


def _reason(error: Mapping[str, Any] | None) -> str:
    """What is wrong with a document, and the cause of it."""
    said = []
    while error:
        said.append(f"{error.get('type')}: {error.get('reason')}")
        error = error.get("caused_by")
    words = "; ".join(said) or "Elasticsearch gave no reason."
    return " ".join(words.split())[:REASON_LENGTH]  # it quotes the document
