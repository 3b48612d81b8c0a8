"""What an index is asked and what it answers. `DatabaseIndex` and `ElasticsearchIndex` keep this contract."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from search.filters import Filters
from search.indexes.upkeep import Upkeep
from search.query import Sort
from search.words import Tier, Words
from vectorizer.models import EncoderModel


class IndexUnavailable(Exception):
    """The index can't be asked or written just now, or has to be made first; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What the results are to be near: by feature a vector of unit length (float32) and a weight above 0."""

    vectors: Mapping[str, NDArray[np.float32]]
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Results from `start` up to `stop`. Words must be matched as well as one of the `tiers` says."""

    model: EncoderModel
    words: Words = field(default_factory=Words)
    tiers: frozenset[Tier] = frozenset(Tier)
    filters: Filters = field(default_factory=Filters)
    excluded: frozenset[int] = frozenset()
    target: Target | None = None
    order: Sort = Sort.NEWEST
    start: int = 0
    stop: int
    facets: bool = False

    @property
    def fuses(self) -> bool:
        """Whether likeness and words are two rankings made one, so that words leave nothing out."""
        return self.target is not None and bool(self.words) and self.order is Sort.RELEVANCE

    @property
    def counted(self) -> "Query":
        """The same, by what leaves out: its total and its facets."""
        return replace(self, words=Words()) if self.fuses else self


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A painting found. Without a target, it has no similarity, no distance and no shares."""

    id: int
    similarity: float | None = None
    distance: float | None = None
    shares: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many paintings have this value of a facet."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearBin:
    """How many paintings are of the years from `first` to `last`, both included, by the middle of their span."""

    first: int
    last: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`total` counts all that match; `facets` and `histogram` are empty where not asked for.

    `worded` counts those that match the words, too, where they are asked for. `corrections`: a misspelled word → the
    words of the collection that stood for it.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, tuple[Count, ...]] = field(default_factory=dict)
    years: tuple[int, int] | None = None
    histogram: tuple[YearBin, ...] = ()
    worded: int | None = None
    corrections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Index(ABC):
    """The public paintings that have vectors of a model, found by likeness, words and filters.

    Every change that the index knows is in the answer. The database's knows all that was committed before the question,
    in any process; an index on a server knows what was written into it, and says so: what is public no more is never
    measured, whatever it still holds.
    """

    @abstractmethod
    def find(self, query: Query) -> Found:
        """Exactly those that match, in an order that never changes between two equal questions.

        Raises IndexUnavailable.

        * By similarity: d² = Σ wᶠ·dᶠ² / Σ wᶠ, with dᶠ the l2 distance computed from differences; similarity 1 / (1 + d)
          rounded to 6 decimals; the greatest first, equals by id. `shares` are the features' parts of d²; they add up
          to 1, and are 0 where d is. An index that is approximate may miss some that match, and never misplaces one.
        * Words: each term must be matched. A word is the beginning of a word of the painting; of a phrase, all pairs of
          neighbours stand side by side in one of its fields, the last word by its beginning. A word that begins no word
          of any painting stands for those that `words.meant` says; where there are none, nothing matches.
        * By relevance: by `Tier`, then the newest first. With a target nothing is left out for its words: the nearest,
          and those that match the words (by tier, the nearest first), `settings.SEARCH_DEPTH` of each, are fused by
          their ranks (`fusing`). Without words it is by similarity, and without both the newest come first.
        * Values within a filter are alternatives; filters and words must all match; `excluded` ids never do.
        * `facets`, by the names of `filters.FACETS`, count what would match were this filter not set: the 50
          most frequent values (equals by slug), and those that are set; `years` is the span of the whole collection.
        * `histogram` comes with them, and counts what would match were the years not set: at most 60 bins of equal,
          round width (1, 2, 5, 10 … years) over the span of the whole collection; undated paintings are in none.
        """

    def find_each(self, queries: Sequence[Query]) -> list[Found]:
        """What `find` says of each of these, which are of one model; all of one state, where the index can."""
        return [self.find(query) for query in queries]

    @abstractmethod
    def compact(self, model: EncoderModel) -> bool:
        """Housekeeping: make later answers faster, where it is worth it. Returns whether anything was done."""

    @abstractmethod
    def rebuild(self, model: EncoderModel) -> int:
        """Make the index again from the database alone. Returns how many paintings it holds."""

    def is_made(self, model: EncoderModel) -> bool:
        """Whether it can be asked, or has to be made by `rebuild` first. Raises IndexUnavailable."""
        return True

    def fits(self, model: EncoderModel) -> bool:
        """Whether it is made, and takes what this version of Pendant writes. Raises IndexUnavailable."""
        return self.is_made(model)

    def upkeep(self, model: EncoderModel) -> Upkeep:
        """To make, count, compare and mend what it holds by this model."""
        raise NotImplementedError

    @abstractmethod
    def forget(self, model: EncoderModel) -> None:
        """Remove what is kept of a model that is no longer used."""
