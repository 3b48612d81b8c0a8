"""Tests of the sink without servers; those with a real Kafka and Elasticsearch are in tests/services/."""

from search.sink.records import Record


def record(
    painting_id: int | bytes | None,
    *,
    version: int | bytes | None = 1,
    body: bytes | None = b"{}",
    partition: int = 0,
    offset: int = 0,
    topic: str = "paintings.eye",
) -> Record:
    """A record as a publisher writes it, unless told otherwise."""
    key = str(painting_id).encode() if isinstance(painting_id, int) else painting_id
    number = str(version).encode() if isinstance(version, int) else version
    headers = () if version is None else (("version", number), ("schema_version", b"1"))
    return Record(topic=topic, partition=partition, offset=offset, key=key, value=body, headers=headers)
