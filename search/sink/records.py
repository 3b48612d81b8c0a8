"""What a record of a topic says: a document, a tombstone, or neither. Knows nothing of Kafka's client."""

from dataclasses import dataclass
from typing import TypeAlias

from vectorizer.documents import Message

LARGEST = 2**63 - 1  # id and version: the database and Elasticsearch hold no more
DIGITS = len(str(LARGEST))
VERSION = "version"  # the header

Partition: TypeAlias = tuple[str, int]  # a topic, and the number of its partition


class Malformed(ValueError):
    """Nobody could index this record; the sentence says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record as it lies in its topic."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...] = ()

    def __str__(self) -> str:
        return f"{self.topic} {self.partition}:{self.offset}"

    @property
    def where(self) -> Partition:
        return self.topic, self.partition

    def header(self, name: str) -> bytes | None:
        """The last header of this name, as Kafka's own clients read it."""
        return next((value for header, value in reversed(self.headers) if header == name), None)

    def message(self) -> Message:
        """The painting, its version and its document, untouched. Raises `Malformed`.

        Of the document only the outside is looked at: that it is a JSON object. The rest is for the index to judge.
        """
        body = self.value
        if body is not None:
            inside = body.strip()
            if not (inside.startswith(b"{") and inside.endswith(b"}")):
                raise Malformed("The value is no JSON object.")
        return Message(
            painting_id=_number("The key", self.key, least=1),
            version=_number("The header “version”", self.header(VERSION), least=0),
            body=body,
        )


def _number(name: str, text: bytes | None, *, least: int) -> int:
    """A whole number from `least` to `LARGEST` in ASCII digits. Raises `Malformed`."""
    if text is None:
        raise Malformed(f"{name} is missing.")
    if not (text.isdigit() and len(text) <= DIGITS and least <= int(text) <= LARGEST):
        shown = text[: 2 * DIGITS].decode(errors="replace")
        raise Malformed(f"{name} is no number from {least} to {LARGEST} in digits: “{shown}”.")
    return int(text)
