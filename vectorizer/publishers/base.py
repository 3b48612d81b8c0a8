"""What a publisher is. This is the contract; the other modules are members of the family."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar

from vectorizer.documents import Message


class PublishError(Exception):
    """Not everything was accepted. The message is a sentence for whoever runs the installation.

    Temporary: no message is at fault, any of them may be missing, and all of them are to be published again later.
    Else `failures` (painting id → reason) names those that were refused for good, and all others were accepted.
    """

    def __init__(self, message: str, *, failures: Mapping[int, str] = MappingProxyType({}), temporary: bool) -> None:
        super().__init__(message)
        self.failures = failures
        self.temporary = temporary


class Publisher(ABC):
    """Takes documents and tombstones out of the process. May be called by several threads."""

    keeps_history: ClassVar[bool]
    """Whether a reader that comes later can read from the beginning."""

    @abstractmethod
    def publish(self, model_name: str, messages: Sequence[Message]) -> None:
        """Publish these messages of one model, in this order for each painting.

        Returns when every one of them was accepted: it survives whatever happens to this process afterwards. Twice
        the same is as good as once. Raises PublishError otherwise, after a bounded time.
        """

    def close(self) -> None:
        """Let go of connections. It is not used afterwards."""
        return
