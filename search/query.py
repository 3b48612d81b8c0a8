"""The question: what is looked for, as a value that is read from an address and written back into one."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self, TypeVar
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from search.filters import Filters
from search.nearness import ASKED, Nearness
from search.parameters import Pairs, QuestionError, Reader
from search.subjects import (
    EXAMPLES_AT_ONCE,
    Colours,
    Example,
    colour_pairs,
    each_once,
    example_pairs,
    in_order,
    read_colours,
    read_examples,
)

__all__ = ["PAGE_SIZE", "Example", "Filters", "Nearness", "Question", "QuestionError", "Sort"]

PAGE_SIZE = 48
PAGE_SIZE_LIMIT = 200
PAGE_LIMIT = 1_000_000
WORDS_LENGTH = 200
PER_ARTIST_LIMIT = 20
WEIGHT = "weight."
LEAST_WEIGHT, GREATEST_WEIGHT = 0.001, 1000.0
Word = TypeVar("Word", bound=StrEnum)
PLAIN = ",:"  # characters that an address holds as they are, beside those that every address does


class Sort(StrEnum):
    """The order of the results. Equals stand in the order of their ids, so that pages never overlap."""

    SIMILARITY = "similarity"
    RELEVANCE = "relevance"
    NEWEST = "newest"
    TITLE = "title"
    ARTIST = "artist"
    OLDEST = "oldest"
    LATEST = "latest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Paintings like these examples and unlike those, in these colours, with these words and filters, in this order.

    `weights` (feature, 0.001 to 1000) say what "like" means; none: the model's first feature alone. `nearness`: nothing
    that is less near; `per_artist`: at most so many of one artist; `once`: of near-duplicates only the first. Equal
    questions are written as equal addresses, so what has no meaning beside the rest is no part of a question: a
    painting that is liked is not disliked, too, and how near is near is known for likeness to pictures alone.
    """

    like: tuple[Example, ...] = ()
    unlike: tuple[Example, ...] = ()
    colours: Colours = ()
    words: str = ""
    filters: Filters = field(default_factory=Filters)
    weights: tuple[tuple[str, float], ...] = ()
    nearness: Nearness | None = None
    per_artist: int | None = None
    once: bool = False
    sort: Sort | None = None
    page: int = 1
    page_size: int = PAGE_SIZE

    def __post_init__(self) -> None:
        object.__setattr__(self, "like", in_order(self.like))
        object.__setattr__(self, "unlike", tuple(each for each in in_order(self.unlike) if each not in self.like))
        object.__setattr__(self, "colours", each_once(self.colours))
        object.__setattr__(self, "words", " ".join(self.words.split()))
        if self.nearness is Nearness.DISTANT or not self.like or self.unlike or self.colours:
            object.__setattr__(self, "nearness", None)
        if self.sort is self._default_order or (self.sort and not self.can_be_in(self.sort)):
            object.__setattr__(self, "sort", None)

    @property
    def examples(self) -> tuple[Example, ...]:
        """Those liked, then those not."""
        return self.like + self.unlike

    @property
    def paintings(self) -> tuple[int, ...]:
        """The ids of the paintings that are liked, each once, however many of its parts are."""
        return tuple(dict.fromkeys(each.painting for each in self.like if each.painting is not None))

    @property
    def photos(self) -> tuple[str, ...]:
        """The tokens of the photos that are liked, each once."""
        return tuple(dict.fromkeys(each.photo for each in self.like if each.photo is not None))

    @property
    def has_photos(self) -> bool:
        """Whether a visitor's photo is among the examples, for or against."""
        return any(example.photo for example in self.examples)

    @property
    def has_examples(self) -> bool:
        """Whether there is something to be like, or unlike: examples or colours."""
        return bool(self.like or self.unlike or self.colours)

    @property
    def has_room(self) -> bool:
        """Whether it may have one more example."""
        return len(self.examples) < EXAMPLES_AT_ONCE

    @property
    def order(self) -> Sort:
        """The order that is meant: the best match for words, else by similarity to examples, else the newest first."""
        return self.sort or self._default_order

    @property
    def _default_order(self) -> Sort:
        if self.words:
            return Sort.RELEVANCE
        return Sort.SIMILARITY if self.has_examples else Sort.NEWEST

    def can_be_in(self, order: Sort) -> bool:
        """Whether there is what this order goes by."""
        return {Sort.SIMILARITY: self.has_examples, Sort.RELEVANCE: bool(self.words)}.get(order, True)

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> Self:
        """Read a QueryDict, or a mapping of names to values or lists of them. Names it doesn't know are left alone.

        Raises QuestionError with a sentence for everything that is wrong. Whether the examples and features exist is
        for `similar.answer` to say.
        """
        reader = Reader(params)
        question = cls.read(reader)
        reader.check()
        return question

    @classmethod
    def read(cls, reader: Reader, *, also: tuple[Example, ...] = ()) -> Self:
        """The same, for who reads more parameters than these: what is wrong is in the reader.

        `also` are liked beside the examples that stand there.
        """
        like, unlike = also + read_examples(reader, "like"), read_examples(reader, "unlike")
        if len(like) + len(unlike) > EXAMPLES_AT_ONCE:
            sentence = _("At most %(most)d examples can be given at once; these are %(given)d.")
            given = len(like) + len(unlike)
            reader.refuse("like" if like else "unlike", sentence % {"most": EXAMPLES_AT_ONCE, "given": given})
        return cls(
            like=like,
            unlike=unlike,
            colours=read_colours(reader),
            words=reader.text("q", length=WORDS_LENGTH),
            filters=Filters.read(reader),
            weights=tuple(_weights(reader)),
            nearness=_choice(reader, "nearness", ASKED, _("“%(text)s” is no nearness. There are: %(known)s.")),
            per_artist=reader.whole("per_artist", low=1, high=PER_ARTIST_LIMIT),
            once=bool(reader.whole("once", low=0, high=1)),
            sort=_choice(reader, "sort", tuple(Sort), _("“%(text)s” is no order. There are: %(known)s.")),
            page=reader.whole("page", low=1, high=PAGE_LIMIT) or 1,
            page_size=reader.whole("size", low=1, high=PAGE_SIZE_LIMIT) or PAGE_SIZE,
        )

    def pairs(self) -> Pairs:
        """Names and values of all that differs from the default, in a fixed order."""
        found = example_pairs("like", self.like) + example_pairs("unlike", self.unlike) + colour_pairs(self.colours)
        found += [("q", self.words)] if self.words else []
        found += self.filters.pairs()
        found += [(WEIGHT + name, repr(float(weight)).removesuffix(".0")) for name, weight in self.weights]
        found += [("nearness", self.nearness.value)] if self.nearness else []
        found += [("per_artist", str(self.per_artist))] if self.per_artist else []
        found += [("once", "1")] if self.once else []
        found += [("sort", self.sort.value)] if self.sort else []
        found += [("page", str(self.page))] if self.page != 1 else []
        found += [("size", str(self.page_size))] if self.page_size != PAGE_SIZE else []
        return found

    def to_params(self) -> str:
        """As the query of an address, without its question mark; "" for the question without any wish."""
        return urlencode(self.pairs(), safe=PLAIN)

    def replace(self, **changes: Any) -> Self:
        """This question with other fields, from its first page unless `page` is one of them."""
        return dataclasses.replace(self, **({"page": 1} | changes))

    def liking(self, example: Example) -> Self:
        """With this example among those liked, and not among the others."""
        return self.replace(like=(*self.like, example), unlike=_but(self.unlike, example))

    def disliking(self, example: Example) -> Self:
        """With this example among those not liked, and not among those liked."""
        return self.replace(like=_but(self.like, example), unlike=(*self.unlike, example))

    def exchanging(self, example: Example, other: Example) -> Self:
        """With another example in the place of this one, for or against as it was; liked, where this one was none."""
        if example not in self.examples:
            return self.liking(other)
        like, unlike = (tuple(other if each == example else each for each in some) for some in (self.like, self.unlike))
        return self.replace(like=like, unlike=unlike)

    def without_example(self, example: Example) -> Self:
        """Neither liked nor disliked."""
        return self.replace(like=_but(self.like, example), unlike=_but(self.unlike, example))

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


def _but(examples: tuple[Example, ...], gone: Example) -> tuple[Example, ...]:
    return tuple(example for example in examples if example != gone)


def _choice(reader: Reader, name: str, words: tuple[Word, ...], refusal: str) -> Word | None:
    text = reader.text(name, length=200)
    if text and text not in words:
        reader.refuse(name, refusal % {"text": text, "known": ", ".join(words)})
    return next((word for word in words if word == text), None)


def _weights(reader: Reader) -> Iterable[tuple[str, float]]:
    for name in reader.names:
        feature = name.removeprefix(WEIGHT)
        if name.startswith(WEIGHT) and feature:
            weight = reader.number(name, low=LEAST_WEIGHT, high=GREATEST_WEIGHT)
            if weight:
                yield feature, weight
