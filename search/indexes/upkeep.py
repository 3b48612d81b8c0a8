"""What whoever keeps an index needs of it: to make, count, compare and mend it. No question of a visitor needs this."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vectorizer.documents import Message

Progress = Callable[[int], object]
"""Told how many paintings were just done."""


def silently(_: int) -> None:
    """Progress that nobody looks at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A painting in an index, at the version that it has there, or a later one."""

    id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """A new index: how many paintings it holds; how many are public with vectors of its model; and what it lacks.

    `changing` paintings changed while these were counted. `failures`: painting → why it can't be in the index.
    """

    count: int
    public: int
    changing: int = 0
    failures: Mapping[int, str] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing, but for what can't be there and what is changing."""
        return abs(self.public - len(self.failures) - self.count) <= self.changing


class Upkeep(ABC):
    """The index of one model's public paintings. All of it raises `IndexUnavailable`."""

    @abstractmethod
    def rebuild(self, progress: Progress = silently) -> Rebuilt:
        """Make it anew from the database alone, and use the new one, in one step, once it is whole.

        Searches and changes go on meanwhile. One that isn't whole is never used.
        """

    @abstractmethod
    def count(self) -> int:
        """How many paintings it holds."""

    @abstractmethod
    def held(self) -> Iterator[Held]:
        """All that it holds, in the order of the ids, a part at a time: memory is bounded."""

    @abstractmethod
    def versions(self, painting_ids: Sequence[int]) -> Mapping[int, int]:
        """Painting → its version in the index, of those of these that it holds."""

    @abstractmethod
    def mend(self, messages: Iterable[Message]) -> Mapping[int, str]:
        """Have it hold what these messages say, but where it has something newer. Returns painting → why it can't."""

    @abstractmethod
    def follow(self, since: int) -> int:
        """Bring it up to date with what the journal tells of after `since`, and return the journal's position."""

    @abstractmethod
    def highest_version(self) -> int:
        """The highest version of all that it holds, 0 where it is empty."""

    def older(self) -> Sequence[str]:
        """The names of indexes of this model that are no longer used, and are kept all the same."""
        return ()

    def drop_older(self) -> Sequence[str]:
        """Delete these, and return their names."""
        return ()
