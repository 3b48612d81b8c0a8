"""A list of what was published: for tests, and for looking at what an installation would publish."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from vectorizer.documents import Message
from vectorizer.publishers.base import Publisher, PublishError


class MemoryPublisher(Publisher):
    """Keeps all in order. It is down while `down`, and refuses the paintings of `refused` (id → reason) for good."""

    keeps_history: ClassVar[bool] = True

    def __init__(self) -> None:
        self.published: list[tuple[str, Message]] = []
        self.down = False
        self.refused: dict[int, str] = {}
        self.closed = False

    def publish(self, model_name: str, messages: Sequence[Message]) -> None:
        if self.down:
            raise PublishError("The memory publisher is down.", temporary=True)
        failures = {m.painting_id: self.refused[m.painting_id] for m in messages if m.painting_id in self.refused}
        self.published += [(model_name, message) for message in messages if message.painting_id not in failures]
        if failures:
            raise PublishError(f"{len(failures)} were refused.", failures=failures, temporary=False)

    def close(self) -> None:
        self.closed = True

    def latest(self, model_name: str) -> Mapping[int, Message]:
        """Painting id → the last that was published of it by this model, as a compacted topic keeps it."""
        return {message.painting_id: message for name, message in self.published if name == model_name}
