"""The question: what is looked for, as a value that is read from an address and written back into one."""

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self
from urllib.parse import urlencode

from search.filters import Filters
from search.parameters import Pairs, QuestionError, Reader

__all__ = ["PAGE_SIZE", "Filters", "Question", "QuestionError", "Sort"]

PAGE_SIZE = 60
PAGE_SIZE_LIMIT = 200
PAGE_LIMIT = 1_000_000
WORDS_LENGTH = 200
EXAMPLES_AT_ONCE = 20
LARGEST_ID = 2**63 - 1
TOKEN = re.compile(r"[0-9a-f]{32}")
WEIGHT = "weight."
LEAST_WEIGHT, GREATEST_WEIGHT = 0.001, 1000.0
EXPIRED_PHOTO = "This photo is no longer here: photos are deleted after a while. Please choose it again."


class Sort(StrEnum):
    """The order of the results. Equals stand in the order of their ids, so that pages never overlap."""

    SIMILARITY = "similarity"
    NEWEST = "newest"
    TITLE = "title"
    ARTIST = "artist"
    OLDEST = "oldest"
    LATEST = "latest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Paintings like these examples, with these words and filters, in this order.

    `paintings` are ids of examples, `photo` the token of a visitor's photo, `weights` (feature, 0.001 to 1000) say what
    "like" means; none: the model's first feature alone. Equal questions are written as equal addresses.
    """

    paintings: tuple[int, ...] = ()
    photo: str | None = None
    words: str = ""
    filters: Filters = field(default_factory=Filters)
    weights: tuple[tuple[str, float], ...] = ()
    sort: Sort | None = None
    page: int = 1
    page_size: int = PAGE_SIZE

    def __post_init__(self) -> None:
        object.__setattr__(self, "paintings", tuple(dict.fromkeys(self.paintings)))
        object.__setattr__(self, "words", " ".join(self.words.split()))
        if self.sort in (Sort.SIMILARITY, self._default_order):
            object.__setattr__(self, "sort", None)

    @property
    def has_examples(self) -> bool:
        return bool(self.paintings or self.photo)

    @property
    def order(self) -> Sort:
        """The order that is meant: by similarity where there are examples, else recently added first."""
        return self.sort or self._default_order

    @property
    def _default_order(self) -> Sort:
        return Sort.SIMILARITY if self.has_examples else Sort.NEWEST

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> Self:
        """Read a QueryDict, or a mapping of names to values or lists of them. Names it doesn't know are left alone.

        Raises QuestionError with a sentence for everything that is wrong. Whether the examples and features exist is
        for `similar.answer` to say.
        """
        reader = Reader(params)
        question = cls(
            paintings=reader.wholes("like", low=1, high=LARGEST_ID, at_most=EXAMPLES_AT_ONCE),
            photo=_photo(reader),
            words=reader.text("q", length=WORDS_LENGTH),
            filters=Filters.read(reader),
            weights=tuple(_weights(reader)),
            sort=_sort(reader),
            page=reader.whole("page", low=1, high=PAGE_LIMIT) or 1,
            page_size=reader.whole("size", low=1, high=PAGE_SIZE_LIMIT) or PAGE_SIZE,
        )
        reader.check()
        return question

    def pairs(self) -> Pairs:
        """Names and values of all that differs from the default, in a fixed order."""
        found = [("like", str(id_)) for id_ in self.paintings]
        found += [("photo", self.photo)] if self.photo else []
        found += [("q", self.words)] if self.words else []
        found += self.filters.pairs()
        found += [(WEIGHT + name, repr(float(weight)).removesuffix(".0")) for name, weight in self.weights]
        found += [("sort", self.sort.value)] if self.sort else []
        found += [("page", str(self.page))] if self.page != 1 else []
        found += [("size", str(self.page_size))] if self.page_size != PAGE_SIZE else []
        return found

    def to_params(self) -> str:
        """As the query of an address, without its question mark; "" for the question without any wish."""
        return urlencode(self.pairs())

    def replace(self, **changes: Any) -> Self:
        """This question with other fields, from its first page unless `page` is one of them."""
        return dataclasses.replace(self, **({"page": 1} | changes))

    def without(self, name: str, value: object | None = None) -> Self:
        """Without this value of the parameter `name`, or without any of its values."""
        gone = {name} if value is None else set()
        pairs = [pair for pair in self.pairs() if pair[0] not in gone | {"page"} and pair != (name, str(value))]
        return self._read(pairs)

    @classmethod
    def _read(cls, pairs: Pairs) -> Self:
        values: dict[str, list[str]] = {}
        for name, value in pairs:
            values.setdefault(name, []).append(value)
        return cls.from_params(values)


def _photo(reader: Reader) -> str | None:
    token = reader.text("photo", length=200)
    if token and not TOKEN.fullmatch(token):
        reader.refuse("photo", EXPIRED_PHOTO)
    return token or None


def _sort(reader: Reader) -> Sort | None:
    name = reader.text("sort", length=200)
    if name and name not in list(Sort):
        reader.refuse("sort", f"“{name}” is no order. There are: {', '.join(Sort)}.")
        return None
    return Sort(name) if name else None


def _weights(reader: Reader) -> Iterable[tuple[str, float]]:
    for name in reader.names:
        feature = name.removeprefix(WEIGHT)
        if name.startswith(WEIGHT) and feature:
            weight = reader.number(name, low=LEAST_WEIGHT, high=GREATEST_WEIGHT)
            if weight:
                yield feature, weight
